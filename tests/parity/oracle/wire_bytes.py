"""MessagePack as docs/wire.md needs it: the check of a whole message, single values, and the canonical writer."""

import math
import struct

from wire_reasons import Refused

MOST_OPEN, MOST_KEYS = 32, 64
LARGEST = 2**31 - 1
FIXED = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
LENGTHS = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xC7: 1, 0xC8: 2, 0xC9: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4, 0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}
FAMILY = {0xC4: "bin", 0xC5: "bin", 0xC6: "bin", 0xC7: "ext", 0xC8: "ext", 0xC9: "ext", 0xD9: "str", 0xDA: "str", 0xDB: "str"}
FAMILY |= {0xDC: "array", 0xDD: "array", 0xDE: "map", 0xDF: "map", 0xC0: "nil", 0xC2: "bool", 0xC3: "bool"}
FAMILY |= {0xCA: "float", 0xCB: "float"} | {tag: "int" for tag in (*range(0xCC, 0xD0), *range(0xD0, 0xD4))}


def head(data, at):
    """The family, the length or count, and where the content begins; None where the message ends before."""
    if at >= len(data):
        return None
    tag = data[at]
    if tag < 0x80 or tag >= 0xE0:
        return "int", 0, at + 1
    if tag < 0x90:
        return "map", tag & 15, at + 1
    if tag < 0xA0:
        return "array", tag & 15, at + 1
    if tag < 0xC0:
        return "str", tag & 31, at + 1
    if tag == 0xC1:
        raise Refused(at, "message", "RESERVED_BYTE")
    if tag in FIXED:
        return FAMILY[tag], FIXED[tag], at + 1
    if 0xD4 <= tag <= 0xD8:
        return "ext", 1 + (1 << (tag - 0xD4)), at + 1
    start = at + 1 + LENGTHS[tag]
    if start > len(data):
        return None
    length = int.from_bytes(data[at + 1 : start], "big")
    return FAMILY[tag], length + (FAMILY[tag] == "ext"), start


def check(data, at=0, opened=0):
    """Checks one value and returns its end."""
    known = head(data, at)
    if known is None:
        raise Refused(at, "message", "TRUNCATED")
    family, length, start = known
    if family not in ("array", "map"):
        if start + length > len(data):
            raise Refused(at, "message", "TRUNCATED")
        if family == "str":
            try:
                data[start : start + length].decode()
            except UnicodeDecodeError as error:
                raise Refused(start + error.start, "message", "INVALID_UTF8") from None
        return start + length
    if opened == MOST_OPEN:
        raise Refused(at, "message", "TOO_DEEP")
    values = length * 2 if family == "map" else length
    if values > len(data) - start:
        raise Refused(at, "message", "TRUNCATED")
    for _ in range(values):
        start = check(data, start, opened + 1)
    return start


def check_message(data):
    end = check(data)
    if end != len(data):
        raise Refused(end, "message", "TRAILING_BYTES")


def skip(data, at):
    family, length, start = head(data, at)
    if family not in ("array", "map"):
        return start + length
    for _ in range(length * 2 if family == "map" else length):
        start = skip(data, start)
    return start


def of_family(data, at, field, *families):
    known = head(data, at)
    if known[0] not in families:
        raise Refused(at, field, "WRONG_TYPE")
    return known


def text(data, at, field):
    _, length, start = of_family(data, at, field, "str")
    return data[start : start + length].decode()


def array(data, at, field):
    """The places of an array's elements."""
    _, length, start = of_family(data, at, field, "array")
    places = []
    for _ in range(length):
        places.append(start)
        start = skip(data, start)
    return places


def keys(data, at, field):
    """The places of a map's values."""
    _, length, start = of_family(data, at, field, "map")
    if length > MOST_KEYS:
        raise Refused(at, field, "TOO_MANY_KEYS")
    places = {}
    for _ in range(length):
        key = text(data, start, field)
        if key in places:
            raise Refused(start, field, "DUPLICATE_KEY")
        places[key] = skip(data, start)
        start = skip(data, places[key])
    return places


def integer(data, at, field):
    _, length, start = of_family(data, at, field, "int")
    tag = data[at]
    if length == 0:
        return tag if tag < 0x80 else tag - 0x100
    return int.from_bytes(data[start : start + length], "big", signed=tag >= 0xD0)


def index(data, at, field, least, limit):
    value = integer(data, at, field)
    if value < least:
        raise Refused(at, field, "OUT_OF_RANGE")
    if value > LARGEST:
        raise Refused(at, field, "INTEGER_TOO_LARGE")
    if value >= limit:
        raise Refused(at, field, "OUT_OF_RANGE")
    return value


def number(data, at, field):
    family, length, start = of_family(data, at, field, "int", "float")
    if family == "int":
        value = integer(data, at, field)
        if abs(value) > 2**53:
            raise Refused(at, field, "INTEGER_TOO_LARGE")
        return float(value)
    value = struct.unpack(">f" if length == 4 else ">d", data[start : start + length])[0]
    if value - value != 0:
        raise Refused(at, field, "NOT_FINITE")
    return value


def share(data, at, field):
    value = number(data, at, field)
    if not 0 <= value <= 1:
        raise Refused(at, field, "OUT_OF_RANGE")
    return value


def column(data, at, field, form, count=None, least=-math.inf, limit=math.inf):
    """The values of a bin, each finite, at least the least and below the limit."""
    _, length, start = of_family(data, at, field, "bin")
    size = struct.calcsize("<" + form)
    if length % size or count is not None and length // size != count:
        raise Refused(at, field, "WRONG_LENGTH")
    values = [v[0] for v in struct.iter_unpack("<" + form, data[start : start + length])]
    for i, value in enumerate(values):
        if value - value != 0:
            raise Refused(start + size * i, field, "NOT_FINITE")
        if not least <= value < limit:
            raise Refused(start + size * i, field, "OUT_OF_RANGE")
    return values


def put_head(short, tags, length):
    """The head of a text, bin, array or map: in one byte, or the length after the first tag that has room for it."""
    if short and length < short[1]:
        return bytes([short[0] | length])
    for tag, size in tags:
        if length < 1 << 8 * size:
            return bytes([tag]) + length.to_bytes(size, "big")
    raise ValueError("too long")


def put_text(value):
    content = value.encode()
    return put_head((0xA0, 32), ((0xD9, 1), (0xDA, 2), (0xDB, 4)), len(content)) + content


def put_array(values):
    return put_head((0x90, 16), ((0xDC, 2), (0xDD, 4)), len(values)) + b"".join(values)


def put_map(entries):
    entries = [(key, value) for key, value in entries if value is not None]
    return put_head((0x80, 16), ((0xDE, 2), (0xDF, 4)), len(entries)) + b"".join(put_text(k) + v for k, v in entries)


def put_integer(value):
    if -32 <= value < 128:
        return (value & 0xFF).to_bytes(1, "big")
    for tag, size in ((0xCC, 1), (0xCD, 2), (0xCE, 4), (0xCF, 8)):
        if 0 <= value < 1 << 8 * size:
            return bytes([tag]) + value.to_bytes(size, "big")
    for tag, size in ((0xD0, 1), (0xD1, 2), (0xD2, 4), (0xD3, 8)):
        if value >= -(1 << (8 * size - 1)):
            return bytes([tag]) + value.to_bytes(size, "big", signed=True)
    raise ValueError("too large")


def put_number(value):
    try:
        short = struct.pack(">f", value)
        if struct.unpack(">f", short)[0] == value:
            return b"\xca" + short
    except OverflowError:
        pass
    return b"\xcb" + struct.pack(">d", value)


def put_column(values, form):
    content = struct.pack(f"<{len(values)}{form}", *values)
    return put_head(None, ((0xC4, 1), (0xC5, 2), (0xC6, 4)), len(content)) + content
