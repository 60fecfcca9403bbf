"""The methods of docs/numerics.md in plain Python: the independent, slow oracle of both engines."""

from numerics import LANES, LN2_HI, LN2_LO, MANTISSA, bits, fold, from_bits, log, softmax, striped_sum

FLOOR = 1e-10
LEAST_FACTOR = 1e-18
RUN = 16
SPAN_MINIMUM = 16384
POSITIONAL = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65]


class Index:
    """Answers grouped by task in table order, repeats resolved, weights widened to binary64."""

    def __init__(self, case, weighted):
        tasks, experts = case["tasks"], case["experts"]
        groups = [[] for _ in range(tasks)]
        for i, t in enumerate(case["task"]):
            groups[t].append(i)
        self.sizes = [len(group) for group in groups]
        if case.get("repeats", "count-all") == "last-wins":
            for t, group in enumerate(groups):
                seen, kept = set(), []
                for i in reversed(group):
                    if case["expert"][i] not in seen:
                        seen.add(case["expert"][i])
                        kept.append(i)
                groups[t] = kept[::-1]
        self.groups = []
        for group in groups:
            row = []
            for position, i in enumerate(group):
                weight = 1.0
                if weighted and case.get("weight"):
                    weight = case["weight"][i]
                if case.get("positional"):
                    weight = weight * POSITIONAL[min(position, 7)]
                row.append((case["expert"][i], case["label"][i], weight))
            self.groups.append(row)

    def spans(self, table_doubles):
        """The tasks of each span, those with few answers first (Python's sort is stable)."""
        n = sum(self.sizes)
        if n < SPAN_MINIMUM:
            count = 1
        else:
            count = min(max(n // (4 * table_doubles), 2), 64)
        cuts = [0]
        offset, t = 0, 0
        for s in range(1, count):
            target = s * n // count
            while offset < target:
                offset += self.sizes[t]
                t += 1
            cuts.append(t)
        cuts.append(len(self.groups))
        return [sorted(range(a, b), key=self.sizes.__getitem__) for a, b in zip(cuts, cuts[1:])]


def vote_shares(case, index):
    k = case["labels"]
    rows = []
    for t, group in enumerate(index.groups):
        votes = [0.0] * k
        for _, label, weight in group:
            votes[label] = votes[label] + weight
        total = striped_sum(votes)
        if total > 0.0:
            rows.append([v / total for v in votes])
        else:
            rows.append([1.0 / k] * k)
    clamp(case, rows)
    return rows


def clamp(case, rows):
    for t, g in enumerate(case.get("gold") or []):
        if g >= 0:
            rows[t] = [1.0 if j == g else 0.0 for j in range(case["labels"])]


def decide(case, index, rows):
    gold = case.get("gold") or [-1] * case["tasks"]
    answer, runner_up = [], []
    for t, row in enumerate(rows):
        if not index.groups[t] and gold[t] < 0:
            answer.append(-1)
            runner_up.append(-1)
            continue
        best = max(range(len(row)), key=lambda j: (row[j], -j))
        others = [j for j in range(len(row)) if j != best]
        answer.append(best)
        runner_up.append(max(others, key=lambda j: (row[j], -j)) if others else -1)
    return answer, runner_up


def vote(case, weighted):
    index = Index(case, weighted)
    rows = vote_shares(case, index)
    answer, runner_up = decide(case, index, rows)
    agree, distinct = [0] * case["experts"], [0] * case["experts"]
    for t, group in enumerate(index.groups):
        for e, l in {(e, l) for e, l, _ in group}:
            distinct[e] += 1
            agree[e] += l == answer[t]
    skill = [a / d if d else 0.0 for a, d in zip(agree, distinct)]
    prior = class_prior(case, rows, [range(case["tasks"])])
    return dict(
        posterior=sum(rows, []),
        answer=answer,
        runner_up=runner_up,
        prior=prior,
        skill=skill,
        iterations=0,
        converged=1,
        objective=float("nan"),
    )


def combine(spans):
    total = list(spans[0])
    for part in spans[1:]:
        total = [a + b for a, b in zip(total, part)]
    return total


def class_prior(case, rows, spans):
    parts = []
    for span in spans:
        sums = [0.0] * case["labels"]
        for t in span:
            sums = [a + p for a, p in zip(sums, rows[t])]
        parts.append(sums)
    if case["tasks"] == 0:
        return [1.0 / case["labels"]] * case["labels"]
    return [max(s / case["tasks"], FLOOR) for s in combine(parts)]


class DawidSkene:
    def __init__(self, case):
        self.case, self.index = case, Index(case, True)
        self.k = case["labels"]
        self.spans = self.index.spans(case["experts"] * self.k * self.k)

    def maximise(self, rows, step):
        k, case = self.k, self.case
        parts = []
        for span in self.spans:
            counts = [0.0] * (case["experts"] * k * k)
            for t in span:
                for e, l, w in self.index.groups[t]:
                    at = (e * k + l) * k
                    for j in range(k):
                        counts[at + j] = counts[at + j] + w * rows[t][j]
            parts.append(counts)
        counts = combine(parts)
        history = case.get("prior_counts")
        if history and (step == 0 or case["prior_counts_mode"] == "every-iteration"):
            counts = [a + b for a, b in zip(counts, history)]
        alpha = case.get("smoothing", 0.0)
        self.confusion = [0.0] * len(counts)
        for e in range(case["experts"]):
            for j in range(k):
                values = [max(counts[(e * k + l) * k + j] + alpha, FLOOR) for l in range(k)]
                total = 0.0
                for v in values:
                    total = total + v
                for l in range(k):
                    self.confusion[(e * k + l) * k + j] = values[l] / total
        fixed = case.get("class_priors")
        self.prior = fixed if fixed else class_prior(case, rows, self.spans)

    def expect(self):
        unit = all(w == 1.0 for group in self.index.groups for _, _, w in group)
        if unit and min(self.confusion) >= LEAST_FACTOR:
            return self.expect_by_products()
        k = self.k
        lp = [log(p) for p in self.prior]
        lc = [log(c) for c in self.confusion]
        rows, gold = [None] * self.case["tasks"], self.case.get("gold")
        likelihood = []
        for span in self.spans:
            lanes = [0.0] * LANES
            for place, t in enumerate(span):
                logits = list(lp)
                for e, l, w in self.index.groups[t]:
                    at = (e * k + l) * k
                    logits = [x + w * lc[at + j] for j, x in enumerate(logits)]
                row, norm = softmax(logits)
                if gold and gold[t] >= 0:
                    norm = logits[gold[t]]
                rows[t] = row
                i = place % LANES
                lanes[i] = lanes[i] + norm
            likelihood.append([fold(lanes)])
        clamp(self.case, rows)
        return rows, combine(likelihood)[0]

    def expect_by_products(self):
        k = self.k
        rows, gold = [None] * self.case["tasks"], self.case.get("gold")
        likelihood = []
        for span in self.spans:
            lanes, products, exponents = [0.0] * LANES, [1.0] * LANES, [0] * LANES
            known = 0.0
            for place, t in enumerate(span):
                x, exponent = list(self.prior), 0
                for at, (e, l, _) in enumerate(self.index.groups[t]):
                    if at and at % RUN == 0:
                        biased = bits(max(x)) >> 52
                        x = [v * from_bits((2046 - biased) << 52) for v in x]
                        exponent += biased - 1023
                    x = [v * self.confusion[(e * k + l) * k + j] for j, v in enumerate(x)]
                total = striped_sum(x)
                rows[t] = [v / total for v in x]
                lane = place % LANES
                if gold and gold[t] >= 0:
                    norm = log(self.prior[gold[t]])
                    for e, l, _ in self.index.groups[t]:
                        norm = norm + log(self.confusion[(e * k + l) * k + gold[t]])
                    known = known + norm
                else:
                    products[lane] = products[lane] * from_bits(bits(total) & MANTISSA | bits(1.0))
                    exponents[lane] += (bits(total) >> 52) - 1023 + exponent
                if place % (16 * LANES) == 16 * LANES - 1:
                    lanes = [a + log(p) for a, p in zip(lanes, products)]
                    products = [1.0] * LANES
            lanes = [a + log(p) for a, p in zip(lanes, products)]
            lanes = [a + (e * LN2_HI + e * LN2_LO) for a, e in zip(lanes, map(float, exponents))]
            likelihood.append([fold(lanes) + known])
        clamp(self.case, rows)
        return rows, combine(likelihood)[0]

    def skills(self):
        k = self.k
        out = []
        for e in range(self.case["experts"]):
            s = 0.0
            for j in range(k):
                s = s + self.prior[j] * self.confusion[(e * k + j) * k + j]
            out.append(s)
        return out

    def fit(self):
        case = self.case
        rows = vote_shares(case, self.index)
        previous, objective, iterations, converged = None, float("nan"), 0, 0
        for it in range(case.get("max_iterations", 5000)):
            self.maximise(rows, it)
            rows, objective = self.expect()
            iterations = it + 1
            tolerance = case.get("tolerance", 1e-9)
            if previous is not None and abs(objective - previous) <= tolerance * abs(objective):
                converged = 1
                break
            previous = objective
        self.maximise(rows, iterations)
        answer, runner_up = decide(case, self.index, rows)
        return dict(
            posterior=sum(rows, []),
            answer=answer,
            runner_up=runner_up,
            prior=self.prior,
            confusion=self.confusion,
            skill=self.skills(),
            iterations=iterations,
            converged=converged,
            objective=objective,
        )


class OneCoin(DawidSkene):
    def __init__(self, case):
        super().__init__(case)
        self.spans = self.index.spans(case["experts"])

    def maximise(self, rows, step):
        case, k = self.case, self.k
        right, totals = [], []
        for span in self.spans:
            r, n = [0.0] * case["experts"], [0.0] * case["experts"]
            for t in span:
                for e, l, w in self.index.groups[t]:
                    r[e] = r[e] + w * rows[t][l]
                    n[e] = n[e] + w
            right.append(r)
            totals.append(n)
        alpha = case.get("smoothing", 0.0)
        self.skill = []
        for r, n in zip(combine(right), combine(totals)):
            n = n + alpha * k
            s = (r + alpha) / n if n > 0.0 else 1.0 / k
            self.skill.append(min(max(s, FLOOR), 1.0 - FLOOR))
        self.error = [(1.0 - s) / max(k - 1, 1) for s in self.skill]
        self.confusion = [
            self.skill[e] if l == j else self.error[e]
            for e in range(case["experts"])
            for l in range(k)
            for j in range(k)
        ]
        fixed = case.get("class_priors")
        self.prior = fixed if fixed else class_prior(case, rows, self.spans)

    def expect(self):
        lp = [log(p) for p in self.prior]
        le = [log(x) for x in self.error]
        edge = [log(s) - x for s, x in zip(self.skill, le)]
        rows, gold, likelihood = [None] * self.case["tasks"], self.case.get("gold"), []
        for span in self.spans:
            lanes = [0.0] * LANES
            for place, t in enumerate(span):
                logits, base = list(lp), 0.0
                for e, l, w in self.index.groups[t]:
                    base = base + w * le[e]
                    logits[l] = logits[l] + w * edge[e]
                row, norm = softmax(logits)
                if gold and gold[t] >= 0:
                    norm = logits[gold[t]]
                rows[t] = row
                i = place % LANES
                lanes[i] = lanes[i] + (base + norm)
            likelihood.append([fold(lanes)])
        clamp(self.case, rows)
        return rows, combine(likelihood)[0]

    def skills(self):
        return list(self.skill)


def fit(case):
    method = case["method"]
    if method == "majority-vote":
        return vote(case, False)
    if method == "weighted-vote":
        return vote(case, True)
    return (DawidSkene if method == "dawid-skene" else OneCoin)(case).fit()
