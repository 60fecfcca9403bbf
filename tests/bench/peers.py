"""Runs crowd-kit and Coterie on the same data sets, one after the other, and prints how long each fit took.

Called by `scripts/bench peers DIR...`; each DIR is a data set or a folder of them, as for scripts/accuracy.
"""

import csv
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
from crowdkit.aggregation import GLAD, MACE, DawidSkene

ROOT = Path(__file__).resolve().parents[2]
PEERS = {"dawid-skene": lambda: DawidSkene(n_iter=100), "glad": GLAD, "mace": MACE}


def header(path):
    with path.open(newline="", encoding="utf-8") as file:
        return next(csv.reader(file), [])


def find(folder, wanted, unwanted=frozenset()):
    """The file of a data set whose header has the wanted columns and none of the others."""
    for path in sorted(folder.glob("*.csv")):
        columns = set(header(path))
        if wanted <= columns and not unwanted & columns:
            return path
    return None


def data_sets(folders):
    for folder in map(Path, folders):
        for candidate in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
            answers = find(candidate, {"task", "worker", "label"})
            if answers:
                yield candidate, answers


def ours(folder):
    """Accuracy and the seconds of the fit of each method, on one thread."""
    command = [ROOT / "scripts/accuracy", "--tsv", "--threads", "1", "--methods", ",".join(PEERS), folder]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    return {row["method"]: (row["accuracy"], float(row["seconds"])) for row in rows if row["seconds"]}


def main():
    print("set\tmethod\tanswers\tcrowd-kit seconds\tcoterie seconds\ttimes faster\tcrowd-kit accuracy\tcoterie accuracy")
    for folder, path in data_sets(sys.argv[1:]):
        answers = pd.read_csv(path, dtype=str)
        if pd.to_numeric(answers["label"], errors="coerce").nunique() > 50:
            print(f"{folder.name}: numeric answers, skipped", file=sys.stderr)
            continue
        truth = find(folder, {"task", "label"}, {"worker"})
        labels = {} if truth is None else pd.read_csv(truth, dtype=str).set_index("task")["label"].to_dict()
        fast = ours(folder)
        for method, make in PEERS.items():
            begin = time.perf_counter()
            found = make().fit_predict(answers)
            seconds = time.perf_counter() - begin
            known = [task for task in labels if task in found.index]
            right = sum(found[task] == labels[task] for task in known)
            accuracy = f"{right / len(known):.4f}" if known else ""
            own_accuracy, own_seconds = fast[method]
            ratio = seconds / own_seconds
            row = [folder.name, method, len(answers), f"{seconds:.3f}", f"{own_seconds:.4f}", f"{ratio:.0f}"]
            print(*row, accuracy, own_accuracy, sep="\t", flush=True)


if __name__ == "__main__":
    main()
