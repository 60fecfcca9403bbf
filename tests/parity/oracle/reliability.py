"""The weighted votes of docs/methods in plain Python: experts are weighed by how reliable they seem.

Wawa, ZeroBasedSkill, GoldMajorityVote, CATD and PM share one loop (docs/methods/reweighting.md); KOS and
M-MSR find the weights in their own way and end with the same vote.
"""

import math

from consensus import Index, class_prior, clamp, combine, decide
from numerics import exp, log, softmax, striped_sum

DEFAULTS = {
    "wawa": dict(max_iterations=1, tolerance=0.0, parameters=[]),
    "zero-based-skill": dict(max_iterations=100, tolerance=0.0, parameters=[1.0, 20.0, 0.5]),
    "gold-majority-vote": dict(max_iterations=1, tolerance=0.0, parameters=[]),
    "catd": dict(max_iterations=100, tolerance=0.0, parameters=[0.05]),
    "pm": dict(max_iterations=100, tolerance=0.0, parameters=[]),
    "kos": dict(max_iterations=1000, tolerance=1e-9, parameters=[1.0]),
    "mmsr": dict(max_iterations=10000, tolerance=1e-10, parameters=[]),
}


def plain_shares(group, k):
    votes = [0.0] * k
    for _, label, w in group:
        votes[label] = votes[label] + w
    total = striped_sum(votes)
    return [v / total for v in votes] if total > 0.0 else [1.0 / k] * k


class Votes:
    """A table and what all methods here have in common."""

    def __init__(self, case):
        self.case, self.k, self.experts = case, case["labels"], case["experts"]
        self.method = case["method"]
        self.gold = case.get("gold") or [-1] * case["tasks"]
        self.index = Index(case, True)
        self.groups = self.index.groups
        self.spans = self.index.spans(self.experts)
        options = dict(DEFAULTS[self.method])
        options.update({key: case[key] for key in options if key in case})
        self.max_iterations, self.tolerance = options["max_iterations"], options["tolerance"]
        self.parameters = options["parameters"]
        distinct = self.method in ("wawa", "zero-based-skill", "gold-majority-vote")
        self.counted = [self.distinct(g) if distinct else [w for _, _, w in g] for g in self.groups]
        self.total = self.sum_by_expert(lambda t, i: self.counted[t][i])

    @staticmethod
    def distinct(group):
        """Equal answers of one expert to one task count once: the first one, with their largest weight."""
        largest, first = {}, {}
        for i, (e, l, w) in enumerate(group):
            first.setdefault((e, l), i)
            largest[e, l] = max(largest.get((e, l), 0.0), w)
        return [largest[e, l] if first[e, l] == i else 0.0 for i, (e, l, _) in enumerate(group)]

    def sum_by_expert(self, term):
        parts = []
        for span in self.spans:
            sums = [0.0] * self.experts
            for t in span:
                if self.method == "gold-majority-vote" and self.gold[t] < 0:
                    continue
                for i, (e, _, _) in enumerate(self.groups[t]):
                    sums[e] = sums[e] + term(t, i)
            parts.append(sums)
        return combine(parts)

    def rows(self, weight):
        """The posterior where `weight[e]` is what an answer of expert e counts."""
        rows = []
        for group in self.groups:
            votes = [0.0] * self.k
            for e, l, w in group:
                votes[l] = votes[l] + w * weight[e]
            total = striped_sum(votes)
            rows.append([v / total for v in votes] if total > 0.0 else plain_shares(group, self.k))
        clamp(self.case, rows)
        return rows

    def right(self, rows):
        """What each expert's answers that equal the winner count for."""
        shared = self.method in ("catd", "pm")
        truth = []
        for row in rows:
            top = max(row)
            winners = [j for j, p in enumerate(row) if p == top]
            credit = [0.0] * self.k
            for j in winners if shared else winners[:1]:
                credit[j] = 1.0 / len(winners) if shared else 1.0
            truth.append(credit)
        return self.sum_by_expert(lambda t, i: self.counted[t][i] * truth[t][self.groups[t][i][1]])

    def agreement(self, right):
        return [r / n if n > 0.0 else 0.0 for r, n in zip(right, self.total)]

    def result(self, rows, skill, iterations, converged, weight=None):
        answer, runner_up = decide(self.case, self.index, rows)
        result = dict(
            posterior=sum(rows, []),
            answer=answer,
            runner_up=runner_up,
            prior=class_prior(self.case, rows, self.spans),
            skill=skill,
            iterations=iterations,
            converged=converged,
            objective=float("nan"),
        )
        if weight is not None:
            result["weight"] = weight
        return result


class Reweighting(Votes):
    def fit(self):
        weight, iterations, converged = self.start(), 0, 0
        rows = self.rows(weight)
        right = self.right(rows)
        while iterations < (1 if self.once else self.max_iterations) and not converged:
            iterations += 1
            new = self.weigh(right, weight, iterations)
            change = max(abs(a - b) for a, b in zip(new, weight))
            converged = int(self.once or change <= self.tolerance)
            weight = new
            rows = self.rows(weight)
            right = self.right(rows)
        return self.finish(rows, right, weight, iterations, converged)

    once = False

    def start(self):
        return [1.0] * self.experts

    def finish(self, rows, right, weight, iterations, converged):
        return self.result(rows, weight, iterations, converged)


class Wawa(Reweighting):
    once = True

    def weigh(self, right, weight, iteration):
        return self.agreement(right)


class GoldMajorityVote(Reweighting):
    once = True

    def weigh(self, right, weight, iteration):
        alpha = self.case.get("smoothing", 0.0)
        numbers = [(r + alpha, n + alpha * self.k) for r, n in zip(right, self.total)]
        return [r / n if n > 0.0 else 0.0 for r, n in numbers]


class ZeroBasedSkill(Reweighting):
    def start(self):
        return [1.0 / self.k + 1e-5] * self.experts

    def weigh(self, right, weight, iteration):
        rate, steps, factor = self.parameters
        if iteration == 1:
            self.rate = rate
        if iteration % int(steps) == 0:
            self.rate = self.rate * factor
        return [s + self.rate * (a - s) for s, a in zip(weight, self.agreement(right))]


class Pm(Reweighting):
    def weigh(self, right, weight, iteration):
        errors = [max(n - r, 0.0) for r, n in zip(right, self.total)]
        errors = [x if x > 0.0 else 1e-8 for x in errors]
        top = max(errors)
        return [max(1e-7 - log(x / top + 1e-7), 0.0) for x in errors]

    def finish(self, rows, right, weight, iterations, converged):
        return self.result(rows, self.agreement(right), iterations, converged, weight)


LARGEST_DEGREES = 1e6
HALF_LOG_TWO_PI = float.fromhex("0x1.d67f1c864beb5p-1")
STIRLING = [float.fromhex(c) for c in (
    "0x1.5555555555555p-4",
    "-0x1.6c16c16c16c17p-9",
    "0x1.a01a01a01a01ap-11",
    "-0x1.3813813813814p-11",
    "0x1.b951e2b18ff23p-11",
)]


def log_gamma_above_one(z):
    """The logarithm of the gamma function of z >= 1."""
    product = 1.0
    while z < 16.0:
        product = product * z
        z = z + 1.0
    r = 1.0 / z
    s = r * r
    series = r * (STIRLING[0] + s * (STIRLING[1] + s * (STIRLING[2] + s * (STIRLING[3] + s * STIRLING[4]))))
    return (((z - 0.5) * log(z) - z) + (HALF_LOG_TWO_PI + series)) - log(product)


def chi_square_quantile(p, n):
    """What a chi-square variable with n degrees of freedom is below with probability p, for p up to 1/2."""
    if not n > 0.0:
        return 0.0
    degrees = min(n, LARGEST_DEGREES)
    a = 0.5 * degrees
    goal, norm = log(p), log_gamma_above_one(a + 1.0)
    t = (goal + norm) / a
    for _ in range(100):
        x = exp(t)
        term, total, k = 1.0, 1.0, 1.0
        while term > total * 1e-17:
            term = term * (x / (a + k))
            total = total + term
            k = k + 1.0
        excess = (((a * t - x) - norm) + log(total)) - goal
        following = t - excess * total / a
        if not following > t:
            break
        t = following
    x = 2.0 * exp(t)
    return x if n <= LARGEST_DEGREES else n * (x / LARGEST_DEGREES)


class Catd(Reweighting):
    def weigh(self, right, weight, iteration):
        if iteration == 1:
            p = 0.5 * self.parameters[0]
            known = {n: chi_square_quantile(p, n) for n in set(self.total)}
            self.quantiles = [known[n] for n in self.total]
        new = []
        total = 0.0
        for r, n, q in zip(right, self.total, self.quantiles):
            w = q / (max(n - r, 0.0) + 1e-9)
            total = total + w
            new.append(w)
        return [w / total if total > 0.0 else 0.0 for w in new]

    finish = Pm.finish


class Kos(Votes):
    def message(self, t, i):
        """What answer i of task t counts for label 0."""
        _, l, w = self.groups[t][i]
        return w * (self.y[t][i] if l == 0 else -self.y[t][i])

    def round(self):
        """One round of messages; returns the root mean square of their change, or None when all vanish."""
        balanced = self.parameters[0] != 0.0
        back = [None] * len(self.groups)
        for t, group in enumerate(self.groups):
            sent = [self.message(t, i) for i in range(len(group))]
            total, size = 0.0, 0.0
            for m in sent:
                total = total + m
                size = size + abs(m)
            back[t] = []
            for (_, l, w), m in zip(group, sent):
                if self.gold[t] >= 0:
                    x = size if self.gold[t] == 0 else -size
                else:
                    x = total - m
                back[t].append(w * (x if l == 0 else -x))
        sums = self.sum_by_expert(lambda t, i: back[t][i])
        squares = []
        for span in self.spans:
            square = 0.0
            for t in span:
                for i, (e, _, w) in enumerate(self.groups[t]):
                    y = sums[e] - back[t][i]
                    if balanced:
                        rest = self.total[e] - w
                        y = y / rest if rest > 0.0 else 0.0
                    back[t][i] = y
                    square = square + y * y
            squares.append([square])
        answers = float(sum(map(len, self.groups)))
        norm = math.sqrt(combine(squares)[0] / answers)
        if not norm > 0.0:
            return None
        changes = []
        for span in self.spans:
            change = 0.0
            for t in span:
                for i, y in enumerate(back[t]):
                    y = y / norm
                    d = y - self.y[t][i]
                    change = change + d * d
                    self.y[t][i] = y
            changes.append([change])
        return math.sqrt(combine(changes)[0] / answers)

    def votes(self, group, y):
        votes = [0.0] * self.k
        for (_, l, w), r in zip(group, y):
            m = w * r
            if m < 0.0 and self.k == 2:
                votes[1 - l] = votes[1 - l] - m
            else:
                votes[l] = votes[l] + abs(m)
        total = striped_sum(votes)
        return [v / total for v in votes] if total > 0.0 else plain_shares(group, self.k)

    def fit(self):
        self.y = [[1.0] * len(group) for group in self.groups]
        iterations, converged = 0, 0
        while iterations < self.max_iterations and not converged:
            iterations += 1
            change = self.round()
            if change is None:
                self.y = [[1.0] * len(group) for group in self.groups]
            converged = int(change is None or change <= self.tolerance)
        rows = [self.votes(group, y) for group, y in zip(self.groups, self.y)]
        clamp(self.case, rows)
        sums = self.sum_by_expert(lambda t, i: self.groups[t][i][2] * self.y[t][i])
        return self.result(rows, self.agreement(self.right(rows)), iterations, converged, self.agreement(sums))


class Mmsr(Votes):
    def pairs(self):
        """For each expert the others with common tasks, ascending: their weight and the covariance."""
        kept = []
        for group in self.groups:
            last = {e: i for i, (e, _, _) in enumerate(group)}
            kept.append([a for i, a in enumerate(group) if last[a[0]] == i])
        places = [t for span in self.spans for t in span]
        pairs = [{} for _ in range(self.experts)]
        for t in places:
            for e, l, w in kept[t]:
                for e2, l2, w2 in kept[t]:
                    if e2 != e and w * w2 > 0.0:
                        common, same = pairs[e].get(e2, (0.0, 0.0))
                        pairs[e][e2] = (common + w * w2, same + (w * w2 if l == l2 else 0.0))
        f, g = self.k / (self.k - 1.0), 1.0 / (self.k - 1.0)
        return [[(j, n, (same / n) * f - g) for j, (n, same) in sorted(row.items())] for row in pairs]

    def trimmed(self, row, other, own):
        values = sorted(abs(c) / max(other[j], 1e-10) for j, _, c in row)
        below = sum(y < own for y in values)
        values = values[min(below, self.f):]
        above = sum(y > own for y in values)
        values = values[: len(values) - min(above, self.f)]
        if len(values) == 1 and values[0] == 0.0:
            return 1.0 / math.sqrt(self.answered)
        total = 0.0
        for y in values:
            total = total + y
        return total / len(values)

    def factor(self, pairs, linked):
        u = [1.0 if j in linked else 0.0 for j in range(self.experts)]
        v = list(u)
        iterations, converged = 0, int(not linked)
        while iterations < self.max_iterations and not converged:
            iterations += 1
            new_v = [self.trimmed(pairs[j], u, v[j]) if j in linked else 0.0 for j in range(self.experts)]
            new_u = [self.trimmed(pairs[j], new_v, u[j]) if j in linked else 0.0 for j in range(self.experts)]
            du2 = v2 = u2 = dv2 = dudu = vdv = nu2 = 0.0
            for j in range(self.experts):
                du, dv = new_u[j] - u[j], new_v[j] - v[j]
                du2 = du2 + du * du
                v2 = v2 + new_v[j] * new_v[j]
                u2 = u2 + u[j] * u[j]
                dv2 = dv2 + dv * dv
                dudu = dudu + du * u[j]
                vdv = vdv + new_v[j] * dv
                nu2 = nu2 + new_u[j] * new_u[j]
            change = math.sqrt(max((du2 * v2 + u2 * dv2) + 2.0 * (dudu * vdv), 0.0))
            u, v = new_u, new_v
            converged = int(change <= self.tolerance * math.sqrt(nu2 * v2))
        u2 = v2 = 0.0
        for a, b in zip(u, v):
            u2 = u2 + a * a
            v2 = v2 + b * b
        scale = math.sqrt(math.sqrt(u2) / math.sqrt(v2)) if u2 > 0.0 and v2 > 0.0 else 1.0
        return [a / scale for a in u], iterations, converged

    def signs(self, pairs, s):
        signs = [1.0] * self.experts
        for _ in range(100):
            changed = False
            for j, row in enumerate(pairs):
                total = 0.0
                for i, n, c in row:
                    total = total + (n * c) * (s[i] * signs[i])
                sign = -1.0 if total < 0.0 else 1.0
                changed = changed or sign != signs[j]
                signs[j] = sign
            if not changed:
                break
        total = 0.0
        for a, b in zip(s, signs):
            total = total + a * b
        return [-x for x in signs] if total < 0.0 else signs

    def vote(self, weight):
        rows = []
        for group in self.groups:
            votes, size = [0.0] * self.k, 0.0
            for e, l, w in group:
                m = w * weight[e]
                votes[l] = votes[l] + m
                size = size + abs(m)
            rows.append(softmax(votes)[0] if size > 0.0 else plain_shares(group, self.k))
        clamp(self.case, rows)
        return rows

    def fit(self):
        k = self.k
        if k == 1:
            weight = [0.0] * self.experts
            return self.result(self.vote(weight), [1.0] * self.experts, 0, 1, weight)
        self.answered = float(sum(1 for group in self.groups if group))
        pairs = self.pairs()
        linked = {j for j, row in enumerate(pairs) if row}
        self.f = max(min(len(pairs[j]) for j in linked) // 2 - 1, 0) if linked else 0
        s, iterations, converged = self.factor(pairs, linked)
        signs = self.signs(pairs, s)
        edge = 1.0 / math.sqrt(self.answered)
        skill, weight = [], []
        for j in range(self.experts):
            x = s[j] * signs[j] if j in linked else edge
            x = max(min(x, 1.0 - edge), edge - 1.0 / (k - 1.0))
            p = (x * (k - 1.0)) / k + 1.0 / k
            skill.append(p)
            weight.append(log((p * (k - 1.0)) / (1.0 - p)))
        return self.result(self.vote(weight), skill, iterations, converged, weight)


METHODS = {
    "wawa": Wawa,
    "zero-based-skill": ZeroBasedSkill,
    "gold-majority-vote": GoldMajorityVote,
    "catd": Catd,
    "pm": Pm,
    "kos": Kos,
    "mmsr": Mmsr,
}


def fit(case):
    return METHODS[case["method"]](case).fit()
