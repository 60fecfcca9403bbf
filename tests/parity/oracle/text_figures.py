#!/usr/bin/env python3
"""Errors of ROVER on a folder with answers.csv (task, expert, text) and truth.csv (task, text).

Usage: text_figures.py FOLDER [reliability]

Texts are compared in lower case without punctuation but apostrophes. Prints the word errors over all words of the truth, the
mean of each task's error rate, and the number of texts without an error.
"""

import csv
import pathlib
import re
import sys

import sequences
from sequence_cases import rover_case


def plain(text):
    text = text.lower().replace("\u2019", "'").replace(" '", "'")
    return re.sub(r"[^a-z0-9' ]", " ", text).split()


def read(path):
    with open(path, newline="", encoding="utf8") as file:
        return list(csv.reader(file))[1:]


def main():
    folder, reliability = pathlib.Path(sys.argv[1]), int("reliability" in sys.argv[2:])
    tasks, experts = {}, {}
    rows = [
        (tasks.setdefault(task, len(tasks)), experts.setdefault(expert, len(experts)), plain(text))
        for task, expert, text in read(folder / "answers.csv")
    ]
    vocabulary = sorted({word for row in rows for word in row[2]} | {""}, key=lambda word: (len(word), word))
    result = sequences.rover(rover_case(folder.name, rows, reliability))
    errors, lengths = [], []
    for task, text in read(folder / "truth.csv"):
        start, end = (result["offset"][tasks[task] + i] for i in (0, 1))
        errors.append(sequences.edits([vocabulary[word] for word in result["token"][start:end]], plain(text)))
        lengths.append(len(plain(text)))
    mean = sum(e / max(1, n) for e, n in zip(errors, lengths)) / len(errors)
    print(f"errors {sum(errors) / sum(lengths):.4f}  mean {mean:.4f}  exact {errors.count(0)} of {len(errors)}")


if __name__ == "__main__":
    main()
