"""The golden cases of the pairwise methods: tests/data/golden/pairwise, written by generate.py."""

import csv

import pairwise

BRADLEY_TERRY = dict(ties=0.0, solver=0.0, order=0.0, prior=0.0, adjustment=0.0, limit=1000.0)


def bradley_terry(name, table, **options):
    limits = {key: options.pop(key) for key in ("max_iterations", "tolerance") if key in options}
    values = list(dict(BRADLEY_TERRY, **options).values())
    return case(name, table, "bradley-terry", values, **limits)


def case(name, table, method, parameters=(), max_iterations=100, tolerance=1e-10):
    parameters = [float(p) for p in parameters]
    return dict(
        table, name=name, method=method, parameters=parameters, max_iterations=max_iterations, tolerance=tolerance
    )


def table(items, experts, rows):
    """Rows are (expert, left, right, outcome) or, with weights, one longer."""
    columns = dict(zip(("expert", "left", "right", "outcome", "weight"), map(list, zip(*rows))))
    if not experts:
        columns.pop("expert")
    return dict(columns, items=items, experts=experts)


def simulated(tools, seed, items, experts, size, weighted=False, ties=0.2):
    """Items have strengths from 0 to 3, experts are right or, some of them, prefer the left one."""
    r = tools.SplitMix64(seed)
    strength = [3.0 * r.unit() for _ in range(items)]
    rows = []
    for _ in range(size):
        e, left = r.below(max(experts, 1)), r.below(items)
        right = (left + 1 + r.below(items - 1)) % items
        edge = strength[left] - strength[right]
        u, v = r.unit(), r.unit()
        if u < ties:
            outcome = 2
        elif e % 3 == 2:
            outcome = 0 if v < 0.8 else 1
        else:
            outcome = 0 if v < 0.5 + edge / 7.0 else 1
        row = (e, left, right, outcome)
        rows.append(row + (tools.f32(2.0 * r.unit()),) if weighted else row)
    return table(items, experts, rows)


def food_chain():
    """0 always beats 1, which always beats 2."""
    return table(3, 0, [(0, 0, 1, 0), (0, 1, 2, 0), (0, 2, 0, 1)])


def islands():
    """Two groups that never met, an item that always wins in the first, and one item without a comparison."""
    pairs = [(0, 1, 0), (0, 2, 0), (1, 2, 0), (2, 1, 0), (1, 2, 2), (3, 4, 0), (4, 3, 0), (3, 4, 0), (4, 5, 1), (5, 3, 1)]
    pairs += [(5, 4, 1), (4, 5, 1)]
    return table(7, 2, [(n % 2, *pair) for n, pair in enumerate(pairs)])


def hostile_weights(tools):
    rows = simulated(tools, 9, 5, 3, 80)
    largest, least = tools.f32(3e38), tools.f32(1.5e-45)
    cycle = [0.0, 1.0, largest, least, 1.0, 2.5]
    return dict(rows, weight=[cycle[n % 6] for n in range(80)])


def all_ties():
    return table(4, 2, [(n % 2, n % 4, (n + 1) % 4, 2) for n in range(8)])


def left_always_wins():
    return table(4, 2, [(n % 2, n % 4, (n + 1 + n // 4) % 4, 0) for n in range(12)])


def cycles(tools):
    """Groups of 8, 6 and 1 items with cycles inside; a group always wins against the later ones."""
    r = tools.SplitMix64(77)
    groups = [range(0, 8), range(8, 14), range(14, 15)]
    rows = [(0, i, i + 1, 0) for group in groups for i in list(group)[:-1]]
    rows += [(0, group[-1], group[0], 0) for group in groups[:2]]
    for _ in range(120):
        left, right = r.below(15), r.below(15)
        same = any(left in group and right in group for group in groups)
        if left != right:
            rows.append((0, left, right, r.below(3) if same else int(left > right)))
    order = [(7 * i) % 15 for i in range(15)]
    return table(15, 0, [(e, order[left], order[right], outcome) for e, left, right, outcome in rows])


def llmfao(tools):
    names, experts, rows = {}, {}, []
    with open(tools.DATA / "llmfao" / "comparisons.csv", newline="") as file:
        for expert, left, right, winner in list(csv.reader(file))[1:]:
            ids = [names.setdefault(name, len(names)) for name in (left, right)]
            outcome = 2 if winner == "tie" else int(winner != left)
            rows.append((experts.setdefault(expert, len(experts)), *ids, outcome))
    return table(len(names), len(experts), rows)


def cases(tools):
    small, weighted = simulated(tools, 1, 9, 6, 150), simulated(tools, 2, 9, 6, 150, weighted=True)
    plain = simulated(tools, 3, 12, 0, 200, ties=0.0)
    wide, many = simulated(tools, 4, 80, 12, 400), simulated(tools, 5, 40, 20, 3000, weighted=True)
    judges = llmfao(tools)
    named = dict(small=small, weighted=weighted, plain=plain, wide=wide)
    hostile = {
        "food-chain": food_chain(),
        "islands": islands(),
        "hostile-weights": hostile_weights(tools),
        "all-ties": all_ties(),
        "left-always-wins": left_always_wins(),
        "no-weight": dict(table(3, 1, [(0, 0, 1, 0), (0, 1, 2, 1)]), weight=[0.0, 0.0]),
        "one-pair": table(2, 1, [(0, 0, 1, 0)]),
    }
    for key, t in {**named, **hostile}.items():
        yield bradley_terry(f"bt-{key}", t, prior=0.5 if key == "wide" else 0.0)
        yield bradley_terry(f"bt-{key}-davidson", t, ties=1, prior=0.5 if key == "wide" else 0.0)
        yield bradley_terry(f"bt-{key}-order", t, ties=2, order=1, prior=0.1)
        yield case(f"newman-{key}", t, "newman", [0.5], 5000, 1e-9)
        yield case(f"win-rate-{key}", t, "win-rate", [0])
        yield case(f"win-rate-pooled-{key}", t, "win-rate", [1])
        yield case(f"elo-{key}", t, "elo", [4, 10, 400, 1000])
        yield case(f"borda-{key}", t, "borda")
        yield case(f"copeland-{key}", t, "copeland")
        yield case(f"eigenvector-{key}", t, "eigenvector", [], 1000)
        yield case(f"page-rank-{key}", t, "page-rank", [0.85], 1000)
        yield case(f"kemeny-{key}", t, "kemeny", [10 if t["items"] < 20 else 3], 1000)
        if t["experts"]:
            yield case(f"noisy-bt-{key}", t, "noisy-bradley-terry", [1e-5, 1.0], 300, 1e-6)
    for key, t in dict(many=many, llmfao=judges).items():
        yield bradley_terry(f"bt-{key}", t)
        yield bradley_terry(f"bt-{key}-rao-kupper-order", t, ties=2, order=1)
        yield case(f"newman-{key}", t, "newman", [0.5], 5000, 1e-9)
        yield case(f"kemeny-{key}", t, "kemeny", [3], 1000)
    for ties, word in enumerate(("half", "davidson", "rao-kupper")):
        for order in (0, 1):
            yield bradley_terry(f"bt-{word}-{'order' if order else 'neutral'}", small, ties=ties, order=order)
            yield bradley_terry(f"bt-{word}-{order}-prior", islands(), ties=ties, order=order, prior=0.25)
    yield bradley_terry("bt-adjusted", wide, adjustment=0.3)
    yield bradley_terry("bt-adjusted-islands", islands(), adjustment=0.3)
    yield bradley_terry("bt-adjusted-order", wide, adjustment=0.3, order=1)
    yield bradley_terry("bt-without-errors", small, limit=8)
    yield bradley_terry("bt-zero-iterations", small, max_iterations=0)
    for steps in (0, 1, 2, 3, 5, 10, 50):
        yield bradley_terry(f"mm-food-chain-{steps}", food_chain(), solver=1, max_iterations=steps, tolerance=0.0)
    yield bradley_terry("mm-weighted", weighted, solver=1, max_iterations=10000, tolerance=1e-12)
    yield bradley_terry("mm-islands", islands(), solver=1)
    yield bradley_terry("mm-hostile-weights", hostile_weights(tools), solver=1)
    yield case("elo-fast", weighted, "elo", [64, 2.5, 30, -7.5])
    yield case("newman-tie-heavy", simulated(tools, 6, 8, 0, 300, ties=0.8), "newman", [2.0], 5000, 1e-9)
    yield case("page-rank-undamped", small, "page-rank", [1.0], 1000)
    yield case("noisy-bt-pulled", weighted, "noisy-bradley-terry", [0.5, 0.0], 60, 1e-6)
    yield case("noisy-bt-free", simulated(tools, 7, 6, 4, 300), "noisy-bradley-terry", [0.0, 0.2], 60, 1e-6)
    yield case("noisy-bt-many", simulated(tools, 8, 12, 9, 3000), "noisy-bradley-terry", [1e-5, 1.0], 8, 1e-6)
    for limit in (0, 1, 6, 8):
        yield case(f"kemeny-cycles-{limit}", cycles(tools), "kemeny", [limit], 1000)
    yield case("kemeny-stopped", wide, "kemeny", [0], 1)


def numbers(key, values, form=str):
    return key + "".join(" " + form(v) for v in values) + "\n"


def describe(tools, case, result):
    text = f"# {case['name']}: made by tests/parity/oracle/generate.py\nmethod {case['method']}\n"
    for key in ("items", "experts", "max_iterations"):
        text += f"{key} {case[key]}\n"
    for key in ("expert", "left", "right", "outcome"):
        if key in case:
            text += numbers(key, case[key])
    if "weight" in case:
        text += numbers("weight", case["weight"], tools.hex32)
    text += numbers("parameters", case["parameters"], tools.hex64)
    text += f"tolerance {tools.hex64(case['tolerance'])}\n"
    for key in ("iterations", "converged"):
        text += f"expect_{key} {result[key]}\n"
    text += f"expect_objective {tools.hex64(result['objective'])}\n"
    for key in ("rank", "component", "strong"):
        text += numbers("expect_" + key, result[key])
    for key in ("score", "error", "skill", "bias", "report"):
        text += numbers("expect_" + key, result[key], tools.hex64)
    return text


def files(tools):
    for one in cases(tools):
        yield tools.GOLDEN / "pairwise" / (one["name"] + ".txt"), describe(tools, one, pairwise.fit(one))
