#!/usr/bin/env python3
"""Accuracy of numeric methods and of ordered labels on a folder with answers.csv (task, expert, value) and truth.csv.

Usage: figures.py FOLDER METHOD [PARAMETER...] [tolerance=T] [iterations=N] [smoothing=S]

METHOD is a numeric method (mean, median, trimmed-mean, weighted-mean, lfc-n, catd, pm) or ordinal, dawid-skene or
majority-vote on integer ranks. Parameters as the method's page lists them. Prints the mean absolute error, the root of the
mean squared error and the correlation with the truth; for ranks the accuracy, and the mean absolute error of the mode, the
median and the mean of the posterior.
"""

import csv
import math
import pathlib
import sys

import consensus
import numeric
import ordinal

SHORT = {"tolerance": "tolerance", "iterations": "max_iterations", "smoothing": "smoothing"}


def rows(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))[1:]


def read(folder, value):
    tasks, experts, case = {}, {}, dict(task=[], expert=[], value=[])
    for task, expert, answer in rows(folder / "answers.csv"):
        case["task"].append(tasks.setdefault(task, len(tasks)))
        case["expert"].append(experts.setdefault(expert, len(experts)))
        case["value"].append(value(answer))
    case.update(tasks=len(tasks), experts=len(experts))
    truth = {tasks[task]: value(answer) for task, answer in rows(folder / "truth.csv") if task in tasks}
    return case, truth


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def correlation(pairs):
    x, y = mean(a for a, _ in pairs), mean(b for _, b in pairs)
    covariance = sum((a - x) * (b - y) for a, b in pairs)
    return covariance / math.sqrt(sum((a - x) ** 2 for a, _ in pairs) * sum((b - y) ** 2 for _, b in pairs))


def numbers(folder, case_options):
    case, truth = read(folder, float)
    result = numeric.fit(dict(case, **case_options))
    pairs = [(result["estimate"][t], v) for t, v in truth.items()]
    error = mean(abs(a - b) for a, b in pairs)
    root = math.sqrt(mean((a - b) ** 2 for a, b in pairs))
    print(f"MAE {error:.4f}  RMSE {root:.4f}  Pearson {correlation(pairs):.4f}  {result['iterations']} iterations")


def ranks(folder, case_options):
    case, truth = read(folder, int)
    case["label"] = case.pop("value")
    case["labels"] = max(case["label"]) + 1
    case.update(case_options)
    result = (ordinal if case["method"] == "ordinal" else consensus).fit(case)
    k, modes, medians, means = case["labels"], [], [], []
    for t, v in truth.items():
        row = result["posterior"][t * k : (t + 1) * k]
        so_far = [sum(row[: j + 1]) for j in range(k)]
        medians.append(abs(next((j for j, s in enumerate(so_far) if s >= 0.5), k - 1) - v))
        modes.append(abs(result["answer"][t] - v))
        means.append(abs(sum(j * p for j, p in enumerate(row)) - v))
    right = mean(float(d == 0) for d in modes)
    text = f"accuracy {right:.4f}  MAE of mode {mean(modes):.4f}, median {mean(medians):.4f}, mean {mean(means):.4f}"
    print(f"{text}  {result['iterations']} iterations")


def main(folder, method, *words):
    options = {"method": method, "parameters": [float(w) for w in words if "=" not in w]}
    for key, value in (w.split("=") for w in words if "=" in w):
        options[SHORT[key]] = int(value) if key == "iterations" else float(value)
    (numbers if method in numeric.METHODS else ranks)(pathlib.Path(folder), options)


if __name__ == "__main__":
    main(*sys.argv[1:])
