package dev.coterie.internal.numeric;

/** Sorts the answers of each task by value, equal ones in the table's order. */
final class ValueOrder {
  /** Groups up to this size are sorted by insertion. */
  private static final int SMALL = 32;

  private final int[] expert;
  private final double[] value;
  private final double[] weight;
  private final int[] otherExpert;
  private final double[] otherValue;
  private final double[] otherWeight;

  private ValueOrder(int longest, int[] expert, double[] value, double[] weight) {
    this.expert = expert;
    this.value = value;
    this.weight = weight;
    otherExpert = new int[longest];
    otherValue = new double[longest];
    otherWeight = weight == null ? null : new double[longest];
  }

  /** Sorts each group; {@code weight} may be null. */
  static void sort(int[] offsets, int[] expert, double[] value, double[] weight) {
    int longest = 0;
    for (int t = 0; t + 1 < offsets.length; t++) {
      longest = Math.max(longest, offsets[t + 1] - offsets[t]);
    }
    ValueOrder order = new ValueOrder(longest > SMALL ? longest : 0, expert, value, weight);
    for (int t = 0; t + 1 < offsets.length; t++) {
      order.sort(offsets[t], offsets[t + 1]);
    }
  }

  private void sort(int from, int to) {
    for (long run = from; run < to; run += SMALL) {
      insert((int) run, (int) Math.min(run + SMALL, to));
    }
    for (long length = SMALL; length < to - from; length *= 2) {
      for (long left = from; left + length < to; left += 2 * length) {
        merge((int) left, (int) (left + length), (int) Math.min(left + 2 * length, to));
      }
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      double v = value[i];
      int e = expert[i];
      double w = weight == null ? 1.0 : weight[i];
      int at = i;
      for (; at > from && value[at - 1] > v; at--) {
        move(at - 1, at);
      }
      value[at] = v;
      expert[at] = e;
      if (weight != null) {
        weight[at] = w;
      }
    }
  }

  private void move(int from, int to) {
    value[to] = value[from];
    expert[to] = expert[from];
    if (weight != null) {
      weight[to] = weight[from];
    }
  }

  /** Merges two runs that follow each other; of equal values the left one comes first. */
  private void merge(int left, int right, int end) {
    if (value[right - 1] <= value[right]) {
      return;
    }
    int size = right - left;
    System.arraycopy(value, left, otherValue, 0, size);
    System.arraycopy(expert, left, otherExpert, 0, size);
    if (weight != null) {
      System.arraycopy(weight, left, otherWeight, 0, size);
    }
    int i = 0;
    int to = left;
    while (i < size) {
      if (right < end && value[right] < otherValue[i]) {
        move(right++, to++);
      } else {
        value[to] = otherValue[i];
        expert[to] = otherExpert[i];
        if (weight != null) {
          weight[to] = otherWeight[i];
        }
        i++;
        to++;
      }
    }
  }
}
