package dev.coterie.internal.pairwise;

import java.util.Arrays;

/**
 * All comparisons of two items in one cell: the points of both, {@code a} and {@code b}, and what
 * was tied. Cells are sorted by {@code a} and then by {@code b}.
 */
final class Cells {
  final int[] a;
  final int[] b;
  final double[] winsA;
  final double[] winsB;
  final double[] ties;
  private int size;

  private Cells(int room) {
    a = new int[room];
    b = new int[room];
    winsA = new double[room];
    winsB = new double[room];
    ties = new double[room];
  }

  /**
   * Adds up the rows. {@code a} is the lower item of the two, or the left one where the cells are
   * oriented.
   */
  static Cells of(Rows rows, int items, boolean oriented) {
    int[] order = sorted(rows, items, oriented);
    int distinct = 0;
    for (int i = 0; i < order.length; i++) {
      distinct += i == 0 || !same(rows, order[i - 1], order[i], oriented) ? 1 : 0;
    }
    Cells cells = new Cells(distinct);
    int at = -1;
    for (int row : order) {
      int low = first(rows, row, oriented);
      int high = second(rows, row, oriented);
      if (at < 0 || cells.a[at] != low || cells.b[at] != high) {
        at++;
        cells.a[at] = low;
        cells.b[at] = high;
      }
      int swapped = low != rows.left(row) ? 1 : 0;
      int outcome = rows.outcome(row);
      double[] column = outcome == 2 ? cells.ties : outcome == swapped ? cells.winsA : cells.winsB;
      column[at] = column[at] + rows.weight(row);
    }
    cells.size = distinct;
    return cells;
  }

  private static int first(Rows rows, int row, boolean oriented) {
    int left = rows.left(row);
    return oriented ? left : Math.min(left, rows.right(row));
  }

  private static int second(Rows rows, int row, boolean oriented) {
    int right = rows.right(row);
    return oriented ? right : Math.max(rows.left(row), right);
  }

  private static boolean same(Rows rows, int one, int other, boolean oriented) {
    return first(rows, one, oriented) == first(rows, other, oriented)
        && second(rows, one, oriented) == second(rows, other, oriented);
  }

  /** Returns the rows by their cells, and within a cell in the order of the table. */
  private static int[] sorted(Rows rows, int items, boolean oriented) {
    int[] next = new int[items + 1];
    for (int row = 0; row < rows.size(); row++) {
      next[second(rows, row, oriented) + 1]++;
    }
    addUp(next);
    int[] bySecond = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      bySecond[next[second(rows, row, oriented)]++] = row;
    }
    Arrays.fill(next, 0);
    for (int row = 0; row < rows.size(); row++) {
      next[first(rows, row, oriented) + 1]++;
    }
    addUp(next);
    int[] order = new int[rows.size()];
    for (int row : bySecond) {
      order[next[first(rows, row, oriented)]++] = row;
    }
    return order;
  }

  private static void addUp(int[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
  }

  int size() {
    return size;
  }

  /** Makes each tie half a win for both. */
  void halveTies() {
    for (int i = 0; i < size; i++) {
      winsA[i] = winsA[i] + 0.5 * ties[i];
      winsB[i] = winsB[i] + 0.5 * ties[i];
      ties[i] = 0;
    }
  }

  /** Keeps the cells within one group. */
  void keepWithin(int[] group) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (group[a[i]] == group[b[i]]) {
        a[kept] = a[i];
        b[kept] = b[i];
        winsA[kept] = winsA[i];
        winsB[kept] = winsB[i];
        ties[kept] = ties[i];
        kept++;
      }
    }
    size = kept;
  }

  /** Returns the wins of all cells. */
  double won() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum = sum + (winsA[i] + winsB[i]);
    }
    return sum;
  }

  /** Returns the ties of all cells. */
  double tied() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum = sum + ties[i];
    }
    return sum;
  }
}
