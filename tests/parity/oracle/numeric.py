"""The numeric methods of docs/methods in plain Python: the independent, slow oracle of both engines."""

import math

from numerics import MANTISSA, ONE_BITS, bits, from_bits, log
from chi_square import chi_square_quantile

SPAN_MINIMUM = 16384
LOG_2PI = float.fromhex("0x1.d67f1c864beb5p+0")
LN2 = float.fromhex("0x1.62e42fefa39efp-1")
# sqrt(pi / 2) / (the upper quartile of the normal distribution)
MEDIAN_ERROR = float.fromhex("0x1.dbb0c9b8f0beep+0")
VARIANCE_FLOOR = 1e-10
SMALLEST_VARIANCE = 1e-200
CATD_FLOOR = 1e-9
PM_FLOOR = 1e-7
NAN = float("nan")

METHODS = ("mean", "median", "trimmed-mean", "weighted-mean", "lfc-n", "catd", "pm")
UNWEIGHTED = ("mean", "median", "trimmed-mean")
SORTED = ("median", "trimmed-mean", "catd", "pm")


def exponent(x):
    """The e with 2^(e-1) <= x < 2^e, 0 for 0."""
    if x == 0.0:
        return 0
    shift = 0
    if x < float.fromhex("0x1p-1022"):
        x, shift = x * float.fromhex("0x1p+54"), 54
    return (bits(x) >> 52) - 1022 - shift


def power(e):
    return from_bits((e + 1023) << 52)


def scale(x, e):
    half = e >> 1
    return (x * power(half)) * power(e - half)


def square(x):
    return x * x


class Index:
    """Answers by task: (expert, value, weight), values scaled below 1, those of weight 0 left out."""

    def __init__(self, case):
        method, known = case["method"], case.get("known") or [NAN] * case["tasks"]
        largest = max([abs(v) for v in case["value"]] + [abs(v) for v in known if v == v])
        self.exponent = exponent(largest)
        self.known = [scale(v, -self.exponent) + 0.0 for v in known]
        rows = [[] for _ in range(case["tasks"])]
        for i, t in enumerate(case["task"]):
            rows[t].append(i)
        self.sizes = [len(row) for row in rows]
        trust = case.get("expert_weights") or [1.0] * case["experts"]
        self.groups = []
        for row in rows:
            if case.get("repeats", "count-all") == "last-wins":
                last = {case["expert"][i]: i for i in row}
                row = [i for i in row if last[case["expert"][i]] == i]
            group = []
            for i in row:
                e = case["expert"][i]
                weight = 1.0
                if method not in UNWEIGHTED and case.get("weight"):
                    weight = case["weight"][i]
                if method == "weighted-mean":
                    weight = weight * trust[e]
                if weight > 0.0:
                    group.append((e, scale(case["value"][i], -self.exponent) + 0.0, weight))
            if method in SORTED:
                group.sort(key=lambda answer: answer[1])  # stable
            self.groups.append(group)

    def spans(self, experts):
        n = sum(self.sizes)
        count = 1 if n < SPAN_MINIMUM else min(max(n // (4 * experts), 2), 64)
        cuts, offset, t = [0], 0, 0
        for s in range(1, count):
            while offset < s * n // count:
                offset += self.sizes[t]
                t += 1
            cuts.append(t)
        cuts.append(len(self.groups))
        return [range(a, b) for a, b in zip(cuts, cuts[1:])]


def weighted_mean(group, weights):
    """The mean, taken from the first value on, and the sum of the weights."""
    first, total, above = group[0][1], 0.0, 0.0
    for (_, x, _), w in zip(group, weights):
        total = total + w
        above = above + w * (x - first)
    return first + above / total, total


def mean_error(group, weights, m):
    n, total, squares = len(group), 0.0, 0.0
    if n < 2:
        return NAN
    for (_, x, _), w in zip(group, weights):
        total = total + w
        squares = squares + square(w * (x - m))
    return math.sqrt(squares * (float(n) / float(n - 1))) / total


def middle(values):
    n = len(values)
    return values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) * 0.5


def median(group):
    return middle([x for _, x, _ in group])


def weighted_median(values, weights):
    total, so_far = 0.0, 0.0
    for w in weights:
        total = total + w
    for x, w in zip(values, weights):
        so_far = so_far + w
        if so_far >= 0.5 * total:
            return x
    return values[-1]


def deviations(group, weights, m):
    """The absolute deviations in ascending order with their weights; those below first among equals."""
    below = [(m - x, w) for (_, x, _), w in zip(group, weights) if x <= m][::-1]
    above = [(x - m, w) for (_, x, _), w in zip(group, weights) if x > m]
    return sorted(below + above, key=lambda pair: pair[0])


def trimmed(group, fraction):
    """The trimmed mean and its standard error by the winsorised variance."""
    n = len(group)
    cut = min(int(fraction * float(n)), (n - 1) // 2)
    kept = n - 2 * cut
    low, high = group[cut][1], group[n - cut - 1][1]
    above, all_above = 0.0, 0.0
    for place, (_, x, _) in enumerate(group):
        inside = min(max(x, low), high)
        all_above = all_above + (inside - low)
        if cut <= place < n - cut:
            above = above + (x - low)
    m, winsorised, squares = low + above / float(kept), low + all_above / float(n), 0.0
    for _, x, _ in group:
        squares = squares + square(min(max(x, low), high) - winsorised)
    if n < 2:
        return m, NAN
    return m, math.sqrt(squares / float(n - 1)) * math.sqrt(float(n)) / float(kept)


class Fit:
    def __init__(self, case):
        self.case, self.index = case, Index(case)
        self.groups, self.known = self.index.groups, self.index.known
        self.spans = self.index.spans(case["experts"])
        self.answered = [0] * case["experts"]
        for group in self.groups:
            for e, _, _ in group:
                self.answered[e] += 1
        tasks = case["tasks"]
        self.estimate, self.error = [NAN] * tasks, [NAN] * tasks
        self.iterations, self.converged, self.objective = 0, 1, NAN
        self.trust = [1.0 if n else 0.0 for n in self.answered]
        self.model_bias, self.model_deviation = None, None

    def is_known(self, t):
        return self.known[t] == self.known[t]

    def parameter(self, i):
        return self.case["parameters"][i]

    def open_tasks(self):
        """Tasks that are estimated: not known, with answers. The known ones are written."""
        for t, group in enumerate(self.groups):
            if self.is_known(t):
                self.estimate[t], self.error[t] = self.known[t], 0.0
            elif group:
                yield t, group

    def per_expert(self, value):
        """Adds value(task, expert, x, weight) to its expert, span by span."""
        total = None
        for span in self.spans:
            part = [0.0] * self.case["experts"]
            for t in span:
                for e, x, w in self.groups[t]:
                    part[e] = part[e] + value(t, x, w)
            total = part if total is None else [a + b for a, b in zip(total, part)]
        return total

    def per_span(self, value):
        """Adds value(task) span by span."""
        total = None
        for span in self.spans:
            part = 0.0
            for t in span:
                part = part + value(t)
            total = part if total is None else total + part
        return total

    def steps(self, step, allowed):
        """Repeats step(), which gives the objective, until it changes by no more than `allowed`(objective)."""
        self.converged, previous = 0, None
        for _ in range(self.case.get("max_iterations", 5000)):
            self.objective = step()
            self.iterations += 1
            if previous is not None and abs(self.objective - previous) <= allowed(self.objective):
                self.converged = 1
                return
            previous = self.objective

    def relative(self, objective):
        return self.case.get("tolerance", 1e-9) * abs(objective)

    def result(self):
        case, e = self.case, self.index.exponent
        spread = []
        for t, group in enumerate(self.groups):
            total, squares = 0.0, 0.0
            for _, x, w in group:
                total = total + w
                squares = squares + w * square(x - self.estimate[t])
            spread.append(math.sqrt(squares / total) if group else NAN)
        weights = self.per_expert(lambda t, x, w: w)
        sums = self.per_expert(lambda t, x, w: w * (x - self.estimate[t]))
        squares = self.per_expert(lambda t, x, w: w * square(x - self.estimate[t]))
        bias, deviation = [], []
        for expert, n in enumerate(self.answered):
            b = sums[expert] / weights[expert] if n else NAN
            d = math.sqrt(squares[expert] / weights[expert]) if n else NAN
            if n and self.model_bias:
                b = self.model_bias[expert]
            if n and self.model_deviation:
                d = self.model_deviation[expert]
            bias.append(b)
            deviation.append(d)
        total = 0.0
        for u in self.trust:
            total = total + u
        return dict(
            estimate=[scale(v, e) for v in self.estimate],
            error=[scale(v, e) for v in self.error],
            spread=[scale(v, e) for v in spread],
            weight=[u / total if total > 0.0 else 0.0 for u in self.trust],
            bias=[scale(v, e) for v in bias],
            deviation=[scale(v, e) for v in deviation],
            iterations=self.iterations,
            converged=self.converged,
            objective=self.objective,
        )


class Simple(Fit):
    def fit(self):
        method = self.case["method"]
        if method == "weighted-mean" and self.case.get("expert_weights"):
            given = self.case["expert_weights"]
            self.trust = [w if n else 0.0 for w, n in zip(given, self.answered)]
        for t, group in self.open_tasks():
            weights = [w for _, _, w in group]
            if method == "median":
                m = median(group)
                apart = middle([d for d, _ in deviations(group, weights, m)])
                error = MEDIAN_ERROR * apart / math.sqrt(float(len(group))) if len(group) > 1 else NAN
            elif method == "trimmed-mean":
                m, error = trimmed(group, self.parameter(0))
            else:
                m, _ = weighted_mean(group, weights)
                error = mean_error(group, weights, m)
            self.estimate[t], self.error[t] = m, error
        return self.result()


class LfcN(Fit):
    """Raykar et al. 2010, the Gaussian model."""

    def start(self):
        self.totals = [NAN] * len(self.groups)
        for t, group in self.open_tasks():
            self.estimate[t], self.totals[t] = weighted_mean(group, [w for _, _, w in group])

        def squares(t):
            total = 0.0
            for _, x, w in self.groups[t]:
                total = total + w * square(x - self.estimate[t])
            return total

        freedom = sum(len(g) if self.is_known(t) else max(len(g) - 1, 0) for t, g in enumerate(self.groups))
        return self.per_span(squares) / float(freedom) if freedom else NAN

    def tells(self, t):
        """Whether a task says something about the experts."""
        return len(self.groups[t]) >= (1 if self.is_known(t) else 2)

    def expect(self, point):
        """Estimates and their variances; returns the sum of the logarithms of the precisions that count."""
        variance, total = [0.0] * len(self.groups), None
        for span in self.spans:
            product, exponents = 1.0, 0
            for t in span:
                group = self.groups[t]
                if self.is_known(t) or not group:
                    continue
                first = group[0][1] - self.bias[group[0][0]]
                precision, above = 0.0, 0.0
                for e, x, w in group:
                    p = w * self.precision[e]
                    precision = precision + p
                    above = above + p * ((x - self.bias[e]) - first)
                self.estimate[t] = first + above / precision
                variance[t] = 1.0 / precision
                if self.tells(t):
                    product = product * precision
                    exponents += (bits(product) >> 52) - 1023
                    product = from_bits((bits(product) & MANTISSA) | ONE_BITS)
            part = log(product) + float(exponents) * LN2
            total = part if total is None else total + part
        self.variance = variance
        return 0.0 if point else total

    def step(self, smoothing, with_bias, point, pooled):
        self.precision = [1.0 / v for v in self.sigma2]
        logs = self.expect(point)
        tells, bias, n = self.tells, self.bias, self.counts
        experts = range(self.case["experts"])
        residuals, squares = [], []
        for span in self.spans:
            r1, r2 = [0.0] * len(experts), [0.0] * len(experts)
            for t in span:
                if tells(t):
                    extra = 0.0 if point else self.variance[t]
                    for e, x, w in self.groups[t]:
                        r = (x - bias[e]) - self.estimate[t]
                        r1[e] = r1[e] + w * r
                        r2[e] = r2[e] + w * (r * r + extra)
            residuals.append(r1)
            squares.append(r2)
        residuals, squares = ([sum_in_order(column) for column in zip(*parts)] for parts in (residuals, squares))
        likelihood = 0.0
        for e in experts:
            likelihood = likelihood + (float(n[e]) * log(self.sigma2[e]) + self.precision[e] * squares[e])
        open_count = 0 if point else self.open_count
        likelihood = 0.5 * (float(open_count - self.answers) * LOG_2PI + float(open_count) - likelihood - logs)
        floor = max(VARIANCE_FLOOR * pooled, SMALLEST_VARIANCE)
        for e in experts:
            if n[e] == 0:
                continue
            shift = residuals[e] / self.weights[e] if with_bias else 0.0
            self.bias[e] = self.bias[e] + shift
            about = squares[e] - shift * residuals[e]
            self.sigma2[e] = max((about + smoothing * pooled) / (float(n[e]) + smoothing), floor)
        return likelihood

    def fit(self):
        smoothing, with_bias, point = self.parameter(0), self.parameter(1) == 1.0, self.parameter(2) == 1.0
        pooled = self.start()
        self.variance = [pooled / total for total in self.totals]
        for t, _ in self.open_tasks():
            self.error[t] = math.sqrt(self.variance[t])
        if not pooled > SMALLEST_VARIANCE:
            self.model_deviation = [math.sqrt(pooled)] * self.case["experts"]
            return self.result()
        self.counts, self.open_count = [0] * self.case["experts"], 0
        for t, group in enumerate(self.groups):
            if self.tells(t):
                self.open_count += not self.is_known(t)
                for e, _, _ in group:
                    self.counts[e] += 1
        self.answers = sum(self.counts)
        self.weights = self.per_expert(lambda t, x, w: w if self.tells(t) else 0.0)
        self.sigma2 = [pooled] * self.case["experts"]
        self.bias = [0.0] * self.case["experts"]
        allowed = self.case.get("tolerance", 1e-9) * float(self.answers)
        self.steps(lambda: self.step(smoothing, with_bias, point, pooled), lambda _: allowed)
        for t, group in self.open_tasks():
            self.error[t] = math.sqrt(self.variance[t])
        if with_bias:
            if not any(self.is_known(t) and group for t, group in enumerate(self.groups)):
                self.centre()
            self.model_bias = self.bias
        self.model_deviation = [math.sqrt(v) for v in self.sigma2]
        self.trust = [1.0 / v if n else 0.0 for v, n in zip(self.sigma2, self.answered)]
        densities = self.answers - (0 if point else self.open_count)
        self.objective = self.objective - float(densities) * (float(self.index.exponent) * LN2)
        return self.result()

    def centre(self):
        """Biases are known up to a constant: their weighted mean becomes 0."""
        above, total = 0.0, 0.0
        for b, w in zip(self.bias, self.weights):
            above = above + w * b
            total = total + w
        shift = above / total
        self.bias = [b - shift for b in self.bias]
        for t, group in self.open_tasks():
            self.estimate[t] = self.estimate[t] + shift


def sum_in_order(values):
    total = values[0]
    for v in values[1:]:
        total = total + v
    return total


class Catd(Fit):
    """Li et al. 2014, confidence-aware truth discovery."""

    def distances(self):
        return self.per_expert(lambda t, x, w: w * square(x - self.estimate[t]))

    def step(self):
        weights = [c / (d + self.floor) for c, d in zip(self.chi, self.apart)]
        total = 0.0
        for u in weights:
            total = total + u
        self.trust = [u / total for u in weights]
        for t, group in self.open_tasks():
            self.estimate[t], _ = weighted_mean(group, [w * self.trust[e] for e, _, w in group])
        self.apart = self.distances()
        objective = 0.0
        for u, d in zip(self.trust, self.apart):
            objective = objective + u * d
        return math.sqrt(objective)

    def fit(self):
        for t, group in self.open_tasks():
            self.estimate[t] = median(group)
        self.apart = self.distances()
        whole = 0.0
        for d in self.apart:
            whole = whole + d
        if whole > 0.0:
            self.floor = CATD_FLOOR * (whole / float(sum(self.answered)))
            self.floor = max(self.floor, SMALLEST_VARIANCE)
            half = self.parameter(0) * 0.5
            self.chi = [chi_square_quantile(half, float(n)) for n in self.answered]
            self.steps(self.step, self.relative)
            self.objective = scale(self.objective, self.index.exponent)
        for t, group in self.open_tasks():
            self.error[t] = mean_error(group, [w * self.trust[e] for e, _, w in group], self.estimate[t])
        return self.result()


class Pm(Fit):
    """Li et al. 2014, conflict resolution on heterogeneous data, numeric answers."""

    def distances(self):
        def one(t, x, w):
            if not self.unit[t] > 0.0:
                return 0.0
            d = abs(x - self.estimate[t]) / self.unit[t]
            return w * (d * d if self.squared else d)

        return self.per_expert(one)

    def sizes(self):
        for t, group in enumerate(self.groups):
            unit = 0.0
            if group:
                weights = [w for _, _, w in group]
                centre, total = weighted_mean(group, weights)
                centre = self.known[t] if self.is_known(t) else centre
                squares = 0.0
                for (_, x, _), w in zip(group, weights):
                    squares = squares + w * square(x - centre)
                unit = math.sqrt(squares / total)
            yield unit

    def whole(self):
        total = 0.0
        for d in self.apart:
            total = max(total, d) if self.by_largest else total + d
        return total

    def step(self):
        whole = self.whole()
        if whole > 0.0:
            self.trust = [
                PM_FLOOR - log(d / whole + PM_FLOOR) if n else 0.0 for d, n in zip(self.apart, self.answered)
            ]
        for t, group in self.open_tasks():
            weights = [w * self.trust[e] for e, _, w in group]
            if self.squared:
                self.estimate[t], _ = weighted_mean(group, weights)
            else:
                self.estimate[t] = weighted_median([x for _, x, _ in group], weights)
        self.apart = self.distances()
        objective = 0.0
        for u, d in zip(self.trust, self.apart):
            objective = objective + u * d
        return objective

    def fit(self):
        self.squared, self.by_largest = self.parameter(0) == 1.0, self.parameter(1) == 1.0
        for t, group in self.open_tasks():
            self.estimate[t] = median(group)
        self.unit = list(self.sizes())
        self.apart = self.distances()
        if self.whole() > 0.0:
            self.steps(self.step, self.relative)
        for t, group in self.open_tasks():
            weights = [w * self.trust[e] for e, _, w in group]
            if self.squared:
                self.error[t] = mean_error(group, weights, self.estimate[t])
            elif len(group) > 1:
                pairs = deviations(group, weights, self.estimate[t])
                apart = weighted_median([d for d, _ in pairs], [w for _, w in pairs])
                total, squares = 0.0, 0.0
                for w in weights:
                    total = total + w
                    squares = squares + w * w
                self.error[t] = MEDIAN_ERROR * apart * math.sqrt(squares) / total
        return self.result()


def fit(case):
    return {"lfc-n": LfcN, "catd": Catd, "pm": Pm}.get(case["method"], Simple)(case).fit()
