package dev.coterie.internal.pairwise;

import dev.coterie.spi.Comparisons;

/** The comparisons that have a weight, in the table's order. */
final class Rows {
  private final Comparisons.Heap table;

  /** The rows of the table, or null when all of them have a weight. */
  private final int[] kept;

  private final int size;

  Rows(Comparisons.Heap table) {
    this.table = table;
    float[] weight = table.weight();
    int count = 0;
    for (int row = 0; weight != null && row < table.size(); row++) {
      count += weight[row] != 0 ? 1 : 0;
    }
    if (weight == null || count == table.size()) {
      kept = null;
      size = table.size();
      return;
    }
    kept = new int[count];
    size = count;
    int at = 0;
    for (int row = 0; row < table.size(); row++) {
      if (weight[row] != 0) {
        kept[at++] = row;
      }
    }
  }

  int size() {
    return size;
  }

  private int row(int i) {
    return kept == null ? i : kept[i];
  }

  int expert(int i) {
    return table.expert()[row(i)];
  }

  int left(int i) {
    return table.left()[row(i)];
  }

  int right(int i) {
    return table.right()[row(i)];
  }

  int outcome(int i) {
    return table.outcome()[row(i)];
  }

  double weight(int i) {
    return table.weight() == null ? 1.0 : table.weight()[row(i)];
  }
}
