package dev.coterie.internal.table;

/** The limit that Java arrays set to the pure-Java backends. */
public final class HeapLimits {
  /** The longest array that every JVM can make. */
  public static final int LONGEST = Integer.MAX_VALUE - 8;

  private HeapLimits() {}

  /**
   * Returns a length as an int.
   *
   * @param length the length, at least 0; a product of sizes that overflowed may be given as {@code
   *     Long.MAX_VALUE}
   * @param what what the array holds, for the message
   * @throws UnsupportedOperationException saying that native backends have no such limit
   */
  public static int check(long length, String what) {
    if (length > LONGEST) {
      throw new UnsupportedOperationException(
          "the pure-Java backends keep "
              + what
              + " in one array of at most "
              + LONGEST
              + " elements, and this table needs "
              + (length == Long.MAX_VALUE ? "far more" : Long.toString(length))
              + ": use a native backend (ffm or jna), which has no such limit");
    }
    return (int) length;
  }

  /** Returns the product of two sizes, or {@code Long.MAX_VALUE} when it overflows. */
  public static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }
}
