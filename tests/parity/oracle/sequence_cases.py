"""The golden cases of the methods for sequences."""

import csv
import pathlib

import sequences
from generate_tools import SplitMix64, hex64, numbers

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"


def rover_case(name, rows, reliability, tasks=0, experts=0):
    """Rows are (task, expert, text or words, confidence); texts are split at single spaces."""
    rows = [(t, e, words.split(" ") if isinstance(words, str) else words, *rest) for t, e, words, *rest in rows]
    vocabulary = sorted({word for row in rows for word in row[2]} | {""}, key=lambda word: (len(word), word))
    index = {word: i for i, word in enumerate(vocabulary)}
    case = dict(name=name, reliability=reliability, words=len(vocabulary), offset=[0], token=[])
    case["task"], case["expert"] = [row[0] for row in rows], [row[1] for row in rows]
    case["tasks"] = max([tasks] + [t + 1 for t in case["task"]])
    case["experts"] = max([experts] + [e + 1 for e in case["expert"]])
    for row in rows:
        case["token"] += [index[word] for word in row[2]]
        case["offset"].append(len(case["token"]))
    if any(len(row) > 3 for row in rows):
        case["confidence"] = [row[3] for row in rows]
    return case


def noisy(seed, tasks, experts, per_task, length, vocabulary, noise, confidences=False):
    """Sentences that experts of random skill write down; some do so twice, some tasks have no row."""
    r = SplitMix64(seed)
    stock = ["w" * (1 + n % 3) + chr(97 + n % 26) + str(n) for n in range(vocabulary)] + [""]
    truth = [[stock[r.below(vocabulary)] for _ in range(r.below(2 * length))] for _ in range(tasks)]
    fault = [noise * r.unit() for _ in range(experts)]
    rows = []
    for task in range(tasks):
        for _ in range(r.below(2 * per_task)):
            expert = r.below(experts)
            words = []
            for word in truth[task]:
                if r.unit() >= fault[expert]:
                    words.append(word)
                    continue
                kind = r.below(3)
                if kind:
                    words.append(stock[r.below(len(stock))])
                if kind == 2:
                    words.append(word)
            rows.append((task, expert, words) + ((r.below(5) / 4.0,) if confidences else ()))
    for i in range(len(rows) - 1, 0, -1):
        j = r.below(i + 1)
        rows[i], rows[j] = rows[j], rows[i]
    return rows


def real(name, tasks):
    """The first tasks of a set of real texts, in lower case and split at white space."""
    ids = ({}, {})
    rows = []
    with open(DATA / name / "answers.csv", newline="", encoding="utf8") as file:
        for row in list(csv.reader(file))[1:]:
            task, expert = (known.setdefault(value, len(known)) for known, value in zip(ids, row))
            if task < tasks:
                rows.append((task, expert, row[2].lower().split()))
    return rows


def rover_cases():
    tables = {
        "toy": [(0, 0, "a b c d"), (0, 1, "b z d e"), (0, 2, "b c d e f")],
        "one-row": [(0, 0, "a b c d")],
        "nothing": [(0, 0, []), (0, 1, [])],
        "nothing-first": [(0, 0, []), (0, 1, "a b"), (0, 2, "a b")],
        "nothing-last": [(0, 0, "a b"), (0, 1, []), (0, 2, [])],
        "spaces": [(0, 0, ""), (0, 1, " "), (0, 2, " a  b "), (0, 0, "a  b")],
        "spaces-first": [(0, 0, "  a"), (0, 1, "a b "), (0, 2, "b  a")],
        "ties": [(0, 0, "a bb c"), (0, 1, "b aa d"), (1, 0, "x"), (1, 1, "y"), (1, 2, "zz"), (1, 3, "zy")],
        "code-points": [(0, 0, "\U0001f600"), (0, 1, "\ufffd"), (1, 0, "\ufffd\ufffd"), (1, 1, "\U0001f600\U0001f601"), (1, 2, "e")],
        "same-expert": [(0, 0, "a b"), (0, 0, "a c"), (0, 0, "a d"), (0, 1, "x y z"), (1, 0, "a b"), (1, 2, "a b"), (1, 1, "q")],
        "apart": [(0, 0, "a b"), (0, 1, "c d"), (1, 2, "e f"), (1, 0, "g h")],
        "blank-start": [(0, 0, "a b c"), (0, 1, "b c"), (0, 2, "c"), (0, 3, "a"), (0, 4, "c")],
        "simulated": noisy(1, 30, 8, 4, 8, 20, 0.6),
        "few-words": noisy(2, 20, 5, 6, 10, 3, 0.9),
        "many-rows": noisy(3, 3, 12, 40, 6, 12, 0.8),
        "long": noisy(4, 2, 4, 3, 120, 40, 0.4),
        "crowdwsa_j1": real("crowdwsa_j1", 25),
        "crowdspeech": real("crowdspeech", 25),
    }
    for name, rows in tables.items():
        for reliability in (0, 1):
            yield rover_case(f"rover-{name}{'-reliability' if reliability else ''}", rows, reliability)
    sure = [(t, e, words, c) for t, e, words, c in noisy(5, 30, 8, 4, 8, 20, 0.6, True)]
    yield rover_case("rover-confidences", sure, 1)
    yield rover_case("rover-no-confidence", [(0, 0, "a b", 0.0), (0, 1, "a c", 0.0), (1, 0, "a", 0.0), (1, 1, "b", 0.5)], 1)
    yield rover_case("rover-empty-tasks", [(2, 1, "a b"), (2, 3, "a")], 0, tasks=5, experts=6)
    yield rover_case("rover-empty-tasks-reliability", [(2, 1, "a b"), (2, 3, "a")], 1, tasks=5, experts=6)


def describe_rover(case, result):
    text = f"# {case['name']}: made by tests/parity/oracle/generate.py\n"
    for key in ("reliability", "tasks", "experts", "words"):
        text += f"{key} {case[key]}\n"
    for key in ("task", "expert", "offset", "token"):
        text += numbers(key, case[key])
    if "confidence" in case:
        text += numbers("confidence", case["confidence"], hex64)
    text += f"expect_rounds {result['rounds']}\n"
    for key in ("offset", "token", "backbone"):
        text += numbers("expect_" + key, result[key])
    for key in ("share", "weight", "skill"):
        text += numbers("expect_" + key, result[key], hex64)
    return text


def files(folder):
    for case in rover_cases():
        yield folder / (case["name"] + ".txt"), describe_rover(case, sequences.rover(case))
