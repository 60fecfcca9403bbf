package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;

/** Similarities that are computed once and looked at several times. */
final class Stored implements Likeness {
  /** More pairs than this are computed anew each time instead. */
  private static final long MOST_PAIRS = 1L << 22;

  private final Likeness source;

  /** The similarities of each text with those behind it, row after row. */
  private final double[] similarity;

  private Stored(Likeness source, Team team) {
    this.source = source;
    int rows = source.rows();
    similarity = new double[(int) pairs(rows)];
    RowScan.scan(
        source,
        team,
        (row, from) -> System.arraycopy(from, row + 1, similarity, at(row), rows - row - 1));
  }

  /** Returns similarities that are cheap to look at again, if they are not too many to keep. */
  static Likeness of(Likeness source, Team team) {
    return pairs(source.rows()) > MOST_PAIRS ? source : new Stored(source, team);
  }

  private static long pairs(long rows) {
    return rows * (rows - 1) / 2;
  }

  private int at(int row) {
    return (int) ((long) row * (2L * source.rows() - row - 1) / 2);
  }

  @Override
  public int rows() {
    return source.rows();
  }

  @Override
  public void compare(int row, int from, double[] out, Object scratch) {
    for (int j = from; j < row; j++) {
      out[j] = similarity[at(j) + row - j - 1];
    }
    int next = Math.max(from, row + 1);
    System.arraycopy(similarity, at(row) + next - row - 1, out, next, rows() - next);
  }

  @Override
  public double[] centralities(int[] members, double[] weight) {
    return source.centralities(members, weight);
  }
}
