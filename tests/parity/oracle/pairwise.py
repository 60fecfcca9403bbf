"""The pairwise methods of docs/methods in plain Python: tables, graphs, counts, walks and rankings.

The likelihoods are in pairwise_likelihood.py. A case has `items`, `experts`, the columns `left`, `right`, `outcome`
(0 left, 1 right, 2 tie), perhaps `expert` and `weight`, and the method with its `parameters` in their fixed order.
"""

import math

from numerics import exp, log

NAN, INFINITY = float("nan"), float("inf")
REPORT = ("tie", "tie_error", "order", "order_error", "components", "strong_components", "scale", "proven", "mean_skill")


class Table:
    """The comparisons that have a weight."""

    def __init__(self, case):
        weights = case.get("weight") or [1.0] * len(case["left"])
        experts = case.get("expert") or [0] * len(case["left"])
        columns = zip(experts, case["left"], case["right"], case["outcome"], weights)
        self.rows = [row for row in columns if row[4] != 0.0]
        self.items = case["items"]

    def cells(self, oriented=False):
        """[a, b, wins of a, wins of b, ties], by a and b; a is the lower item, or the left one."""
        found = {}
        for _, left, right, outcome, w in self.rows:
            swap = not oriented and left > right
            key = (right, left) if swap else (left, right)
            cell = found.setdefault(key, [*key, 0.0, 0.0, 0.0])
            place = 4 if outcome == 2 else 2 + (outcome ^ swap)
            cell[place] = cell[place] + w
        return [found[key] for key in sorted(found)]


def halved(cells):
    """Cells whose ties are half a win for both."""
    return [[a, b, wa + 0.5 * t, wb + 0.5 * t, 0.0] for a, b, wa, wb, t in cells]


def number(groups, items):
    """Groups of items as a number for each item, in the order of their lowest items."""
    of = [0] * items
    for at, group in enumerate(sorted(groups, key=min)):
        for i in group:
            of[i] = at
    return of, len(groups)


def weak(cells, items):
    """Connected components."""
    near = [[] for _ in range(items)]
    for a, b, *_ in cells:
        near[a].append(b)
        near[b].append(a)
    seen, groups = [False] * items, []
    for start in range(items):
        if seen[start]:
            continue
        seen[start], group = True, [start]
        for i in group:
            for j in near[i]:
                if not seen[j]:
                    seen[j] = True
                    group.append(j)
        groups.append(group)
    return number(groups, items)


def strong(edges, items):
    """Strongly connected components of edges (winner, loser), and the level of each: 0 when no other one beats it,
    else one more than the highest of those that do."""
    out, back = [[] for _ in range(items)], [[] for _ in range(items)]
    for i, j in edges:
        out[i].append(j)
        back[j].append(i)
    seen, finished = [False] * items, []
    for start in range(items):
        stack = [(start, iter(out[start]))] if not seen[start] else []
        seen[start] = True
        while stack:
            i, rest = stack[-1]
            j = next((j for j in rest if not seen[j]), None)
            if j is None:
                finished.append(i)
                stack.pop()
            else:
                seen[j] = True
                stack.append((j, iter(out[j])))
    seen, groups = [False] * items, []
    for start in reversed(finished):
        if not seen[start]:
            seen[start], group = True, [start]
            for i in group:
                for j in back[i]:
                    if not seen[j]:
                        seen[j] = True
                        group.append(j)
            groups.append(group)
    of, count = number(groups, items)
    level = [0] * count
    for group in groups:  # Winners first.
        for i in group:
            for j in out[i]:
                if of[j] != of[i]:
                    level[of[j]] = max(level[of[j]], level[of[i]] + 1)
    return of, count, level


def outcome_edges(cells):
    for a, b, wa, wb, t in cells:
        if wa > 0.0 or t > 0.0:
            yield a, b
        if wb > 0.0 or t > 0.0:
            yield b, a


class Graph:
    def __init__(self, cells, items):
        self.component, self.components = weak(cells, items)
        self.strong, self.strong_components, self.level = strong(list(outcome_edges(cells)), items)


def ranks(score, key):
    order = sorted(range(len(score)), key=lambda i: (key[i], -score[i], i))
    rank = [0] * len(score)
    for place, i in enumerate(order):
        rank[i] = place + 1
    return rank


def total(values):
    s = 0.0
    for v in values:
        s = s + v
    return s


def elo(case, table):
    k, base, scale, initial = case["parameters"]
    slope, score = log(base), [initial] * table.items
    for _, left, right, outcome, w in table.rows:
        expected = 1.0 / (1.0 + exp(((score[right] - score[left]) / scale) * slope))
        change = (k * w) * ((1.0, 0.0, 0.5)[outcome] - expected)
        score[left] = score[left] + change
        score[right] = score[right] - change
    return dict(score=score)


def win_rate(case, table):
    pooled = case["parameters"][0] == 1.0
    gained, played = [0.0] * table.items, [0.0] * table.items
    for a, b, wa, wb, _ in halved(table.cells()):
        n = wa + wb
        for i, w in ((a, wa), (b, wb)):
            gained[i] = gained[i] + (w if pooled else w / n)
            played[i] = played[i] + (n if pooled else 1.0)
    return dict(score=[g / p if p > 0.0 else 0.5 for g, p in zip(gained, played)])


def borda(case, table):
    score = [0.0] * table.items
    for a, b, wa, wb, _ in halved(table.cells()):
        score[a] = score[a] + wa
        score[b] = score[b] + wb
    return dict(score=score)


def copeland(case, table):
    score = [0.0] * table.items
    for a, b, wa, wb, _ in table.cells():
        score[a] = score[a] + (1.0 if wa > wb else 0.5 if wa == wb else 0.0)
        score[b] = score[b] + (1.0 if wb > wa else 0.5 if wa == wb else 0.0)
    return dict(score=score)


def eigenvector(case, table):
    cells, n = halved(table.cells()), table.items
    shift = total(wa + wb for _, _, wa, wb, _ in cells) / n
    score, iterations, converged, objective = [1.0 / n] * n, 0, 0, NAN
    while iterations < case["max_iterations"] and not converged:
        after = [shift * s for s in score]
        for a, b, wa, wb, _ in cells:
            after[a] = after[a] + wa * score[b]
            after[b] = after[b] + wb * score[a]
        norm = math.sqrt(total(s * s for s in after))
        if norm > 0.0:
            after = [s / norm for s in after]
        else:
            after = list(score)
        converged = int(max(abs(x - y) for x, y in zip(after, score)) <= case["tolerance"])
        score, iterations, objective = after, iterations + 1, norm - shift
    return dict(score=score, iterations=iterations, converged=converged, objective=objective)


def page_rank(case, table):
    damping, cells, n = case["parameters"][0], halved(table.cells()), table.items
    lost = [0.0] * n
    for a, b, wa, wb, _ in cells:
        lost[a] = lost[a] + wb
        lost[b] = lost[b] + wa
    score, iterations, converged = [1.0 / n] * n, 0, 0
    while iterations < case["max_iterations"] and not converged:
        given = [s / l if l > 0.0 else 0.0 for s, l in zip(score, lost)]
        idle = total(s for s, l in zip(score, lost) if not l > 0.0)
        flow = [0.0] * n
        for a, b, wa, wb, _ in cells:
            flow[a] = flow[a] + wa * given[b]
            flow[b] = flow[b] + wb * given[a]
        floor = (damping * idle + (1.0 - damping)) / n
        after = [damping * f + floor for f in flow]
        norm = total(after)
        after = [s / norm for s in after]
        change = total(abs(x - y) for x, y in zip(after, score))
        score, iterations, converged = after, iterations + 1, int(change <= case["tolerance"])
    return dict(score=score, iterations=iterations, converged=converged)


def exact_order(members, wins):
    """The order of least disagreement, by dynamic programming over the sets of the first items."""
    m = len(members)
    cost = [[wins.get((members[j], members[i]), 0.0) for j in range(m)] for i in range(m)]
    best, last = [0.0] * (1 << m), [0] * (1 << m)
    for s in range(1, 1 << m):
        best[s] = INFINITY
        for j in range(m):
            if s >> j & 1:
                rest = s ^ (1 << j)
                value = best[rest]
                for i in range(m):
                    if rest >> i & 1:
                        value = value + cost[i][j]
                if value <= best[s]:
                    best[s], last[s] = value, j
    order, s = [], (1 << m) - 1
    while s:
        order.append(members[last[s]])
        s ^= 1 << last[s]
    return order[::-1]


def local_order(members, near, limit):
    """Single items move to their best places until none gains; `near[i]` is [(opponent, wins of i, its wins)]."""
    inside = set(members)
    near = {i: [row for row in near[i] if row[0] in inside] for i in members}
    net = {i: total(wi - wj for _, wi, wj in near[i]) for i in members}
    order = sorted(members, key=lambda i: (-net[i], i))
    sweeps = 0
    while sweeps < limit:
        moved = False
        for x in members:
            at = order.index(x)
            place = {y: order.index(y) for y, _, _ in near[x]}
            best, target = 0.0, at
            for up in (True, False):
                change = 0.0
                rows = [row for row in near[x] if (place[row[0]] < at) == up]
                for y, wx, wy in sorted(rows, key=lambda row: -place[row[0]] if up else place[row[0]]):
                    change = change + ((wy - wx) if up else (wx - wy))
                    if change < best:
                        best, target = change, place[y]
            if target != at:
                order.insert(target, order.pop(at))
                moved = True
        sweeps += 1
        if not moved:
            return order, sweeps, 1
    return order, sweeps, 0


def kemeny(case, table):
    cells, n, limit = table.cells(), table.items, max(int(case["parameters"][0]), 1)
    edges = [(a, b) if wa > wb else (b, a) for a, b, wa, wb, _ in cells if wa != wb]
    of, count, level = strong(edges, n)
    groups = [[] for _ in range(count)]
    for i in range(n):
        groups[of[i]].append(i)
    wins, near = {}, [[] for _ in range(n)]
    for a, b, wa, wb, _ in cells:
        wins[a, b], wins[b, a] = wa, wb
        near[a].append((b, wa, wb))
        near[b].append((a, wb, wa))
    order, iterations, converged, proven = [], 0, 1, 1.0
    for g in sorted(range(count), key=lambda g: (level[g], g)):
        if len(groups[g]) <= limit:
            order += exact_order(groups[g], wins)
            continue
        part, sweeps, settled = local_order(groups[g], near, case["max_iterations"] - iterations)
        order, iterations, converged, proven = order + part, iterations + sweeps, converged & settled, 0.0
    score = [0.0] * n
    for place, i in enumerate(order):
        score[i] = float(n - 1 - place)
    objective = total(wb if score[a] > score[b] else wa for a, b, wa, wb, _ in cells)
    return dict(score=score, iterations=iterations, converged=converged, objective=objective, proven=proven)


def fit(case):
    import pairwise_likelihood as likelihood

    table = Table(case)
    graph = Graph(table.cells(), table.items)
    methods = dict(elo=elo, borda=borda, copeland=copeland, eigenvector=eigenvector, kemeny=kemeny)
    methods.update({"win-rate": win_rate, "page-rank": page_rank})
    if case["method"] in methods:
        result = methods[case["method"]](case, table)
    else:
        result = likelihood.METHODS[case["method"]](case, table, graph)
    n, experts = table.items, case["experts"]
    result.setdefault("iterations", 0)
    result.setdefault("converged", 1)
    result.setdefault("objective", NAN)
    result.setdefault("error", [NAN] * n)
    result.setdefault("skill", [NAN] * experts)
    result.setdefault("bias", [NAN] * experts)
    result.setdefault("scale", 0.0)
    result["components"], result["strong_components"] = float(graph.components), float(graph.strong_components)
    result["component"], result["strong"] = graph.component, graph.strong
    levels = [graph.level[c] for c in graph.strong] if result["scale"] == 2.0 else [0] * n
    result["rank"] = ranks(result["score"], levels)
    result["report"] = [result.get(name, NAN) for name in REPORT]
    return result
