"""The text consensus of docs/text.md in plain Python: slow, and independent of both engines.

A case is a dictionary: `rows` of (task, expert, text as bytes, confidence), perhaps an `embedding` for each row, and the
options. `Table` puts the rows into canonical order; everything behind it is about rows of that table.
"""

import math

import numerics
from text_tokens import STOP_WORDS, symbols, tokens

(
    SET_COSINE, TFIDF_COSINE, JACCARD, MIN_HASH, WORD_LEVENSHTEIN, LEVENSHTEIN, EMBEDDING_COSINE, TRIGRAM_DICE, WORD_ALIGNMENT,
) = range(9)  # fmt: skip
COMPONENTS, COMPLETE_LINK, DENSITY, LEADER = range(4)
ALONE, POOLED = range(2)
ROUNDS = 3
SIGNATURE = 128
MASK = 0xFFFFFFFF


class Table:
    """The columns of a table, in canonical order."""

    def __init__(self, case):
        rows = list(enumerate(case["rows"]))
        if case.get("repeats") == "last":
            last = {(task, expert): i for i, (task, expert, _, _) in rows}
            rows = [(i, row) for i, row in rows if last[row[0], row[1]] == i]
        rows.sort(key=lambda item: (item[1][0], item[1][2], -item[1][3], item[1][1], item[0]))
        self.order = [i for i, _ in rows]
        self.tasks, self.experts = case["tasks"], case["experts"]
        self.task = [row[0] for _, row in rows]
        self.expert = [row[1] for _, row in rows]
        self.confidence = [row[3] for _, row in rows]
        self.symbols = [symbols(row[2]) for _, row in rows]
        self.embedding = [case["embedding"][i] for i in self.order] if "embedding" in case else None
        self.tokens, self.vocabulary = [], [len(STOP_WORDS)] * self.tasks
        known = {}
        for _, (task, _, text, _) in rows:
            ids = known.setdefault(task, {word.encode(): i for i, word in enumerate(STOP_WORDS)})
            self.tokens.append([ids.setdefault(token, len(ids)) for token in tokens(text)])
            self.vocabulary[task] = len(ids)

    def rows_of(self, task):
        return [i for i, t in enumerate(self.task) if t == task]


def add(values):
    total = 0.0
    for x in values:
        total = total + x
    return total


def finish(h):
    """The last step of MurmurHash3, on 32 bits."""
    h ^= h >> 16
    h = h * 0x85EBCA6B & MASK
    h ^= h >> 13
    h = h * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def signature_seeds():
    random = numerics.SplitMix64(0)
    return [random.next() >> 32 for _ in range(SIGNATURE)]


SEEDS = signature_seeds()


def signature(ids):
    return [min(finish((t * 0x9E3779B1 & MASK) ^ seed) for t in ids) for seed in SEEDS]


def trigrams(points):
    """How often a text has each three symbols in a row, a space put before and behind it."""
    padded, counts = [32, *points, 32], {}
    for i in range(len(points)):
        gram = tuple(padded[i : i + 3])
        counts[gram] = counts.get(gram, 0) + 1
    return counts


def edits(a, b):
    """Levenshtein's distance, by the table."""
    above = list(range(len(b) + 1))
    for i, x in enumerate(a):
        row = [i + 1]
        for j, y in enumerate(b):
            row.append(min(above[j] + (x != y), above[j + 1] + 1, row[j] + 1))
        above = row
    return above[-1]


class Similarities:
    """The similarities of the texts of one task. `x` is a row's vector where the kind has one: id to component."""

    def __init__(self, kind, table, rows):
        self.kind, self.table, self.rows = kind, table, rows
        self.counts = []
        for i in rows:
            counts = {}
            for t in sorted(table.tokens[i]):
                counts[t] = counts.get(t, 0) + 1
            self.counts.append(counts)
        self.x = self.squares = None
        if kind in (SET_COSINE, TFIDF_COSINE):
            n, df = len(rows), {}
            for counts in self.counts:
                for t in counts:
                    df[t] = df.get(t, 0) + 1
            if kind == SET_COSINE:
                self.x = [{t: 1.0 for t in counts} for counts in self.counts]
            else:
                idf = {t: numerics.log(float(1 + n) / float(1 + d)) + 1.0 for t, d in df.items()}
                self.x = [{t: float(c) * idf[t] for t, c in counts.items()} for counts in self.counts]
            self.squares = [add(v * v for v in x.values()) for x in self.x]
        elif kind == EMBEDDING_COSINE:
            self.x = [dict(enumerate(table.embedding[i])) for i in rows]
            self.squares = [numerics.striped_sum(v * v for v in x.values()) for x in self.x]
        elif kind == MIN_HASH:
            self.signatures = [signature(counts) if counts else [] for counts in self.counts]

        elif kind == TRIGRAM_DICE:
            self.counts = [trigrams(table.symbols[i]) for i in rows]

    def of(self, i, j):
        if i == j:
            return 1.0
        if self.kind == EMBEDDING_COSINE:
            scale = math.sqrt(self.squares[i] * self.squares[j])
            if not scale > 0.0:
                return 0.0
            dot = numerics.striped_sum(v * self.x[j][t] for t, v in self.x[i].items())
            return max(-1.0, min(1.0, dot / scale))
        if self.kind in (WORD_LEVENSHTEIN, LEVENSHTEIN):
            column = self.table.tokens if self.kind == WORD_LEVENSHTEIN else self.table.symbols
            a, b = column[self.rows[i]], column[self.rows[j]]
            longest = max(len(a), len(b))
            return 1.0 - float(edits(a, b)) / float(longest) if longest else 1.0
        if self.kind == WORD_ALIGNMENT:
            a, b = self.table.tokens[self.rows[i]], self.table.tokens[self.rows[j]]
            both = len(a) + len(b)
            return math.sqrt(1.0 - float(edits(a, b)) / float(both)) if both else 1.0
        a, b = self.counts[i], self.counts[j]
        if not a or not b:
            return 1.0 if not a and not b else 0.0
        if self.kind == MIN_HASH:
            equal = sum(x == y for x, y in zip(self.signatures[i], self.signatures[j]))
            return float(equal) / float(SIGNATURE)
        if self.kind == TRIGRAM_DICE:
            shared = sum(min(count, b.get(t, 0)) for t, count in a.items())
            return float(2 * shared) / float(sum(a.values()) + sum(b.values()))
        common = sum(t in b for t in a)
        if self.kind == SET_COSINE:
            return float(common) / math.sqrt(float(len(a) * len(b)))
        if self.kind == JACCARD:
            return float(common) / float(len(a) + len(b) - common)
        dot = add(self.x[i][t] * self.x[j][t] for t in sorted(a) if t in b)
        return min(1.0, dot / math.sqrt(self.squares[i] * self.squares[j]))

    def matrix(self):
        n = len(self.rows)
        upper = {(i, j): self.of(i, j) for i in range(n) for j in range(i, n)}
        return [[upper[min(i, j), max(i, j)] for j in range(n)] for i in range(n)]

    def centralities(self, matrix, members, weight):
        """How much the other members of a cluster, by weight, say what each member says."""
        if self.x is None:
            return [add(weight[j] * matrix[i][j] for j in members) for i in members]
        direction = {}
        for j in members:
            if self.squares[j] > 0.0:
                share = weight[j] / math.sqrt(self.squares[j])
                for t, v in self.x[j].items():
                    direction[t] = direction.get(t, 0.0) + share * v
        result = []
        for i in members:
            if self.squares[i] > 0.0:
                products = [v * direction[t] for t, v in self.x[i].items()]
                dot = numerics.striped_sum(products) if self.kind == EMBEDDING_COSINE else add(products)
                result.append(dot / math.sqrt(self.squares[i]))
            else:
                empty = [weight[j] for j in members if not self.squares[j] > 0.0]
                result.append(weight[i] if self.kind == EMBEDDING_COSINE else add(empty))
        return result


def pairs(matrix, threshold):
    n = len(matrix)
    return [(i, j, matrix[i][j]) for i in range(n) for j in range(i + 1, n) if matrix[i][j] >= threshold]


def components(n, joined):
    """The connected components of 0 to n - 1, each ascending, in the order of their first members."""
    group = list(range(n))
    for i, j in joined:
        a, b = sorted((group[i], group[j]))
        group = [a if g == b else g for g in group]
    return [[i for i in range(n) if group[i] == g] for g in sorted(set(group))]


def complete_link(matrix, threshold):
    clusters = [[i] for i in range(len(matrix))]
    while True:
        best = None
        for a in range(len(clusters)):
            for b in range(a + 1, len(clusters)):
                least = min(matrix[i][j] for i in clusters[a] for j in clusters[b])
                if least >= threshold and (best is None or least > best[0]):
                    best = (least, a, b)
        if best is None:
            return clusters
        _, a, b = best
        clusters[a] = sorted(clusters[a] + clusters.pop(b))


def density(matrix, threshold, min_points):
    n = len(matrix)
    near = [[j for j in range(n) if j != i and matrix[i][j] >= threshold] for i in range(n)]
    core = [1 + len(near[i]) >= min_points for i in range(n)]
    joined = [(i, j) for i in range(n) for j in near[i] if core[i] and core[j]]
    for i in range(n):
        best = None
        for j in near[i]:
            if not core[i] and core[j] and (best is None or matrix[i][j] > matrix[i][best]):
                best = j
        if best is not None:
            joined.append((i, best))
    return components(n, joined)


def leaders(matrix, threshold, score):
    """Clusters about a leader each: the best text, then the best that is in none. The leader comes first."""
    free, clusters = list(range(len(matrix))), []
    while free:
        leader = max(free, key=lambda i: (score[i], -i))
        near = [j for j in free if j != leader and matrix[leader][j] >= threshold]
        clusters.append([leader, *near])
        free = [j for j in free if j not in clusters[-1]]
    return clusters


def clusters_of(case, matrix):
    threshold = case["threshold"]
    if case["clustering"] == COMPLETE_LINK:
        return complete_link(matrix, threshold)
    if case["clustering"] == DENSITY:
        return density(matrix, threshold, case["min_points"])
    return components(len(matrix), [(i, j) for i, j, _ in pairs(matrix, threshold)])


def themes(texts, inside, limit):
    """The runs of one to three tokens that the texts of a cluster share and the others do not."""
    n_in, n_out = len(inside), len(texts) - len(inside)
    stop = len(STOP_WORDS)
    found = {}
    for i, text in enumerate(texts):
        grams = {}
        for p in range(len(text)):
            for length in (1, 2, 3):
                gram = tuple(text[p : p + length])
                if len(gram) == length and gram[0] >= stop and gram[-1] >= stop:
                    grams.setdefault(gram, p)
        for gram, p in grams.items():
            entry = found.setdefault(gram, [0, 0, None])
            entry[0 if i in inside else 1] += 1
            if entry[2] is None and i in inside:
                entry[2] = (i, p)
    kept = []
    for gram, (d_in, d_out, place) in found.items():
        if d_in >= min(2, n_in):
            score = float(d_in) / float(n_in) - (float(d_out) / float(n_out) if n_out else 0.0)
            if score > 0.0:
                kept.append((score, gram, d_in, d_out, place))
    covered = set()
    for _, gram, d_in, d_out, _ in kept:
        for p in range(len(gram)):
            for q in range(p + 1, len(gram) + 1):
                if q - p < len(gram):
                    covered.add((gram[p:q], d_in, d_out))
    kept = [entry for entry in kept if entry[1:4] not in covered]
    kept.sort(key=lambda entry: (-entry[0], -len(entry[1]), -entry[2], entry[4]))
    return [(row, p, len(gram), score, d_in, d_out) for score, gram, d_in, d_out, (row, p) in kept[:limit]]


