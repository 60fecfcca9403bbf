"""The tokeniser of docs/text.md: bytes of UTF-8 to tokens, and to the symbols that the edit distance compares."""

STOP_WORDS = (
    "a about above after again all also am an and any are as at be because been before being below between both but by can could "
    "did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it "
    "it's its just me more most my no nor not now of off on once only or other our ours out over own same she should so some such "
    "than that the their theirs them then there these they this those through to too under until up very was we were what when "
    "where which while who whom why will with would you your yours"
).split()

SEPARATORS = (
    (0x80, 0xA9), (0xAB, 0xB1), (0xB4, 0xB4), (0xB6, 0xB8), (0xBB, 0xBB), (0xBF, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7),
    (0x37E, 0x37E), (0x387, 0x387), (0x589, 0x58A), (0x5BE, 0x5BE), (0x5C0, 0x5C0), (0x5C3, 0x5C3), (0x60C, 0x60C),
    (0x61B, 0x61B), (0x61F, 0x61F), (0x66A, 0x66D), (0x6D4, 0x6D4), (0x964, 0x965), (0x1680, 0x1680), (0x2000, 0x206F),
    (0x2190, 0x25FF), (0x27C0, 0x2BFF), (0x2E00, 0x2E7F), (0x3000, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030),
    (0x303D, 0x303F), (0x30FB, 0x30FB), (0xFE00, 0xFE1F), (0xFE30, 0xFE6F), (0xFEFF, 0xFEFF), (0xFF00, 0xFF0F),
    (0xFF1A, 0xFF20), (0xFF3B, 0xFF40), (0xFF5B, 0xFF65), (0xFFF0, 0xFFFF), (0xE0000, 0xE0FFF),
)  # fmt: skip

SINGLES = (
    (0x2600, 0x27BF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x1F000, 0x1FAFF),
    (0x20000, 0x3FFFF),
)  # fmt: skip

SEPARATOR, WORD, SINGLE, APOSTROPHE = range(4)
REPLACEMENT = 0xFFFD


def within(ranges, c):
    return any(low <= c <= high for low, high in ranges)


def kind(c):
    if c in (0x27, 0x2019):
        return APOSTROPHE
    if c < 0x80:
        return WORD if chr(c).isalnum() else SEPARATOR
    if within(SEPARATORS, c):
        return SEPARATOR
    return SINGLE if within(SINGLES, c) else WORD


def fold(c):
    """Lower case, where the specification knows one. The code point that comes out has as many bytes."""
    if 0x41 <= c <= 0x5A or 0xC0 <= c <= 0xDE and c != 0xD7 or 0x391 <= c <= 0x3A9 and c != 0x3A2 or 0x410 <= c <= 0x42F:
        return c + 32
    if 0x400 <= c <= 0x40F:
        return c + 80
    if (0x100 <= c <= 0x137 and c != 0x130 or 0x14A <= c <= 0x177) and c % 2 == 0:
        return c + 1
    if (0x139 <= c <= 0x148 or 0x179 <= c <= 0x17E) and c % 2 == 1:
        return c + 1
    return c


def code_points(text):
    """The code points of UTF-8. A byte that begins no well-formed sequence is U+FFFD, and the next byte is looked at anew."""
    result, at = [], 0
    while at < len(text):
        for length in (1, 2, 3, 4):
            try:
                result.append(ord(text[at : at + length].decode("utf-8")))
                at += length
                break
            except (UnicodeDecodeError, TypeError):
                continue
        else:
            result.append(REPLACEMENT)
            at += 1
    return result


def tokens(text):
    """The tokens of a text, each as bytes."""
    points = code_points(text)
    kinds = [kind(c) for c in points]
    result, run = [], []

    def end():
        if run:
            result.append("".join(map(chr, run)).encode())
            run.clear()

    for i, (c, k) in enumerate(zip(points, kinds)):
        if k == WORD:
            run.append(fold(c))
        elif k == APOSTROPHE and run and i + 1 < len(points) and kinds[i + 1] == WORD:
            run.append(0x27)
        else:
            end()
            if k == SINGLE:
                result.append(chr(c).encode())
    end()
    return result


def symbols(text):
    """The code points that the edit distance compares: folded, white space of ASCII trimmed and collapsed to one space."""
    result = []
    for c in code_points(text):
        if c in (9, 10, 11, 12, 13, 32):
            if result and result[-1] != 32:
                result.append(32)
        else:
            result.append(fold(c))
    if result and result[-1] == 32:
        result.pop()
    return result
