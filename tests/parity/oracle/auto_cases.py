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


def one_coin(name, state, tasks, experts, labels, known, per_task=5, weak=0.5, **options):
    """Experts of very unequal skill and rare classes; the labels of some tasks are known."""
    r = SplitMix64(state)
    share = [3.0 if j == 0 else 1.0 for j in range(labels)]
    answers, truths = [], []
    for t in range(tasks):
        u, truth = r.unit() * sum(share), 0
        while truth < labels - 1 and u >= sum(share[: truth + 1]):
            truth += 1
        truths.append(truth)
        hard = r.unit() < weak
        for _ in range(per_task):
            e = r.below(experts)
            right = r.unit() < (0.4 if hard else 0.92) - 0.3 * (e % 3 == 0)
            answers.append((t, e, truth if right else r.below(labels)))
    order = [r.next() for _ in range(tasks)]
    chosen = set(sorted(range(tasks), key=order.__getitem__)[:known])
    gold = [truths[t] if t in chosen else -1 for t in range(tasks)]
    return written(name, answers, tasks, experts, labels, method="auto", gold=gold, **options)


def camps(name, state, tasks, experts, labels, known, fidelity):
    """Two groups of experts, each with a view of its own; what is known of the first tasks is the view of the second."""
    r = SplitMix64(state)
    answers, gold = [], []
    for t in range(tasks):
        views = [r.below(labels), r.below(labels)]
        gold.append(views[1] if t < known else -1)
        answers += [(t, e, views[e % 2] if r.unit() < fidelity else r.below(labels)) for e in range(experts)]
    return written(name, answers, tasks, experts, labels, method="auto", gold=gold)


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
    alike = [0 if t < 12 else -1 for t in range(20)]
    extremes = [0.0, 1.0, f32(1e38), f32(1e-40), f32(1e-20), 3.0, f32(1e6)]
    weight = [extremes[i % 7] for i in range(len(liar))]
    yield written("auto-extreme-weights", liar, 20, 5, 2, weight=weight, **own)
    yield written("auto-known-extreme-weights", liar, 20, 5, 2, weight=weight, gold=alike, **own)
    yield written("auto-no-weight", liar, 20, 5, 2, weight=[0.0] * len(liar), **own)
    for known in (3, 7, 30):
        yield one_coin(f"auto-known-{known}", 1, 80, 9, 2, known)
    yield one_coin("auto-known-four-labels", 2, 60, 7, 4, 30, weak=0.3)
    yield one_coin("auto-known-mace", 2, 60, 8, 3, 30, weak=0.3)
    yield one_coin("auto-known-one-expert", 3, 30, 1, 3, 12, per_task=1)
    yield one_coin("auto-known-spans", 4, 3400, 12, 2, 30)
    yield camps("auto-known-camps", 2, 40, 4, 2, 20, 0.85)
    yield camps("auto-known-two-readings", 5, 40, 8, 2, 20, 0.7)
    yield written("auto-known-alike", liar, 20, 5, 2, gold=alike, **own)
    yield written("auto-known-unused-label", liar, 20, 5, 3, gold=[2 if g == 0 else -1 for g in alike], **own)
    yield llm_judges("llm-judges-auto", **own)
