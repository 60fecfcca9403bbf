package dev.coterie.cli.input;

/** Checks UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /** Returns the index of the first byte that does not belong to well-formed text, or -1. */
  static int firstBroken(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int lead = bytes[at] & 0xff;
      if (lead < 0x80) {
        at++;
        continue;
      }
      int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
      if (lead < 0xc2 || lead > 0xf4 || at + length > to || !secondFits(lead, bytes[at + 1])) {
        return at;
      }
      for (int i = 2; i < length; i++) {
        if ((bytes[at + i] & 0xc0) != 0x80) {
          return at;
        }
      }
      at += length;
    }
    return -1;
  }

  private static boolean secondFits(int lead, byte second) {
    int value = second & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return value >= least && value <= most;
  }
}
