"""The wire form of docs/wire.md: each kind of message read and written. A value is a dictionary."""

import struct

from wire_bytes import (
    LARGEST, array, check_message, column, head, index, integer, keys, number, of_family, put_array, put_column, put_integer,
    put_map, put_number, put_text, share, skip, text,
)
from wire_reasons import Refused

KINDS = ("responses", "answers", "text-result", "categorical-result")


class Map:
    """A map that is being read: required and optional values, in the order in which the form has them."""

    def __init__(self, data, at, field, prefix):
        self.data, self.at, self.prefix = data, at, prefix
        self.places = keys(data, at, field)

    def optional(self, key, reader, *more):
        at = self.places.get(key)
        if at is None or self.data[at] == 0xC0:
            return None
        return reader(self.data, at, self.prefix + key, *more)

    def required(self, key, reader, *more):
        if key not in self.places:
            raise Refused(self.at, self.prefix + key, "MISSING_KEY")
        return reader(self.data, self.places[key], self.prefix + key, *more)


def read(data):
    """The kind and the value of a message."""
    check_message(data)
    family, length, start = head(data, 0)
    if family != "array" or length < 2 or head(data, start)[0] != "str" or text(data, start, "message") != "coterie":
        raise Refused(0, "message", "NOT_COTERIE")
    at = skip(data, start)
    if integer(data, at, "version") != 1:
        raise Refused(at, "version", "UNSUPPORTED_VERSION")
    if length != 4:
        raise Refused(0, "message", "WRONG_LENGTH")
    at = skip(data, at)
    kind = text(data, at, "kind")
    if kind not in KINDS:
        raise Refused(at, "kind", "UNKNOWN_KIND")
    body = Map(data, skip(data, at), "body", "")
    return kind, READERS[kind](body)


def write(kind, value):
    return put_array([put_text("coterie"), put_integer(1), put_text(kind), WRITERS[kind](value)])


def read_names(data, at, field):
    names = {}
    for place in array(data, at, field):
        name = text(data, place, field)
        if name in names:
            raise Refused(place, field, "DUPLICATE_NAME")
        names[name] = None
    return list(names)


def read_indices(data, at, field, count, least, limit):
    return column(data, at, field, "i", count, least, limit)


def read_embedding(data, at, field, dimension):
    family, length, start = of_family(data, at, field, "bin", "array")
    if length == 0 or family == "bin" and length % 4:
        raise Refused(at, field, "WRONG_LENGTH")
    count = length // 4 if family == "bin" else length
    if dimension is not None and count != dimension:
        raise Refused(at, field, "WRONG_LENGTH")
    if family == "bin":
        return column(data, at, field, "f")
    values = []
    for place in array(data, at, field):
        try:
            values.append(struct.unpack("<f", struct.pack("<f", number(data, place, field)))[0])
        except OverflowError:
            raise Refused(place, field, "OUT_OF_RANGE") from None
    return values


def read_responses(body):
    rows, first, dimension = [], None, None
    for at in body.required("rows", array):
        row = Map(body.data, at, "rows", "rows.")
        task = row.optional("task", text)
        if rows and (task is None) != (rows[0]["task"] is None):
            raise Refused(at if task is None else first, "rows.task", "MISSING_KEY")
        first = at if first is None else first
        expert, content = row.required("expert", text), row.required("text", text)
        confidence = row.optional("confidence", share)
        embedding = row.optional("embedding", read_embedding, dimension)
        dimension = dimension if embedding is None else len(embedding)
        rows.append(dict(task=task, expert=expert, text=content, confidence=confidence, embedding=embedding))
    return dict(rows=rows)


def maybe(write_value, value, *more):
    return None if value is None else write_value(value, *more)


def write_responses(value):
    def row(r):
        return put_map([
            ("task", maybe(put_text, r["task"])), ("expert", put_text(r["expert"])), ("text", put_text(r["text"])),
            ("confidence", maybe(put_number, r["confidence"])), ("embedding", maybe(put_column, r["embedding"], "f")),
        ])

    return put_map([("rows", put_array([row(r) for r in value["rows"]]))])


def read_weights(data, at, field, count):
    return column(data, at, field, "f", count, 0.0)


def read_answers(body):
    names = {key: body.required(key, read_names) for key in ("tasks", "experts", "labels")}
    columns, count = {}, None
    for key in ("task", "expert", "label"):
        columns[key] = body.required(key, read_indices, count, 0, len(names[key + "s"]))
        count = len(columns[key])
    return dict(**names, **columns, weight=body.optional("weight", read_weights, count))


def put_names(names):
    return put_array([put_text(name) for name in names])


def write_answers(value):
    entries = [(key, put_names(value[key])) for key in ("tasks", "experts", "labels")]
    entries += [(key, put_column(value[key], "i")) for key in ("task", "expert", "label")]
    return put_map(entries + [("weight", maybe(put_column, value["weight"], "f"))])


def read_rows(data, at, field, limit):
    return [index(data, place, field, 0, limit) for place in array(data, at, field)]


def read_dissent(data, at, field, limit):
    clusters = []
    for place in array(data, at, field):
        cluster = Map(data, place, field, field + ".")
        medoid = cluster.required("medoid", index, 0, limit)
        clusters.append(dict(medoid=medoid, members=cluster.required("members", read_rows, limit)))
    return clusters


def read_themes(data, at, field):
    themes = []
    for place in array(data, at, field):
        theme = Map(data, place, field, field + ".")
        themes.append(dict(theme=theme.required("theme", text), score=theme.required("score", number)))
    return themes


def read_text_result(body):
    limit = body.required("responses", index, 0, LARGEST + 1)
    tasks, names, places = [], set(), body.required("tasks", array)
    for at in places:
        task = Map(body.data, at, "tasks", "tasks.")
        name = task.optional("task", text)
        if name is None and len(places) > 1:
            raise Refused(at, "tasks.task", "MISSING_KEY")
        if name in names:
            raise Refused(task.places["task"], "tasks.task", "DUPLICATE_NAME")
        names.add(name)
        chosen = task.optional("chosen", index, 0, limit)
        confidence = task.required("confidence", share)
        support = task.required("support", read_rows, limit)
        dissent = task.optional("dissent", read_dissent, limit) or []
        themes = task.optional("themes", read_themes) or []
        tasks.append(dict(task=name, chosen=chosen, confidence=confidence, support=support, dissent=dissent, themes=themes))
    return dict(responses=limit, tasks=tasks)


def put_rows(rows):
    return put_array([put_integer(row) for row in rows])


def write_text_result(value):
    def cluster(c):
        return put_map([("medoid", put_integer(c["medoid"])), ("members", put_rows(c["members"]))])

    def theme(t):
        return put_map([("theme", put_text(t["theme"])), ("score", put_number(t["score"]))])

    def task(t):
        return put_map([
            ("task", maybe(put_text, t["task"])), ("chosen", maybe(put_integer, t["chosen"])),
            ("confidence", put_number(t["confidence"])), ("support", put_rows(t["support"])),
            ("dissent", put_array([cluster(c) for c in t["dissent"]]) if t["dissent"] else None),
            ("themes", put_array([theme(x) for x in t["themes"]]) if t["themes"] else None),
        ])

    return put_map([("responses", put_integer(value["responses"])), ("tasks", put_array([task(t) for t in value["tasks"]]))])


def read_bool(data, at, field):
    of_family(data, at, field, "bool")
    return data[at] == 0xC3


def read_numbers(data, at, field, count):
    return column(data, at, field, "d", count)


def read_categorical_result(body):
    method = body.optional("method", text)
    names = {key: body.required(key, read_names) for key in ("tasks", "experts", "labels")}
    tasks, labels = len(names["tasks"]), len(names["labels"])
    return dict(
        method=method,
        **names,
        answer=body.required("answer", read_indices, tasks, -1, labels),
        runner_up=body.required("runner_up", read_indices, tasks, -1, labels),
        posterior=body.required("posterior", read_numbers, tasks * labels),
        skill=body.required("skill", read_numbers, len(names["experts"])),
        iterations=body.required("iterations", index, 0, LARGEST + 1),
        objective=body.optional("objective", number),
        converged=body.required("converged", read_bool),
    )


def write_categorical_result(value):
    entries = [("method", maybe(put_text, value["method"]))]
    entries += [(key, put_names(value[key])) for key in ("tasks", "experts", "labels")]
    entries += [(key, put_column(value[key], "i")) for key in ("answer", "runner_up")]
    entries += [(key, put_column(value[key], "d")) for key in ("posterior", "skill")]
    entries += [("iterations", put_integer(value["iterations"])), ("objective", maybe(put_number, value["objective"]))]
    return put_map(entries + [("converged", b"\xc3" if value["converged"] else b"\xc2")])


READERS = dict(zip(KINDS, (read_responses, read_answers, read_text_result, read_categorical_result)))
WRITERS = dict(zip(KINDS, (write_responses, write_answers, write_text_result, write_categorical_result)))
