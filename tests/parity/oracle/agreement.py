"""The measures of docs/methods/agreement.md in plain Python: the independent, slow oracle of both engines.

A case is a dictionary: `measure`, the sizes, the columns `task`, `expert`, `label` and perhaps `weight` of a table, the
number arrays `first` and `second`, the labels `known`, the list `options` and the `seed`. A result is a list of numbers in
the layout that the page gives for the measure. Numbers that are undefined are the canonical NaN.
"""

from math import ceil, floor, sqrt

from numerics import exp, from_bits, log

NAN = from_bits(0x7FF8000000000000)
DEFINED, NO_PAIRS, NO_VARIATION = 0.0, 1.0, 2.0
NOMINAL, ORDINAL, INTERVAL, RATIO = range(4)
LEAST_PROBABILITY = 1e-15


class SplitMix64:
    """docs/numerics.md, section 9."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def unit(self):
        return (self.next() >> 11) * 2.0**-53


def scaled(values):
    """Very small numbers are made larger, exactly, so that their squares are not zero."""
    largest = 0.0
    for x in values:
        largest = max(largest, abs(x))
    if 0.0 < largest < 2.0**-300:
        return [x * 2.0**600 for x in values]
    return list(values)


def groups(case, last_wins=None):
    """The rows of each task in table order, repeats resolved."""
    rows = [[] for _ in range(case["tasks"])]
    for i, t in enumerate(case["task"]):
        rows[t].append(i)
    if last_wins if last_wins is not None else case.get("repeats") == "last-wins":
        for t, group in enumerate(rows):
            seen, kept = set(), []
            for i in reversed(group):
                if case["expert"][i] not in seen:
                    seen.add(case["expert"][i])
                    kept.append(i)
            rows[t] = kept[::-1]
    return rows


def counted(items):
    """How often each item appears, in the order of first appearance."""
    result = {}
    for item in items:
        result[item] = result.get(item, 0) + 1
    return result


# Krippendorff's alpha


class Alpha:
    def __init__(self, case):
        self.scale, self.replicates, self.confidence = case["options"]
        rows = groups(case)
        self.case = case
        self.units = [row for row in rows if len(row) >= 2]
        self.category, self.value = categories(case, self.scale)
        self.units = [[self.category[i] for i in row] for row in self.units]
        self.experts = [[case["expert"][i] for i in row] for row in rows if len(row) >= 2]

    def counts(self, chosen):
        n = [0.0] * len(self.value)
        for u in chosen:
            for c in self.units[u]:
                n[c] = n[c] + 1.0
        return n

    def places(self, counts):
        """Where each category stands on the scale."""
        if self.scale == ORDINAL:
            places, before = [], 0.0
            for n in counts:
                places.append(before + 0.5 * n)
                before = before + n
            return places
        return scaled(self.value) if self.scale == INTERVAL else self.value

    def distance(self, a, b):
        r = (self.value[a] - self.value[b]) / (self.value[a] + self.value[b])
        return r * r

    def pairs(self, counts):
        """Twice the distances of all pairs of different categories, each as often as it can be drawn."""
        used = list(counts.items())
        total = 0.0
        for at, (a, n) in enumerate(used):
            row = 0.0
            for b, m in used[at + 1 :]:
                row = row + (float(n) * float(m)) * self.distance(a, b)
            total = total + row
        return 2.0 * total

    def spread(self, places):
        """The mean's distance from the first place, and the sum of squared deviations."""
        first = places[0]
        total = 0.0
        for x in places:
            total = total + (x - first)
        mean = total / len(places)
        square = 0.0
        for x in places:
            d = (x - first) - mean
            square = square + d * d
        return mean, square

    def expected(self, counts, places):
        n = sum_in_order(counts)
        if self.scale == NOMINAL:
            total = 0.0
            for c in counts:
                total = total + c * c
            return n * n - total
        if self.scale == RATIO:
            return self.pairs({c: k for c, k in enumerate(counts) if k > 0.0})
        first = next(x for x, k in zip(places, counts) if k > 0.0)
        total = 0.0
        for x, k in zip(places, counts):
            if k > 0.0:
                total = total + k * (x - first)
        mean = total / n
        square = 0.0
        for x, k in zip(places, counts):
            if k > 0.0:
                d = (x - first) - mean
                square = square + k * (d * d)
        return (2.0 * n) * square

    def observed(self, u, places):
        unit = self.units[u]
        m = float(len(unit))
        if self.scale == NOMINAL:
            q = 0.0
            for k in counted(unit).values():
                q = q + float(k) * float(k)
            return (m * m - q) / (m - 1.0)
        if self.scale == RATIO:
            return self.pairs(counted(unit)) / (m - 1.0)
        return ((2.0 * m) * self.spread([places[c] for c in unit])[1]) / (m - 1.0)

    def evaluate(self, chosen):
        """The counts, places and disagreements of some units."""
        counts = self.counts(chosen)
        places = self.places(counts)
        e = self.expected(counts, places)
        o = 0.0
        for u in chosen:
            o = o + self.observed(u, places)
        n = sum_in_order(counts)
        alpha = 1.0 - ((n - 1.0) * o) / e if e > 0.0 else NAN
        return counts, places, o, e, n, alpha

    def measure(self):
        experts, labels = self.case["experts"], self.case.get("labels", 0)
        by_label = labels if self.scale == NOMINAL and "label" in self.case else 0
        if not self.units:
            return [NO_PAIRS, NAN, NAN, NAN, 0.0, 0.0, NAN, NAN, 0.0] + [NAN] * (experts + by_label)
        counts, places, o, e, n, alpha = self.evaluate(range(len(self.units)))
        head = [DEFINED if e > 0.0 else NO_VARIATION, alpha, o / n, e / (n * (n - 1.0)), float(len(self.units)), n]
        head += self.interval() if e > 0.0 else [NAN, NAN, 0.0]
        head += self.of_experts(places, e / (n * (n - 1.0)))
        return head + (self.of_labels(counts, n) if by_label else [])

    def interval(self):
        random, units, alphas = SplitMix64(self.case.get("seed", 0)), len(self.units), []
        for _ in range(int(self.replicates)):
            alpha = self.evaluate([floor(random.unit() * units) for _ in range(units)])[5]
            if alpha == alpha:
                alphas.append(alpha)
        if not alphas:
            return [NAN, NAN, 0.0]
        alphas.sort()
        q = (1.0 - self.confidence) / 2.0
        return [quantile(alphas, q), quantile(alphas, 1.0 - q), float(len(alphas))]

    def of_experts(self, places, expected):
        sums, numbers = [0.0] * self.case["experts"], [0.0] * self.case["experts"]
        for unit, experts in zip(self.units, self.experts):
            m, known = float(len(unit)), counted(unit)
            if self.scale in (ORDINAL, INTERVAL):
                mean, square = self.spread([places[c] for c in unit])
            for c, x in zip(unit, experts):
                if self.scale == NOMINAL:
                    d = m - float(known[c])
                elif self.scale == RATIO:
                    d = 0.0
                    for b, k in known.items():
                        if b != c:
                            d = d + float(k) * self.distance(c, b)
                else:
                    away = (places[c] - places[unit[0]]) - mean
                    d = m * (away * away) + square
                sums[x] = sums[x] + d / (m - 1.0)
                numbers[x] = numbers[x] + 1.0
        return [1.0 - (s / k) / expected if k > 0.0 and expected > 0.0 else NAN for s, k in zip(sums, numbers)]

    def of_labels(self, counts, n):
        sums = [0.0] * len(counts)
        for unit in self.units:
            m = float(len(unit))
            for c, k in counted(unit).items():
                sums[c] = sums[c] + ((2.0 * float(k)) * (m - float(k))) / (m - 1.0)
        result = []
        for s, k in zip(sums, counts):
            e = (2.0 * k) * (n - k)
            result.append(1.0 - ((n - 1.0) * s) / e if e > 0.0 else NAN)
        return result


def sum_in_order(values):
    total = 0.0
    for x in values:
        total = total + x
    return total


def categories(case, scale):
    """The category of each row and the value of each category, ascending."""
    if "label" in case and scale == NOMINAL:
        return case["label"], [float(l) for l in range(case["labels"])]
    if "label" in case:
        of_label = case.get("first") or [float(l) for l in range(case["labels"])]
        values = [of_label[l] + 0.0 for l in case["label"]]
    else:
        values = [x + 0.0 for x in case["first"]]
    distinct = sorted(set(values))
    index = {x: c for c, x in enumerate(distinct)}
    return [index[x] for x in values], distinct


def quantile(ordered, q):
    h = (len(ordered) - 1) * q
    i = floor(h)
    if i + 1 >= len(ordered):
        return ordered[-1]
    return ordered[i] + (h - i) * (ordered[i + 1] - ordered[i])


# Cohen's kappa


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


# Fleiss' kappa and observed agreement


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


# Uncertainty, consistency, accuracy


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


# Calibration


def calibration(case):
    bins, k = int(case["options"][0]), case["labels"]
    brier = loss = right = confidence = 0.0
    scored = []
    for t, truth in enumerate(case["known"]):
        if truth < 0:
            continue
        row = case["first"][t * k : (t + 1) * k]
        best = max(range(k), key=lambda l: (row[l], -l))
        square = 0.0
        for l, p in enumerate(row):
            d = p - (1.0 if l == truth else 0.0)
            square = square + d * d
        brier = brier + square
        loss = loss - log(max(row[truth], LEAST_PROBABILITY))
        hit = 1.0 if best == truth else 0.0
        right, confidence = right + hit, confidence + row[best]
        scored.append((row[best], hit))
    n = float(len(scored))
    if not scored:
        return [0.0] + [NAN] * 7 + [0.0, NAN, NAN] * (2 * bins)
    equal = [[] for _ in range(bins)]
    for c, hit in scored:
        equal[max(ceil(c * bins) - 1, 0)].append((c, hit))
    ordered = sorted(scored, key=lambda pair: pair[0])
    adaptive = [ordered[b * len(ordered) // bins : (b + 1) * len(ordered) // bins] for b in range(bins)]
    widths, ece, worst = reliability(equal, n)
    sizes, adaptive_ece, _ = reliability(adaptive, n)
    return [n, right / n, confidence / n, ece, worst, adaptive_ece, brier / n, loss / n] + widths + sizes


def reliability(bins, n):
    out, error, worst = [], 0.0, 0.0
    for content in bins:
        if not content:
            out += [0.0, NAN, NAN]
            continue
        confidence = right = 0.0
        for c, hit in content:
            confidence, right = confidence + c, right + hit
        count = float(len(content))
        confidence, right = confidence / count, right / count
        gap = abs(right - confidence)
        error, worst = error + (count / n) * gap, max(worst, gap)
        out += [count, confidence, right]
    return out, error, worst


# Correlation and error


def correlation(case):
    x, y = case["first"], case["second"]
    return [float(len(x)), pearson(scaled(x), scaled(y)), pearson(ranks(x), ranks(y)), kendall(x, y)]


def pearson(x, y):
    n = float(len(x))
    sum_x = sum_y = 0.0
    for a, b in zip(x, y):
        sum_x, sum_y = sum_x + (a - x[0]), sum_y + (b - y[0])
    mean_x, mean_y = sum_x / n, sum_y / n
    xx = yy = xy = 0.0
    for a, b in zip(x, y):
        p, q = (a - x[0]) - mean_x, (b - y[0]) - mean_y
        xx, yy, xy = xx + p * p, yy + q * q, xy + p * q
    if not (xx > 0.0 and yy > 0.0):
        return NAN
    return min(max(xy / (sqrt(xx) * sqrt(yy)), -1.0), 1.0)


def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    result, begin = [0.0] * len(values), 0
    while begin < len(order):
        end = begin
        while end < len(order) and values[order[end]] == values[order[begin]]:
            end += 1
        for i in order[begin:end]:
            result[i] = (float(begin) + float(end - 1)) * 0.5 + 1.0
        begin = end
    return result


def kendall(x, y):
    balance = ties_x = ties_y = 0
    for i in range(len(x)):
        for j in range(i):
            a, b = (x[i] > x[j]) - (x[i] < x[j]), (y[i] > y[j]) - (y[i] < y[j])
            balance += a * b
            ties_x += a == 0
            ties_y += b == 0
    pairs = len(x) * (len(x) - 1) // 2
    if pairs == ties_x or pairs == ties_y:
        return NAN
    tau = float(balance) / (sqrt(float(pairs - ties_x)) * sqrt(float(pairs - ties_y)))
    return min(max(tau, -1.0), 1.0)


def error(case):
    off = [a - b for a, b in zip(case["first"], case["second"])]
    n = float(len(off))
    total = bias = worst = 0.0
    for d in off:
        total, bias, worst = total + abs(d), bias + d, max(worst, abs(d))
    small = 0.0 < worst < 2.0**-300
    square = 0.0
    for d in scaled(off):
        square = square + d * d
    root = sqrt(square / n)
    return [n, total / n, root * 2.0**-600 if small else root, bias / n, worst]


MEASURES = {
    "krippendorff-alpha": lambda case: Alpha(case).measure(),
    "cohen-kappa": cohen,
    "fleiss-kappa": fleiss,
    "observed-agreement": observed_agreement,
    "uncertainty": uncertainty,
    "consistency": consistency,
    "accuracy": accuracy,
    "calibration": calibration,
    "correlation": correlation,
    "error": error,
}


def measure(case):
    return MEASURES[case["measure"]](case)
