"""The golden tables of the latent models."""

import latent
from generate_tools import f32


def small(name, answers, tasks, experts, labels, **options):
    """A table written out: (task, expert, label) of each answer."""
    columns = [list(column) for column in zip(*answers)]
    case = dict(zip(("task", "expert", "label"), columns), name=name, tasks=tasks, experts=experts, labels=labels)
    case.update(options)
    return case


def hostile(method, **options):
    """Tables at the edge of what a method can be asked."""
    odd = dict(method=method, max_iterations=12, **options)
    yield small(f"{method}-one-expert", [(t, 0, t % 3) for t in range(7)], 7, 1, 3, **odd)
    yield small(f"{method}-one-task", [(0, e, (e * e) % 3) for e in range(7)], 1, 7, 3, **odd)
    yield small(f"{method}-ties", [(t, e, (t + e) % 2) for t in range(8) for e in range(2)], 8, 2, 2, **odd)
    yield small(f"{method}-apart", [(t, t // 3, t % 2) for t in range(12)], 12, 4, 2, **odd)
    liar = [(t, e, (t + (e == 4)) % 2) for t in range(20) for e in range(5)]
    yield small(f"{method}-liar", liar, 20, 5, 2, **odd)
    gaps = [(t, e, (t * e) % 3) for t in (0, 2, 5, 6, 9) for e in (0, 1, 3, 5)]
    yield small(f"{method}-gaps", gaps, 12, 7, 5, **odd)
    extremes = [0.0, 1.0, f32(1e30), f32(1e-40), f32(1e-20), 3.0, f32(1e6)]
    weight = [extremes[i % 7] for i in range(len(liar))]
    yield small(f"{method}-extreme-weights", liar, 20, 5, 2, weight=weight, **odd)


def cases(simulated, llm_judges):
    race = {"mace": [1.0, 4.0, 0.5, 0.5, 10.0], "ebcc": [3.0, 4.0, 0.1, 4.0, 1.0]}
    for method in latent.METHODS:
        own = dict(method=method, max_iterations=25)
        if method in race:
            own.update(parameters=race[method], seed=5)
        yield from hostile(method, **({"parameters": own["parameters"]} if method in race else {}))
        for labels in (1, 2, 3, 4, 5, 9) if method == "ebcc" else (1, 2, 3, 4, 5, 9, 17):
            yield simulated(f"{method}-{labels}-labels", 80 + labels, 60, 7, labels, 3, **own)
        yield simulated(f"{method}-weighted", 110, 90, 11, 4, 4, weighted=True, **own)
        yield simulated(f"{method}-gold", 112, 90, 11, 3, 4, some_gold=True, **own)
        yield simulated(f"{method}-class-priors", 113, 90, 11, 3, 4, class_priors=[0.5, 0.25, 0.25], **own)
        yield simulated(f"{method}-last-wins", 114, 90, 5, 3, 4, repeats="last-wins", **own)
        yield simulated(f"{method}-smoothed", 115, 90, 11, 3, 4, smoothing=0.5, **own)
        yield simulated(f"{method}-zero-iterations", 116, 60, 8, 3, 4, **dict(own, max_iterations=0))
        few = dict(own, max_iterations=5)
        if method in race:
            few["parameters"] = [race[method][0], 2.0] + race[method][2:]
        yield simulated(f"{method}-spans", 117, 4000, 60, 3, 5, weighted=True, **few)
        yield llm_judges(f"llm-judges-{method}", **dict(few, max_iterations=8))
    yield simulated("zen-crowd-start", 118, 60, 8, 3, 4, method="zen-crowd", parameters=[0.6], max_iterations=20)
    yield simulated("mace-em", 119, 60, 8, 3, 4, method="mace", parameters=[0.0, 5.0, 0.5, 0.5, 10.0], max_iterations=40)
    yield simulated("mace-defaults", 120, 60, 8, 3, 4, method="mace", max_iterations=60, tolerance=1e-7)
    many = dict(method="mace", parameters=[1.0, 10.0, 0.5, 0.5, 10.0], max_iterations=14, seed=3)
    yield simulated("mace-many-answers", 125, 30, 60, 3, 50, **many)
    yield simulated("mace-many-answers-gold", 125, 30, 60, 5, 50, some_gold=True, **many)
    pair = dict(many, parameters=[1.0, 2.0, 0.5, 0.5, 10.0], max_iterations=6)
    yield simulated("mace-unit-spans", 126, 4000, 60, 2, 5, some_gold=True, **pair)
    yield simulated("mace-em-gold", 127, 90, 8, 2, 6, some_gold=True, **dict(many, parameters=[0.0, 9.0, 0.5, 0.5, 10.0]))
    lone = [1.0, 1.0, 0.5, 0.5, 10.0]
    yield simulated("mace-one-start", 128, 60, 8, 3, 4, method="mace", parameters=lone, max_iterations=20)
    yield simulated("glad-many-answers", 129, 4, 900, 3, 700, method="glad", some_gold=True, max_iterations=8)
    yield simulated("glad-unit-spans", 130, 4000, 60, 3, 5, method="glad", max_iterations=5)
    yield simulated("glad-means", 121, 60, 8, 3, 4, method="glad", parameters=[2.0, -0.5], max_iterations=30)
    yield simulated("ibcc-priors", 122, 60, 8, 3, 4, method="ibcc", parameters=[9.0, 0.5, 2.0], max_iterations=30)
    yield simulated("ebcc-one-group", 123, 60, 8, 3, 4, method="ebcc", parameters=[1.0, 1.0, 0.1, 4.0, 1.0])
    yield simulated("ebcc-defaults", 124, 40, 6, 2, 4, method="ebcc", max_iterations=60, tolerance=1e-6)
