package dev.coterie.internal.pairwise;

/** Sorts indices by a comparison, without boxes. */
final class Sorting {
  private Sorting() {}

  /** Compares two indices. */
  interface Order {
    int compare(int i, int j);
  }

  /** Returns whether x or y comes first when large numbers do; zeros of both signs are equal. */
  static int higherFirst(double x, double y) {
    return x > y ? -1 : x < y ? 1 : 0;
  }

  /** Returns the indices from 0 on, stably sorted: equal ones stay in their order. */
  static int[] sorted(int size, Order order) {
    int[] from = new int[size];
    for (int i = 0; i < size; i++) {
      from[i] = i;
    }
    int[] to = new int[size];
    for (int width = 1; width > 0 && width < size; width *= 2) {
      for (int low = 0; low < size; low += 2 * width) {
        merge(from, to, low, Math.min(low + width, size), Math.min(low + 2 * width, size), order);
        if (size - low <= 2 * width) {
          break;
        }
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void merge(int[] from, int[] to, int low, int middle, int high, Order order) {
    int left = low;
    int right = middle;
    for (int at = low; at < high; at++) {
      boolean takeLeft =
          right >= high || (left < middle && order.compare(from[left], from[right]) <= 0);
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }
}
