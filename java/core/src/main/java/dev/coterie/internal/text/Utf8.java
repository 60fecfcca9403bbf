package dev.coterie.internal.text;

/** Code points of UTF-8. A byte that begins no well-formed sequence is read as U+FFFD. */
final class Utf8 {
  private Utf8() {}

  /**
   * Returns the code point at a place in its lower 24 bits, and the number of its bytes above them.
   */
  static int decode(byte[] text, int at, int end) {
    int first = text[at] & 0xFF;
    if (first < 0x80) {
      return first | (1 << 24);
    }
    if (first >= 0xC2 && first <= 0xDF && continues(text, at + 1, end)) {
      return ((first & 0x1F) << 6) | low(text, at + 1) | (2 << 24);
    }
    if ((first & 0xF0) == 0xE0 && continues(text, at + 1, end) && continues(text, at + 2, end)) {
      int c = ((first & 0x0F) << 12) | (low(text, at + 1) << 6) | low(text, at + 2);
      if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
        return c | (3 << 24);
      }
    }
    if (first >= 0xF0
        && first <= 0xF4
        && continues(text, at + 1, end)
        && continues(text, at + 2, end)
        && continues(text, at + 3, end)) {
      int c =
          ((first & 0x07) << 18)
              | (low(text, at + 1) << 12)
              | (low(text, at + 2) << 6)
              | low(text, at + 3);
      if (c >= 0x10000 && c <= 0x10FFFF) {
        return c | (4 << 24);
      }
    }
    return CodePoints.REPLACEMENT | (1 << 24);
  }

  private static boolean continues(byte[] text, int at, int end) {
    return at < end && (text[at] & 0xC0) == 0x80;
  }

  private static int low(byte[] text, int at) {
    return text[at] & 0x3F;
  }

  /** Writes a code point and returns the place behind it. */
  static int encode(int c, byte[] out, int at) {
    if (c < 0x80) {
      out[at] = (byte) c;
      return at + 1;
    }
    if (c < 0x800) {
      out[at] = (byte) (0xC0 | (c >> 6));
      out[at + 1] = (byte) (0x80 | (c & 0x3F));
      return at + 2;
    }
    if (c < 0x10000) {
      out[at] = (byte) (0xE0 | (c >> 12));
      out[at + 1] = (byte) (0x80 | ((c >> 6) & 0x3F));
      out[at + 2] = (byte) (0x80 | (c & 0x3F));
      return at + 3;
    }
    out[at] = (byte) (0xF0 | (c >> 18));
    out[at + 1] = (byte) (0x80 | ((c >> 12) & 0x3F));
    out[at + 2] = (byte) (0x80 | ((c >> 6) & 0x3F));
    out[at + 3] = (byte) (0x80 | (c & 0x3F));
    return at + 4;
  }
}
