#!/usr/bin/env python3
"""Writes the golden vectors of tests/data/golden from the oracle. Usage: generate.py [--check]

With --check nothing is written: the exit code is 1 when a committed file differs from the oracle's.
"""

import csv
import pathlib
import sys

import agreement_cases
import auto
import auto_cases
import consensus
import latent
import latent_cases
import numerics
import online_cases
import ordinal
import pairwise_cases
import reliability
import reliability_cases
import sequence_cases
import text_cases
import wire_cases
from generate_tools import SplitMix64, f32, hex32, hex64, numbers

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
GOLDEN = DATA / "golden"


def simulated(name, state, tasks, experts, labels, per_task, **options):
    """Experts of random skill answer random tasks; some answer a task twice."""
    r = SplitMix64(state)
    truth = [r.below(labels) for _ in range(tasks)]
    skill = [0.35 + 0.6 * r.unit() for _ in range(experts)]
    task, expert, label = [], [], []
    for t in range(tasks):
        for _ in range(1 + r.below(2 * per_task - 1)):
            e = r.below(experts)
            task.append(t)
            expert.append(e)
            label.append(truth[t] if r.unit() < skill[e] else r.below(labels))
    order = list(range(len(task)))
    for i in range(len(order) - 1, 0, -1):
        j = r.below(i + 1)
        order[i], order[j] = order[j], order[i]
    case = dict(
        name=name,
        tasks=tasks,
        experts=experts,
        labels=labels,
        task=[task[i] for i in order],
        expert=[expert[i] for i in order],
        label=[label[i] for i in order],
    )
    if options.pop("weighted", False):
        case["weight"] = [f32(r.unit() * 2.0) for _ in order]
    if options.pop("some_gold", False):
        case["gold"] = [truth[t] if r.below(5) == 0 else -1 for t in range(tasks)]
    if history := options.pop("history", 0.0):
        case["prior_counts"] = [r.below(4) * history for _ in range(experts * labels * labels)]
    case.update(options)
    return case


def llm_judges(name, **options):
    ids = ({}, {}, {})
    columns = ([], [], [])
    with open(DATA / "llm_judges" / "answers.csv", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            for known, column, value in zip(ids, columns, row):
                column.append(known.setdefault(value, len(known)))
    case = dict(zip(("task", "expert", "label"), columns))
    case.update(dict(zip(("tasks", "experts", "labels"), map(len, ids))), name=name, **options)
    return case


def cases():
    ds, one = "dawid-skene", "one-coin-dawid-skene"
    yield simulated("majority-ties", 1, 60, 9, 3, 3, method="majority-vote")
    yield simulated("majority-gold", 2, 60, 9, 4, 3, method="majority-vote", some_gold=True)
    yield simulated("majority-last-wins", 3, 80, 5, 3, 4, method="majority-vote", repeats="last-wins")
    yield simulated("weighted", 4, 70, 8, 5, 4, method="weighted-vote", weighted=True)
    yield simulated("weighted-positional", 5, 70, 12, 3, 9, method="weighted-vote", positional=True)
    yield simulated("weighted-both", 6, 50, 12, 2, 9, method="weighted-vote", positional=True, weighted=True)
    for labels in (1, 2, 3, 4, 5, 7, 8, 9, 16, 33):
        yield simulated(f"ds-{labels}-labels", 10 + labels, 90, 7, labels, 4, method=ds, max_iterations=40)
        yield simulated(f"one-{labels}-labels", 10 + labels, 90, 7, labels, 4, method=one, max_iterations=40)
    yield simulated("ds-weighted", 60, 120, 11, 4, 5, method=ds, weighted=True, max_iterations=50)
    yield simulated("one-weighted", 60, 120, 11, 4, 5, method=one, weighted=True, max_iterations=50)
    yield simulated("ds-smoothed", 61, 120, 11, 3, 5, method=ds, smoothing=0.01)
    yield simulated("one-smoothed", 61, 120, 11, 3, 5, method=one, smoothing=0.5)
    yield simulated("ds-gold", 62, 120, 11, 3, 5, method=ds, some_gold=True)
    yield simulated("one-gold", 62, 120, 11, 3, 5, method=one, some_gold=True)
    yield simulated("ds-class-priors", 63, 120, 11, 3, 5, method=ds, class_priors=[0.5, 0.25, 0.25])
    yield simulated("one-class-priors", 63, 120, 11, 3, 5, method=one, class_priors=[0.5, 0.25, 0.25])
    yield simulated("ds-last-wins", 64, 120, 5, 3, 5, method=ds, repeats="last-wins")
    yield simulated("one-last-wins", 64, 120, 5, 3, 5, method=one, repeats="last-wins")
    for mode in ("first-iteration", "every-iteration"):
        yield simulated(f"ds-history-{mode}", 65, 90, 8, 3, 4, method=ds, history=1.0, prior_counts_mode=mode)
    yield simulated("ds-zero-iterations", 66, 90, 8, 3, 4, method=ds, max_iterations=0)
    yield simulated("ds-spans", 67, 4000, 60, 4, 5, method=ds, weighted=True, max_iterations=8)
    yield simulated("one-spans", 67, 4000, 60, 4, 5, method=one, weighted=True, max_iterations=8)
    yield simulated("ds-sparse-spans", 68, 4000, 1500, 3, 5, method=ds, smoothing=0.1, max_iterations=6)
    yield simulated("ds-many-answers", 69, 30, 60, 3, 50, method=ds, max_iterations=12)
    yield simulated("ds-many-answers-gold", 69, 30, 60, 5, 50, method=ds, some_gold=True, max_iterations=12)
    yield simulated("ds-unit-spans", 67, 4000, 60, 4, 5, method=ds, max_iterations=6, some_gold=True)
    yield simulated("ds-huge-history", 70, 60, 6, 3, 4, method=ds, history=1e60, prior_counts_mode="every-iteration")
    yield from latent_cases.cases(simulated, llm_judges)
    for method in ("majority-vote", ds, one):
        yield llm_judges(f"llm-judges-{method}", method=method)
    yield llm_judges("llm-judges-ds-smoothed", method=ds, smoothing=0.01)
    yield from reliability_cases.cases(simulated, llm_judges)
    yield from ordinal.cases(simulated)
    yield from auto_cases.cases(simulated, llm_judges)


def fit(case):
    for family in (ordinal, reliability, latent):
        if case["method"] in family.METHODS:
            return family.fit(case)
    return (auto if case["method"] == "auto" else consensus).fit(case)


def describe(case, result):
    text = f"# {case['name']}: made by tests/parity/oracle/generate.py\n"
    text += f"method {case['method']}\n"
    for key in ("tasks", "experts", "labels"):
        text += f"{key} {case[key]}\n"
    for key in ("task", "expert", "label"):
        text += numbers(key, case[key])
    if "weight" in case:
        text += numbers("weight", case["weight"], hex32)
    if "gold" in case:
        text += numbers("gold", case["gold"])
    for key in ("class_priors", "prior_counts", "parameters"):
        if key in case:
            text += numbers(key, case[key], hex64)
    for key in ("repeats", "prior_counts_mode", "max_iterations", "seed"):
        if key in case:
            text += f"{key} {case[key]}\n"
    if "positional" in case:
        text += "positional 1\n"
    for key in ("smoothing", "tolerance"):
        if key in case:
            text += f"{key} {hex64(case[key])}\n"
    for key in ("iterations", "converged"):
        text += f"expect_{key} {result[key]}\n"
    text += f"expect_objective {hex64(result['objective'])}\n"
    for key in ("answer", "runner_up"):
        text += numbers("expect_" + key, result[key])
    for key in ("posterior", "prior", "confusion", "skill", "weight", "difficulty", "report"):
        if key in result:
            text += numbers("expect_" + key, result[key], hex64)
    return text


def exp_inputs():
    r = SplitMix64(101)
    special = [0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 709.782712893384, 709.7827128933841, 710.0, 1e300]
    special += [-708.3964185322641, -708.4, -744.4400719213812, -745.1332191019411, -745.1332191019412]
    special += [-746.0, -1e300, float("inf"), float("-inf")]
    special += [i * 0.34657359027997264 for i in range(-40, 41)]
    return special + [(r.unit() - 0.9) * 2.0 ** (r.below(14) - 3) for _ in range(1200)]


def log_inputs():
    r = SplitMix64(102)
    special = [0.0, -0.0, 1.0, 0.5, 2.0, -1.0, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308]
    special += [1.7976931348623157e308, float("inf"), float("-inf"), 0.7071067811865475, 0.7071067811865476]
    special += [1.0 + i * 2.0**-52 for i in range(-8, 9)] + [1e-10, 1e10]
    return special + [r.unit() * 2.0 ** (r.below(40) - 30) for _ in range(1200)]


def gamma_inputs():
    r = SplitMix64(104)
    special = [0.0, -0.0, -1.0, 5e-324, 1e-310, 2.2250738585072014e-308, 1e-10, 1e100, 1e300, float("inf"), float("-inf")]
    special += [i * 0.5 for i in range(1, 70)] + [15.999999999999998, 16.000000000000004, 1.4616321449683622]
    return special + [r.unit() * 2.0 ** (r.below(60) - 30) for _ in range(1200)]


def files():
    for name, function, inputs in (
        ("exp", numerics.exp, exp_inputs()),
        ("log", numerics.log, log_inputs()),
        ("digamma", numerics.digamma, gamma_inputs()),
        ("lgamma", numerics.lgamma, gamma_inputs()),
    ):
        text = f"# {name}: input and result as binary64 bits; see docs/numerics.md\n"
        yield GOLDEN / "kernels" / f"{name}.txt", text + "".join(
            f"{hex64(x)} {hex64(function(x))}\n" for x in inputs
        )
    r = SplitMix64(103)
    text = "# striped sum: length, seed of SplitMix64, result; element i is (unit - 0.5) * 2^(below(24) - 12)\n"
    for n in list(range(71)) + [127, 128, 129, 207, 255, 256, 257, 702, 1021, 1024, 1025, 4098, 65536]:
        seed = r.next()
        g = SplitMix64(seed)
        values = [(g.unit() - 0.5) * 2.0 ** (g.below(24) - 12) for _ in range(n)]
        text += f"{n} {format(seed, '016x')} {hex64(numerics.striped_sum(values))}\n"
    yield GOLDEN / "kernels" / "sum.txt", text
    for case in cases():
        yield GOLDEN / "fits" / (case["name"] + ".txt"), describe(case, fit(case))
    import numeric_cases  # which needs this module

    yield from numeric_cases.files()
    yield from online_cases.files(GOLDEN / "online")
    yield from agreement_cases.files(GOLDEN / "agreement", numbers, hex64, hex32)
    yield from pairwise_cases.files(sys.modules[__name__])
    yield from text_cases.files(GOLDEN / "text")
    yield from sequence_cases.files(GOLDEN / "sequences")
    yield from wire_cases.files(GOLDEN / "wire")


def main():
    check, stale = "--check" in sys.argv[1:], []
    for path, text in files():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        elif not path.exists() or path.read_bytes() != (text if isinstance(text, bytes) else text.encode()):
            stale.append(path.name)
    if stale:
        sys.exit("golden files differ from the oracle: " + ", ".join(stale))


if __name__ == "__main__":
    main()
