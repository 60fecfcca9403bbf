package dev.coterie.cli.input;

/** Reads numbers as people write them: decimals, perhaps with an exponent. */
public final class Numbers {
  private Numbers() {}

  /**
   * Reads a number.
   *
   * @param text any text
   * @return the number, or NaN when the text is no finite decimal number
   */
  public static double parse(String text) {
    String stripped = text.strip();
    if (!isDecimal(stripped)) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(stripped);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Excludes what Java takes beyond decimal numbers: NaN, 0x1p3, 1f. */
  static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }
}
