package dev.coterie.internal.text;

import dev.coterie.spi.Elementary;
import java.util.Arrays;

/** The cosine of the angle between texts whose words count more the fewer texts have them. */
final class TfIdf implements Likeness {
  private final Profiles profiles;

  /** The component of each distinct id of each text, in the order of the profiles. */
  private final double[] component;

  /** The same in the order of the postings. */
  private final double[] posted;

  private final double[] squares;

  TfIdf(Profiles profiles) {
    this.profiles = profiles;
    component = new double[profiles.id.length];
    posted = new double[profiles.id.length];
    for (int t = 0; t < profiles.postings.length - 1; t++) {
      int frequency = profiles.frequency(t);
      if (frequency > 0) {
        double idf = Elementary.log((1 + profiles.rows) / (double) (1 + frequency)) + 1.0;
        for (int p = profiles.postings[t]; p < profiles.postings[t + 1]; p++) {
          int at = profiles.place[p];
          component[at] = profiles.count[at] * idf;
          posted[p] = component[at];
        }
      }
    }
    squares = new double[profiles.rows];
    Arrays.setAll(squares, row -> Directions.squares(profiles, component, row));
  }

  @Override
  public int rows() {
    return profiles.rows;
  }

  @Override
  public void compare(int row, int from, double[] out, Object scratch) {
    Arrays.fill(out, from, profiles.rows, 0.0);
    int[] text = profiles.text;
    for (int i = profiles.offset[row]; i < profiles.offset[row + 1]; i++) {
      int t = profiles.id[i];
      double x = component[i];
      int begin = profiles.postings[t];
      for (int p = profiles.postings[t + 1] - 1; p >= begin && text[p] >= from; p--) {
        out[text[p]] += x * posted[p];
      }
    }
    boolean empty = profiles.size(row) == 0;
    for (int j = from; j < profiles.rows; j++) {
      if (empty || profiles.size(j) == 0) {
        out[j] = empty && profiles.size(j) == 0 ? 1.0 : 0.0;
      } else {
        out[j] = Math.min(1.0, out[j] / Math.sqrt(squares[row] * squares[j]));
      }
    }
  }

  @Override
  public double[] centralities(int[] members, double[] weight) {
    return Directions.of(profiles, component, members, weight);
  }
}
