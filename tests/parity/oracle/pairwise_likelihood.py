"""Bradley-Terry, with and without noisy experts, and Newman's iteration, in plain Python; see pairwise.py."""

import math

from numerics import exp, log
from pairwise import INFINITY, NAN, halved, total

HALF, DAVIDSON, RAO_KUPPER = 0, 1, 2
FLOOR = 1e-200


def logistic(d):
    """The logistic function of d and of -d, and the logarithms of both."""
    e = exp(-abs(d))
    s = 1.0 + e
    l = log(s)
    large, small = 1.0 / s, e / s
    return (large, small, -l, -d - l) if d >= 0.0 else (small, large, d - l, -l)


class Model:
    """The penalised log-likelihood of a Bradley-Terry model: parameters are the items' scores, then the order effect
    and the tie parameter where they are free."""

    def __init__(self, items, cells, ties, ordered, tied, prior, linear):
        self.items, self.cells, self.ties, self.prior, self.linear = items, cells, ties, prior, linear
        self.order_at = items if ordered else -1
        self.tie_at = items + ordered if tied else -1
        self.size = items + ordered + tied
        self.weight = [0.0] * self.size
        for a, b, wa, wb, t in cells:
            n = (wa + wb) + t
            for i in (a, b, *range(items, self.size)):
                self.weight[i] = self.weight[i] + n

    def cell(self, d, x, wa, wb, t):
        """Log-likelihood, slopes by d and by the tie parameter, curvatures (d, d), (d, tie), (tie, tie)."""
        if self.tie_at < 0:
            p, q, lp, lq = logistic(d)
            return wa * lp + wb * lq, wa * q - wb * p, 0.0, (wa + wb) * (p * q), 0.0, 0.0
        y = x[self.tie_at]
        if self.ties == DAVIDSON:
            up, down = 0.5 * d, -(0.5 * d)
            m = max(max(up, down), y)
            ea, eb, et = exp(up - m), exp(down - m), exp(y - m)
            s = (ea + eb) + et
            pa, pb, pt, norm = ea / s, eb / s, et / s, m + log(s)
            n, difference = (wa + wb) + t, pa - pb
            value = (wa * (up - norm) + wb * (down - norm)) + t * (y - norm)
            return (
                value,
                0.5 * ((wa - n * pa) - (wb - n * pb)),
                t - n * pt,
                0.25 * (n * ((pa + pb) - difference * difference)),
                -(0.5 * (n * (difference * pt))),
                n * (pt * (1.0 - pt)),
            )
        pu, qu, lu, _ = logistic(d - y)
        pv, qv, lv, _ = logistic(-d - y)
        e = exp(2.0 * y)
        na, nb, e1 = wa + t, wb + t, e - 1.0
        ca, cb = na * (pu * qu), nb * (pv * qv)
        return (
            (na * lu + nb * lv) + t * log(e1),
            na * qu - nb * qv,
            t * (2.0 * e / e1) - (na * qu + nb * qv),
            ca + cb,
            cb - ca,
            (ca + cb) + t * (4.0 * e / (e1 * e1)),
        )

    def evaluate(self, x):
        """The value, its gradient, the curvatures of the cells, and the diagonal of the information."""
        value, gradient, diagonal, curves = 0.0, [0.0] * self.size, [0.0] * self.size, []
        order, tie = self.order_at, self.tie_at
        for a, b, wa, wb, t in self.cells:
            d = x[a] - x[b]
            if order >= 0:
                d = d + x[order]
            v, gd, gt, hd, hx, ht = self.cell(d, x, wa, wb, t)
            value = value + v
            gradient[a] = gradient[a] + gd
            gradient[b] = gradient[b] - gd
            diagonal[a] = diagonal[a] + hd
            diagonal[b] = diagonal[b] + hd
            if order >= 0:
                gradient[order] = gradient[order] + gd
                diagonal[order] = diagonal[order] + hd
            if tie >= 0:
                gradient[tie] = gradient[tie] + gt
                diagonal[tie] = diagonal[tie] + ht
            curves.append((hd, hx, ht))
        for i in range(self.items) if self.linear else ():
            value = value + self.linear[i] * x[i]
            gradient[i] = gradient[i] + self.linear[i]
        if self.prior > 0.0:
            square = 0.0
            for i in range(self.size):
                if i != tie:
                    square = square + x[i] * x[i]
                    gradient[i] = gradient[i] - self.prior * x[i]
                    diagonal[i] = diagonal[i] + self.prior
            value = value - (0.5 * self.prior) * square
        return value, gradient, diagonal, curves

    def product(self, curves, v):
        """The information times a vector."""
        out = [0.0] * self.size
        order, tie = self.order_at, self.tie_at
        for (a, b, *_), (hd, hx, ht) in zip(self.cells, curves):
            s = v[a] - v[b]
            if order >= 0:
                s = s + v[order]
            c = hd * s
            if tie >= 0:
                c = c + hx * v[tie]
                out[tie] = out[tie] + (hx * s + ht * v[tie])
            out[a] = out[a] + c
            out[b] = out[b] - c
            if order >= 0:
                out[order] = out[order] + c
        if self.prior > 0.0:
            out = [o if i == tie else o + self.prior * v[i] for i, o in enumerate(out)]
        return out

    def solve(self, gradient, diagonal, curves):
        """The Newton step, by conjugate gradients with the diagonal as preconditioner."""
        scale = lambda r: [ri / di if di > 0.0 else 0.0 for ri, di in zip(r, diagonal)]
        step, rest = [0.0] * self.size, list(gradient)
        z = scale(rest)
        p, now = list(z), total(r * zi for r, zi in zip(rest, z))
        goal = 1e-8 * now
        for _ in range(1000):
            if not now > goal:
                break
            q = self.product(curves, p)
            bend = total(pi * qi for pi, qi in zip(p, q))
            if not bend > 0.0:
                break
            alpha = now / bend
            step = [s + alpha * pi for s, pi in zip(step, p)]
            rest = [r - alpha * qi for r, qi in zip(rest, q)]
            z = scale(rest)
            before, now = now, total(r * zi for r, zi in zip(rest, z))
            beta = now / before
            p = [zi + beta * pi for zi, pi in zip(z, p)]
        return step

    def allows(self, x):
        return self.tie_at < 0 or self.ties != RAO_KUPPER or 0.0 < x[self.tie_at] <= 100.0

    def at_rest(self, gradient, tolerance):
        extra = lambda i: 0.0 if i == self.tie_at else self.prior
        return all(abs(g) <= tolerance * (w + extra(i)) for i, (g, w) in enumerate(zip(gradient, self.weight)))


def centre(x, group, sizes):
    means = [0.0] * len(sizes)
    for i, g in enumerate(group):
        means[g] = means[g] + x[i]
    means = [m / n for m, n in zip(means, sizes)]
    for i, g in enumerate(group):
        x[i] = x[i] - means[g]


def newton(model, x, group, sizes, case):
    now, iterations, converged = model.evaluate(x), 0, 0
    while True:
        value, gradient, diagonal, curves = now
        if model.at_rest(gradient, case["tolerance"]):
            converged = 1
            break
        if iterations == case["max_iterations"]:
            break
        step = model.solve(gradient, diagonal, curves)
        gain, size, found = total(g * s for g, s in zip(gradient, step)), 1.0, None
        for _ in range(30):
            trial = [xi + size * si for xi, si in zip(x, step)]
            if model.allows(trial):
                if not model.prior > 0.0:
                    centre(trial, group, sizes)
                then = model.evaluate(trial)
                least = (value + (1e-4 * size) * gain) - 1e-13 * abs(value)
                if then[0] >= least and then[0] < INFINITY:
                    found = trial
                    break
            size = 0.5 * size
        if found is None:
            break
        x, now, iterations = found, then, iterations + 1
    return x, now, iterations, converged


def errors(model, evaluated, group, sizes, limit):
    """Standard errors of the parameters: scores whose sum is 0 in each group, or which have a prior."""
    n, size = model.items, model.size
    _, _, diagonal, curves = evaluated
    result = [NAN] * size
    if size > limit:
        return result
    m = [[0.0] * (i + 1) for i in range(size)]
    order, tie = model.order_at, model.tie_at
    for i in range(size):
        m[i][i] = diagonal[i]
    for (a, b, *_), (hd, hx, _) in zip(model.cells, curves):
        high, low = max(a, b), min(a, b)
        m[high][low] = m[high][low] - hd
        if order >= 0:
            m[order][a] = m[order][a] + hd
            m[order][b] = m[order][b] - hd
        if tie >= 0:
            m[tie][a] = m[tie][a] + hx
            m[tie][b] = m[tie][b] - hx
            if order >= 0:
                m[tie][order] = m[tie][order] + hx
    excess = [0.0] * len(sizes)
    if not model.prior > 0.0:
        sums = [0.0] * len(sizes)
        for i in range(n):
            sums[group[i]] = sums[group[i]] + diagonal[i]
        # sums / sizes is the mean of the diagonal; that over the size is what ones times ones gets.
        spread = [(s / k) / k for s, k in zip(sums, sizes)]
        excess = [1.0 / (s * k) / k if s > 0.0 else 0.0 for s, k in zip(spread, sizes)]
        for i in range(n):
            for j in range(i + 1):
                if group[i] == group[j]:
                    m[i][j] = m[i][j] + spread[group[i]]
            if not spread[group[i]] > 0.0:
                m[i][i] = 1.0
    for i in range(size):
        for j in range(i + 1):
            s = m[i][j]
            for k in range(j):
                s = s - m[i][k] * m[j][k]
            if j < i:
                m[i][j] = s / m[j][j]
            elif s > 0.0:
                m[i][i] = math.sqrt(s)
            else:
                return result
    for j in range(size):
        column = [0.0] * size
        column[j] = 1.0 / m[j][j]
        square = column[j] * column[j]
        for i in range(j + 1, size):
            s = 0.0
            for k in range(j, i):
                s = s + m[i][k] * column[k]
            column[i] = -(s / m[i][i])
            square = square + column[i] * column[i]
        if j >= n or model.prior > 0.0:
            result[j] = math.sqrt(square)
        elif sizes[group[j]] > 1:
            result[j] = math.sqrt(max(square - excess[group[j]], 0.0))
    return result


def adjusted(cells, items, group, groups, eps):
    """What a linear term adds so that the scores are those of adjusted wins."""
    won, played = [0.0] * items, [0.0] * items
    for a, b, wa, wb, _ in cells:
        won[a], won[b] = won[a] + wa, won[b] + wb
        played[a], played[b] = played[a] + (wa + wb), played[b] + (wa + wb)
    wish, sums, aims = [0.0] * items, [0.0] * groups, [0.0] * groups
    for i in range(items):
        if played[i] > 0.0:
            e = min(eps, 0.5 * played[i])
            wish[i] = e + ((played[i] - 2.0 * e) / played[i]) * won[i]
        sums[group[i]] = sums[group[i]] + won[i]
        aims[group[i]] = aims[group[i]] + wish[i]
    share = [s / a if a > 0.0 else 0.0 for s, a in zip(sums, aims)]
    return [wish[i] * share[group[i]] - won[i] for i in range(items)]


def bradley_terry(case, table, graph):
    ties, solver, ordered, prior, eps, limit = case["parameters"]
    ties, ordered, limit, n = int(ties), int(ordered), int(limit), table.items
    if solver == 1.0:
        return minorize(case, table, graph, limit)
    if prior > 0.0:
        group, groups, scale = [0] * n, 1, 0.0
    elif eps > 0.0:
        group, groups, scale = graph.component, graph.components, 1.0
    else:
        group, groups, scale = graph.strong, graph.strong_components, 2.0
    sizes = [group.count(g) for g in range(groups)]
    result = dict(scale=scale if groups > 1 else 0.0)
    cells = [cell for cell in table.cells(ordered == 1) if group[cell[0]] == group[cell[1]]]
    won, tied = total(wa + wb for _, _, wa, wb, _ in cells), total(t for *_, t in cells)
    if ties == HALF:
        cells = halved(cells)
    elif not won > 0.0 and tied > 0.0:
        return dict(result, score=[0.0] * n, tie=INFINITY, order=0.0 if ordered else NAN, objective=0.0)
    free_tie = int(ties != HALF and tied > 0.0)
    linear = adjusted(cells, n, group, groups, eps) if eps > 0.0 else None
    model = Model(n, cells, ties, ordered, free_tie, prior, linear)
    x = [0.0] * model.size
    if free_tie and ties == DAVIDSON:
        x[model.tie_at] = log(2.0 * tied / won)
    elif free_tie:
        x[model.tie_at] = min(max(log((won + 2.0 * tied) / won), 1e-12), 100.0)
    x, evaluated, iterations, converged = newton(model, x, group, sizes, case)
    error = errors(model, evaluated, group, sizes, limit)
    result.update(score=x[:n], error=error[:n], objective=evaluated[0], iterations=iterations, converged=converged)
    if ordered:
        result.update(order=x[n], order_error=error[n])
    if free_tie:
        tie = exp(x[model.tie_at])
        result.update(tie=tie, tie_error=tie * error[model.tie_at])
    elif ties != HALF:
        result.update(tie=0.0 if ties == DAVIDSON else 1.0)
    return result


def minorize(case, table, graph, limit):
    """Hunter's MM algorithm from equal strengths."""
    cells, n = halved(table.cells()), table.items
    won = [0.0] * n
    for a, b, wa, wb, _ in cells:
        won[a], won[b] = won[a] + wa, won[b] + wb
    p, iterations, converged = [1.0 / n] * n, 0, 0
    while iterations < case["max_iterations"] and not converged:
        load = [0.0] * n
        for a, b, wa, wb, _ in cells:
            share = (wa + wb) / (p[a] + p[b])
            load[a], load[b] = load[a] + share, load[b] + share
        after = [w / l if l > 0.0 else old for w, l, old in zip(won, load, p)]
        norm = total(after)
        after = [x / norm for x in after]
        converged = int(all(abs(x - y) <= case["tolerance"] * x for x, y in zip(after, p)))
        p, iterations = after, iterations + 1
    objective = 0.0
    for a, b, wa, wb, _ in cells:
        both = log(p[a] + p[b])
        if wa > 0.0:
            objective = objective + wa * (log(p[a]) - both)
        if wb > 0.0:
            objective = objective + wb * (log(p[b]) - both)
    logs = [log(x) for x in p]
    finite = [x for x in logs if x > -INFINITY]
    mean = total(finite) / len(finite)
    score = [x - mean for x in logs]
    result = dict(score=score, objective=objective, iterations=iterations, converged=converged)
    if graph.strong_components > 1:
        return dict(result, scale=2.0)
    if len(finite) == n:
        model = Model(n, cells, HALF, 0, 0, 0.0, None)
        result["error"] = errors(model, model.evaluate(score), [0] * n, [n], limit)
    return result


class Noisy:
    """Items' scores, then the experts' biases, then their skills, both as logits."""

    def __init__(self, case, table):
        self.items, self.experts = table.items, case["experts"]
        self.pull, self.precision = case["parameters"]
        self.rows = [[] for _ in range(self.experts)]
        self.weight = [self.pull] * self.items + [self.precision] * (2 * self.experts)
        self.played = [0.0] * self.experts
        for e, left, right, outcome, w in table.rows:
            self.rows[e].append((left, right, outcome, w))
        for e, rows in enumerate(self.rows):
            for left, right, _, w in rows:
                for i in (left, right, self.items + e, self.items + self.experts + e):
                    self.weight[i] = self.weight[i] + w
                self.played[e] = self.played[e] + w

    def evaluate(self, x):
        n, m = self.items, self.experts
        value, gradient = 0.0, [0.0] * len(x)
        for e in range(m):
            h, hn, _, _ = logistic(x[n + e])
            c, cn, _, _ = logistic(x[n + m + e])
            pulls, gaps = 0.0, 0.0
            for left, right, outcome, w in self.rows[e]:
                p, q, _, _ = logistic(x[left] - x[right])
                force = 0.0
                half = 0.5 * w if outcome == 2 else w
                if outcome != 1:
                    chance = max(c * p + cn * h, FLOOR)
                    value = value + half * log(chance)
                    force = half / chance
                if outcome != 0:
                    chance = max(c * q + cn * hn, FLOOR)
                    value = value + half * log(chance)
                    force = force - half / chance
                slope = (c * (p * q)) * force
                gradient[left] = gradient[left] + slope
                gradient[right] = gradient[right] - slope
                pulls = pulls + force
                gaps = gaps + (p - h) * force
            off = x[n + m + e] - 2.0
            value = value - (0.5 * self.precision) * (x[n + e] * x[n + e] + off * off)
            gradient[n + e] = (cn * (h * hn)) * pulls - self.precision * x[n + e]
            gradient[n + m + e] = (c * cn) * gaps - self.precision * off
        for i in range(n):
            p, q, lp, lq = logistic(x[i])
            value = value + self.pull * (lp + lq)
            gradient[i] = gradient[i] + self.pull * (q - p)
        return value, gradient


def dot(x, y):
    return total(a * b for a, b in zip(x, y))


def climb(model, x, case):
    """L-BFGS with ten pairs and halved steps: up."""
    value, gradient = model.evaluate(x)
    pairs, iterations, converged = [], 0, 0
    while True:
        if all(abs(g) <= case["tolerance"] * w for g, w in zip(gradient, model.weight)):
            converged = 1
            break
        if iterations == case["max_iterations"]:
            break
        way, alphas = list(gradient), []
        for s, y, rho in reversed(pairs):
            alpha = rho * dot(s, way)
            alphas.append(alpha)
            way = [w - alpha * yi for w, yi in zip(way, y)]
        if pairs:
            s, y, _ = pairs[-1]
            factor = dot(s, y) / dot(y, y)
        else:
            factor = 1.0 / math.sqrt(dot(gradient, gradient))
        way = [factor * w for w in way]
        for (s, y, rho), alpha in zip(pairs, reversed(alphas)):
            beta = rho * dot(y, way)
            way = [w + (alpha - beta) * si for w, si in zip(way, s)]
        gain, size, found = dot(gradient, way), 1.0, False
        for _ in range(40):
            trial = [xi + size * wi for xi, wi in zip(x, way)]
            then, slope = model.evaluate(trial)
            if then >= (value + (1e-4 * size) * gain) - 1e-13 * abs(value):
                found = True
                break
            size = 0.5 * size
        if not found:
            if not pairs:
                break
            pairs = []  # Once more, along the gradient.
            continue
        s = [a - b for a, b in zip(trial, x)]
        y = [a - b for a, b in zip(gradient, slope)]
        bend = dot(s, y)
        if bend > 0.0:
            pairs = (pairs + [(s, y, 1.0 / bend)])[-10:]
        x, value, gradient, iterations = trial, then, slope, iterations + 1
    return x, value, iterations, converged


def noisy_bradley_terry(case, table, graph):
    model = Noisy(case, table)
    n, m = model.items, model.experts
    x = [0.0] * (n + m) + [2.0] * m
    x, value, iterations, converged = climb(model, x, case)
    skill = [logistic(v)[0] for v in x[n + m :]]
    played = total(model.played)
    mean = total(p * s for p, s in zip(model.played, skill)) / played if played > 0.0 else NAN
    return dict(
        score=x[:n],
        bias=[logistic(v)[0] for v in x[n : n + m]],
        skill=skill,
        objective=value,
        iterations=iterations,
        converged=converged,
        mean_skill=mean,
        scale=1.0 if not model.pull > 0.0 and graph.components > 1 else 0.0,
    )


def newman(case, table, graph):
    n, group = table.items, graph.strong
    cells = [cell for cell in table.cells() if group[cell[0]] == group[cell[1]]]
    result = dict(scale=2.0 if graph.strong_components > 1 else 0.0)
    won, tied = total(wa + wb for _, _, wa, wb, _ in cells), total(t for *_, t in cells)
    if not won > 0.0:
        tie = INFINITY if tied > 0.0 else case["parameters"][0]
        return dict(result, score=[0.0] * n, tie=tie, objective=0.0)
    v, s, iterations, converged = case["parameters"][0], [1.0] * n, 0, 0
    while iterations < case["max_iterations"] and not converged:
        up, down, ties, wins = [0.0] * n, [0.0] * n, 0.0, 0.0
        for a, b, wa, wb, t in cells:
            ha, hb = wa + 0.5 * t, wb + 0.5 * t
            root = math.sqrt(s[a] * s[b])
            all_ = (s[a] + s[b]) + (2.0 * v) * root
            up[a] = up[a] + ha * ((s[b] + v * root) / all_)
            up[b] = up[b] + hb * ((s[a] + v * root) / all_)
            down[a] = down[a] + hb * ((1.0 + v * math.sqrt(s[b] / s[a])) / all_)
            down[b] = down[b] + ha * ((1.0 + v * math.sqrt(s[a] / s[b])) / all_)
            ties = ties + t * ((s[a] + s[b]) / all_)
            wins = wins + (wa + wb) * (root / all_)
        after = [u / d if d > 0.0 else old for u, d, old in zip(up, down, s)]
        next_v = ties / (2.0 * wins)
        rest = all(abs(x - y) <= case["tolerance"] * x for x, y in zip(after, s))
        converged = int(rest and abs(next_v - v) <= case["tolerance"] * next_v)
        s, v, iterations = after, next_v, iterations + 1
    objective = 0.0
    for a, b, wa, wb, t in cells:
        root = math.sqrt(s[a] * s[b])
        norm = log((s[a] + s[b]) + (2.0 * v) * root)
        value = wa * (log(s[a]) - norm) + wb * (log(s[b]) - norm)
        if t > 0.0:
            value = value + t * (log((2.0 * v) * root) - norm)
        objective = objective + value
    score = [log(x) for x in s]
    return dict(result, score=score, tie=v, objective=objective, iterations=iterations, converged=converged)


METHODS = {"bradley-terry": bradley_terry, "noisy-bradley-terry": noisy_bradley_terry, "newman": newman}
