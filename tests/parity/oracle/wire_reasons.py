"""Why a message is refused: docs/wire.md, "Refusals"."""

TEXTS = (
    ("TRUNCATED", "the message ends within this value"),
    ("TRAILING_BYTES", "bytes follow the end of the message"),
    ("RESERVED_BYTE", "0xc1 begins no value"),
    ("TOO_DEEP", "arrays and maps are nested more than 32 deep"),
    ("INVALID_UTF8", "the text is not UTF-8"),
    ("TOO_LONG", "the message has more than 2147483647 bytes"),
    ("NOT_COTERIE", 'it is not ["coterie", version, kind, body]'),
    ("UNSUPPORTED_VERSION", "the version of the form is unknown; known is 1"),
    ("UNKNOWN_KIND", "the kind of message is unknown"),
    ("OTHER_KIND", "another kind of message is expected here"),
    ("WRONG_TYPE", "the value has another type than this field"),
    ("TOO_MANY_KEYS", "the map has more than 64 keys"),
    ("DUPLICATE_KEY", "the key occurs twice in its map"),
    ("MISSING_KEY", "the key is missing in this map"),
    ("INTEGER_TOO_LARGE", "the integer is too large for this field"),
    ("NOT_FINITE", "the number is not finite"),
    ("OUT_OF_RANGE", "the number is out of its range"),
    ("WRONG_LENGTH", "the length does not fit"),
    ("DUPLICATE_NAME", "the name occurs twice in its list"),
)
NUMBERS = {name: number for number, (name, _) in enumerate(TEXTS, 1)}


class Refused(Exception):
    """The byte, the field and the reason."""

    def __init__(self, position, field, reason):
        self.position, self.field, self.number = position, field, NUMBERS[reason]
        super().__init__(f"byte {position} ({field}): {TEXTS[self.number - 1][1]}")
