package dev.coterie.internal.text;

/**
 * Centrality where texts are vectors over words: the product of a text's direction and the weighed
 * sum of all directions of its cluster, so that no pair has to be looked at.
 */
final class Directions {
  private Directions() {}

  /**
   * Returns the centralities of the members of a cluster.
   *
   * @param component of each distinct id of each text, in the order of the profiles; null when all
   *     are 1
   */
  static double[] of(Profiles profiles, double[] component, int[] members, double[] weight) {
    double[] sum = new double[profiles.postings.length - 1];
    double empty = 0.0;
    for (int j : members) {
      double length = length(profiles, component, j);
      if (length > 0.0) {
        double share = weight[j] / length;
        for (int i = profiles.offset[j]; i < profiles.offset[j + 1]; i++) {
          sum[profiles.id[i]] += component == null ? share : share * component[i];
        }
      } else {
        empty += weight[j];
      }
    }
    double[] result = new double[members.length];
    for (int m = 0; m < members.length; m++) {
      int row = members[m];
      double length = length(profiles, component, row);
      if (length > 0.0) {
        double dot = 0.0;
        for (int i = profiles.offset[row]; i < profiles.offset[row + 1]; i++) {
          double direction = sum[profiles.id[i]];
          dot += component == null ? direction : component[i] * direction;
        }
        result[m] = dot / length;
      } else {
        result[m] = empty;
      }
    }
    return result;
  }

  private static double length(Profiles profiles, double[] component, int row) {
    if (component == null) {
      return Math.sqrt(profiles.size(row));
    }
    return Math.sqrt(squares(profiles, component, row));
  }

  /** Returns the sum of the squares of a text's components. */
  static double squares(Profiles profiles, double[] component, int row) {
    double squares = 0.0;
    for (int i = profiles.offset[row]; i < profiles.offset[row + 1]; i++) {
      squares += component[i] * component[i];
    }
    return squares;
  }
}
