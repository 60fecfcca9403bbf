"""The golden cases of the agreement measures: small and hostile tables, and some over 16384 answers."""

import agreement
from agreement_alpha import INTERVAL, NOMINAL, ORDINAL, RATIO
from agreement_base import SplitMix64

SCALES = dict(nominal=NOMINAL, ordinal=ORDINAL, interval=INTERVAL, ratio=RATIO)
ALPHA, COHEN = "krippendorff-alpha", "cohen-kappa"


def below(random, n):
    return (random.next() >> 11) % n


def table(seed, tasks, experts, labels, per_task, weighted=False):
    """Experts of random skill answer random tasks; some answer a task twice, some tasks have no answer."""
    r = SplitMix64(seed)
    truth = [below(r, labels) for _ in range(tasks)]
    skill = [0.35 + 0.6 * r.unit() for _ in range(experts)]
    case = dict(tasks=tasks, experts=experts, labels=labels, task=[], expert=[], label=[])
    for _ in range(tasks * per_task):
        t, e = below(r, tasks), below(r, experts)
        case["task"].append(t)
        case["expert"].append(e)
        case["label"].append(truth[t] if r.unit() < skill[e] else below(r, labels))
    if weighted:
        # Sixteenths are binary32 numbers.
        case["weight"] = [below(r, 40) / 16.0 for _ in case["task"]]
    return case


def rows(answers, tasks, experts, labels):
    columns = [list(column) for column in zip(*answers)]
    return dict(zip(("task", "expert", "label"), columns), tasks=tasks, experts=experts, labels=labels)


def numeric(seed, tasks, experts, per_task, value):
    """A table whose answers are numbers."""
    case = table(seed, tasks, experts, 2, per_task)
    r = SplitMix64(seed + 1)
    del case["label"], case["labels"]
    case["first"] = [value(r, t) for t in case["task"]]
    return case


def named(name, measure, case, **more):
    return dict(case, name=name, measure=measure, **more)


def alphas():
    off = [0, 0.95]
    for name, scale in SCALES.items():
        yield named(f"alpha-{name}", ALPHA, table(1, 40, 9, 4, 4), options=[scale] + off)
        yield named(f"alpha-{name}-last", ALPHA, table(2, 30, 4, 5, 6), options=[scale] + off, repeats="last-wins")
        yield named(f"alpha-{name}-values", ALPHA, table(3, 40, 9, 4, 4), options=[scale] + off, first=[2.5, 0.0, 7.0, 2.5])
        yield named(f"alpha-{name}-bootstrap", ALPHA, table(4, 25, 6, 3, 4), options=[scale, 60, 0.9], seed=7)
        yield named(f"alpha-{name}-one-label", ALPHA, table(5, 10, 3, 1, 3), options=[scale, 20, 0.9])
        some = numeric(6, 60, 8, 5, lambda r, t: t / 7.0 + below(r, 300) / 64.0)
        yield named(f"alpha-{name}-numbers", ALPHA, some, options=[scale, 12, 0.8], seed=2**64 - 1)
        alone = rows([(t, t % 3, t % 2) for t in range(6)], 8, 3, 2)
        yield named(f"alpha-{name}-no-overlap", ALPHA, alone, options=[scale] + off)
        tiny = numeric(7, 20, 4, 4, lambda r, t: below(r, 9) * 5e-324)
        yield named(f"alpha-{name}-denormals", ALPHA, tiny, options=[scale] + off)
        huge = numeric(8, 20, 4, 4, lambda r, t: below(r, 9) * 1e99)
        yield named(f"alpha-{name}-huge", ALPHA, huge, options=[scale] + off)
        yield named(f"alpha-{name}-large", ALPHA, table(9, 4000, 60, 6, 5), options=[scale, 3, 0.5], seed=3)
    yield named("alpha-one-task", ALPHA, rows([(0, e, e % 2) for e in range(5)], 1, 5, 2), options=[NOMINAL, 5, 0.95])
    yield named("alpha-weights", ALPHA, table(10, 30, 5, 3, 4, weighted=True), options=[NOMINAL] + off)
    signs = numeric(11, 20, 4, 4, lambda r, t: (below(r, 5) - 2) * 0.0 if t % 2 else below(r, 5) - 2.0)
    yield named("alpha-signed-zeros", ALPHA, signs, options=[INTERVAL] + off)


def kappas():
    for weighting, name in enumerate(("unweighted", "linear", "quadratic")):
        yield named(f"cohen-{name}", COHEN, table(20, 40, 6, 4, 4), options=[weighting, -1, -1])
        yield named(f"cohen-{name}-pair", COHEN, table(21, 60, 4, 5, 3), options=[weighting, 2, 1])
        values = [1.0, 10.0, -4.5, 1e-300]
        yield named(f"cohen-{name}-values", COHEN, table(22, 40, 6, 4, 4), options=[weighting, -1, -1], first=values)
        yield named(f"cohen-{name}-large", COHEN, table(23, 3000, 12, 5, 6), options=[weighting, -1, -1])
    yield named("cohen-no-overlap", COHEN, rows([(0, 0, 0), (1, 1, 1), (2, 2, 0)], 3, 3, 2), options=[0, -1, -1])
    yield named("cohen-one-label", COHEN, table(24, 10, 3, 1, 3), options=[2, -1, -1])
    yield named("cohen-one-expert", COHEN, rows([(0, 0, 0), (1, 0, 1)], 2, 1, 2), options=[0, -1, -1])
    same = [(t, 0, l) for t, l in ((0, 0), (0, 1), (1, 0))] + [(0, 1, 0), (0, 1, 1), (1, 1, 0)]
    yield named("cohen-repeats", COHEN, rows(same, 2, 2, 2), options=[0, 0, 1])
    for measure, name in (("fleiss-kappa", "fleiss"), ("observed-agreement", "observed")):
        yield named(f"{name}-varying", measure, table(30, 40, 9, 4, 4), options=[])
        yield named(f"{name}-last", measure, table(31, 40, 4, 4, 4), options=[], repeats="last-wins")
        fixed = rows([(t, e, (t * e * e) % 3) for t in range(12) for e in range(4)], 12, 4, 3)
        yield named(f"{name}-fixed", measure, fixed, options=[])
        yield named(f"{name}-one-label", measure, table(32, 10, 3, 1, 3), options=[])
        used = dict(table(33, 10, 3, 1, 3), labels=3)
        yield named(f"{name}-one-used-label", measure, used, options=[])
        yield named(f"{name}-no-overlap", measure, rows([(0, 0, 0), (2, 1, 1)], 4, 2, 2), options=[])
        yield named(f"{name}-large", measure, table(34, 4000, 60, 6, 5), options=[])


def shares():
    for by, name in enumerate(("task", "expert")):
        for weighted in (False, True):
            kind = name + ("-weighted" if weighted else "")
            case = table(40, 40, 9, 4, 4, weighted)
            yield named(f"uncertainty-{kind}", "uncertainty", case, options=[by])
            skills = [0.0, 1.0, 0.5, 0.25, 0.9, 0.1, 1e-300, 0.75, 1.0 - 2.0**-53]
            yield named(f"uncertainty-{kind}-skills", "uncertainty", case, options=[by], first=skills)
        nothing = dict(table(41, 6, 3, 3, 2), weight=[0.0] * 12)
        yield named(f"uncertainty-{name}-no-weight", "uncertainty", nothing, options=[by])
        heavy = dict(table(41, 6, 3, 3, 2), weight=[2.0**127] * 11 + [2.0**-149])
        yield named(f"uncertainty-{name}-heavy", "uncertainty", heavy, options=[by])
        yield named(f"uncertainty-{name}-one-label", "uncertainty", table(42, 10, 3, 1, 3), options=[by])
        yield named(f"uncertainty-{name}-last", "uncertainty", table(43, 30, 4, 3, 6), options=[by], repeats="last-wins")
        yield named(f"uncertainty-{name}-large", "uncertainty", table(44, 4000, 60, 6, 5), options=[by])
    for labels in (1, 2, 5):
        case = table(50 + labels, 40, 9, labels, 4)
        known = [t % (labels + 1) - 1 for t in range(40)]
        for name, skills in (
            ("some", [0.6, 0.8, 0.9, 0.4, 0.8, 0.55, 0.95, 0.7, 0.3]),
            ("certain", [1.0, 0.0, 1.0, 1.0, 0.0, 0.5, 1.0, 1.0, 1e-300]),
        ):
            yield named(f"consistency-{labels}-labels-{name}", "consistency", case, options=[], first=skills, known=known)
        yield named(f"accuracy-{labels}-labels", "accuracy", case, options=[], known=known)
    long = table(58, 2, 40, 3, 1500)
    yield named("consistency-long", "consistency", long, options=[], first=[0.6] * 40, known=[0, 1])
    yield named("consistency-none", "consistency", table(59, 5, 3, 2, 3), options=[], first=[0.6] * 3, known=[-1] * 5)
    yield named("accuracy-none", "accuracy", table(59, 5, 3, 2, 3), options=[], known=[-1] * 5)
    last = table(60, 20, 4, 3, 6)
    yield named("accuracy-last", "accuracy", last, options=[], known=[t % 3 for t in range(20)], repeats="last-wins")
    large = table(61, 4000, 60, 6, 5)
    yield named("accuracy-large", "accuracy", large, options=[], known=[t % 7 - 1 for t in range(4000)])


def scores():
    for labels, bins, tasks in ((2, 10, 200), (4, 15, 300), (1, 3, 5), (3, 1, 40), (2, 7, 3)):
        r = SplitMix64(70 + labels)
        first, known = [], []
        for _ in range(tasks):
            row = [float(below(r, 7)) + (1.0 if l == 0 else 0.0) for l in range(labels)]
            total = sum(row)
            first += [x / total if total else 1.0 / labels for x in row]
            known.append(below(r, labels + 1) - 1)
        case = dict(labels=labels, first=first, known=known)
        yield named(f"calibration-{labels}-labels-{bins}-bins", "calibration", case, options=[bins])
    case = dict(labels=2, first=[0.5, 0.5, 1.0, 0.0, 0.0, 1.0], known=[1, 1, -1])
    yield named("calibration-certain-and-wrong", "calibration", case, options=[10])
    yield named("calibration-none", "calibration", dict(case, known=[-1, -1, -1]), options=[4])
    for name, n, draw in (
        ("ties", 200, lambda r: float(below(r, 9))),
        ("distinct", 150, lambda r: r.unit() * 1e6 - 4e5),
        ("large", 1500, lambda r: float(below(r, 700)) / 3.0),
        ("denormals", 40, lambda r: below(r, 20) * 5e-324),
        ("huge", 40, lambda r: below(r, 20) * 5e98),
        ("constant", 10, lambda r: 0.1),
        ("zeros", 10, lambda r: -0.0 if below(r, 2) else 0.0),
        ("one", 1, lambda r: r.unit()),
        ("two", 2, lambda r: r.unit()),
    ):
        r = SplitMix64(80)
        first = [draw(r) for _ in range(n)]
        second = [draw(r) if below(r, 3) else first[i] for i in range(n)]
        for measure in ("correlation", "error"):
            yield named(f"{measure}-{name}", measure, dict(first=first, second=second), options=[])
    line = [float(i) for i in range(50)]
    yield named("correlation-perfect", "correlation", dict(first=line, second=line), options=[])
    yield named("correlation-reversed", "correlation", dict(first=line, second=line[::-1]), options=[])


def cases():
    for part in (alphas, kappas, shares, scores):
        yield from part()


def files(folder, numbers, hex64, hex32):
    """The golden files: a key and its values on each line, as those of the fits."""
    for case in cases():
        text = f"# {case['name']}: made by tests/parity/oracle/generate.py\nmeasure {case['measure']}\n"
        for key in ("tasks", "experts", "labels", "repeats"):
            if key in case:
                text += f"{key} {case[key]}\n"
        for key in ("task", "expert", "label", "known"):
            if key in case:
                text += numbers(key, case[key])
        if "weight" in case:
            text += numbers("weight", case["weight"], hex32)
        for key in ("first", "second", "options"):
            if key in case:
                text += numbers(key, (float(x) for x in case[key]), hex64)
        if "seed" in case:
            text += f"seed {format(case['seed'], '016x')}\n"
        text += numbers("expect", agreement.measure(case), hex64)
        yield folder / (case["name"] + ".txt"), text
