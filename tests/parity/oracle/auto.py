"""Auto in plain Python: the models, their pool and what is said about both. See docs/methods/auto.md."""

import copy
import math

import auto_gold
from consensus import FLOOR, DawidSkene, clamp, combine, decide, vote_shares
from numerics import SplitMix64, exp, lgamma, log, striped_sum

# Starts and modes.
COIN_STEPS, MACE_STEPS = 12, 15
SINGLES, GROUPS, GROUP_SHARE, LEAST_EXPERTS = 4, 2, 8, 4
PARTIAL = 0.5
ROUNDS = [(5, 3), (7, 2), (12, 2)]
NEAR, SAME_EVIDENCE, LEAST_MODE = 0.03, 1e-6, 0.01
# The models.
STRENGTHS = [0.5 * 2.0**i for i in range(11)]
BETTER_STRENGTH, EMPTY, CAP = 1e-9, 1e-9, 8.0
CHOOSE_BELOW, CHOOSE_EVERY = 5, 5
KNOWN, SPAM_COUNT, KNOWN_COUNT, LEAST_CELL = 0.7, 10.0, 0.5, 1e-6
FIRST_STEPS, STEPS = 10, 2
COIN_COUNT, COIN_EDGE, SMOOTHING = 2.0, 1e-6, 0.1
MEMBER_STEPS = 8
MODE_DRIFT, MEMBER_DRIFT, MACE_DRIFT, SMALL_CLASS = 5.0, 1.5, 2.5, 0.01
H, CAPPED, CONFUSION, COIN, REFINED, MACE = range(6)
WEIGHTS = [1.0, 1.0, 1.0, 2.0, 1.0, 1.0]
LEAST_P = 1e-300
# Whether experts are correlated, and how much they are tempered then.
SIMULATIONS, SIMULATION_STEPS, SURE, UNSURE = 2, 6, 0.9, 0.1
LEAST_SPREAD, LEAST_ERROR, MOST_EXCESS = 1e-9, 0.003, 0.3
CORRELATED, MEAN_EXCESS, GRID, GRID_POINTS = 0.75, 0.05, 0.002, 150
EXPONENT, EXPONENT_LABELS, EXPONENT_EXCESS, HALF_EXCESS = 0.4, 0.4, 0.4, 0.05
RIVAL = 0.05
SEED_EXPERTS, SEED_GROUPS, SEED_NULL = 1000, 1000, 2000
# The report.
HEAD, MODE, MODES = 11, 18, 2
COMBINED, BY_MACE, BY_COIN, BY_SHARES, UNLEARNABLE, NOTHING = range(6)


class Mode:
    """Posteriors, what they count, and the parameters that made them."""

    def __init__(self, start, rows, field):
        self.start, self.rows = start, rows
        self.counts, self.sums = field.count(rows)
        self.restart(field)

    def restart(self, field):
        self.theta = [KNOWN] * field.experts
        self.xi = [[1.0 / field.k] * field.k for _ in range(field.experts)]
        self.step, self.strength, self.evidence = 0, 0.0, 0.0


class Field(DawidSkene):
    """The answers, walked by passes: posteriors from a table and a class prior, and the counts of those posteriors."""

    def __init__(self, case):
        super().__init__(case)
        self.tasks, self.experts, self.passes = case["tasks"], case["experts"], 0
        self.even = [1.0 / self.k] * self.k
        parts = []
        for span in self.spans:
            sums = [0.0] * self.experts
            for t in span:
                for e, _, w in self.index.groups[t]:
                    sums[e] = sums[e] + w
            parts.append(sums)
        self.weight = combine(parts)

    def redrawn(self, labels):
        """The same answers with other labels, in order of tasks and of answers."""
        other = copy.copy(self)
        other.index = copy.copy(self.index)
        labels = iter(labels)
        other.index.groups = [[(e, next(labels), w) for e, _, w in group] for group in self.index.groups]
        other.passes = 0
        return other

    def count(self, rows):
        k, self.passes = self.k, self.passes + 1
        counts, sums = [], []
        for span in self.spans:
            part, total = [0.0] * (self.experts * k * k), [0.0] * k
            for t in span:
                row = rows[t]
                total = [a + p for a, p in zip(total, row)]
                for e, l, w in self.index.groups[t]:
                    at = (e * k + l) * k
                    for j in range(k):
                        part[at + j] = part[at + j] + w * row[j]
            counts.append(part)
            sums.append(total)
        return combine(counts), combine(sums)

    def advance(self, mode, table, prior):
        self.confusion, self.prior = table, prior
        mode.rows, _ = self.expect()
        mode.counts, mode.sums = self.count(mode.rows)

    def over_tasks(self, value):
        """The sum of a value of each task: by spans, combined in their order."""
        parts = []
        for span in self.spans:
            total = 0.0
            for t in span:
                total = total + value(t)
            parts.append([total])
        return combine(parts)[0]

    def smoothed_prior(self, sums):
        return [(s + 1.0) / float(self.tasks + self.k) for s in sums]

    def drift(self, sums):
        worst = 0.0
        for s, v in zip(sums, self.share_sums):
            a, b = s / self.tasks + SMALL_CLASS, v / self.tasks + SMALL_CLASS
            worst = max(worst, max(a / b, b / a))
        return worst

    def distance(self, p, q):
        def half(t):
            total = 0.0
            for a, b in zip(p[t], q[t]):
                total = total + abs(a - b)
            return 0.5 * total

        return self.over_tasks(half) / self.tasks

    # The tables.

    def coin_table(self, mode):
        k, table = self.k, []
        for e in range(self.experts):
            right = 0.0
            for j in range(k):
                right = right + mode.counts[(e * k + j) * k + j]
            s = (right + COIN_COUNT) / (self.weight[e] + (COIN_COUNT + COIN_COUNT * (k - 1) / k))
            s = min(max(s, COIN_EDGE), 1.0 - COIN_EDGE)
            error = (1.0 - s) / (k - 1)
            table += [s if l == j else error for l in range(k) for j in range(k)]
        return table

    def confusion_table(self, counts):
        k, table = self.k, [0.0] * len(counts)
        for e in range(self.experts):
            for j in range(k):
                values = [counts[(e * k + l) * k + j] + SMOOTHING for l in range(k)]
                total = 0.0
                for v in values:
                    total = total + v
                for l in range(k):
                    table[(e * k + l) * k + j] = values[l] / total
        return table

    def mace_steps(self, mode, times):
        k = self.k
        for e in range(self.experts):
            counts = [mode.counts[(e * k + l) * k : (e * k + l + 1) * k] for l in range(k)]
            said = []
            for row in counts:
                total = 0.0
                for x in row:
                    total = total + x
                said.append(total)
            theta, xi = mode.theta[e], mode.xi[e]
            for _ in range(times):
                known, rest, total = 0.0, [], 0.0
                for l in range(k):
                    g = counts[l][l] * (theta / (theta + (1.0 - theta) * xi[l]))
                    known = known + g
                    x = max(said[l] - g, 0.0) + SPAM_COUNT / k
                    rest.append(x)
                    total = total + x
                theta = (known + KNOWN_COUNT) / (self.weight[e] + 1.0)
                xi = [x / total for x in rest]
            mode.theta[e], mode.xi[e] = theta, xi

    def mace_matrix(self, theta, xi):
        """What an expert says, [label][true label]."""
        k = self.k
        matrix = []
        for l in range(k):
            spam = (1.0 - theta) * xi[l]
            matrix += [max(spam + theta if l == j else spam, LEAST_CELL) for j in range(k)]
        for j in range(k):
            total = 0.0
            for l in range(k):
                total = total + matrix[l * k + j]
            for l in range(k):
                matrix[l * k + j] = matrix[l * k + j] / total
        return matrix

    def mace_table(self, mode):
        return [x for e in range(self.experts) for x in self.mace_matrix(mode.theta[e], mode.xi[e])]

    def column_sums(self, counts, e):
        k, sums = self.k, []
        for j in range(k):
            total = 0.0
            for l in range(k):
                total = total + counts[(e * k + l) * k + j]
            sums.append(total)
        return sums

    def pulled_table(self, mode, strength):
        k, table = self.k, []
        for e in range(self.experts):
            matrix = self.mace_matrix(mode.theta[e], mode.xi[e])
            sums = self.column_sums(mode.counts, e)
            for i in range(k * k):
                x = mode.counts[e * k * k + i] + strength * matrix[i]
                table.append(x / (sums[i % k] + strength))
        return table

    def fits(self, mode, strengths):
        """How well the experts' matrices explain their counts as priors of some strengths."""
        k, totals = self.k, [0.0] * len(strengths)
        for e in range(self.experts):
            matrix = self.mace_matrix(mode.theta[e], mode.xi[e])
            sums = [n for n in self.column_sums(mode.counts, e) if n > EMPTY]
            cells = [(x, m) for x, m in zip(mode.counts[e * k * k :], matrix) if x > EMPTY]
            for i, s in enumerate(strengths):
                own = 0.0
                for x, m in cells:
                    own = own + (lgamma(s * m + x) - lgamma(s * m))
                for n in sums:
                    own = own + (lgamma(s) - lgamma(s + n))
                totals[i] = totals[i] + own
        return totals

    # Iterations.

    def run(self, mode, steps, cap=None):
        for _ in range(steps):
            self.mace_steps(mode, FIRST_STEPS if mode.step == 0 else STEPS)
            if cap is None and (mode.step < CHOOSE_BELOW or mode.step % CHOOSE_EVERY == CHOOSE_EVERY - 1):
                found = self.fits(mode, STRENGTHS)
                best = 0
                for i in range(1, len(found)):
                    if found[i] > found[best] + BETTER_STRENGTH * abs(found[best]):
                        best = i
                mode.strength = STRENGTHS[best]
            self.advance(mode, self.pulled_table(mode, mode.strength if cap is None else cap), self.even)
            mode.step += 1

    def weigh(self, mode):
        """The evidence for a mode."""

        def entropy(t):
            total = 0.0
            for p in mode.rows[t]:
                total = total + p * log(max(p, LEAST_P))
            return total

        inside = self.over_tasks(entropy)
        mode.evidence = (self.fits(mode, [mode.strength])[0] - inside) - self.tasks * log(float(self.k))
        mode.drift = self.drift(mode.sums)

    def coin(self, mode, steps, free):
        for _ in range(steps):
            self.advance(mode, self.coin_table(mode), self.smoothed_prior(mode.sums) if free else self.even)

    def mace(self, mode, steps):
        for _ in range(steps):
            self.mace_steps(mode, 1)
            self.advance(mode, self.mace_table(mode), self.even)

    def dawid_skene(self, mode, steps):
        for _ in range(steps):
            self.advance(mode, self.confusion_table(mode.counts), self.smoothed_prior(mode.sums))

    def excess(self, mode):
        """How much more the errors at one task agree than independent ones, and the standard error."""
        k, table = self.k, self.confusion_table(mode.counts)

        def moments(t):
            y = max(range(k), key=lambda j: (mode.rows[t][j], -j))
            r, v, s = 0.0, 0.0, 0.0
            for e, l, w in self.index.groups[t]:
                c = table[(e * k + y) * k + y]
                spread = c * (1.0 - c)
                r = r + w * ((1.0 if l == y else 0.0) - c)
                v = v + (w * w) * spread
                s = s + w * math.sqrt(spread)
            return r * r - v, s * s - v

        def square(t, o):
            a, b = moments(t)
            z = a - o * b
            return z * z

        found = self.over_tasks(lambda t: moments(t)[0])
        most = self.over_tasks(lambda t: moments(t)[1])
        if not most > LEAST_SPREAD:
            return 0.0, 1.0
        o = found / most
        return o, math.sqrt(self.over_tasks(lambda t: square(t, o))) / most


class Auto:
    def __init__(self, case):
        # Known labels play no part in the fit.
        self.given, self.case = case, dict(case, gold=None)
        case, self.field = self.case, Field(self.case)
        self.k, self.tasks, self.seed = case["labels"], case["tasks"], case.get("seed", 0)
        self.groups = self.field.index.groups
        self.report = [0.0] * (HEAD + MODES * MODE)
        self.known = auto_gold.known_tasks(self.given, self.groups)
        self.readings = []

    def new(self, start, rows):
        return Mode(start, rows, self.field)

    # Starts.

    def start(self, number):
        field = self.field
        if number < 3:
            mode = self.new(number, vote_shares(self.case, field.index))
            if number == 0:
                field.share_sums = mode.sums
            elif number == 1:
                field.coin(mode, COIN_STEPS, free=False)
            else:
                field.mace(mode, MACE_STEPS)
                self.mace_rows, self.mace_drift = mode.rows, field.drift(mode.sums)
            mode.restart(field)
            return mode
        chosen = self.chosen(number - 3)
        rows = []
        for group in self.groups:
            row = [PARTIAL / self.k] * self.k
            for e, l, w in group:
                if e in chosen:
                    row[l] = row[l] + w
            total = striped_sum(row)
            rows.append([x / total for x in row])
        return self.new(number, rows)

    def answering(self):
        return sorted({e for group in self.groups for e, _, _ in group})

    def chosen(self, number):
        if number < SINGLES:
            random = SplitMix64(self.seed + SEED_EXPERTS).skip(number)
            answers = [e for group in self.groups for e, _, _ in group]
            return {answers[int(random.unit() * float(len(answers)))]}
        random = SplitMix64(self.seed + SEED_GROUPS + number)
        order = [random.unit() for _ in range(self.field.experts)]
        answering = self.answering()
        return set(sorted(answering, key=order.__getitem__)[: max(len(answering) // GROUP_SHARE, 1)])

    def modes(self):
        field = self.field
        many = len(self.answering()) >= LEAST_EXPERTS
        kept, drifts = [], []
        for number in range(3 + (SINGLES + GROUPS if many else 0)):
            mode = self.start(number)
            if number < 3:
                drifts.append(field.drift(mode.sums))
            field.run(mode, ROUNDS[0][0])
            self.keep(kept, mode, ROUNDS[0][1])
        for steps, most in ROUNDS[1:]:
            before, kept = kept, []
            for mode in before:
                field.run(mode, steps)
                self.keep(kept, mode, most)
        if kept:
            return kept, COMBINED
        for number, code in ((2, BY_MACE), (1, BY_COIN), (0, BY_SHARES)):
            if drifts[number] <= MODE_DRIFT or number == 0:
                mode = self.start(number)
                mode.drift = drifts[number]
                return [mode], code

    def keep(self, kept, mode, most):
        """Adds a mode to the best ones so far, unless it has left the votes or is near a better one."""
        self.field.weigh(mode)
        if not mode.drift <= MODE_DRIFT:
            return
        place = 0
        while place < len(kept) and not mode.evidence > kept[place].evidence + SAME_EVIDENCE:
            if not self.field.distance(mode.rows, kept[place].rows) > NEAR:
                return
            place += 1
        if place == most:
            return
        worse = [m for m in kept[place:] if self.field.distance(mode.rows, m.rows) > NEAR]
        kept[place:] = ([mode] + worse)[: most - place]

    # How much the experts are correlated.

    def overdispersion(self, mode):
        field = self.field
        o, error = field.excess(mode)
        null, errors = 0.0, 0.0
        table = field.confusion_table(mode.counts)
        for r in range(SIMULATIONS):
            random = SplitMix64(self.seed + SEED_NULL + r)
            truth = [draw(random.unit(), row) for row in mode.rows]
            labels = []
            for t, group in enumerate(self.groups):
                for e, _, _ in group:
                    column = [table[(e * self.k + l) * self.k + truth[t]] for l in range(self.k)]
                    labels.append(draw(random.unit(), column))
            other = field.redrawn(labels)
            rows = [[UNSURE / self.k + SURE if j == y else UNSURE / self.k for j in range(self.k)] for y in truth]
            simulated = Mode(0, rows, other)
            other.run(simulated, SIMULATION_STEPS)
            found, spread = other.excess(simulated)
            null, errors = null + found, errors + spread * spread
            field.passes += other.passes
        return o - null / SIMULATIONS, math.sqrt(error * error + errors / (SIMULATIONS * SIMULATIONS))

    def temper(self, excess, error):
        """Fills tau, correlated and the rest of what the pool needs."""
        d, se = min(max(excess, 0.0), MOST_EXCESS), max(error, LEAST_ERROR)
        a, b = 0.0, 0.0
        for j in range(1, GRID_POINTS + 1):
            x = GRID * j
            z = (d - x) / se
            f = (exp(-x / MEAN_EXCESS) * (GRID / MEAN_EXCESS)) * exp(-0.5 * (z * z))
            a, b = a + f, b + f * x
        z = d / se
        alone = (1.0 - CORRELATED) * exp(-0.5 * (z * z))
        self.correlated = CORRELATED * a / (CORRELATED * a + alone)
        mean = b / max(a, LEAST_P)
        labels = 1.0 - 1.0 / math.sqrt(log(float(self.k)) / log(2.0))
        self.exponent = (EXPONENT + EXPONENT_LABELS * labels) + EXPONENT_EXCESS * mean / (mean + HALF_EXCESS)
        self.n = [sum_in_order(w for _, _, w in group) for group in self.groups]
        self.tau = [exp(-(self.exponent * log(max(n, 1.0)))) for n in self.n]
        field, c = self.field, self.correlated
        self.answers = field.over_tasks(lambda t: self.n[t])
        tempered = field.over_tasks(lambda t: self.tau[t] * self.n[t])
        self.mean_tau = tempered / self.answers if self.answers > 0.0 else 1.0
        self.trust = (c * self.mean_tau + 1.0) - c
        self.effective = field.over_tasks(lambda t: self.n[t] * ((c * self.tau[t] + 1.0) - c)) / self.tasks

    # The pool.

    def softened(self, rows):
        """Posteriors, tempered as far as experts are correlated."""
        c, result = self.correlated, []
        for t, row in enumerate(rows):
            logs = [log(max(p, LEAST_P)) * self.tau[t] for p in row]
            top = max(logs)
            e = [exp(x - top) for x in logs]
            total = striped_sum(e)
            result.append([c * (x / total) + (1.0 - c) * p for x, p in zip(e, row)])
        return result

    def add(self, pool, rows, weight):
        for row, own in zip(pool, self.softened(rows)):
            for j in range(self.k):
                row[j] = row[j] + weight * own[j]

    def offer(self, number, rows, drift):
        """Notes a reading for known labels to judge."""
        if len(self.known) >= auto_gold.READINGS_KNOWN and drift <= auto_gold.READING_DRIFT:
            self.readings.append((number, rows()))

    def members(self, mode, fallback, best):
        """The pool of a mode's members, and the weight and the drift of each."""
        field, k = self.field, self.k
        used = [0.0] * len(WEIGHTS)
        pool = [[0.0] * k for _ in range(self.tasks)]
        drifts, total = [], 0.0
        cap = CAP if fallback else min(mode.strength, CAP)
        for member in (H, CAPPED, CONFUSION, COIN):
            own = copy.copy(mode)
            own.restart(field)
            if member == CAPPED and not fallback:
                field.run(own, MEMBER_STEPS, cap)
            elif member == CONFUSION:
                field.dawid_skene(own, MEMBER_STEPS)
            elif member == COIN:
                field.coin(own, MEMBER_STEPS, free=True)
            drifts.append(field.drift(own.sums))
            if member == COIN and best:
                self.offer(auto_gold.COIN, lambda own=own: self.softened(own.rows), drifts[COIN])
            if member == H or drifts[member] <= MEMBER_DRIFT:
                used[member] = WEIGHTS[member]
                self.add(pool, own.rows, used[member])
                total = total + used[member]
        rows = [[x / total for x in row] for row in pool]
        refined = Mode(0, rows, field)
        field.mace_steps(refined, FIRST_STEPS)
        field.advance(refined, field.pulled_table(refined, cap), field.smoothed_prior(refined.sums))
        drifts.append(field.drift(refined.sums))
        if drifts[REFINED] <= MEMBER_DRIFT:
            used[REFINED] = WEIGHTS[REFINED]
            self.add(pool, refined.rows, used[REFINED])
            total = total + used[REFINED]
        drifts.append(self.mace_drift)
        if used[COIN] == 0.0 and drifts[MACE] <= MACE_DRIFT:
            used[MACE] = WEIGHTS[MACE]
            self.add(pool, self.mace_rows, used[MACE])
            total = total + used[MACE]
        return pool, total, used, drifts

    def rival(self, modes):
        """The pool of the mode from a start by known labels, where it is another one."""
        field, k = self.field, self.k
        if len(self.known) < auto_gold.READINGS_KNOWN:
            return
        mode = Mode(0, auto_gold.start(self.groups, self.known, field.experts, k), field)
        field.run(mode, auto_gold.RIVAL_STEPS)
        drift = field.drift(mode.sums)
        if drift > auto_gold.READING_DRIFT or any(field.distance(mode.rows, m.rows) <= NEAR for m in modes):
            return
        pool, total = [[0.0] * k for _ in range(self.tasks)], 0.0
        for member in (H, CONFUSION, COIN):
            own = copy.copy(mode)
            own.restart(field)
            if member == CONFUSION:
                field.dawid_skene(own, MEMBER_STEPS)
            elif member == COIN:
                field.coin(own, MEMBER_STEPS, free=True)
            if member == H or field.drift(own.sums) <= MEMBER_DRIFT:
                self.add(pool, own.rows, WEIGHTS[member])
                total = total + WEIGHTS[member]
        self.offer(auto_gold.RIVAL, lambda: [[x / total for x in row] for row in pool], drift)

    def combine(self):
        kept, code = self.modes()
        excess, error = self.overdispersion(kept[0])
        self.temper(excess, error)
        best = kept[0]
        shares = [exp(self.trust * (mode.evidence - best.evidence)) for mode in kept]
        pairs = [(m, g) for m, g in zip(kept, shares) if g >= LEAST_MODE]
        whole = sum_in_order(g for _, g in pairs)
        rows = [[0.0] * self.k for _ in range(self.tasks)]
        self.report[2] = float(len(pairs))
        self.report[3] = 1.0 if len(pairs) > 1 and pairs[1][1] / whole > RIVAL else 0.0
        for place, (mode, share) in enumerate(pairs):
            share = share / whole
            pool, total, used, drifts = self.members(mode, code != COMBINED, place == 0)
            scale = share / total
            if place == 0:
                self.offer(auto_gold.MACE, lambda: self.softened(self.mace_rows), self.mace_drift)
            else:
                self.offer(auto_gold.SECOND, lambda: [[x / total for x in row] for row in pool], 0.0)
            for row, own in zip(rows, pool):
                for j in range(self.k):
                    row[j] = row[j] + scale * own[j]
            at = HEAD + place * MODE
            moved = self.field.distance(mode.rows, best.rows)
            self.report[at : at + 6] = [float(mode.start), share, mode.evidence, mode.strength, mode.drift, moved]
            for member in range(len(WEIGHTS)):
                self.report[at + 6 + 2 * member] = used[member] * scale
                self.report[at + 7 + 2 * member] = drifts[member]
        self.rival([mode for mode, _ in pairs])
        for t, row in enumerate(rows):
            total = striped_sum(row)
            rows[t] = [x / total for x in row]
        self.report[4:11] = [
            excess,
            error,
            self.correlated,
            self.exponent,
            self.mean_tau,
            self.effective,
            self.answers / self.tasks,
        ]
        self.objective = best.evidence if code == COMBINED else float("nan")
        return code, rows

    def shares(self):
        """What is left where nothing can be learned about the experts."""
        rows = vote_shares(self.case, self.field.index)
        for t, row in enumerate(rows):
            n = sum_in_order(w for _, _, w in self.groups[t])
            rows[t] = [(n * p + 1.0 / self.k) / (n + 1.0) for p in row]
        self.objective = float("nan")
        return rows

    def situation(self):
        if self.k == 1 or not any(self.groups):
            return NOTHING
        alone = len(self.answering()) == 1 or max(map(len, self.groups)) <= 1
        alike = len({l for group in self.groups for _, l, _ in group}) == 1
        return UNLEARNABLE if alone or alike else COMBINED

    def fit(self):
        code, case, field = self.situation(), self.case, self.field
        if code == COMBINED:
            code, rows = self.combine()
        else:
            rows = self.shares() if code == UNLEARNABLE else [list(field.even) for _ in range(self.tasks)]
            self.objective = float("nan")
        if code != NOTHING:
            rows, said = auto_gold.calibrate([(auto_gold.POOL, rows)] + self.readings, self.known, self.k)
            self.report += said
        else:
            self.report += [float(len(self.known))] + [0.0] * (auto_gold.LENGTH - 1)
        clamp(self.given, rows)
        counts, sums = field.count(rows)
        self.report[0], self.report[1] = float(code), float(field.passes)
        skills = []
        for e in range(case["experts"]):
            right = 0.0
            for j in range(self.k):
                right = right + counts[(e * self.k + j) * self.k + j]
            skills.append(min(right / field.weight[e], 1.0) if field.weight[e] > 0.0 else 1.0 / self.k)
        answer, runner_up = decide(self.given, field.index, rows)
        return dict(
            posterior=sum(rows, []),
            answer=answer,
            runner_up=runner_up,
            prior=[max(s / self.tasks, FLOOR) for s in sums],
            confusion=field.confusion_table(counts),
            skill=skills,
            report=self.report,
            iterations=field.passes,
            converged=1,
            objective=self.objective,
        )


def draw(number, weights):
    total = 0.0
    for i, w in enumerate(weights):
        total = total + w
        if number < total:
            return i
    return len(weights) - 1


def sum_in_order(values):
    total = 0.0
    for v in values:
        total = total + v
    return total


def fit(case):
    return Auto(case).fit()
