"""Methods with latent variables, as the pages of docs/methods specify them: zen-crowd, mace, glad, ibcc and ebcc."""

from consensus import FLOOR, RUN, DawidSkene, Index, OneCoin, clamp, class_prior, combine, decide, vote_shares
from numerics import LANES, LN2_HI, LN2_LO, MANTISSA, SplitMix64, bits, digamma, exp, fold, from_bits, lgamma, log
from numerics import softmax

MOST_ODDS = 1e18
"""Up to which the odds of answers are multiplied instead of adding their logarithms."""


def parameters(case, *defaults):
    return case["parameters"] if case.get("parameters") else list(defaults)


def in_order(values):
    total = 0.0
    for v in values:
        total = total + v
    return total


def is_close(objective, previous, case):
    return previous is not None and abs(objective - previous) <= case.get("tolerance", 1e-9) * abs(objective)


def fixed_prior(case):
    return case.get("class_priors") or [1.0 / case["labels"]] * case["labels"]


class ZenCrowd(OneCoin):
    """One-coin Dawid-Skene with a class prior that is not estimated and a start from one reliability for all."""

    def __init__(self, case):
        super().__init__(dict(case, class_priors=fixed_prior(case)))
        self.start = parameters(case, 0.8)[0]

    def maximise(self, rows, step):
        super().maximise(rows, step)
        if step == 0 and self.case.get("max_iterations", 5000) > 0:
            start = min(max(self.start, FLOOR), 1.0 - FLOOR)
            self.skill = [start] * self.case["experts"]
            self.error = [(1.0 - start) / max(self.case["labels"] - 1, 1)] * self.case["experts"]


class Race:
    """Restarts that are compared after every round of iterations; the better half goes on."""

    ROUND = 10

    def run(self):
        case = self.case
        seeds = SplitMix64(case.get("seed", 0))
        runs = [self.start(seeds.next()) for _ in range(int(self.restarts))]
        for run in runs:
            run.update(iterations=0, converged=0, objective=None)
        most = case.get("max_iterations", 5000)
        while True:
            for run in runs:
                for _ in range(self.ROUND):
                    if run["converged"] or run["iterations"] == most:
                        break
                    previous = run["objective"]
                    rows, run["objective"] = self.expect(run)
                    self.maximise(run)
                    run["iterations"] += 1
                    run["converged"] = int(is_close(run["objective"], previous, case))
            if most > 0:
                runs.sort(key=lambda run: -run["objective"])
            runs = runs[: (len(runs) + 1) // 2]
            if len(runs) == 1 and (runs[0]["converged"] or runs[0]["iterations"] == most):
                return runs[0]

    def fit(self):
        run = self.run()
        if self.case.get("max_iterations", 5000) > 0:
            rows, objective = self.expect(run)
        else:
            rows, objective = self.vote(run), float("nan")
        self.maximise(run)
        answer, runner_up = decide(self.case, self.index, rows)
        return dict(
            posterior=sum(rows, []),
            answer=answer,
            runner_up=runner_up,
            iterations=run["iterations"],
            converged=run["converged"],
            objective=objective,
            **self.describe(run),
        )


class Mace(Race):
    ROUND = 5

    def __init__(self, case):
        self.case, self.index, self.k = case, Index(case, True), case["labels"]
        self.variational, self.restarts, *self.priors = parameters(case, 1.0, 8.0, 0.5, 0.5, 10.0)
        self.spans = self.index.spans(case["experts"] * self.k)
        self.prior = fixed_prior(case)
        totals = []
        for span in self.spans:
            n = [0.0] * (case["experts"] * self.k)
            for t in span:
                for e, l, w in self.index.groups[t]:
                    n[e * self.k + l] = n[e * self.k + l] + w
            totals.append(n)
        self.totals = combine(totals)

    def start(self, state):
        random, k, run = SplitMix64(state), self.k, dict(miss=[], odds=[], know=[])
        for _ in range(self.case["experts"]):
            weights = [1.0 + 1.5 * random.unit() for _ in range(k + 2)]
            self.prepare(run, weights[0], weights[1], weights[2:])
        return run

    def prepare(self, run, spam, know, strategy):
        """The tables of one expert from unnormalised probabilities."""
        both, total = spam + know, in_order(strategy)
        for v in strategy:
            miss = (spam / both) * (v / total)
            hit = miss + know / both
            run["miss"].append(log(miss))
            run["odds"].append(hit / miss)
            run["know"].append((know / both) / hit)

    def vote(self, run):
        rows = vote_shares(self.case, self.index)
        self.count(run, rows)
        return rows

    def count(self, run, rows):
        parts = []
        for span in self.spans:
            right = [0.0] * (self.case["experts"] * self.k)
            for t in span:
                for e, l, w in self.index.groups[t]:
                    right[e * self.k + l] = right[e * self.k + l] + w * rows[t][l]
            parts.append(right)
        run["right"] = combine(parts)

    def expect(self, run):
        unit = all(w == 1.0 for group in self.index.groups for _, _, w in group)
        multiplies = unit and max(run["odds"]) <= MOST_ODDS
        rows, objective = self.multiply(run) if multiplies else self.add(run)
        clamp(self.case, rows)
        self.count(run, rows)
        return rows, objective

    def multiply(self, run):
        """The E-step where all answers weigh 1."""
        k, gold = self.k, self.case.get("gold")
        rows, likelihood = [None] * self.case["tasks"], []
        for span in self.spans:
            sum_, known, product, exponent = 0.0, 0.0, 1.0, 0
            for place, t in enumerate(span):
                x = list(self.prior)
                for at, (e, l, _) in enumerate(self.index.groups[t]):
                    if at and at % RUN == 0:
                        biased = bits(max(x)) >> 52
                        x = [v * from_bits((2046 - biased) << 52) for v in x]
                        if not (gold and gold[t] >= 0):
                            exponent += biased - 1023
                    x[l] = x[l] * run["odds"][e * k + l]
                total = in_order(x)
                rows[t] = [v / total for v in x]
                if gold and gold[t] >= 0:
                    total, logs = 1.0, log(self.prior[gold[t]])
                    for e, l, _ in self.index.groups[t]:
                        if l == gold[t]:
                            logs = logs + log(run["odds"][e * k + l])
                    known = known + logs
                product = product * from_bits(bits(total) & MANTISSA | bits(1.0))
                exponent += (bits(total) >> 52) - 1023
                if place % 512 == 511:
                    sum_, product = sum_ + log(product), 1.0
            sum_ = sum_ + log(product)
            sum_ = sum_ + (exponent * LN2_HI + exponent * LN2_LO)
            likelihood.append([sum_ + known])
        wrong = in_order(n * miss for n, miss in zip(self.totals, run["miss"]))
        return rows, combine(likelihood)[0] + wrong

    def add(self, run):
        start, edge = [log(p) for p in self.prior], [log(x) for x in run["odds"]]
        rows, gold, likelihood = [None] * self.case["tasks"], self.case.get("gold"), []
        for span in self.spans:
            lanes = [0.0] * LANES
            for place, t in enumerate(span):
                logits, base = list(start), 0.0
                for e, l, w in self.index.groups[t]:
                    base = base + w * run["miss"][e * self.k + l]
                    logits[l] = logits[l] + w * edge[e * self.k + l]
                row, norm = softmax(logits)
                if gold and gold[t] >= 0:
                    norm = logits[gold[t]]
                rows[t] = row
                lanes[place % LANES] = lanes[place % LANES] + (base + norm)
            likelihood.append([fold(lanes)])
        return rows, combine(likelihood)[0]

    def maximise(self, run):
        k, (alpha, beta, strategy) = self.k, self.priors
        smoothing = self.case.get("smoothing", 0.0)
        tables = dict(miss=[], odds=[], know=[])
        run["skill"], run["strategy"] = [], []
        for e in range(self.case["experts"]):
            here = range(e * k, e * k + k)
            known = [run["right"][i] * run["know"][i] for i in here]
            spammed = [max(self.totals[i] - x, 0.0) for i, x in zip(here, known)]
            know, spam = in_order(known), in_order(spammed)
            if self.variational:
                know, spam = know + beta, spam + alpha
                values = [x + strategy for x in spammed]
                both, total = digamma(spam + know), digamma(in_order(values))
                log_spam, log_know = digamma(spam) - both, digamma(know) - both
                for v in values:
                    miss = log_spam + (digamma(v) - total)
                    hit = exp(miss) + exp(log_know)
                    tables["miss"].append(miss)
                    tables["odds"].append(hit / exp(miss))
                    tables["know"].append(exp(log_know) / hit)
            else:
                know, spam = max(know + smoothing, FLOOR), max(spam + smoothing, FLOOR)
                values = [max(x + smoothing, FLOOR) for x in spammed]
                self.prepare(tables, spam, know, values)
            run["skill"].append(know / (spam + know))
            run["strategy"] += [v / in_order(values) for v in values]
        run.update(tables)

    def describe(self, run):
        k, confusion = self.k, []
        for e, skill in enumerate(run["skill"]):
            for l in range(k):
                spam = (1.0 - skill) * run["strategy"][e * k + l]
                confusion += [spam + skill if l == j else spam for j in range(k)]
        return dict(prior=list(self.prior), confusion=confusion, skill=run["skill"])


class Ibcc(DawidSkene):
    """Dawid-Skene with Dirichlet priors, by variational Bayes."""

    def __init__(self, case):
        super().__init__(case)
        self.right, self.wrong, self.classes = parameters(case, 4.0, 1.0, 1.0)

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
        smoothing = case.get("smoothing", 0.0)
        self.logs, self.confusion, divergence = dirichlet_columns(
            counts, case["experts"], k, 1, self.right + smoothing, self.wrong + smoothing
        )
        if case.get("class_priors"):
            self.prior = case["class_priors"]
            self.log_prior = [log(p) for p in self.prior]
        else:
            sums = class_sums(rows, k, self.spans)
            self.log_prior, self.prior, extra = dirichlet(sums, [self.classes] * k)
            divergence = divergence + extra
        self.divergence = divergence

    def expect(self):
        k = self.k
        rows, gold = [None] * self.case["tasks"], self.case.get("gold")
        likelihood = []
        for span in self.spans:
            lanes = [0.0] * LANES
            for place, t in enumerate(span):
                logits = list(self.log_prior)
                for e, l, w in self.index.groups[t]:
                    at = (e * k + l) * k
                    logits = [x + w * self.logs[at + j] for j, x in enumerate(logits)]
                row, norm = softmax(logits)
                if gold and gold[t] >= 0:
                    norm = logits[gold[t]]
                rows[t] = row
                lanes[place % LANES] = lanes[place % LANES] + norm
            likelihood.append([fold(lanes)])
        clamp(self.case, rows)
        return rows, combine(likelihood)[0] - self.divergence


def class_sums(rows, width, spans):
    parts = []
    for span in spans:
        sums = [0.0] * width
        for t in span:
            sums = [a + p for a, p in zip(sums, rows[t])]
        parts.append(sums)
    return combine(parts)


def dirichlet(counts, prior):
    """Of one Dirichlet: the expected logarithms, the means, and the divergence from its prior."""
    values = [a + c for a, c in zip(prior, counts)]
    total, before = in_order(values), in_order(prior)
    whole = digamma(total)
    logs = [digamma(v) - whole for v in values]
    divergence = lgamma(total)
    for v, a, x in zip(values, prior, logs):
        divergence = divergence - (lgamma(v) - (v - a) * x)
    rest = lgamma(before)
    for a in prior:
        rest = rest - lgamma(a)
    return logs, [v / total for v in values], divergence - rest


def dirichlet_columns(counts, experts, labels, groups, right, wrong):
    """The Dirichlets over the labels of each expert and column; column j is of true label j / groups."""
    width = labels * groups
    rest = lgamma(right + (labels - 1) * wrong) - (lgamma(right) + (labels - 1) * lgamma(wrong))
    logs, means, divergence = [0.0] * len(counts), [0.0] * len(counts), 0.0
    for e in range(experts):
        own = 0.0
        for j in range(width):
            at = [(e * labels + l) * width + j for l in range(labels)]
            prior = [right if l == j // groups else wrong for l in range(labels)]
            values = [counts[i] + a for i, a in zip(at, prior)]
            total = in_order(values)
            whole, column = digamma(total), lgamma(total)
            for i, v, a in zip(at, values, prior):
                logs[i], means[i] = digamma(v) - whole, v / total
                column = column - (lgamma(v) - (v - a) * logs[i])
            own = own + (column - rest)
        divergence = divergence + own
    return logs, means, divergence


class Ebcc(Race):
    def __init__(self, case):
        self.case, self.index, self.k = case, Index(case, True), case["labels"]
        m, self.restarts, self.mixing, self.right, self.wrong = parameters(case, 10.0, 10.0, 0.1, 4.0, 1.0)
        self.groups = int(m)
        self.width = self.k * self.groups
        self.spans = self.index.spans(case["experts"] * self.k * self.width)
        self.shares = vote_shares(case, self.index)
        self.classes = [max(s, FLOOR) for s in class_sums(self.shares, self.k, self.spans)]

    def start(self, state):
        run, k, m = {}, self.k, self.groups
        rows = []
        for t, shares in enumerate(self.shares):
            random, row = SplitMix64(state).skip(t * self.width), []
            for j in range(k):
                draws = [max(-log(1.0 - random.unit()), FLOOR) for _ in range(m)]
                total = in_order(draws)
                row += [(d / total) * shares[j] for d in draws]
            rows.append(row)
        self.count(run, rows)
        self.maximise(run)
        return run

    def count(self, run, rows):
        width, parts = self.width, []
        for span in self.spans:
            counts = [0.0] * (self.case["experts"] * self.k * width)
            for t in span:
                for e, l, w in self.index.groups[t]:
                    at = (e * self.k + l) * width
                    for j in range(width):
                        counts[at + j] = counts[at + j] + w * rows[t][j]
            parts.append(counts)
        run["counts"] = combine(parts)
        run["sums"] = class_sums(rows, width, self.spans)

    def maximise(self, run):
        k, m = self.k, self.groups
        smoothing = self.case.get("smoothing", 0.0)
        run["logs"], run["means"], divergence = dirichlet_columns(
            run["counts"], self.case["experts"], k, m, self.right + smoothing, self.wrong + smoothing
        )
        run["start"], run["mixture"], totals = [], [], []
        for j in range(k):
            sums = run["sums"][j * m : j * m + m]
            logs, means, extra = dirichlet(sums, [self.mixing / m] * m)
            run["start"] += logs
            run["mixture"] += means
            divergence = divergence + extra
            totals.append(in_order(sums))
        if self.case.get("class_priors"):
            run["prior"] = self.case["class_priors"]
            logs = [log(p) for p in run["prior"]]
        else:
            logs, run["prior"], extra = dirichlet(totals, self.classes)
            divergence = divergence + extra
        run["start"] = [x + logs[j // m] for j, x in enumerate(run["start"])]
        run["divergence"] = divergence

    def expect(self, run):
        m, gold = self.groups, self.case.get("gold")
        rows, likelihood = [None] * self.case["tasks"], []
        for span in self.spans:
            lanes = [0.0] * LANES
            for place, t in enumerate(span):
                logits = list(run["start"])
                for e, l, w in self.index.groups[t]:
                    at = (e * self.k + l) * self.width
                    logits = [x + w * run["logs"][at + j] for j, x in enumerate(logits)]
                if gold and gold[t] >= 0:
                    logits = [x if j // m == gold[t] else float("-inf") for j, x in enumerate(logits)]
                rows[t], norm = softmax(logits)
                lanes[place % LANES] = lanes[place % LANES] + norm
            likelihood.append([fold(lanes)])
        self.count(run, rows)
        objective = combine(likelihood)[0] - run["divergence"]
        sums = [[in_order(row[j * m : j * m + m]) for j in range(self.k)] for row in rows]
        return [[min(p, 1.0) for p in row] for row in sums], objective

    def vote(self, run):
        return self.shares

    def describe(self, run):
        k, m, confusion, skill = self.k, self.groups, [], []
        for e in range(self.case["experts"]):
            s = 0.0
            for l in range(k):
                for j in range(k):
                    at = (e * k + l) * self.width + j * m
                    share = in_order(run["mixture"][j * m + g] * run["means"][at + g] for g in range(m))
                    confusion.append(share)
                    if l == j:
                        s = s + run["prior"][j] * share
            skill.append(s)
        return dict(prior=list(run["prior"]), confusion=confusion, skill=skill)


class Glad:
    TRIALS = 5
    SLACK = 1e-12
    WIDEST = 20.0
    FLATTEST = 1e-6

    def __init__(self, case):
        self.case, self.index, self.k = case, Index(case, True), case["labels"]
        self.ability, self.easiness = parameters(case, 1.0, 1.0)
        self.spans = self.index.spans(case["experts"] * 3)
        self.others = log(float(max(self.k - 1, 1)))
        self.unit = all(w == 1.0 for group in self.index.groups for _, _, w in group)

    @staticmethod
    def logistic(z):
        """sigmoid(z), and the whole that it is a part of."""
        u = exp(-abs(z))
        return (1.0 if z >= 0.0 else u) / (1.0 + u), 1.0 + u

    @staticmethod
    def miss(z):
        """The logarithm of 1 - sigmoid(z), but for that of the whole."""
        return -z if z > 0.0 else 0.0

    def cost(self, weights, wholes):
        """The logarithms of the wholes of a task's answers."""
        total = 0.0
        if not self.unit:
            for w, whole in zip(weights, wholes):
                total = total + w * log(whole)
            return total
        product = 1.0
        for at, whole in enumerate(wholes):
            if at and at % 512 == 0:
                total, product = total + log(product), 1.0
            product = product * whole
        return total + log(product)

    def value(self, group, right, beta, scale, alpha):
        """What an M-step raises for one task, and the sigmoid of each answer."""
        sum_, sigmoids, wholes = 0.0, [], []
        for (e, _, w), r in zip(group, right):
            z = alpha[e] * scale
            s, whole = self.logistic(z)
            sum_ = sum_ + w * (r * z + self.miss(z))
            sigmoids.append(s)
            wholes.append(whole)
        d = beta - self.easiness
        return (sum_ - self.cost([w for _, _, w in group], wholes)) - 0.5 * (d * d), sigmoids

    def improve(self, group, right, beta, scale, alpha):
        """One step of the inverse difficulty of a task: the new one, its exponential, and the sigmoids there."""
        first, sigmoids = self.value(group, right, beta, scale, alpha)
        pull, bend = 0.0, 0.0
        for (e, _, w), r, s in zip(group, right, sigmoids):
            z = alpha[e] * scale
            pull = pull + w * ((r - s) * z)
            bend = bend + w * ((s * (1.0 - s)) * (z * z))
        slope = pull - (beta - self.easiness)
        step = slope / ((1.0 + bend) + max(-pull, 0.0))
        tried = beta + min(max(step, -1.0), 1.0)
        tried = min(max(tried, -self.WIDEST), self.WIDEST)
        least = first - self.SLACK * (1.0 + abs(first))
        for _ in range(self.TRIALS):
            value, found = self.value(group, right, tried, exp(tried), alpha)
            if value >= least:
                return tried, exp(tried), found
            tried = 0.5 * (tried + beta)
        return beta, scale, sigmoids

    def fit(self):
        case, k = self.case, self.k
        alpha = [self.ability] * case["experts"]
        beta = [self.easiness] * case["tasks"]
        scale = [exp(b) for b in beta]
        prior, gold = fixed_prior(case), case.get("gold")
        rows = vote_shares(case, self.index)
        previous, objective, iterations, converged = None, float("nan"), 0, 0
        while iterations < case.get("max_iterations", 5000) and not converged:
            start = [log(p) for p in prior]
            likelihood, parts = [], []
            for span in self.spans:
                lanes = [0.0] * LANES
                slope, bend = [0.0] * case["experts"], [0.0] * case["experts"]
                widest = [0.0] * case["experts"]
                for place, t in enumerate(span):
                    group, logits, base, wholes = self.index.groups[t], list(start), 0.0, []
                    for e, l, w in group:
                        z = alpha[e] * scale[t]
                        base = base + w * (self.miss(z) - self.others)
                        wholes.append(self.logistic(z)[1])
                        logits[l] = logits[l] + w * (z + self.others)
                    base = base - self.cost([w for _, _, w in group], wholes)
                    row, norm = softmax(logits)
                    if gold and gold[t] >= 0:
                        norm = logits[gold[t]]
                        row = [1.0 if j == gold[t] else 0.0 for j in range(k)]
                    rows[t] = row
                    d = beta[t] - self.easiness
                    lanes[place % LANES] = lanes[place % LANES] + ((base + norm) - 0.5 * (d * d))
                    right = [row[l] for _, l, _ in group]
                    beta[t], scale[t], sigmoids = self.improve(group, right, beta[t], scale[t], alpha)
                    b = scale[t]
                    for (e, _, w), r, s in zip(group, right, sigmoids):
                        slope[e] = slope[e] + w * ((r - s) * b)
                        bend[e] = bend[e] + w * ((s * (1.0 - s)) * (b * b))
                        widest[e] = max(widest[e], b)
                likelihood.append([fold(lanes)])
                parts.append((slope, bend, widest))
            slope, bend = combine([p[0] for p in parts]), combine([p[1] for p in parts])
            widest = [max(column) for column in zip(*(p[2] for p in parts))]
            penalty = in_order(0.5 * ((a - self.ability) * (a - self.ability)) for a in alpha)
            objective = combine(likelihood)[0] - penalty
            for e in range(case["experts"]):
                g, h, m = slope[e] - (alpha[e] - self.ability), 1.0 + bend[e], max(widest[e], self.FLATTEST)
                step = log(1.0 + (m * abs(g)) / h) / m
                alpha[e] = alpha[e] + (step if g >= 0.0 else -step)
            iterations += 1
            converged = int(is_close(objective, previous, case))
            previous = objective
        answer, runner_up = decide(case, self.index, rows)
        return dict(
            posterior=sum(rows, []),
            answer=answer,
            runner_up=runner_up,
            prior=list(prior),
            skill=self.skills(rows),
            weight=alpha,
            difficulty=[1.0 / b for b in scale],
            iterations=iterations,
            converged=converged,
            objective=objective,
        )

    def skills(self, rows):
        """The expected share of each expert's answers that are right."""
        parts = []
        for span in self.spans:
            right, all_ = [0.0] * self.case["experts"], [0.0] * self.case["experts"]
            for t in span:
                for e, l, w in self.index.groups[t]:
                    right[e] = right[e] + w * rows[t][l]
                    all_[e] = all_[e] + w
            parts.append((right, all_))
        totals = zip(combine([p[0] for p in parts]), combine([p[1] for p in parts]))
        return [r / n if n > 0.0 else 0.0 for r, n in totals]


METHODS = {"zen-crowd": ZenCrowd, "mace": Mace, "glad": Glad, "ibcc": Ibcc, "ebcc": Ebcc}


def fit(case):
    return METHODS[case["method"]](case).fit()
