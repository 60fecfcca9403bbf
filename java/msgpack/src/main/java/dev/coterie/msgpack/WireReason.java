package dev.coterie.msgpack;

/** Why a message is refused. The numbers are part of the form and those of the native library. */
public enum WireReason {
  /** The message ends within a value. */
  TRUNCATED(1, "the message ends within this value"),
  /** Bytes follow the end of the message. */
  TRAILING_BYTES(2, "bytes follow the end of the message"),
  /** The byte 0xc1, which MessagePack never uses. */
  RESERVED_BYTE(3, "0xc1 begins no value"),
  /** Arrays and maps are nested deeper than the form allows. */
  TOO_DEEP(4, "arrays and maps are nested more than 32 deep"),
  /** A text is not UTF-8; the position is that of its first wrong byte. */
  INVALID_UTF8(5, "the text is not UTF-8"),
  /** The message is longer than the form allows. */
  TOO_LONG(6, "the message has more than 2147483647 bytes"),
  /** It is not a message of Coterie. */
  NOT_COTERIE(7, "it is not [\"coterie\", version, kind, body]"),
  /** The version of the form is not known here. */
  UNSUPPORTED_VERSION(8, "the version of the form is unknown; known is 1"),
  /** The kind of message is not known here. */
  UNKNOWN_KIND(9, "the kind of message is unknown"),
  /** The message is of another kind than the caller reads. */
  OTHER_KIND(10, "another kind of message is expected here"),
  /** A value has another type than its field. */
  WRONG_TYPE(11, "the value has another type than this field"),
  /** A map has more keys than the form allows. */
  TOO_MANY_KEYS(12, "the map has more than 64 keys"),
  /** A key occurs twice in its map. */
  DUPLICATE_KEY(13, "the key occurs twice in its map"),
  /** A map lacks a key; the position is that of the map. */
  MISSING_KEY(14, "the key is missing in this map"),
  /** An integer is larger than its field can hold. */
  INTEGER_TOO_LARGE(15, "the integer is too large for this field"),
  /** A number is infinite or not a number. */
  NOT_FINITE(16, "the number is not finite"),
  /** A number is outside of its range; an index names nothing. */
  OUT_OF_RANGE(17, "the number is out of its range"),
  /** A column, an embedding or the message's array has a length that does not fit. */
  WRONG_LENGTH(18, "the length does not fit"),
  /** A name occurs twice in its list. */
  DUPLICATE_NAME(19, "the name occurs twice in its list");

  private final int number;
  private final String text;

  WireReason(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /**
   * Returns the number of the reason in the form's specification.
   *
   * @return from 1
   */
  public int number() {
    return number;
  }

  /**
   * Returns the reason in words.
   *
   * @return a short sentence without a full stop
   */
  public String text() {
    return text;
  }
}
