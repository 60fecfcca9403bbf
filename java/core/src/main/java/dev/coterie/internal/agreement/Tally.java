package dev.coterie.internal.agreement;

import java.util.Arrays;

/** How often each item appears in a group, in the order of first appearance. */
final class Tally {
  private final int[] counts;
  private int[] seen = new int[16];
  private int size;

  Tally(int items) {
    counts = new int[items];
  }

  /** Counts {@code [from, to)}; the counts of the group before are forgotten. */
  void count(int[] items, int from, int to) {
    for (int i = 0; i < size; i++) {
      counts[seen[i]] = 0;
    }
    size = 0;
    for (int i = from; i < to; i++) {
      if (counts[items[i]]++ == 0) {
        if (size == seen.length) {
          seen = Arrays.copyOf(seen, 2 * size);
        }
        seen[size++] = items[i];
      }
    }
  }

  /** Returns how often an item appears. */
  double of(int item) {
    return counts[item];
  }

  /** Returns the number of items that appear. */
  int size() {
    return size;
  }

  /** Returns an item that appears. */
  int seen(int place) {
    return seen[place];
  }

  /** Puts the items that appear into ascending order. */
  void sort() {
    Arrays.sort(seen, 0, size);
  }

  /** Returns the sum of the squared counts. */
  double squares() {
    double total = 0.0;
    for (int i = 0; i < size; i++) {
      total += of(seen[i]) * of(seen[i]);
    }
    return total;
  }
}
