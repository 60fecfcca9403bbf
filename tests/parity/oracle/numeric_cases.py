"""The golden tables of the numeric methods: tests/data/golden/numeric."""

import numeric
from generate import GOLDEN, SplitMix64, f32, hex32, hex64, numbers

NAN = float("nan")
HUGE, TINY = 1.7976931348623157e308, 5e-324


def simulated(seed, tasks, experts, per_task, **options):
    """Experts of random spread and bias answer random tasks; some answer a task twice, some tasks get one answer."""
    r = SplitMix64(seed)
    truth = [100.0 * r.unit() - 30.0 for _ in range(tasks)]
    spread = [0.5 + 20.0 * r.unit() for _ in range(experts)]
    bias = [10.0 * (r.unit() - 0.5) for _ in range(experts)]
    task, expert, value = [], [], []
    for t in range(tasks):
        for _ in range(1 + r.below(2 * per_task - 1)):
            e = r.below(experts)
            noise = (r.unit() + r.unit() + r.unit() + r.unit()) - 2.0
            task.append(t)
            expert.append(e)
            value.append(truth[t] + bias[e] + spread[e] * noise)
    if options.pop("rounded", False):
        value = [float(int(v)) for v in value]
    order = list(range(len(task)))
    for i in range(len(order) - 1, 0, -1):
        j = r.below(i + 1)
        order[i], order[j] = order[j], order[i]
    case = dict(tasks=tasks, experts=experts)
    case.update(zip(("task", "expert", "value"), ([c[i] for i in order] for c in (task, expert, value))))
    if options.pop("weighted", False):
        case["weight"] = [f32(0.0 if r.below(9) == 0 else r.unit() * 2.0) for _ in order]
    if options.pop("some_known", False):
        case["known"] = [truth[t] if r.below(5) == 0 else NAN for t in range(tasks)]
    case.update(options)
    return case


def table(tasks, experts, rows, **options):
    """A table of rows (task, expert, value) or (task, expert, value, weight)."""
    case = dict(tasks=tasks, experts=experts)
    case.update(zip(("task", "expert", "value"), map(list, list(zip(*rows))[:3])))
    if len(rows[0]) > 3:
        case["weight"] = [f32(row[3]) for row in rows]
    case.update(options)
    return case


def square(values, **options):
    """Every expert answers every task; values by task."""
    rows = [(t, e, v) for t, row in enumerate(values) for e, v in enumerate(row)]
    return table(len(values), len(values[0]), rows, **options)


def hostile():
    yield "one-answer", table(1, 1, [(0, 0, 3.25)])
    yield "one-expert", table(3, 1, [(0, 0, 1.0), (1, 0, -2.0), (2, 0, 1e9)])
    yield "one-each", table(4, 4, [(t, t, 1.5 * t - 2.0) for t in range(4)])
    yield "one-task", table(1, 5, [(0, e, v) for e, v in enumerate((1.0, 1.1, 0.9, 1.05, 40.0))])
    yield "all-equal", square([[0.1] * 3, [0.7] * 3, [-0.3] * 3])
    yield "all-zero", square([[0.0, -0.0], [0.0, 0.0]])
    yield "two-agree", square([[1.0, 1.0, 5.0], [2.0, 2.0, 2.5], [7.0, 7.0, 1.0], [4.0, 4.0, 4.5]])
    yield "outlier", square([[1.0, 1.2, 0.9, 1e12], [2.0, 2.1, 1.9, 2.2], [3.0, 2.9, 3.2, -1e12]])
    yield "huge", square([[HUGE, -HUGE, HUGE], [1e300, 2e300, 1.5e300], [-1e308, 1.0, 1e-300]])
    yield "denormal", square([[TINY, 3 * TINY, 2 * TINY], [1e-310, 2e-310, 4e-310], [0.0, TINY, 7e-311]])
    yield "mixed", square([[1e300, 1e300, 1e300], [1e-300, 2e-300, 5e-300], [1.0, 1.0, 1.0]])
    yield "always-high", square([[1.0, 2.0, 101.0], [5.0, 4.0, 105.0], [9.0, 9.5, 109.0], [3.0, 3.5, 103.5]])
    yield "no-overlap", table(4, 2, [(0, 0, 1.0), (1, 0, 2.0), (2, 1, 3.0), (3, 1, 4.0)])
    yield "empty-tasks", table(9, 5, [(2, 1, 4.0), (2, 3, 5.0), (7, 1, 1.0), (7, 3, 3.0), (7, 1, 2.0)])
    yield "weights", table(3, 3, [(0, 0, 1.0, 0.0), (0, 1, 2.0, 1e-45), (0, 2, 3.0, 3e38), (1, 0, 4.0, 0.0), (2, 2, 8.0, 0.5), (2, 1, 9.0, 2.5)])
    yield "weightless", table(2, 2, [(0, 0, 1.0, 0.0), (1, 1, 2.0, 0.0)])
    rows = [(0, 0, 1.0), (0, 0, 2.0), (0, 1, 9.0), (1, 1, 4.0), (0, 0, 3.0), (1, 0, 5.0), (1, 1, 6.0)]
    yield "repeats", table(2, 2, rows)
    yield "last-wins", table(2, 2, rows, repeats="last-wins")
    yield "all-known", square([[1.0, 2.0], [3.0, 5.0]], known=[1.5, 3.0])
    yield "known-apart", square([[1.0, 1.0], [3.0, 5.0], [2.0, 2.5]], known=[7.0, NAN, 2.0])
    yield "known-only", table(3, 2, [(0, 0, 1.0), (1, 1, 2.0)], known=[NAN, NAN, -4.0])


VARIANTS = (
    ("mean", "mean", [], {}),
    ("median", "median", [], {}),
    ("trimmed", "trimmed-mean", [0.2], {}),
    ("weighted", "weighted-mean", [], {}),
    ("lfc", "lfc-n", [5.0, 0.0, 0.0], {}),
    ("lfc-bare", "lfc-n", [0.0, 0.0, 0.0], {}),
    ("lfc-bias", "lfc-n", [5.0, 1.0, 0.0], {}),
    ("lfc-point", "lfc-n", [0.0, 0.0, 1.0], {"max_iterations": 60}),
    ("catd", "catd", [0.05], {"max_iterations": 60}),
    ("pm", "pm", [0.0, 0.0], {}),
    ("pm-largest", "pm", [0.0, 1.0], {"max_iterations": 60}),
    ("pm-squared", "pm", [1.0, 0.0], {"max_iterations": 60}),
)


def cases():
    tables = dict(hostile())
    tables["simulated"] = simulated(201, 40, 9, 4)
    tables["simulated-weighted"] = simulated(202, 40, 9, 4, weighted=True, rounded=True)
    tables["simulated-known"] = simulated(203, 40, 9, 4, some_known=True, repeats="last-wins")
    for name, case in tables.items():
        for short, method, parameters, options in VARIANTS:
            yield dict(case, name=f"{name}--{short}", method=method, parameters=parameters, **options)
    spans = simulated(204, 3600, 30, 5, weighted=True, some_known=True)
    for short, method, parameters, options in VARIANTS:
        if short in ("lfc-bias", "catd", "pm"):
            options = dict(options, max_iterations=6)
            yield dict(spans, name=f"spans--{short}", method=method, parameters=parameters, **options)
    trust = [0.0, 1e-100, 2.5, 1e100, 1.0, 0.0, 3.0, 4.0, 0.125]
    yield dict(tables["simulated-weighted"], name="trust--weighted", method="weighted-mean", parameters=[], expert_weights=trust)
    for fraction in (0.0, 0.1, 0.25, 0.49999999999999994):
        yield dict(tables["simulated"], name=f"trimmed-{fraction:.2f}", method="trimmed-mean", parameters=[fraction])
    for significance in (1e-9, 0.5, 1.0):
        yield dict(tables["simulated"], name=f"catd-{significance:g}", method="catd", parameters=[significance])
    for method, parameters in (("lfc-n", [0.0, 1.0, 1.0]), ("catd", [0.05]), ("pm", [1.0, 1.0])):
        yield dict(tables["simulated"], name=f"zero-iterations--{method}", method=method, parameters=parameters, max_iterations=0)
        yield dict(tables["simulated"], name=f"loose--{method}", method=method, parameters=parameters, tolerance=0.01)


ARRAYS = ("estimate", "error", "spread", "weight", "bias", "deviation")


def describe(case, result):
    text = f"# {case['name']}: made by tests/parity/oracle/generate.py\n"
    for key in ("method", "tasks", "experts", "repeats", "max_iterations"):
        if key in case:
            text += f"{key} {case[key]}\n"
    for key in ("task", "expert"):
        text += numbers(key, case[key])
    text += numbers("value", case["value"], hex64)
    if "weight" in case:
        text += numbers("weight", case["weight"], hex32)
    for key in ("known", "expert_weights", "parameters"):
        if case.get(key):
            text += numbers(key, case[key], hex64)
    if "tolerance" in case:
        text += f"tolerance {hex64(case['tolerance'])}\n"
    text += f"expect_iterations {result['iterations']}\nexpect_converged {result['converged']}\n"
    text += f"expect_objective {hex64(result['objective'])}\n"
    for key in ARRAYS:
        text += numbers("expect_" + key, result[key], hex64)
    return text


def files():
    for case in cases():
        yield GOLDEN / "numeric" / (case["name"] + ".txt"), describe(case, numeric.fit(case))
