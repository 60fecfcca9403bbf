package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All similarities of a task, row after row. Rows are computed in blocks by several threads, and
 * given to the visitor in their order by the calling thread, so that what it does depends on
 * neither.
 */
final class RowScan {
  /** Fewer pairs than this are not worth a second thread. */
  private static final long WORTH_THREADS = 1L << 15;

  /** A block of rows holds about so many similarities. */
  private static final int BLOCK = 1 << 18;

  private RowScan() {}

  /** What one thread works in; a queue takes no null. */
  private record Scratch(Object value) {}

  /** Takes the similarities of one text with those behind it. */
  interface Visitor {
    /** {@code similarity[j]} is that of {@code row} and j, for {@code row < j < rows}. */
    void row(int row, double[] similarity);
  }

  /** Visits all rows. */
  static void scan(Likeness likeness, Team team, Visitor visitor) {
    int rows = likeness.rows();
    if ((long) rows * (rows - 1) / 2 < WORTH_THREADS) {
      alone(likeness, team, visitor);
    } else {
      together(likeness, team, visitor);
    }
  }

  private static void alone(Likeness likeness, Team team, Visitor visitor) {
    double[] out = new double[likeness.rows()];
    Object scratch = likeness.scratch();
    for (int row = 0; row < out.length; row++) {
      if ((row & 63) == 0) {
        team.checkCancelled();
      }
      likeness.compare(row, row + 1, out, scratch);
      visitor.row(row, out);
    }
  }

  private static void together(Likeness likeness, Team team, Visitor visitor) {
    int rows = likeness.rows();
    int height = Math.max(8, Math.min(rows, BLOCK / rows));
    double[][] block = new double[height][rows];
    ConcurrentLinkedQueue<Scratch> idle = new ConcurrentLinkedQueue<>();
    for (int from = 0; from < rows; from += height) {
      int first = from;
      int count = Math.min(height, rows - from);
      team.run(
          count,
          (part, workspace) -> {
            Scratch scratch = idle.poll();
            if (scratch == null) {
              scratch = new Scratch(likeness.scratch());
            }
            likeness.compare(first + part, first + part + 1, block[part], scratch.value);
            idle.add(scratch);
          });
      for (int i = 0; i < count; i++) {
        visitor.row(first + i, block[i]);
      }
    }
  }
}
