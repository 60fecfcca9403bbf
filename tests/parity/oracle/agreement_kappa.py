"""Cohen's kappa, Fleiss' kappa and the observed agreement, as docs/methods/agreement.md specifies them."""

from agreement_base import DEFINED, NAN, NO_PAIRS, NO_VARIATION, counted, groups, scaled


def cohen(case):
    weighting, first, second = (int(x) for x in case["options"])
    value = scaled(case.get("first") or [float(l) for l in range(case["labels"])])
    said = [{} for _ in range(case["experts"])]
    for t, row in enumerate(groups(case, True)):
        for i in row:
            said[case["expert"][i]][t] = case["label"][i]
    if first >= 0:
        pairs = [(first, second)]
    else:
        pairs = [(i, j) for i in range(case["experts"]) for j in range(i + 1, case["experts"])]
    defined, total, out = 0.0, 0.0, []
    for i, j in pairs:
        n, agreement, kappa = cohen_pair(said[i], said[j], weighting, value)
        if kappa == kappa:
            defined, total = defined + 1.0, total + kappa
        out += [n, agreement, kappa]
    return [defined, total / defined if defined > 0.0 else NAN] + out


def apart(weighting, x, y):
    if weighting == 0:
        return 0.0 if x == y else 1.0
    return abs(x - y) if weighting == 1 else (x - y) * (x - y)


def cohen_pair(one, other, weighting, value):
    common = [t for t in sorted(one) if t in other]
    n = float(len(common))
    if not common:
        return 0.0, NAN, NAN
    rows = counted(one[t] for t in common)
    columns = counted(other[t] for t in common)
    agree = float(sum(one[t] == other[t] for t in common))
    if weighting == 0:
        o = n - agree
        e = n * n - float(sum(k * columns.get(a, 0) for a, k in rows.items()))
    else:
        o = e = 0.0
        for t in common:
            o = o + apart(weighting, value[one[t]], value[other[t]])
        for a in sorted(rows):
            row = 0.0
            for b in sorted(columns):
                row = row + (float(rows[a]) * float(columns[b])) * apart(weighting, value[a], value[b])
            e = e + row
    return n, agree / n, 1.0 - (n * o) / e if e > 0.0 else NAN


def fleiss(case):
    total, tasks, answers, counts, sizes = 0.0, 0.0, 0.0, [0.0] * case["labels"], set()
    for row in groups(case):
        if len(row) >= 2:
            m, q = float(len(row)), 0.0
            for l, k in counted(case["label"][i] for i in row).items():
                counts[l] = counts[l] + float(k)
                q = q + float(k) * float(k)
            total = total + (q - m) / (m * (m - 1.0))
            tasks, answers = tasks + 1.0, answers + m
            sizes.add(m)
    if not tasks:
        return [NO_PAIRS, NAN, NAN, NAN, 0.0, 0.0, NAN, 0.0]
    observed, expected = total / tasks, 0.0
    for k in counts:
        expected = expected + (k / answers) * (k / answers)
    varied = sum(k > 0.0 for k in counts) > 1
    kappa = (observed - expected) / (1.0 - expected) if varied else NAN
    chance = 1.0 / case["labels"]
    free = (observed - chance) / (1.0 - chance) if case["labels"] > 1 else NAN
    outcome = DEFINED if varied else NO_VARIATION
    return [outcome, kappa, observed, expected, tasks, answers, free, 1.0 if len(sizes) == 1 else 0.0]


def observed_agreement(case):
    total, tasks, agreeing, pairs, by_task = 0.0, 0.0, 0.0, 0.0, []
    for row in groups(case):
        if len(row) < 2:
            by_task.append(NAN)
            continue
        m, q = float(len(row)), 0.0
        for k in counted(case["label"][i] for i in row).values():
            q = q + float(k) * float(k)
        by_task.append((q - m) / (m * (m - 1.0)))
        total, tasks = total + by_task[-1], tasks + 1.0
        agreeing, pairs = agreeing + (q - m), pairs + m * (m - 1.0)
    if not tasks:
        return [NO_PAIRS, NAN, NAN, 0.0, 0.0] + by_task
    return [DEFINED, total / tasks, agreeing / pairs, tasks, pairs * 0.5] + by_task
