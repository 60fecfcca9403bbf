"""Tables for the golden files of reliability.py: random ones, and ones made to break a careless engine."""

from votes import DEFAULTS

# A table: tasks, experts, labels, and answers as (task, expert, label).
ONE_ANSWER = (1, 1, 2, [(0, 0, 1)])
ONE_LABEL = (3, 3, 1, [(0, 0, 0), (0, 1, 0), (1, 1, 0), (2, 2, 0), (2, 2, 0)])
ONE_EXPERT = (4, 1, 2, [(0, 0, 1), (1, 0, 0), (2, 0, 1), (3, 0, 1), (3, 0, 0)])
ONE_TASK = (1, 5, 2, [(0, 0, 1), (0, 1, 1), (0, 2, 0), (0, 3, 1), (0, 4, 0)])
ALL_TIES = (4, 2, 2, [(t, e, (t + e) % 2) for t in range(4) for e in range(2)])
NO_OVERLAP = (6, 6, 2, [(t, 5 - t, t % 2) for t in range(6)])
TWO_ISLANDS = (8, 6, 2, [(t, e, (t // 2 + (e == 2 and t == 1)) % 2) for t in range(4) for e in range(3)]
               + [(t, e, t % 2 if e < 5 else 1 - t % 2) for t in range(4, 8) for e in range(3, 6)])
LIAR = (9, 5, 2, [(t, e, t % 2 if e < 4 and (t, e) != (3, 1) else 1 - t % 2) for t in range(9) for e in range(5)])
ALL_AGREE = (5, 4, 2, [(t, e, t % 2) for t in range(5) for e in range(4)])
HALF_AGREE = (4, 4, 2, [(t, e, (t >> (e % 2)) & 1 if e < 2 else t & (t >> 1) & 1) for t in range(4) for e in range(4)])
# Tasks 0, 3 and 6 and experts 0 and 4 of the range have no answers.
HOLES = (7, 5, 2, [(1, 1, 0), (1, 2, 0), (1, 3, 1), (2, 1, 1), (2, 3, 1), (4, 2, 0), (4, 1, 0), (5, 3, 1), (5, 2, 0)])
REPEATS = (4, 3, 2, [(0, 0, 1), (0, 0, 1), (0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1), (1, 1, 1), (2, 2, 0), (2, 0, 1),
                     (2, 2, 0), (3, 2, 1), (3, 1, 0), (3, 0, 1), (3, 2, 0)])
SHAPES = {name.lower().replace("_", "-"): value for name, value in list(globals().items())
          if isinstance(value, tuple) and name.isupper()}

WEIGHTS = {
    "zeros": lambda i: 0.0,
    "some-zeros": lambda i: float(i % 3),
    "large": lambda i: float.fromhex("0x1.fffffep+127") if i % 4 else 1.0,
    "denormal": lambda i: float.fromhex("0x1p-149") * (1 + i % 5),
    "mixed": lambda i: (float.fromhex("0x1p-149"), 1.0, float.fromhex("0x1p+127"), 0.5)[i % 4],
}


def shaped(name, shape, method, **options):
    tasks, experts, labels, answers = SHAPES[shape]
    case = dict(name=name, tasks=tasks, experts=experts, labels=labels, method=method)
    case.update(dict(zip(("task", "expert", "label"), (list(column) for column in zip(*answers)))))
    weights = options.pop("weights", None)
    if weights:
        case["weight"] = [WEIGHTS[weights](i) for i in range(len(answers))]
    if method == "gold-majority-vote" and "gold" not in options:
        # Whatever task has answers: the first of them.
        case["gold"] = [0 if t == answers[0][0] else -1 for t in range(tasks)]
    case.update(options)
    return case


def cases(simulated, llm_judges):
    for method, defaults in DEFAULTS.items():
        for case in of_method(method, simulated, llm_judges):
            for key, value in defaults.items():
                if value != []:
                    case.setdefault(key, value)
            yield case


def of_method(method, simulated, llm_judges):
    golden = dict(some_gold=True) if method == "gold-majority-vote" else {}
    labels = 2 if method == "kos" else 3

    def random(name, seed, tasks, experts, labels, per_task, **options):
        return simulated(f"{method}-{name}", seed, tasks, experts, labels, per_task, method=method, **{**golden, **options})

    for shape in SHAPES:
        yield shaped(f"{method}-{shape}", shape, method)
    for weights in WEIGHTS:
        yield shaped(f"{method}-weights-{weights}", "liar", method, weights=weights)
    yield shaped(f"{method}-last-wins", "repeats", method, repeats="last-wins")
    yield shaped(f"{method}-repeats-weights", "repeats", method, weights="some-zeros")
    yield shaped(f"{method}-gold-of-unanswered", "holes", method, gold=[1, 1, -1, 0, -1, -1, -1])
    for k in (2,) if method == "kos" else (2, 3, 5, 33):
        yield random(f"{k}-labels", 200 + k, 90, 9, k, 4)
    yield random("weighted", 210, 120, 11, labels, 5, weighted=True)
    yield random("gold", 211, 120, 11, labels, 5, some_gold=True)
    yield random("weighted-gold", 212, 120, 11, labels, 5, some_gold=True, weighted=True)
    yield random("positional", 213, 120, 11, labels, 5, positional=True)
    yield random("sparse", 214, 80, 70, labels, 2)
    yield random("spans", 215, 1050, 60, labels, 17, weighted=True, max_iterations=12)
    if method == "gold-majority-vote":
        yield random("smoothed", 216, 60, 40, 3, 3, smoothing=1.0)
        yield llm_judges("llm-judges-gold-majority-vote", method=method, gold=[t % 2 if t < 50 else -1 for t in range(419)])
    else:
        yield llm_judges(f"llm-judges-{method}", method=method)
        if method not in ("wawa",):
            yield random("no-iterations", 217, 60, 9, labels, 3, max_iterations=0)
    if method == "zero-based-skill":
        yield random("slow", 218, 60, 9, 3, 3, parameters=[0.25, 3.0, 0.75], max_iterations=17)
        yield random("tolerance", 218, 60, 9, 3, 3, parameters=[0.25, 3.0, 0.75], tolerance=0.01)
    if method == "catd":
        yield random("certain", 219, 60, 9, 3, 3, parameters=[0.9])
        yield random("doubtful", 219, 60, 9, 3, 3, parameters=[1e-6])
    if method == "kos":
        yield random("sums", 220, 90, 20, 2, 3, parameters=[0.0])
        yield random("sums-weighted", 221, 90, 20, 2, 3, parameters=[0.0], weighted=True, some_gold=True)
        yield llm_judges("llm-judges-kos-sums", method=method, parameters=[0.0])
