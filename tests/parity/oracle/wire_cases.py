"""The golden messages of tests/data/golden/wire: what each means, or why, where and in which field it is refused."""

import struct

import wire
from generate_tools import SplitMix64, f32, hex32, hex64
from wire_bytes import put_array, put_column, put_integer, put_map, put_number, put_text
from wire_reasons import TEXTS, Refused

COLUMNS_OF_BINARY32 = ("embedding", "weight")


def form(key, value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value.encode().hex() or "-"
    if isinstance(value, float):
        return hex32(value) if key in COLUMNS_OF_BINARY32 else hex64(value)
    return str(value)


def means(value, path=""):
    """A line for each field that is there: its path and its value or values."""
    for key, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], dict):
            yield f"means {path}{key} {len(item)}"
            for i, one in enumerate(item):
                yield from means(one, f"{path}{key}.{i}.")
        elif isinstance(item, list):
            yield f"means {path}{key}" + "".join(" " + form(key, one) for one in item)
        elif item is not None:
            yield f"means {path}{key} {form(key, item)}"


def case(name, message):
    lines = [f"case {name}", f"message {message.hex()}"]
    try:
        kind, value = wire.read(message)
        canonical = wire.write(kind, value)
        assert wire.read(canonical) == (kind, value), name
        lines += ["canonical " + ("=" if canonical == message else canonical.hex()), f"kind {kind}", *means(value)]
    except Refused as refused:
        text = TEXTS[refused.number - 1][1]
        lines.append(f"refused {refused.number} {refused.position} {refused.field} {text}")
    return "\n".join(lines) + "\n"


def row(expert, text, **more):
    return dict(dict.fromkeys(("task", "expert", "text", "confidence", "embedding")), expert=expert, text=text, **more)


def responses():
    yield "none", dict(rows=[])
    yield "one", dict(rows=[row("Ann", "Paris")])
    some = [row("Ann", "Paris", task="capital", confidence=0.9), row("Bob", "It is Paris.", task="capital", confidence=1.0)]
    some += [row("Ann", "", task="", confidence=0.0), row("", "λόγος 言葉 🙂 e\u0301 \0", task="word", confidence=-0.0)]
    yield "several-tasks", dict(rows=some)
    vectors = [[0.0, 1.0, -0.5], [f32(0.1), f32(-3.4028234663852886e38), 2.0**-149], None]
    yield "embeddings", dict(rows=[row("e", "t", embedding=v, confidence=c) for v, c in zip(vectors, (None, 0.1, 2.0**-1074))])
    for length in (31, 32, 255, 256):
        yield f"text-of-{length}", dict(rows=[row("e", "x" * length)])
    for count in (15, 16):
        yield f"{count}-rows", dict(rows=[row(str(i), "t", confidence=i / 16) for i in range(count)])
    yield "long-embedding", dict(rows=[row("e", "t", embedding=[i / 4 for i in range(80)])])


def answers():
    empty = dict(tasks=[], experts=[], labels=[], task=[], expert=[], label=[], weight=None)
    yield "empty", empty
    yield "names-alone", dict(empty, tasks=["a"], experts=["b", "c"], labels=["d"])
    small = dict(tasks=["photo 1", "photo 2"], experts=["Ann", "Bob"], labels=["cat", "dog"])
    small |= dict(task=[0, 0, 1], expert=[0, 1, 0], label=[0, 1, 1], weight=None)
    yield "small", small
    yield "weighted", dict(small, weight=[1.0, f32(0.1), 0.0])
    r = SplitMix64(901)
    many = dict(tasks=[f"t{i}" for i in range(300)], experts=[f"e{i}" for i in range(20)], labels=["x", "y", "z"], weight=None)
    many |= {key: [r.below(len(many[key + "s"])) for _ in range(700)] for key in ("task", "expert", "label")}
    yield "many", many


def text_results():
    plain = dict(task=None, chosen=0, confidence=1.0, support=[0], dissent=[], themes=[])
    yield "no-tasks", dict(responses=0, tasks=[])
    yield "one-task", dict(responses=1, tasks=[plain])
    dissent = [dict(medoid=3, members=[3, 4]), dict(medoid=5, members=[5])]
    themes = [dict(theme="place", score=0.75), dict(theme="größe", score=-1.1)]
    rich = dict(task="capital", chosen=1, confidence=0.6, support=[0, 1, 2], dissent=dissent, themes=themes)
    yield "several-tasks", dict(responses=70000, tasks=[rich, dict(plain, task="", chosen=None, confidence=0.0, support=[])])
    wide = [0, 127, 128, 255, 256, 65535, 65536, 2147483646]
    yield "wide-rows", dict(responses=2147483647, tasks=[dict(plain, support=wide, chosen=65536, themes=themes[:1])])
    yield "twenty-tasks", dict(responses=20, tasks=[dict(plain, task=str(i), chosen=i) for i in range(20)])


def categorical_results():
    empty = dict(method=None, tasks=[], experts=[], labels=[], answer=[], runner_up=[], posterior=[], skill=[])
    empty |= dict(iterations=0, objective=None, converged=True)
    yield "empty", empty
    small = dict(empty, method="dawid-skene", tasks=["a", "b"], experts=["Ann"], labels=["cat", "dog"], answer=[0, -1])
    small |= dict(runner_up=[1, -1], posterior=[0.9, 0.1, 0.0, 0.0], skill=[0.75], iterations=17, objective=-12.25)
    yield "small", small
    yield "not-converged", dict(small, iterations=2147483647, objective=-0.1, converged=False)
    yield "one-label", dict(small, labels=["x"], posterior=[1.0, 1.0], runner_up=[-1, -1], objective=1e300, method=None)


VALUES = dict(zip(wire.KINDS, (responses, answers, text_results, categorical_results)))


def envelope(body, version=1, kind="responses", name="coterie", more=()):
    return put_array([put_text(name), put_integer(version), put_text(kind), body, *more])


def rows(*maps):
    return envelope(put_map([("rows", put_array(list(maps)))]))


def entries(**more):
    return [("expert", put_text("e")), ("text", put_text("t")), *more.items()]


def nested(depth):
    return b"\x91" * (depth - 1) + b"\x90"


def double(value):
    return b"\xcb" + struct.pack(">d", value)


def loose():
    """Messages that a reader accepts though the writer would not write them."""
    yield "other-order", rows(put_map([("text", put_text("t")), ("confidence", put_integer(1)), ("expert", put_text("e"))]))
    yield "nil-is-missing", rows(put_map(entries(task=b"\xc0", confidence=b"\xc0", embedding=b"\xc0")))
    yield "unknown-keys", rows(put_map([("zz", nested(3)), *entries(note=put_map([("a", b"\xd4\x05\x00")])), ("", b"\xc0")]))
    yield "deep-unknown", rows(put_map(entries(deep=nested(28))))
    yield "same-key-in-unknown", rows(put_map(entries(u=b"\x82\xa1a\x01\xa1a\x02")))
    yield "confidence-as-double", rows(put_map(entries(confidence=double(0.5))))
    yield "long-integers", rows(put_map(entries(confidence=b"\xd3" + bytes(7) + b"\x01")))
    listed = [put_number(0.5), put_integer(-3), double(0.1), b"\xcf" + (2**53).to_bytes(8, "big"), put_integer(70000)]
    yield "listed-embedding", rows(put_map(entries(embedding=put_array(listed))))
    yield "subnormal-embedding", rows(put_map(entries(embedding=put_array([double(1e-46), double(3.4028235677973366e38 - 2e31)]))))
    yield "long-heads", bytes.fromhex("dd00000004db00000007") + b"coterie" + bytes.fromhex(
        "d30000000000000001da0009") + b"responses" + bytes.fromhex("df00000001d904") + b"rowsdc0000"[:4] + b"\xdc\x00\x00"
    extensions = [b"\xc7\x02\x01ab", b"\xc8\x00\x01\x01a", b"\xc9\x00\x00\x00\x00\x01", b"\xd8\x01" + bytes(16), b"\xc4\x01x"]
    yield "all-families-unknown", rows(put_map(entries(u=put_array([*extensions, b"\xc2", b"\xd0\x80", b"\xca\x7f\xc0\x00\x00"]))))


def hostile():
    """Messages that are refused, each for a reason of its own."""
    good = rows(put_map(entries()))
    yield "empty", b""
    for name, message in (
        ("bin-of-4-gib", b"\xc6\xff\xff\xff\xff"), ("array-of-4-gib", b"\xdd\xff\xff\xff\xff" + bytes(15)),
        ("map-of-4-gib", b"\xdf\xff\xff\xff\xff\x01"), ("map-of-two-in-three", b"\x82\x01\x02\x03"),
        ("text-head", b"\xd9"), ("bin-head", b"\xc5\x00"), ("array-head", b"\xdd\x00\x00\x00"), ("fixed-extension", b"\xd4"),
        ("extension-head", b"\xc7\x01"), ("extension-of-4-gib", b"\xc9\xff\xff\xff\xff\x01"), ("double", b"\xcb" + bytes(7)),
        ("reserved", b"\xc1"), ("reserved-within", b"\x92\x01\xc1"), ("two-messages", good + good), ("one-more-byte", good + b"\xc1"),
        ("32-deep", nested(32)), ("33-deep", nested(33)), ("deep-map", b"\x81\x01" * 40), ("very-deep", b"\x91" * 5000),
        ("utf8-lone-continuation", b"\xa3a\x80b"), ("utf8-overlong", b"\xa2\xc0\x80"), ("utf8-surrogate", b"\xa4x\xed\xa0\x80"),
        ("utf8-cut", b"\xa3a\xe2\x82"), ("utf8-too-large", b"\xa4\xf4\x90\x80\x80"), ("utf8-four-cut", b"\xa5ab\xf0\x9f\x99"),
        ("nil", b"\xc0"), ("array-of-one", b"\x91\xa7coterie"), ("other-name", envelope(b"\x80", name="Coterie")),
        ("name-in-bin", b"\x94\xc4\x07coterie\x01\xa9responses\x80"), ("map", b"\x81\xa7coterie\x01"),
        ("version-0", envelope(b"\x80", 0)), ("version-2", envelope(b"\x80", 2)), ("version-2-longer", envelope(b"\x80", 2, more=[b"\x01"])),
        ("version-huge", b"\x92\xa7coterie\xcf" + b"\xff" * 8), ("version-float", b"\x92\xa7coterie\xca\x3f\x80\x00\x00"),
        ("longer", envelope(b"\x80", more=[b"\x01"])), ("shorter", b"\x93\xa7coterie\x01\xa9responses"),
        ("unknown-kind", envelope(b"\x80", kind="response")), ("kind-is-number", b"\x94\xa7coterie\x01\x02\x80"),
        ("body-is-array", envelope(b"\x90")), ("body-without-rows", envelope(b"\x80")), ("key-is-number", envelope(b"\x81\x01\x02")),
        ("key-twice", envelope(b"\x82\xa4rows\x90\xa4rows\x90")), ("unknown-key-twice", envelope(b"\x83\xa1a\x01\xa4rows\x90\xa1a\x01")),
        ("65-keys", envelope(put_map([(str(i), b"\xc0") for i in range(65)]))),
        ("64-keys", envelope(put_map([(str(i), b"\xc0") for i in range(64)]))),
        ("rows-is-map", envelope(b"\x81\xa4rows\x80")), ("rows-is-nil", envelope(b"\x81\xa4rows\xc0")), ("row-is-text", rows(b"\xa0")),
    ):
        yield name, message
    for name, more in (
        ("confidence-nan", dict(confidence=double(float("nan")))), ("confidence-infinite", dict(confidence=b"\xca\xff\x80\x00\x00")),
        ("confidence-above", dict(confidence=double(1.0000000000000002))), ("confidence-below", dict(confidence=double(-5e-324))),
        ("confidence-huge", dict(confidence=b"\xcf\x00\x20\x00\x00\x00\x00\x00\x01")), ("confidence-2", dict(confidence=b"\x02")),
        ("confidence-minimal", dict(confidence=b"\xd3\x80" + bytes(7))), ("confidence-text", dict(confidence=put_text("0.5"))),
        ("confidence-true", dict(confidence=b"\xc3")), ("embedding-empty", dict(embedding=b"\xc4\x00")),
        ("embedding-no-list", dict(embedding=b"\x90")), ("embedding-5-bytes", dict(embedding=b"\xc4\x05abcde")),
        ("embedding-nan", dict(embedding=put_column([1.0, float("nan")], "f"))), ("embedding-text", dict(embedding=put_text("1"))),
        ("embedding-listed-nan", dict(embedding=put_array([b"\x01", b"\xca\x7f\xc0\x00\x00"]))),
        ("embedding-listed-too-large", dict(embedding=put_array([b"\x01", double(3.4028235677973366e38)]))),
        ("embedding-listed-nil", dict(embedding=put_array([b"\xc0"]))), ("task-number", dict(task=b"\x01")),
    ):
        yield name, rows(put_map(entries(**more)))
    yield "no-expert", rows(put_map([("text", put_text("t"))]))
    yield "no-text", rows(put_map([("expert", put_text("t"))]))
    yield "expert-nil", rows(put_map([("expert", b"\xc0"), ("text", put_text("t"))]))
    named = put_map(entries(task=put_text("a")))
    yield "second-without-task", rows(named, named, put_map(entries()))
    yield "first-without-task", rows(put_map(entries()), named)
    short, long = (put_map(entries(embedding=put_column([1.0] * n, "f"))) for n in (1, 2))
    yield "embeddings-of-two-lengths", rows(short, put_map(entries()), long)
    yield from hostile_tables()
    yield from hostile_text_results()


def changed(kind, name, **more):
    """A value of the kind, with some fields written otherwise; None leaves a field out."""
    value = dict(VALUES[kind]())[name]
    names, columns = ("tasks", "experts", "labels"), ("task", "expert", "label", "answer", "runner_up")
    fields = []
    for key, item in value.items():
        if key in more:
            item = more[key]
        elif key in names:
            item = wire.put_names(item)
        elif key in columns:
            item = put_column(item, "i")
        elif key in ("posterior", "skill"):
            item = put_column(item, "d")
        elif isinstance(item, bool):
            item = b"\xc3" if item else b"\xc2"
        elif item is not None:
            item = {str: put_text, int: put_integer, float: put_number}[type(item)](item)
        fields.append((key, item))
    return envelope(put_map(fields), kind=kind)


def hostile_tables():
    for name, more in (
        ("task-below", dict(task=put_column([0, -1, 1], "i"))), ("task-above", dict(task=put_column([0, 0, 2], "i"))),
        ("label-largest", dict(label=put_column([2147483647, 0, 0], "i"))), ("expert-short", dict(expert=put_column([0, 1], "i"))),
        ("label-long", dict(label=put_column([0] * 4, "i"))), ("task-7-bytes", dict(task=b"\xc4\x07abcdefg")),
        ("task-listed", dict(task=b"\x93\x00\x00\x01")), ("name-twice", dict(experts=wire.put_names(["a", "b", "a", "b"]))),
        ("name-number", dict(labels=b"\x92\xa1a\x01")), ("names-text", dict(tasks=put_text("a"))), ("no-label", dict(label=None)),
        ("weight-nan", dict(weight=put_column([-1.0, float("nan"), 1.0], "f"))), ("weight-short", dict(weight=put_column([1.0], "f"))),
        ("weight-infinite", dict(weight=put_column([1.0, float("inf"), -1.0], "f"))), ("weight-double", dict(weight=put_column([1.0], "d"))),
    ):
        yield "answers-" + name, changed("answers", "small", **more)
    for name, more in (
        ("answer-below", dict(answer=put_column([0, -2], "i"))), ("answer-above", dict(answer=put_column([2, 0], "i"))),
        ("runner-up-short", dict(runner_up=put_column([1], "i"))), ("posterior-short", dict(posterior=put_column([1.0] * 3, "d"))),
        ("posterior-nan", dict(posterior=put_column([0.0, float("nan"), 0.0, 0.0], "d"))), ("skill-long", dict(skill=put_column([1.0] * 2, "d"))),
        ("skill-infinite", dict(skill=put_column([float("-inf")], "d"))), ("iterations-below", dict(iterations=put_integer(-1))),
        ("iterations-large", dict(iterations=put_integer(2**31))), ("iterations-float", dict(iterations=put_number(1.0))),
        ("objective-nan", dict(objective=double(float("nan")))), ("objective-large", dict(objective=put_integer(-(2**53) - 1))),
        ("converged-number", dict(converged=b"\x01")), ("converged-nil", dict(converged=b"\xc0")), ("method-number", dict(method=b"\x01")),
        ("no-iterations", dict(iterations=None)),
    ):
        yield "categorical-" + name, changed("categorical-result", "small", **more)


def hostile_text_results():
    def result(*tasks, limit=put_integer(5)):
        return envelope(put_map([("responses", limit), ("tasks", put_array(list(tasks)))]), kind="text-result")

    def task(**more):
        fields = dict(task=put_text("a"), chosen=b"\x01", confidence=b"\x01", support=b"\x91\x01") | more
        return put_map(fields.items())

    cluster = put_map([("medoid", b"\x02"), ("members", b"\x92\x02\x05")])
    for name, message in (
        ("chosen-above", result(task(chosen=b"\x05"))), ("chosen-below", result(task(chosen=b"\xff"))),
        ("chosen-large", result(task(chosen=b"\xce\x80\x00\x00\x00"))), ("chosen-unsigned", result(task(chosen=b"\xcf" + b"\xff" * 8))),
        ("support-above", result(task(support=b"\x93\x01\x02\x05"))), ("support-bin", result(task(support=b"\xc4\x00"))),
        ("no-support", result(task(support=None))), ("no-confidence", result(task(confidence=None))),
        ("confidence-above", result(task(confidence=double(1.5)))), ("same-task", result(task(), task(task=put_text("b")), task())),
        ("unnamed", result(task(), task(task=None))), ("unnamed-first", result(task(task=b"\xc0"), task())),
        ("member-above", result(task(dissent=put_array([cluster])))), ("no-medoid", result(task(dissent=b"\x91\x81\xa7members\x90"))),
        ("cluster-list", result(task(dissent=b"\x91\x90"))), ("score-nan", result(task(themes=b"\x91\x82\xa5theme\xa1x\xa5score\xca\x7f\xc0\x00\x00"))),
        ("no-theme", result(task(themes=b"\x91\x81\xa5score\x01"))), ("theme-twice-key", result(task(themes=b"\x91\x82\xa5theme\xa0\xa5theme\xa0"))),
        ("responses-below", result(limit=b"\xff")), ("responses-large", result(limit=b"\xce\x80\x00\x00\x00")),
        ("no-tasks-key", envelope(put_map([("responses", b"\x00")]), kind="text-result")),
    ):
        yield "text-" + name, message


def mutated():
    """Valid messages with a byte changed, cut out or put in, and every beginning of a small one."""
    r = SplitMix64(902)
    good = [wire.write(kind, value) for kind, values in VALUES.items() for name, value in values()]
    good = [message for message in good if len(message) < 300]
    for i in range(len(good[1])):
        yield f"beginning-{i}", good[1][:i]
    for i in range(500):
        message = bytearray(good[r.below(len(good))])
        for _ in range(1 + r.below(2)):
            at = r.below(len(message))
            action, byte = r.below(4), r.below(256)
            if action == 0:
                del message[at]
            elif action == 1:
                message.insert(at, byte)
            else:
                message[at] = byte if action == 2 else message[at] ^ 1 << byte % 8
        yield f"mutated-{i}", bytes(message)


def files(folder):
    note = "# Messages of the wire form, made by tests/parity/oracle/generate.py; SOURCE.md says how to read this file.\n"
    for kind, values in VALUES.items():
        yield folder / f"{kind}.txt", note + "".join(case(name, wire.write(kind, value)) for name, value in values())
    for name, messages in (("loose", loose), ("hostile", hostile), ("mutated", mutated)):
        yield folder / f"{name}.txt", note + "".join(case(label, message) for label, message in messages())
