package dev.coterie.internal.text;

/**
 * What each code point is to the tokeniser. Fixed by docs/text.md, so that no table of a runtime's
 * Unicode version has a say.
 */
final class CodePoints {
  /** Ends a token and belongs to none. */
  static final int SEPARATOR = 0;

  /** Belongs to a token. */
  static final int WORD = 1;

  /** Is a token alone. */
  static final int SINGLE = 2;

  /** Belongs to a token where it stands between two word code points. */
  static final int APOSTROPHE = 3;

  /** What a malformed byte is read as. */
  static final int REPLACEMENT = 0xFFFD;

  private static final int RIGHT_QUOTE = 0x2019;

  /** First and last code points, ascending. */
  private static final int[] SEPARATORS = {
    0x80, 0xA9, 0xAB, 0xB1, 0xB4, 0xB4, 0xB6, 0xB8, 0xBB, 0xBB, 0xBF, 0xBF, 0xD7, 0xD7, 0xF7, 0xF7,
    0x37E, 0x37E, 0x387, 0x387, 0x589, 0x58A, 0x5BE, 0x5BE, 0x5C0, 0x5C0, 0x5C3, 0x5C3, 0x60C,
    0x60C, 0x61B, 0x61B, 0x61F, 0x61F, 0x66A, 0x66D, 0x6D4, 0x6D4, 0x964, 0x965, 0x1680, 0x1680,
    0x2000, 0x206F, 0x2190, 0x25FF, 0x27C0, 0x2BFF, 0x2E00, 0x2E7F, 0x3000, 0x3004, 0x3008, 0x3020,
    0x3030, 0x3030, 0x303D, 0x303F, 0x30FB, 0x30FB, 0xFE00, 0xFE1F, 0xFE30, 0xFE6F, 0xFEFF, 0xFEFF,
    0xFF00, 0xFF0F, 0xFF1A, 0xFF20, 0xFF3B, 0xFF40, 0xFF5B, 0xFF65, 0xFFF0, 0xFFFF, 0xE0000,
    0xE0FFF,
  };

  /** First and last code points, ascending. */
  private static final int[] SINGLES = {
    0x2600, 0x27BF, 0x3040, 0x30FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0x1F000,
    0x1FAFF, 0x20000, 0x3FFFF,
  };

  private CodePoints() {}

  /** Returns the kind of a code point. */
  static int kind(int c) {
    if (c < 0x80) {
      if (c == '\'') {
        return APOSTROPHE;
      }
      boolean word = between('0', c, '9') || between('a', c, 'z') || between('A', c, 'Z');
      return word ? WORD : SEPARATOR;
    }
    if (c == RIGHT_QUOTE) {
      return APOSTROPHE;
    }
    if (within(SEPARATORS, c)) {
      return SEPARATOR;
    }
    return within(SINGLES, c) ? SINGLE : WORD;
  }

  /** Returns whether a code point lies in a range. */
  private static boolean within(int[] ranges, int c) {
    int low = 0;
    int high = ranges.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (c < ranges[2 * middle]) {
        high = middle - 1;
      } else if (c > ranges[2 * middle + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** Returns a code point in lower case, where the specification knows one; as many bytes. */
  static int fold(int c) {
    if (between('A', c, 'Z')
        || (between(0xC0, c, 0xDE) && c != 0xD7)
        || (between(0x391, c, 0x3A9) && c != 0x3A2)
        || between(0x410, c, 0x42F)) {
      return c + 32;
    }
    if (between(0x400, c, 0x40F)) {
      return c + 80;
    }
    boolean evenIsUpper = (between(0x100, c, 0x137) && c != 0x130) || between(0x14A, c, 0x177);
    boolean oddIsUpper = between(0x139, c, 0x148) || between(0x179, c, 0x17E);
    return ((c & 1) == 0 ? evenIsUpper : oddIsUpper) ? c + 1 : c;
  }

  private static boolean between(int low, int c, int high) {
    return low <= c && c <= high;
  }
}
