package dev.coterie.internal.engine;

/**
 * The spans that sums over tasks are cut into: their number depends on the table alone, so that the
 * number of threads cannot show in a result. Immutable.
 */
public final class Spans {
  private static final int SINGLE_BELOW = 16_384;
  private static final int MOST = 64;

  private final int[] cuts;

  private Spans(int[] cuts) {
    this.cuts = cuts;
  }

  /**
   * Cuts the tasks of a table.
   *
   * @param tableDoubles the number of doubles in the method's count table
   */
  static Spans of(Index index, long tableDoubles) {
    return of(index.given, tableDoubles);
  }

  /**
   * Cuts the tasks of a table.
   *
   * @param given where the answers of each task begin, repeats included, and where the last one's
   *     end
   * @param tableDoubles the number of doubles in the method's count table
   */
  public static Spans of(int[] given, long tableDoubles) {
    int tasks = given.length - 1;
    long n = given[tasks];
    int count = n < SINGLE_BELOW ? 1 : (int) Math.min(Math.max(n / (4 * tableDoubles), 2), MOST);
    int[] cuts = new int[count + 1];
    int t = 0;
    for (int s = 1; s < count; s++) {
      long target = s * n / count;
      while (given[t] < target) {
        t++;
      }
      cuts[s] = t;
    }
    cuts[count] = tasks;
    return new Spans(cuts);
  }

  /** Returns the number of spans, at least 1. */
  public int count() {
    return cuts.length - 1;
  }

  /** Returns the first task of a span. */
  public int first(int span) {
    return cuts[span];
  }

  /** Returns the task after the last one of a span. */
  public int last(int span) {
    return cuts[span + 1];
  }
}
