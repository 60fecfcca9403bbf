"""Online consensus and acquisition in plain Python: the oracle of docs/methods/online.md and acquisition.md."""

import struct
import zlib

from consensus import DawidSkene, FLOOR
from numerics import exp, log, softmax, striped_sum

MAGIC = b"\x89COTL\r\n\x1a"
VERSION = 1
RECOUNT_LEAST = 65536
RECOUNT_FACTOR = 4
DEFAULTS = dict(
    sweeps=2,
    neighbours=0,
    neighbour_tasks=256,
    smoothing=0.01,
    trust=1.0,
    settled=1e-4,
    tolerance=1e-9,
    max_iterations=5000,
)


class Online:
    def __init__(self, labels, **options):
        self.options = {**DEFAULTS, **options}
        self.k = labels
        self.answers = []  # [task] -> [(expert, label, weight)]
        self.posterior = []
        self.counts = []  # [expert] -> label * k + truth
        self.sums = [0.0] * labels
        self.moved = []
        self.moves = self.recounts = 0

    # --- what a task and an expert look like now

    def prior(self):
        tasks = len(self.answers)
        return [max(s / tasks, FLOOR) for s in self.sums] if tasks else [1.0 / self.k] * self.k

    def columns(self, e):
        """Counts with their prior, and the sum of each column."""
        k, s, trust = self.k, self.options["smoothing"], self.options["trust"]
        v = [
            max((self.counts[e][l * k + j] + (trust if l == j else 0.0)) + s, FLOOR)
            for l in range(k)
            for j in range(k)
        ]
        totals = [0.0] * k
        for l in range(k):
            totals = [t + v[l * k + j] for j, t in enumerate(totals)]
        return v, totals

    def confusion(self, e):
        v, totals = self.columns(e)
        return [v[l * self.k + j] / totals[j] for l in range(self.k) for j in range(self.k)]

    def skill(self, e):
        prior, c, s = self.prior(), self.confusion(e), 0.0
        for j in range(self.k):
            s = s + prior[j] * c[j * self.k + j]
        return s

    def expect(self, t):
        x = [log(p) for p in self.prior()]
        for e, l, w in self.answers[t]:
            v, totals = self.columns(e)
            x = [y + w * log(v[l * self.k + j] / totals[j]) for j, y in enumerate(x)]
        return softmax(x)[0]

    def shares(self, t):
        votes = [0.0] * self.k
        for _, l, w in self.answers[t]:
            votes[l] = votes[l] + w
        total = striped_sum(votes)
        return [v / total for v in votes] if total > 0.0 else [1.0 / self.k] * self.k

    # --- the one step that changes a posterior

    def move(self, t, q):
        """Replaces a posterior; returns the largest change of it."""
        k, p = self.k, self.posterior[t]
        self.sums = [(s - a) + b for s, a, b in zip(self.sums, p, q)]
        distance = largest = 0.0
        for a, b in zip(p, q):
            distance = distance + abs(b - a)
            largest = max(largest, abs(b - a))
        for e, l, w in self.answers[t]:
            c = self.counts[e]
            for j in range(k):
                c[l * k + j] = (c[l * k + j] - w * p[j]) + w * q[j]
            self.moved[e] = self.moved[e] + w * distance
        self.moves += len(self.answers[t])
        self.posterior[t] = q
        return largest

    def drop(self, t, e):
        """Takes an answer out, if there is one."""
        for at, (other, l, w) in enumerate(self.answers[t]):
            if other == e:
                c = self.counts[e]
                for j in range(self.k):
                    c[l * self.k + j] = c[l * self.k + j] - w * self.posterior[t][j]
                self.moved[e] = self.moved[e] + w
                self.moves += 1
                del self.answers[t][at]
                return

    # --- updates

    def grow(self, tasks, experts, labels):
        if labels > self.k:
            old, self.k = self.k, labels
            more = [0.0] * (labels - old)
            self.sums = self.sums + more
            self.posterior = [row + more for row in self.posterior]
            for e, c in enumerate(self.counts):
                wide = [0.0] * (labels * labels)
                for l in range(old):
                    wide[l * labels : l * labels + old] = c[l * old : (l + 1) * old]
                self.counts[e] = wide
        while len(self.counts) < experts:
            self.counts.append([0.0] * (self.k * self.k))
            self.moved.append(0.0)
        share = 1.0 / self.k
        while len(self.answers) < tasks:
            self.answers.append([])
            self.posterior.append([share] * self.k)
            self.sums = [s + share for s in self.sums]

    def add(self, sizes, rows):
        """Rows are (task, expert, label, weight)."""
        # New labels have no share of any posterior: what this update touches begins anew.
        anew = sizes[2] > self.k
        self.grow(*sizes)
        touched, fresh = {}, []
        for t, e, l, w in rows:
            if t not in touched:
                touched[t] = True
                if anew or not self.answers[t]:
                    fresh.append(t)
            self.drop(t, e)
            c = self.counts[e]
            for j in range(self.k):
                c[l * self.k + j] = c[l * self.k + j] + w * self.posterior[t][j]
            self.moved[e] = self.moved[e] + w
            self.moves += 1
            self.answers[t].append((e, l, w))
        for t in fresh:
            self.move(t, self.shares(t))
        self.settle(touched)

    def remove(self, pairs):
        touched = {}
        for t, e in pairs:
            touched[t] = True
            self.drop(t, e)
        self.settle(touched)

    def settle(self, touched):
        for _ in range(self.options["sweeps"]):
            largest = 0.0
            for t in touched:
                largest = max(largest, self.move(t, self.expect(t)))
            if largest <= self.options["settled"]:
                break
        if self.options["neighbours"]:
            self.visit_neighbours(touched)
        answers = sum(map(len, self.answers))
        if self.moves >= max(RECOUNT_FACTOR * answers, RECOUNT_LEAST):
            self.recount()

    def visit_neighbours(self, touched):
        tasks_of = {}
        for t, group in enumerate(self.answers):
            for e, _, _ in group:
                tasks_of.setdefault(e, []).append(t)
        change = [m / max(len(tasks_of.get(e, ())), 1) for e, m in enumerate(self.moved)]
        ranked = sorted((e for e, c in enumerate(change) if c > 0.0), key=lambda e: (-change[e], e))
        chosen = ranked[: self.options["neighbours"]]
        visit = {}
        for e in chosen:
            for t in tasks_of.get(e, ()):
                if len(visit) < self.options["neighbour_tasks"] and t not in touched:
                    visit[t] = True
        for t in visit:
            self.move(t, self.expect(t))
        for e in chosen:
            self.moved[e] = 0.0

    # --- the whole

    def case(self):
        case = dict(tasks=len(self.answers), experts=len(self.counts), labels=self.k)
        rows = [(t, *row) for t, group in enumerate(self.answers) for row in group]
        for at, key in enumerate(("task", "expert", "label", "weight")):
            case[key] = [row[at] for row in rows]
        for key in ("smoothing", "tolerance", "max_iterations"):
            case[key] = self.options[key]
        if self.options["trust"] > 0.0:
            k, trust = self.k, self.options["trust"]
            matrix = [trust if l == j else 0.0 for l in range(k) for j in range(k)]
            case.update(prior_counts=matrix * len(self.counts), prior_counts_mode="every-iteration")
        return case

    def recount(self):
        """The M-step's own sums, in its own order."""
        model = DawidSkene(self.case())
        k = self.k
        totals, sums = None, None
        for span in model.spans:
            counts, part = [0.0] * (len(self.counts) * k * k), [0.0] * k
            for t in span:
                part = [a + p for a, p in zip(part, self.posterior[t])]
                for e, l, w in model.index.groups[t]:
                    at = (e * k + l) * k
                    for j in range(k):
                        counts[at + j] = counts[at + j] + w * self.posterior[t][j]
            totals = counts if totals is None else [a + b for a, b in zip(totals, counts)]
            sums = part if sums is None else [a + b for a, b in zip(sums, part)]
        self.counts = [totals[e * k * k : (e + 1) * k * k] for e in range(len(self.counts))]
        self.sums, self.moves = sums, 0
        self.recounts += 1

    def refit(self):
        result = DawidSkene(self.case()).fit()
        rows = result["posterior"]
        self.posterior = [rows[t * self.k : (t + 1) * self.k] for t in range(len(self.answers))]
        self.recount()
        self.moved = [0.0] * len(self.moved)
        return result

    def decide(self, t):
        row = self.posterior[t]
        if not self.answers[t]:
            return -1, -1
        order = sorted(range(self.k), key=lambda j: (-row[j], j))
        return order[0], order[1] if self.k > 1 else -1

    def save(self, names=b""):
        o, n = self.options, sum(map(len, self.answers))
        e, k, t = len(self.counts), self.k, len(self.answers)
        body = struct.pack("<%dd" % k, *self.sums)
        body += b"".join(struct.pack("<%dd" % (k * k), *c) for c in self.counts)
        body += b"".join(struct.pack("<%dd" % k, *row) for row in self.posterior)
        body += struct.pack("<%dd" % e, *self.moved)
        body += struct.pack("<%dI" % t, *map(len, self.answers))
        rows = [row for group in self.answers for row in group]
        for at, form in enumerate("IIf"):
            body += struct.pack("<%d%s" % (n, form), *(row[at] for row in rows))
        body += names
        head = MAGIC + struct.pack("<IIQQ", VERSION, 0, 128 + len(body) + 4, len(names))
        head += struct.pack("<IIIIQII", t, e, k, o["sweeps"], n, o["neighbours"], o["neighbour_tasks"])
        head += struct.pack("<dddd", o["smoothing"], o["trust"], o["settled"], o["tolerance"])
        head += struct.pack("<IIQQQ", o["max_iterations"], 0, self.moves, self.recounts, 0)
        data = head + body
        return data + struct.pack("<I", zlib.crc32(data))


# --- which answer to ask for

TINY = 1e-300
NO_DIVERGENCE = 1e-12
NO_CANDIDATE, REACHED, ASK, NOT_WORTH, OVER_BUDGET, WAITING = range(6)


def plan(case):
    """posterior [task][label], confusion [expert][label][truth], cost [expert], candidates of task and expert."""
    k, tasks, experts = case["labels"], case["tasks"], case["experts"]
    inf = float("inf")
    loss, budget = case.get("loss", inf), case.get("budget", inf)
    target, most = case["target"], case["most"]
    goal = log(target / (1.0 - target))
    logs = [log(max(c, TINY)) for c in case["confusion"]]
    state = [NO_CANDIDATE] * tasks
    top = []
    for t in range(tasks):
        row = case["posterior"][t * k : (t + 1) * k]
        order = sorted(range(k), key=lambda j: (-row[j], j))
        b, r = order[0], order[1] if k > 1 else -1
        top.append((b, r))
        if row[b] >= target or k == 1:
            state[t] = REACHED
    gain, expected, rate = [], [], []
    best = [-1] * tasks
    for place, (t, e) in enumerate(zip(case["task"], case["expert"])):
        if state[t] == REACHED:
            gain.append(0.0), expected.append(0.0), rate.append(0.0)
            continue
        row = case["posterior"][t * k : (t + 1) * k]
        b, r = top[t]
        one, cost = 0.0, case["cost"][e]
        forward = backward = 0.0
        for l in range(k):
            at = (e * k + l) * k
            peak = 0.0
            for j in range(k):
                peak = max(peak, row[j] * case["confusion"][at + j])
            one = one + peak
            difference = logs[at + b] - logs[at + r]
            forward = forward + case["confusion"][at + b] * difference
            backward = backward - case["confusion"][at + r] * difference
        g = max(one - row[b], 0.0)
        n = samples(row[b], row[r], goal, forward, backward)
        scale = 1.0 if loss == inf else loss
        step = (scale * g) / cost
        ahead = (scale * (target - row[b])) / (cost * n)
        gain.append(g), expected.append(n), rate.append(max(step, ahead))
        worth = rate[-1] > 0.0
        if loss != inf:
            worth = rate[-1] > 1.0
        if not worth:
            state[t] = max(state[t], NOT_WORTH) if best[t] < 0 else state[t]
        elif best[t] < 0 or rate[place] > rate[best[t]]:
            best[t] = place
            state[t] = WAITING
    queue = sorted((t for t in range(tasks) if best[t] >= 0), key=lambda t: (-rate[best[t]], best[t]))
    picked, spent = [], 0.0
    for t in queue:
        if len(picked) >= most:
            break
        cost = case["cost"][case["expert"][best[t]]]
        if spent + cost > budget:
            state[t] = OVER_BUDGET
            continue
        spent = spent + cost
        picked.append(best[t])
        state[t] = ASK
    return dict(gain=gain, expected=expected, rate=rate, picked=picked, state=state, spent=spent)


def samples(p, q, goal, forward, backward):
    """Wald's expected number of answers until the odds of the best label are the target's, or the rival's are."""
    if not (forward > NO_DIVERGENCE and backward > NO_DIVERGENCE):
        return float("inf")
    p, q = max(p, TINY), max(q, TINY)
    up = goal - log(p / (1.0 - p))
    down = goal + log(p / q)
    eu, ed = exp(up), exp(-down)
    right = (1.0 - ed) / (1.0 - exp(-(up + down)))
    wrong = (1.0 - ed) / (eu - ed)
    if_best = (right * up - (1.0 - right) * down) / forward
    if_rival = ((1.0 - wrong) * down - wrong * up) / backward
    return max((p * if_best + q * if_rival) / (p + q), 1.0)
