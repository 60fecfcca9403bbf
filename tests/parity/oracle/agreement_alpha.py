"""Krippendorff's alpha, as docs/methods/agreement.md specifies it."""

from math import floor

from agreement_base import DEFINED, NAN, NO_PAIRS, NO_VARIATION, SplitMix64, counted, groups, scaled, sum_in_order

NOMINAL, ORDINAL, INTERVAL, RATIO = range(4)


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
