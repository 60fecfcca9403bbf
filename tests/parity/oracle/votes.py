"""What the weighted votes of docs/methods/reweighting.md have in common."""

from consensus import Index, class_prior, clamp, combine, decide
from numerics import striped_sum

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
