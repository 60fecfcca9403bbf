package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/** Numbers in an array that grows. Used by one thread. */
final class IntList {
  private final String what;
  private int[] values;
  private int size;

  /** Makes an empty list of, say, {@code tokens}. */
  IntList(String what, int capacity) {
    this.what = what;
    this.values = new int[Math.max(capacity, 16)];
  }

  int size() {
    return size;
  }

  int get(int at) {
    return values[at];
  }

  void add(int value) {
    if (size == values.length) {
      long more = Math.min(2L * size, Math.max(HeapLimits.LONGEST, size + 1L));
      values = Arrays.copyOf(values, HeapLimits.check(more, what));
    }
    values[size++] = value;
  }

  /** Takes the last value off. */
  void removeLast() {
    size--;
  }

  /** Returns a copy of the values. */
  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
