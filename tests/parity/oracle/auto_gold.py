"""How Auto uses known labels, in plain Python: a mean over temperatures and readings. See docs/methods/auto.md."""

import math

from numerics import exp, log, softmax, striped_sum

LEAST_KNOWN, READINGS_KNOWN, READING_DRIFT = 5, 10, 5.0
READINGS = 5
POOL, COIN, MACE, SECOND, RIVAL = range(READINGS)
READING_WEIGHTS = [0.6, 0.2, 0.1, 0.1, 0.1]
RIVAL_STEPS, EDGE = 12, 1e-6
BETAS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.12, 1.25, 1.4, 1.6, 1.9]
SPREAD = 0.2
FLOORS, FLOOR_WEIGHTS = [0.01, 0.05], [0.75, 0.25]
LEAST_ERRORS, LUCK, LEAST_READING = 0.5, 15.0, 0.1
LEAST_P = 1e-300
LENGTH = 2 + READINGS


def known_tasks(case, groups):
    """The tasks whose label is known and that have answers, in order."""
    gold = case.get("gold") or []
    return [(t, g) for t, g in enumerate(gold) if g >= 0 and groups[t]]


def start(groups, known, experts, k):
    """Votes, weighed by how often each expert is right where the label is known."""
    right, n = [0.0] * experts, [0.0] * experts
    for t, y in known:
        for e, l, w in groups[t]:
            n[e] = n[e] + w
            if l == y:
                right[e] = right[e] + w
    say = [0.0] * experts
    for e in range(experts):
        if n[e] > 0.0:
            s = min(max((right[e] + 1.0) / (n[e] + float(k)), EDGE), 1.0 - EDGE)
            say[e] = log(s * float(k - 1) / (1.0 - s))
    rows = []
    for group in groups:
        row = [0.0] * k
        for e, l, w in group:
            row[l] = row[l] + w * say[e]
        rows.append(softmax(row)[0])
    return rows


def logs(row):
    return [log(max(p, LEAST_P)) for p in row]


def tempered(row, beta):
    return softmax([x * beta for x in row])[0]


class Reading:
    """One posterior and how well it explains the known labels at each power and floor."""

    def __init__(self, number, rows, known, k):
        self.number, self.rows, self.k = number, rows, k
        self.known = [(logs(rows[t]), y) for t, y in known]
        self.scores = []
        for beta in BETAS:
            z = log(beta) / SPREAD
            sums = [0.0] * len(FLOORS)
            for own in self.explained(beta):
                for i, p in enumerate(own):
                    sums[i] = sums[i] + log(p)
            for total, weight in zip(sums, FLOOR_WEIGHTS):
                self.scores.append(((total + log(READING_WEIGHTS[number])) + log(weight)) - 0.5 * (z * z))
        self.best = 0
        for i, score in enumerate(self.scores):
            if score > self.scores[self.best]:
                self.best = i

    def explained(self, beta):
        """The probability of each known label at each floor."""
        for row, y in self.known:
            p = tempered(row, beta)[y]
            yield [(1.0 - floor) * p + floor / self.k for floor in FLOORS]

    def at_best(self):
        beta, floor = divmod(self.best, len(FLOORS))
        return [log(own[floor]) for own in self.explained(BETAS[beta])]

    def is_better(self, other):
        """Whether the known labels prefer it, and not by a few of them only."""
        gain, square = 0.0, 0.0
        for a, b in zip(self.at_best(), other.at_best()):
            d = a - b
            gain, square = gain + d, square + d * d
        return gain >= max(LEAST_ERRORS, LUCK / len(self.known)) * math.sqrt(square)


def weigh(readings):
    """The weight of each cell of each reading."""
    used = [r for r in readings if r is readings[0] or r.is_better(readings[0])]
    top = max(r.scores[r.best] for r in used)
    for r in readings:
        r.weights = [exp(s - top) if r in used else 0.0 for s in r.scores]
    share(readings)
    for r in readings:
        if in_order(r.weights) < LEAST_READING:
            r.weights = [0.0] * len(r.weights)
    share(readings)


def share(readings):
    total = in_order(w for r in readings for w in r.weights)
    for r in readings:
        r.weights = [w / total for w in r.weights]


def in_order(values):
    total = 0.0
    for v in values:
        total = total + v
    return total


def calibrate(posteriors, known, k):
    """Posteriors and what the report says, of [(number, rows)], the pool first."""
    report = [float(len(known))] + [0.0] * (LENGTH - 1)
    rows = posteriors[0][1]
    if len(known) < LEAST_KNOWN:
        return rows, report
    readings = [Reading(number, own, known, k) for number, own in posteriors]
    weigh(readings)
    base, mean, terms = 0.0, 0.0, []
    for r in readings:
        report[1 + r.number] = in_order(r.weights)
        for b, beta in enumerate(BETAS):
            scale = 0.0
            for i, floor in enumerate(FLOORS):
                w = r.weights[b * len(FLOORS) + i]
                base = base + w * (floor / k)
                scale = scale + w * (1.0 - floor)
                mean = mean + w * log(beta)
            if scale > 0.0:
                terms.append((r, beta, scale))
    report[1 + READINGS] = mean
    result = []
    for t in range(len(rows)):
        row = [base] * k
        for r, beta, scale in terms:
            p = tempered(logs(r.rows[t]), beta)
            row = [x + scale * y for x, y in zip(row, p)]
        total = striped_sum(row)
        result.append([x / total for x in row])
    return result, report
