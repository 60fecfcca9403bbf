package dev.coterie.msgpack;

/** MessagePack as bytes: the check of a whole message before anything in it is believed. */
final class Bytes {
  /** The most arrays and maps that may be open at once. */
  private static final int MOST_OPEN = 32;

  private Bytes() {}

  /**
   * Checks that the bytes are one value of MessagePack and nothing else, with texts in UTF-8 and no
   * deeper than allowed.
   */
  static void check(byte[] data) {
    int end = check(data, 0, 0);
    if (end < data.length) {
      throw new WireException(end, "message", WireReason.TRAILING_BYTES);
    }
  }

  /** Checks one value within {@code open} arrays and maps, and returns its end. */
  private static int check(byte[] data, int at, int open) {
    Head head = Head.of(data, at);
    int rest = data.length - head.start();
    long values = head.values();
    if (values < 0) {
      if (head.length() > rest) {
        throw Head.truncated(at);
      }
      int end = head.start() + (int) head.length();
      if (head.family() == Family.TEXT) {
        checkUtf8(data, head.start(), end);
      }
      return end;
    }
    if (open == MOST_OPEN) {
      throw new WireException(at, "message", WireReason.TOO_DEEP);
    }
    // Each value has a byte at least, so that a length that lies is found out before anything is
    // done with it.
    if (values > rest) {
      throw Head.truncated(at);
    }
    int next = head.start();
    for (long i = 0; i < values; i++) {
      next = check(data, next, open + 1);
    }
    return next;
  }

  private static void checkUtf8(byte[] data, int start, int end) {
    int at = start;
    while (at < end) {
      int length = data[at] >= 0 ? 1 : sequence(data, at, end);
      if (length == 0) {
        throw new WireException(at, "message", WireReason.INVALID_UTF8);
      }
      at += length;
    }
  }

  /** Returns the bytes of the character of several bytes that begins here, or 0 if none does. */
  private static int sequence(byte[] data, int at, int end) {
    int lead = data[at] & 0xFF;
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || end - at < length) {
      return 0;
    }
    int second = data[at + 1] & 0xFF;
    // Overlong forms, surrogates and what lies beyond Unicode show in the second byte.
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((data[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Returns the end of a value in a message that was checked. */
  static int skip(byte[] data, int at) {
    Head head = Head.of(data, at);
    long values = head.values();
    if (values < 0) {
      return head.start() + (int) head.length();
    }
    int next = head.start();
    for (long i = 0; i < values; i++) {
      next = skip(data, next);
    }
    return next;
  }

  /** Returns up to eight bytes as an unsigned number, of which eight may fill the sign. */
  static long bigEndian(byte[] data, int at, int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (data[at + i] & 0xFF);
    }
    return value;
  }
}
