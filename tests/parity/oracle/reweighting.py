"""Wawa, zero-based skill, gold majority vote, CATD and PM: one loop, docs/methods/reweighting.md."""

from chi_square import chi_square_quantile
from numerics import log
from votes import Votes


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
