"""One whole run of the text consensus of docs/text.md: votes, choice, confidence."""

import numerics
from text import LEADER, POOLED, ROUNDS, Similarities, Table, add, clusters_of, leaders, themes

NAN = numerics.from_bits(0x7FF8000000000000)
PAIRS = 512


class Task:
    """The texts of one task and all that is found about them. Rows are numbered from 0 in it."""

    def __init__(self, case, table, rows):
        self.rows = rows
        self.expert = [table.expert[i] for i in rows]
        self.tokens = [table.tokens[i] for i in rows]
        self.near = Similarities(case["similarity"], table, rows)
        self.matrix = self.near.matrix()
        self.use, self.utility = self.near, self.matrix
        if case.get("choice", case["similarity"]) != case["similarity"]:
            self.use = Similarities(case["choice"], table, rows)
            self.utility = self.use.matrix()
        stated = [table.confidence[i] for i in rows]
        if not add(stated) > 0.0:
            stated = [1.0] * len(rows)
        texts = {}
        for a in self.expert:
            texts[a] = texts.get(a, 0) + 1
        self.vote = [c / float(texts[a]) for c, a in zip(stated, self.expert)]
        self.weight = list(self.vote)

    def agreement(self):
        """For each expert, its votes times how useful others find its texts, and these votes."""
        useful, votes = {}, {}
        for i, a in enumerate(self.expert):
            s = g = 0.0
            for j, b in enumerate(self.expert):
                if a != b:
                    s = s + self.weight[j] * max(0.0, self.utility[i][j])
                    g = g + self.weight[j]
            if g > 0.0:
                useful[a] = useful.get(a, 0.0) + self.vote[i] * (s / g)
                votes[a] = votes.get(a, 0.0) + self.vote[i]
        return useful, votes

    def choose(self, case):
        """The clusters, the winning one first, the text of each, and the centrality of every text."""
        n = len(self.rows)
        self.centrality = [0.0] * n
        if case["clustering"] == LEADER:
            self.centrality = self.use.centralities(self.utility, list(range(n)), self.weight)
            found = leaders(self.matrix, case["threshold"], self.centrality)
            medoid = {min(members): members[0] for members in found}
            found = [sorted(members) for members in found]
            rank = self.vote
        else:
            found, medoid, rank = clusters_of(case, self.matrix), {}, self.weight
            for members in found:
                centralities = self.use.centralities(self.utility, members, self.weight)
                for i, centrality in zip(members, centralities):
                    self.centrality[i] = centrality
                medoid[members[0]] = members[centralities.index(max(centralities))]
        first, rest = (found[:1], found[1:]) if case["clustering"] == LEADER else ([], found)
        support = {members[0]: add(rank[i] for i in members) for members in found}
        rest.sort(key=lambda members: (-support[members[0]], -len(members), members[0]))
        self.clusters = first + rest
        self.medoids = [medoid[members[0]] for members in self.clusters]
        self.support = [add(self.vote[i] for i in members) for members in self.clusters]
        self.total = add(self.vote)
        self.count_pairs(case["threshold"])

    def count_pairs(self, threshold):
        """Pairs of members of the winning cluster by two experts, neither the author of the chosen text."""
        author = self.expert[self.medoids[0]]
        others = [i for i in self.clusters[0][:PAIRS] if self.expert[i] != author]
        self.pairs = self.closed = 0
        for p, i in enumerate(others):
            for j in others[p + 1 :]:
                if self.expert[i] != self.expert[j]:
                    self.pairs += 1
                    self.closed += self.matrix[i][j] >= threshold

    def confidence(self):
        """From this task alone."""
        first = self.support[0]
        sharp = (first * (first + 1.0)) / (1.0 + add(s * (s + 1.0) for s in self.support))
        flat = first / (self.total + 1.0)
        t = float(self.closed + 1) / float(self.pairs + 1)
        share = (t * t) * (t * t)
        return share * sharp + (1.0 - share) * flat

    def heard(self):
        """The weight of the texts of others than the chosen one's author, in the winning cluster and in all."""
        author, inside = self.expert[self.medoids[0]], set(self.clusters[0])
        x = g = 0.0
        for i, a in enumerate(self.expert):
            if a != author:
                g = g + self.weight[i]
                if i in inside:
                    x = x + self.weight[i]
        return x, g


def weigh(tasks, experts):
    """The weights of all texts, from how useful the others find their experts' texts in other tasks. Gives the skills."""
    skills = [NAN] * experts
    answered = [0] * experts
    for task in tasks:
        for a in set(task.expert):
            answered[a] += 1
    if max(answered) < 2:
        return skills
    for _ in range(ROUNDS):
        own = [task.agreement() for task in tasks]
        num, den, count = [0.0] * experts, [0.0] * experts, [0] * experts
        for useful, votes in own:
            for a in votes:
                num[a] = num[a] + useful[a]
                den[a] = den[a] + votes[a]
                count[a] += 1
        if not add(den) > 0.0:
            return skills
        mu = add(num) / add(den)
        skills = [(num[a] + 2.0 * mu) / (den[a] + 2.0) for a in range(experts)]
        if not mu > 0.0:
            return skills
        for task, (useful, votes) in zip(tasks, own):
            for i, a in enumerate(task.expert):
                if count[a] - (a in votes) == 0:
                    task.weight[i] = task.vote[i]
                    continue
                others = den[a] - votes.get(a, 0.0)
                r = (num[a] - useful.get(a, 0.0) + 2.0 * mu) / (others + 2.0)
                f = r / mu
                task.weight[i] = task.vote[i] * (f * f)
    return skills


def log_factorial(x, sums):
    """Of a number above -1; between whole numbers it is interpolated."""
    if x < 0.0:
        return -numerics.log(x + 1.0)
    m = int(x)
    return sums[m] + numerics.log(1.0 + (x - float(m)) * float(m))


def pooled(tasks, experts):
    """The confidences of all tasks together."""
    most = max(len(task.rows) for task in tasks)
    sums = [0.0, 0.0]
    for i in range(2, most + 2):
        sums.append(sums[-1] + numerics.log(float(i)))
    accuracy = [2.0 / 3.0] * experts
    for _ in range(ROUNDS):
        num, den, sharp = [2.0] * experts, [3.0] * experts, []
        for task in tasks:
            logits = [0.0]
            for members, s in zip(task.clusters, task.support):
                total = 0.0
                for j in members:
                    a = accuracy[task.expert[j]]
                    total = total + task.vote[j] * numerics.log(a / (1.0 - a))
                n = task.total
                total = total + log_factorial(n, sums)
                total = total - log_factorial(max(0.0, n - s), sums)
                logits.append(total - log_factorial(s - 1.0, sums))
            posterior, _ = numerics.softmax(logits)
            sharp.append(posterior[1])
            of = {j: p for members, p in zip(task.clusters, posterior[1:]) for j in members}
            for j, a in enumerate(task.expert):
                num[a] = num[a] + task.vote[j] * of[j]
                den[a] = den[a] + task.vote[j]
        accuracy = [x / y for x, y in zip(num, den)]
    heard = [task.heard() for task in tasks]
    t = float(sum(task.closed for task in tasks) + 1) / float(sum(task.pairs for task in tasks) + 1)
    z = max(0.0, 2.0 * t - 1.0)
    share = z * z
    mu = (add(x for x, _ in heard) + 1.0) / (add(g for _, g in heard) + 2.0)
    return [share * s + (1.0 - share) * ((x + 4.0 * mu) / (g + 4.0)) for s, (x, g) in zip(sharp, heard)]


def consensus(case):
    """The outcome of one run, in rows of the table."""
    table = Table(case)
    n = len(table.order)
    result = dict(table=table, cluster=[-1] * n, medoid=[-1] * n, centrality=[0.0] * n, weight=[0.0] * n)
    result.update(chosen=[-1] * table.tasks, confidence=[0.0] * table.tasks, support=[0.0] * table.tasks)
    result.update(clusters=[0] * table.tasks, themes=[[] for _ in range(table.tasks)])
    rows = [(t, table.rows_of(t)) for t in range(table.tasks)]
    rows = [(t, found) for t, found in rows if found]
    tasks = [Task(case, table, found) for _, found in rows]
    result["skill"] = weigh(tasks, table.experts)
    for task in tasks:
        task.choose(case)
    confidences = [task.confidence() for task in tasks]
    if case.get("confidence") == POOLED:
        confidences = pooled(tasks, table.experts)
    for (t, _), task, confidence in zip(rows, tasks, confidences):
        for number, (members, medoid) in enumerate(zip(task.clusters, task.medoids)):
            for i in members:
                row = task.rows[i]
                result["cluster"][row] = number
                result["medoid"][row] = task.rows[medoid]
                result["centrality"][row] = task.centrality[i]
                result["weight"][row] = task.weight[i]
        result["chosen"][t] = task.rows[task.medoids[0]]
        result["confidence"][t] = confidence
        result["support"][t] = task.support[0] / task.total
        result["clusters"][t] = len(task.clusters)
        found = themes(task.tokens, task.clusters[0], case["themes"])
        result["themes"][t] = [(task.rows[row], *rest) for row, *rest in found]
    return result
