"""KOS, docs/methods/kos.md."""

import math

from consensus import clamp, combine
from numerics import striped_sum
from votes import Votes, plain_shares


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
