"""The golden cases of the text consensus: tokens, similarities and whole runs."""

import text
import text_consensus
from generate_tools import SplitMix64, f32, hex32, hex64, numbers
from text_tokens import STOP_WORDS, symbols, tokens

KINDS = (
    "set-cosine", "tfidf-cosine", "jaccard", "min-hash", "word-levenshtein", "levenshtein", "embedding-cosine", "trigram-dice",
    "word-alignment",
)  # fmt: skip
CLUSTERINGS = ("components", "complete-link", "density", "leader")
WORDS = [number for number, kind in enumerate(KINDS) if kind != "embedding-cosine"]
CONFIDENCES = ("alone", "pooled")

TOKENISED = [
    "", " \t\r\n\v\f ", "The quick brown fox, THE QUICK-BROWN fox!", "a", "3.14 and 1,000.50 of x2", "e-mail_address@host.example",
    "don't 'quoted' rock'n'roll it's' ''x'' '", "don’t ‘quoted’ rock’n’roll ’tis l’été", "a'’b a'", "don't" * 40,
    "Ärger ÀÉÎÕÜ ß ×÷ ¡Olé! ª²³µ¹º¼½¾ «x» naïve", "ĀāĂă Ĳĳ İı Ķķĸ ĹĺĻļ Ňň ŉ Ŋŋ Ŷŷ Ÿ ŹźŻżŽž ſ", "ΑΒΓ ΣΣς Ωω Ά", "ПРИВЕТ, Ёлка Ђ Ж",
    "日本語のテキスト、東京タワー。", "中文abc混合123text", "한국어 텍스트", "ｆｕｌｌ　ＷＩＤＴＨ（１２３）ｶﾅ･ﾊﾝ", "𠀀𪛖 𐍈x", "ok👍👎🏽 ❤️ ✅✔ ☀→★",
    "zero\u200bwidth\u2060joined\ufeff x\u00a0y", "combin\u0301e e\u0301t", "مرحبا، كيف؟ هذا", "नमस्ते। दुनिया॥", "x\u0000y\u0001z\u007f",
    "long" * 60 + " " + "x" * 300, "1e-9 -5 +5 C++ C#", "\ufffd\uffff\U000e0041a", "It is what it is. No, it is not!",
]  # fmt: skip
HOSTILE = [
    "ff", "61ff62", "c3", "c328", "e282", "e28261", "f0909280f0", "c080", "eda08061", "f4908080", "f8888080", "61e2809962",
    "61e28062", "80bf80", "e38182e381", "c384", "c3", "27c3a9", "f09f918d27f09f918d", "e2809927", "efbfbd",
]  # fmt: skip


def token_file():
    out = "# The tokeniser: bytes of a text, its tokens, its symbols; all in hexadecimal, - for none\n"
    for data in [t.encode() for t in TOKENISED] + [bytes.fromhex(t) for t in HOSTILE] + [every_class()]:
        out += f"text {data.hex() or '-'}\n"
        out += numbers("tokens", [t.hex() for t in tokens(data)])
        out += numbers("symbols", symbols(data), lambda c: format(c, "x"))
    return out


def every_class():
    """Letters around every border between classes of code points, and around every fold."""
    import text_tokens

    points = set(range(0x20, 0x500))
    for low, high in text_tokens.SEPARATORS + text_tokens.SINGLES:
        points.update(range(max(low - 2, 0x20), low + 3))
        points.update(range(high - 2, high + 3))
    points = sorted(c for c in points if not 0xD800 <= c <= 0xDFFF)
    return " ".join(f"x{chr(c)}y {chr(c)}'{chr(c)}" for c in points).encode()


def word(n):
    """The word of a rank: the commonest are stop words, the others made of syllables."""
    if n < 40:
        return STOP_WORDS[n * 2]
    n += 20
    out = ""
    while n:
        out += "bcdfghklmnprstvz"[n % 16] + "aeiou"[n // 16 % 5]
        n //= 80
    return out


def zipf(r, vocabulary):
    """A rank below the vocabulary's size, in proportion to 1/rank, nearly."""
    return min(int(vocabulary ** r.unit()) - 1 + r.below(2), vocabulary - 1)


def sentence(r, length, vocabulary):
    words = [word(zipf(r, vocabulary)) for _ in range(length)]
    return " ".join(words).capitalize() + "."


def answers(seed, count, camps=2, sentences=4, vocabulary=300, noise=3):
    """Texts of several camps, each with its own sentences, in which some words are changed and some sentences left out."""
    r = SplitMix64(seed)
    stock = [[sentence(r, 5 + r.below(6), vocabulary) for _ in range(sentences)] for _ in range(camps)]
    result = []
    for _ in range(count):
        camp = min(r.below(camps + 1), camps - 1)
        lines = []
        for line in stock[camp]:
            words = line.split()
            for _ in range(r.below(noise)):
                words[r.below(len(words))] = word(zipf(r, vocabulary))
            if r.below(8):
                lines.append(" ".join(words))
        result.append(" ".join(lines))
    return result


def case(name, texts, kind=7, clustering=3, threshold=0.5, **options):
    """Rows are texts of one task, or (task, expert, text, confidence)."""
    rows = [row if isinstance(row, tuple) else (0, e, row, 1.0) for e, row in enumerate(texts)]
    rows = [(t, e, x if isinstance(x, bytes) else x.encode(), c) for t, e, x, c in rows]
    made = dict(name=name, rows=rows, similarity=kind, clustering=clustering, threshold=threshold, min_points=2, themes=5)
    made.update(tasks=1 + max(row[0] for row in rows), experts=1 + max(row[1] for row in rows))
    return dict(made, **options)


def vectors(seed, count, dimension):
    r = SplitMix64(seed)
    centres = [[r.unit() - 0.5 for _ in range(dimension)] for _ in range(3)]
    result = [[f32(x + 0.5 * (r.unit() - 0.5)) for x in centres[r.below(3)]] for _ in range(count)]
    if count > 3:
        result[1] = [0.0] * dimension
        result[2] = list(result[0])
        result[3] = [f32(-2.0 * x) for x in result[0]]
    return result


AWKWARD = ["", "same words here", "words here same", "", "...", "same words here", "only", "the", "Same; words: HERE", "x y z", "日本語"]


def samples():
    """Texts for every kind of similarity."""
    yield "awkward", AWKWARD
    yield "camps", answers(1, 14)
    long = answers(2, 5, sentences=16, vocabulary=900)
    yield "long", [*long, long[0][:63], long[0][:64], long[0][:65], long[1], "x" * 200]
    yield "one", ["a single text"]


def similarity_cases():
    for sample, texts in samples():
        for number, kind in ((number, KINDS[number]) for number in WORDS):
            yield case(f"similarities-{kind}-{sample}", texts, number)
    for dimension in (1, 3, 32, 33, 100):
        texts = [f"text {i}" for i in range(9)]
        more = dict(embedding=vectors(dimension, 9, dimension))
        yield case(f"similarities-embedding-cosine-{dimension}", texts, 6, **more)


def shuffled(seed, rows):
    r, rows = SplitMix64(seed), list(rows)
    for i in range(len(rows) - 1, 0, -1):
        j = r.below(i + 1)
        rows[i], rows[j] = rows[j], rows[i]
    return rows


def many_tasks(seed, tasks, experts):
    r, rows = SplitMix64(seed), []
    for t in range(tasks):
        for e, answer in enumerate(answers(seed + 1 + t, experts, camps=1 + t % 3, sentences=1 + t % 4)):
            if r.below(6):
                rows.append((t, e, answer, r.below(5) / 4.0))
    return rows


def consensus_cases():
    for number, kind in ((number, KINDS[number]) for number in WORDS):
        for way, clustering in enumerate(CLUSTERINGS):
            yield case(f"consensus-{kind}-{clustering}", answers(10 + number, 12), number, way, 0.45, min_points=3)
    for way, clustering in enumerate(CLUSTERINGS):
        texts = [f"text {i}" for i in range(12)]
        more = dict(embedding=vectors(5, 12, 40), min_points=3)
        yield case(f"consensus-embedding-cosine-{clustering}", texts, 6, way, 0.7, **more)
        yield case(f"consensus-equal-{clustering}", ["the very same answer"] * 7, 1, way)
        yield case(f"consensus-different-{clustering}", [f"{word(90 + i)} {word(900 + i)}" for i in range(8)], 1, way)
        chain = [" ".join(word(100 + j) for j in range(i, i + 4)) for i in range(9)]
        yield case(f"consensus-chain-{clustering}", chain, 0, way, 0.75, min_points=3)
        ties = ["red blue", "red green", "blue green", "green red", "yellow pink", "pink grey", "grey yellow", "alone"]
        yield case(f"consensus-ties-{clustering}", ties, 2, way, 0.3, min_points=3)
        yield case(f"consensus-awkward-{clustering}", AWKWARD, 0, way, 0.6)
        yield case(f"consensus-all-{clustering}", answers(20, 9), 0, way, 0.0)
        yield case(f"consensus-only-equal-{clustering}", answers(21, 9) + answers(21, 4), 1, way, 1.0)
        yield case(f"consensus-tasks-{clustering}", many_tasks(30, 9, 7), 1, way, 0.4)
    for number, kind in ((number, KINDS[number]) for number in WORDS):
        yield case(f"consensus-one-{kind}", ["One text alone. It is not an ensemble, one text."], number)
        yield case(f"consensus-tasks-{kind}", many_tasks(40, 5, 6), number, 1, 0.5)
    rows = many_tasks(50, 4, 8)
    for way, clustering in enumerate(CLUSTERINGS):
        yield case(f"consensus-rows-{clustering}", rows, 1, way, 0.4)
        again = dict(same_as=f"consensus-rows-{clustering}")
        yield case(f"consensus-rows-{clustering}-shuffled", shuffled(1, rows), 1, way, 0.4, **again)
    unsure = [(t, e, x, 0.0) for t, e, x, _ in rows]
    yield case("consensus-no-weight", unsure, 1, 1, 0.4)
    twice = [(t, e % 3, x, c) for t, e, x, c in rows]
    for way in (1, 3):
        yield case(f"consensus-repeats-all-{CLUSTERINGS[way]}", twice, 1, way, 0.4)
        yield case(f"consensus-repeats-last-{CLUSTERINGS[way]}", twice, 1, way, 0.4, repeats="last")
    yield case("consensus-no-themes", answers(60, 6), 1, themes=0)
    yield case("consensus-many-themes", answers(60, 6), 1, threshold=0.3, themes=500)
    yield case("consensus-large", answers(61, 70, camps=4, sentences=6, vocabulary=1200, noise=4), 1, threshold=0.5, themes=20)
    yield case("consensus-large-sets", answers(62, 150, camps=3, sentences=3), 0, threshold=0.4)
    gap = [(t * 2, e, x, c) for t, e, x, c in rows]
    yield case("consensus-empty-tasks", gap, 1, 1, 0.4)
    sure = [(t, e, x, 1.0) for t, e, x, _ in many_tasks(70, 25, 6)]
    for rule in (0, 1):
        more = dict(confidence=rule)
        name = CONFIDENCES[rule]
        yield case(f"consensus-confidence-{name}", sure, 7, 3, 0.55, **more)
        yield case(f"consensus-confidence-{name}-stated", many_tasks(71, 12, 5), 7, 3, 0.55, **more)
        yield case(f"consensus-confidence-{name}-repeats", twice, 7, 2, 0.4, **more)
        yield case(f"consensus-confidence-{name}-one-task", answers(72, 9), 7, **more)
        yield case(f"consensus-confidence-{name}-empty-tasks", gap, 0, 0, 0.6, **more)
    yield case("consensus-transcripts", many_tasks(73, 8, 7), 4, 3, 0.5, choice=8, confidence=1)
    yield case("consensus-choice-set-cosine", many_tasks(74, 5, 6), 2, 3, 0.4, choice=0)
    yield case("consensus-choice-clusters", many_tasks(74, 5, 6), 2, 1, 0.3, choice=1)
    far = dict(embedding=vectors(6, 24, 7), confidence=1)
    yield case("consensus-embedding-tasks", [(e % 4, e // 4, f"text {e}", 1.0) for e in range(24)], 6, 3, 0.8, **far)


def describe(given):
    out = f"# {given['name']}: made by tests/parity/oracle/generate.py\n"
    out += f"similarity {KINDS[given['similarity']]}\n"
    for key in ("tasks", "experts"):
        out += f"{key} {given[key]}\n"
    for t, e, data, c in given["rows"]:
        out += f"row {t} {e} {hex64(c)} {data.hex() or '-'}\n"
    if "embedding" in given:
        out += f"dimension {len(given['embedding'][0])}\n"
        for row in given["embedding"]:
            out += numbers("embedding", row, hex32)
    return out


def columns(table):
    out = numbers("expect_order", table.order) + numbers("expect_vocabulary", table.vocabulary)
    for tokens_of in table.tokens:
        out += numbers("expect_tokens", tokens_of)
    return out


def describe_similarities(given):
    table = text.Table(given)
    matrix = text.Similarities(given["similarity"], table, table.rows_of(0)).matrix()
    out = describe(given) + columns(table)
    for row in matrix:
        out += numbers("expect_similarities", row, hex64)
    for threshold in (0.0, 0.3, 0.7, 1.0):
        found = [(i, j) for i, j, _ in text.pairs(matrix, threshold)]
        out += f"threshold {hex64(threshold)}\n" + numbers("expect_pairs", found, lambda p: f"{p[0]}:{p[1]}")
    return out


def describe_consensus(given):
    result = text_consensus.consensus(given)
    if "same_as" in given:
        check_same(given, result)
    out = describe(given)
    out += f"clustering {CLUSTERINGS[given['clustering']]}\nthreshold {hex64(given['threshold'])}\n"
    out += f"min_points {given['min_points']}\nthemes {given['themes']}\n"
    if "repeats" in given:
        out += f"repeats {given['repeats']}\n"
    if "choice" in given:
        out += f"choice {KINDS[given['choice']]}\n"
    if "confidence" in given:
        out += f"confidence {CONFIDENCES[given['confidence']]}\n"
    out += columns(result["table"])
    for key in ("cluster", "medoid"):
        out += numbers("expect_" + key, result[key])
    for key in ("centrality", "weight", "skill"):
        out += numbers("expect_" + key, result[key], hex64)
    for key in ("chosen", "clusters"):
        out += numbers("expect_" + key, result[key])
    for key in ("confidence", "support"):
        out += numbers("expect_" + key, result[key], hex64)
    for task, found in enumerate(result["themes"]):
        for row, place, length, score, d_in, d_out in found:
            out += f"expect_theme {task} {row} {place} {length} {hex64(score)} {d_in} {d_out}\n"
    return out


def check_same(given, result):
    """A shuffled table must give what its original gave."""
    other = text_consensus.consensus(next(c for c in consensus_cases() if c["name"] == given["same_as"]))
    for key in result:
        if key != "table" and repr(result[key]) != repr(other[key]):
            raise AssertionError(f"{given['name']}: {key} depends on the order of the rows")


def files(folder):
    yield folder / "tokens.txt", token_file()
    for given in similarity_cases():
        yield folder / (given["name"] + ".txt"), describe_similarities(given)
    for given in consensus_cases():
        yield folder / (given["name"] + ".txt"), describe_consensus(given)
