"""Uncertainty, consistency and accuracy, as docs/methods/uncertainty.md specifies them."""

from agreement_base import NAN, groups, sum_in_order
from numerics import exp, log


def uncertainty(case):
    by_expert = case["options"][0] == 1.0
    rows = groups(case)
    if by_expert:
        of = [[] for _ in range(case["experts"])]
        for row in rows:
            for i in row:
                of[case["expert"][i]].append(i)
        rows = of
    out, total, number = [], 0.0, 0.0
    for row in rows:
        h = entropy(case, row) if row else NAN
        if row:
            total, number = total + h, number + 1.0
        out.append(h)
    return [total / number, number] + out


def entropy(case, row):
    k = case["labels"]
    if k == 1:
        return 0.0
    base, more = 0.0, [0.0] * k
    for i in row:
        skill = case["first"][case["expert"][i]] if case.get("first") else 1.0
        weight = case["weight"][i] if case.get("weight") else 1.0
        error = (1.0 - skill) / (k - 1)
        base = base + weight * error
        l = case["label"][i]
        more[l] = more[l] + weight * (skill - error)
    votes = [max(base + x, 0.0) for x in more]
    total = sum_in_order(votes)
    if not total > 0.0:
        return log(float(k))
    h = 0.0
    for v in votes:
        p = v / total
        if p > 0.0:
            h = h - p * log(p)
    return h


def consistency(case):
    k = case["labels"]
    right, wrong = [], []
    for s in case["first"]:
        right.append(factor(s))
        wrong.append(factor((1.0 - s) / max(k - 1, 1)))
    out, total, number = [], 0.0, 0.0
    for t, row in enumerate(groups(case)):
        if not row or case["known"][t] < 0:
            out.append(NAN)
            continue
        out.append(1.0 if k == 1 else share(case, row, right, wrong, case["known"][t]))
        total, number = total + out[-1], number + 1.0
    return [total / number if number else NAN, number] + out


def factor(p):
    """The logarithm of a factor, and whether it is zero instead."""
    return (log(p), 0) if p > 0.0 else (0.0, 1)


def share(case, row, right, wrong, answer):
    base, zeros = 0.0, 0
    more, more_zeros = [0.0] * case["labels"], [0] * case["labels"]
    for i in row:
        e, l = case["expert"][i], case["label"][i]
        base, zeros = base + wrong[e][0], zeros + wrong[e][1]
        more[l] = more[l] + (right[e][0] - wrong[e][0])
        more_zeros[l] += right[e][1] - wrong[e][1]
    logits, zeros = [base + x for x in more], [zeros + z for z in more_zeros]
    fewest = min(zeros)
    if zeros[answer] > fewest:
        return 0.0
    top = max(x for x, z in zip(logits, zeros) if z == fewest)
    total = 0.0
    for x, z in zip(logits, zeros):
        if z == fewest:
            total = total + exp(x - top)
    return exp(logits[answer] - top) / total


def accuracy(case):
    experts, tasks = [[0.0, 0.0] for _ in range(case["experts"])], []
    right = number = 0.0
    for t, row in enumerate(groups(case)):
        known, agreed = case["known"][t], 0.0
        if known < 0 or not row:
            tasks.append(NAN)
            continue
        for i in row:
            hit = 1.0 if case["label"][i] == known else 0.0
            agreed = agreed + hit
            expert = experts[case["expert"][i]]
            expert[0], expert[1] = expert[0] + hit, expert[1] + 1.0
        tasks.append(agreed / len(row))
        right, number = right + agreed, number + len(row)
    of_experts = [hits / all if all > 0.0 else NAN for hits, all in experts]
    return [right / number if number > 0.0 else NAN, number, right] + of_experts + tasks
