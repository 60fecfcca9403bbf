"""M-MSR, docs/methods/mmsr.md."""

import math

from consensus import clamp
from numerics import log, softmax
from votes import Votes, plain_shares


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
