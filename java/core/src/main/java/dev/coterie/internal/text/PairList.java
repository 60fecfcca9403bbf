package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.TextPairs;
import java.util.Arrays;

/** Pairs of texts in arrays that grow. Used by one thread. */
final class PairList {
  private int[] first = new int[64];
  private int[] second = new int[64];
  private double[] similarity = new double[64];
  private int size;

  void add(int i, int j, double value) {
    if (size == first.length) {
      long wanted = Math.min(2L * size, Math.max(HeapLimits.LONGEST, size + 1L));
      int more = HeapLimits.check(wanted, "the pairs above the threshold");
      first = Arrays.copyOf(first, more);
      second = Arrays.copyOf(second, more);
      similarity = Arrays.copyOf(similarity, more);
    }
    first[size] = i;
    second[size] = j;
    similarity[size++] = value;
  }

  TextPairs toPairs() {
    return new TextPairs(
        Arrays.copyOf(first, size), Arrays.copyOf(second, size), Arrays.copyOf(similarity, size));
  }
}
