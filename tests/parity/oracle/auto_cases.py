"""The golden tables of Auto."""

from generate_tools import SplitMix64, f32


def written(name, answers, tasks, experts, labels, **options):
    """A table written out: (task, expert, label) of each answer."""
    columns = [list(column) for column in zip(*answers)]
    case = dict(zip(("task", "expert", "label"), columns), name=name, tasks=tasks, experts=experts, labels=labels)
    case.update(options)
    return case


def copied(name, state, tasks, experts, labels):
    """Experts of whom each copies one of three, or errs by itself."""
    r = SplitMix64(state)
    answers = []
    for t in range(tasks):
        truth = r.below(labels)
        models = [truth if r.unit() < 0.6 else r.below(labels) for _ in range(3)]
        answers += [(t, e, models[e % 3] if r.unit() < 0.9 else r.below(labels)) for e in range(experts)]
    return written(name, answers, tasks, experts, labels, method="auto")


def cases(simulated, llm_judges):
    own = dict(method="auto")
    for labels in (1, 2, 3, 4, 5, 9, 17):
        yield simulated(f"auto-{labels}-labels", 140 + labels, 50, 6, labels, 4, **own)
    yield simulated("auto-weighted", 160, 70, 9, 3, 4, weighted=True, **own)
    yield simulated("auto-gold", 161, 70, 9, 3, 4, some_gold=True, **own)
    yield simulated("auto-weighted-gold", 162, 60, 8, 2, 5, weighted=True, some_gold=True, **own)
    yield simulated("auto-last-wins", 163, 70, 5, 3, 4, repeats="last-wins", **own)
    yield dict(simulated("auto-seed", 164, 70, 9, 3, 4, **own), seed=12345678901)
    yield simulated("auto-many-answers", 165, 20, 50, 3, 45, **own)
    yield simulated("auto-spans", 166, 3400, 12, 2, 5, **own)
    yield simulated("auto-weighted-spans", 167, 3400, 9, 2, 5, weighted=True, **own)
    yield copied("auto-copies", 168, 60, 12, 2)
    yield copied("auto-copies-of-four", 169, 40, 9, 4)
    yield written("auto-one-expert", [(t, 0, t % 3) for t in range(7)], 7, 1, 3, **own)
    known = [0, -1, 2, 0, 2, -1, -1]
    yield written("auto-one-expert-gold", [(t, 0, t % 3) for t in range(7)], 7, 1, 3, gold=known, **own)
    yield written("auto-one-task", [(0, e, (e * e) % 3) for e in range(7)], 1, 7, 3, **own)
    yield written("auto-ties", [(t, e, (t + e) % 2) for t in range(8) for e in range(2)], 8, 2, 2, **own)
    yield written("auto-apart", [(t, t // 3, t % 2) for t in range(12)], 12, 4, 2, **own)
    yield written("auto-one-label-used", [(t, e, 1) for t in range(5) for e in range(3)], 5, 3, 3, **own)
    liar = [(t, e, (t + (e == 4)) % 2) for t in range(20) for e in range(5)]
    yield written("auto-liar", liar, 20, 5, 2, **own)
    gaps = [(t, e, (t * e) % 3) for t in (0, 2, 5, 6, 9) for e in (0, 1, 3, 5)]
    yield written("auto-gaps", gaps, 12, 7, 5, **own)
    islands = [(t, e + 3 * (t % 2), (t * (e + 1)) % 2) for t in range(16) for e in range(3)]
    yield written("auto-islands", islands, 16, 6, 2, **own)
    extremes = [0.0, 1.0, f32(1e38), f32(1e-40), f32(1e-20), 3.0, f32(1e6)]
    weight = [extremes[i % 7] for i in range(len(liar))]
    yield written("auto-extreme-weights", liar, 20, 5, 2, weight=weight, **own)
    yield written("auto-no-weight", liar, 20, 5, 2, weight=[0.0] * len(liar), **own)
    yield llm_judges("llm-judges-auto", **own)
