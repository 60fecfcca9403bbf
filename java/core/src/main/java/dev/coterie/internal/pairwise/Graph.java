package dev.coterie.internal.pairwise;

import dev.coterie.spi.PairwiseOutcome;

/**
 * The components of a table: connected ones by any comparison, strongly connected ones by who beats
 * whom. A tie is a win of both.
 */
final class Graph {
  final int[] component;
  final int[] strong;
  final int components;
  final int strongComponents;
  private final int[] level;

  Graph(Cells cells, int items) {
    component = new Edges(items, sink -> all(cells, sink)).connected();
    Edges.Strong found = new Edges(items, sink -> won(cells, sink)).strong();
    strong = found.of();
    level = found.level();
    strongComponents = level.length;
    int count = 0;
    for (int of : component) {
      count = Math.max(count, of + 1);
    }
    components = count;
  }

  private static void all(Cells cells, Edges.Sink sink) {
    for (int i = 0; i < cells.size(); i++) {
      sink.take(cells.a[i], cells.b[i]);
      sink.take(cells.b[i], cells.a[i]);
    }
  }

  private static void won(Cells cells, Edges.Sink sink) {
    for (int i = 0; i < cells.size(); i++) {
      boolean tied = cells.ties[i] > 0;
      if (cells.winsA[i] > 0 || tied) {
        sink.take(cells.a[i], cells.b[i]);
      }
      if (cells.winsB[i] > 0 || tied) {
        sink.take(cells.b[i], cells.a[i]);
      }
    }
  }

  /**
   * Writes the components, and the ranks: by level where scores cannot be compared across strong
   * components, then by score, then by index.
   */
  void write(PairwiseOutcome outcome) {
    outcome.report[PairwiseOutcome.COMPONENTS] = components;
    outcome.report[PairwiseOutcome.STRONG_COMPONENTS] = strongComponents;
    boolean byLevel =
        outcome.report[PairwiseOutcome.SCALE] == PairwiseOutcome.WITHIN_STRONG_COMPONENTS;
    double[] score = outcome.score;
    int[] order =
        Sorting.sorted(
            score.length,
            (i, j) -> {
              int levels = byLevel ? Integer.compare(level[strong[i]], level[strong[j]]) : 0;
              return levels != 0 ? levels : Sorting.higherFirst(score[i], score[j]);
            });
    for (int place = 0; place < order.length; place++) {
      outcome.rank[order[place]] = place + 1;
    }
    System.arraycopy(component, 0, outcome.component, 0, component.length);
    System.arraycopy(strong, 0, outcome.strong, 0, strong.length);
  }
}
