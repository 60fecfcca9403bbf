"""ROVER as docs/methods/rover.md specifies it, slow and plain.

Words are ids of one vocabulary that ascends by number of code points, then by code points; the empty word has the id 0.
"""

from math import sqrt

NAN = float("nan")
ROUNDS = 3
PSEUDO = 2.0


def rows_of(case):
    """The rows of each task, in the order of the table."""
    rows = [[] for _ in range(case["tasks"])]
    for row, task in enumerate(case["task"]):
        rows[task].append(row)
    return rows


def sentences(case):
    offset, token = case["offset"], case["token"]
    return [token[offset[row]:offset[row + 1]] for row in range(len(case["task"]))]


def edits(a, b):
    """The least number of words to insert, delete or replace."""
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        after = [i]
        for j, y in enumerate(b, 1):
            after.append(min(before[j - 1] + (x != y), before[j] + 1, after[j - 1] + 1))
        before = after
    return before[-1]


def utility(a, b):
    length = len(a) + len(b)
    return sqrt(1.0 - edits(a, b) / float(length)) if length else 1.0


def votes(case, rows):
    """The vote of each row: its confidence, shared among the rows of its expert in the task."""
    confidence = case.get("confidence", [1.0] * len(case["task"]))
    vote = [0.0] * len(confidence)
    for members in rows:
        total = 0.0
        for row in members:
            total += confidence[row]
        for row in members:
            same = sum(case["expert"][other] == case["expert"][row] for other in members)
            vote[row] = (confidence[row] if total > 0.0 else 1.0) / float(same)
    return vote


def shares(case, rows, weight, vote, u):
    """Of each task: what q and n are of the experts that others have something to say about, in order of their rows."""
    expert, result = case["expert"], []
    for members in rows:
        found = {}
        for row in members:
            s = g = 0.0
            for other in members:
                if expert[other] != expert[row]:
                    s += weight[other] * u[row, other]
                    g += weight[other]
            if g > 0.0:
                q, n = found.get(expert[row], (0.0, 0.0))
                found[expert[row]] = q + vote[row] * (s / g), n + vote[row]
        result.append(found)
    return result


def several_tasks(case):
    """Whether some expert has rows in two tasks."""
    first = {}
    return any(first.setdefault(e, t) != t for t, e in zip(case["task"], case["expert"]))


def weights(case, rows, u):
    """The weight of each row and the skill of each expert, as docs/text.md has them, and the rounds made."""
    experts = range(case["experts"])
    vote = votes(case, rows)
    weight, skill, rounds = list(vote), [NAN] * case["experts"], 0
    if not several_tasks(case):
        return weight, skill, rounds
    for _ in range(ROUNDS):
        found = shares(case, rows, weight, vote, u)
        num, den, known_in = [0.0] * len(experts), [0.0] * len(experts), [0] * len(experts)
        for task in found:
            for expert, (q, n) in task.items():
                num[expert] += q
                den[expert] += n
                known_in[expert] += 1
        all_num = all_den = 0.0
        for expert in experts:
            all_num += num[expert]
            all_den += den[expert]
        if not all_den > 0.0:
            return weight, [NAN] * len(experts), rounds
        mu = all_num / all_den
        skill = [(num[e] + PSEUDO * mu) / (den[e] + PSEUDO) for e in experts]
        rounds += 1
        if not mu > 0.0:
            return weight, skill, rounds
        for task, members in zip(found, rows):
            for row in members:
                expert = case["expert"][row]
                if known_in[expert] == (expert in task):
                    weight[row] = vote[row]
                    continue
                q, n = task.get(expert, (0.0, 0.0))
                f = (((num[expert] - q) + PSEUDO * mu) / ((den[expert] - n) + PSEUDO)) / mu
                weight[row] = vote[row] * (f * f)
    return weight, skill, rounds


def align(network, sentence, total, weight, free_start):
    """Adds a sentence to the network; a slot is a dictionary of words and weights in order of entry, 0 is the blank."""
    rows, columns = len(sentence) + 1, len(network) + 1
    skip = [0 if 0 in slot else 1 for slot in network]
    cost = [[0] * columns for _ in range(rows)]
    for j in range(1, columns):
        cost[0][j] = cost[0][j - 1] + (skip[j - 1] if free_start else 1)
    for i in range(1, rows):
        cost[i][0] = i
        for j in range(1, columns):
            replace = cost[i - 1][j - 1] + (sentence[i - 1] not in network[j - 1])
            cost[i][j] = min(replace, cost[i][j - 1] + skip[j - 1], cost[i - 1][j] + 1)
    slots = []
    i, j = rows - 1, columns - 1
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + (sentence[i - 1] not in network[j - 1]):
            i, j = i - 1, j - 1
            slot, word = network[j], sentence[i]
        elif j and (not i or cost[i][j] == cost[i][j - 1] + skip[j - 1]):
            j -= 1
            slot, word = network[j], 0
        else:
            i -= 1
            slot, word = {0: total}, sentence[i]
        slot[word] = slot.get(word, 0.0) + weight
        slots.append(slot)
    return slots[::-1]


def rover(case):
    reliable, rows, words = case["reliability"], rows_of(case), sentences(case)
    weight, skill, rounds = [1.0] * len(words), [NAN] * case["experts"], 0
    u = {}
    if reliable:
        words = [[word for word in sentence if word] for sentence in words]
        u = {(a, b): utility(words[a], words[b]) for members in rows for a in members for b in members}
        weight, skill, rounds = weights(case, rows, u)
    result = dict(offset=[0], token=[], share=[], backbone=[], weight=weight, skill=skill, rounds=rounds)
    for members in rows:
        order = list(members)
        if reliable and members:
            score = []
            for row in members:
                s = 0.0
                for other in members:
                    s += weight[other] * u[row, other]
                score.append(s)
            backbone = members[score.index(max(score))]
            order = sorted(members, key=lambda row: (row != backbone, -u[backbone, row]))
        network, total = [], 0.0
        for row in order:
            if row == order[0]:
                network = [{word: weight[row]} for word in words[row]]
            else:
                network = align(network, words[row], total, weight[row], reliable)
            total += weight[row]
        result["backbone"].append(order[0] if order else -1)
        for slot in network:
            best = max(slot, key=lambda word: slot[word] if reliable else (slot[word], word))
            if best:
                result["token"].append(best)
                result["share"].append(slot[best] / total if total > 0.0 else 0.0)
        result["offset"].append(len(result["token"]))
    return result
