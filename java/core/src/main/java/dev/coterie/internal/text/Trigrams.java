package dev.coterie.internal.text;

import java.util.Arrays;

/**
 * Dice's coefficient of the runs of three symbols of two texts, each counted as often as it is
 * there.
 */
final class Trigrams implements Likeness {
  private final Profiles profiles;

  /** The number of trigrams of each text, that is of its symbols. */
  private final int[] length;

  /** Takes the symbols of {@code rows} texts from {@code first} on. */
  Trigrams(int[] offset, int[] symbol, int first, int rows) {
    GramTable table = new GramTable();
    int base = offset[first];
    int[] gram = new int[offset[first + rows] - base];
    int[] begin = new int[rows + 1];
    length = new int[rows];
    for (int r = 0; r < rows; r++) {
      int from = offset[first + r];
      int to = offset[first + r + 1];
      long key = ' ';
      for (int i = from; i < to; i++) {
        long next = i + 1 < to ? symbol[i + 1] : ' ';
        key = i == from ? (key << 21) | symbol[i] : key;
        key = ((key << 21) | next) & Long.MAX_VALUE;
        gram[i - base] = table.intern(key);
      }
      length[r] = to - from;
      begin[r + 1] = to - base;
    }
    profiles = new Profiles(begin, gram, 0, rows, table.size());
  }

  @Override
  public int rows() {
    return profiles.rows;
  }

  @Override
  public Object scratch() {
    return new int[profiles.rows];
  }

  @Override
  public void compare(int row, int from, double[] out, Object scratch) {
    int[] shared = (int[]) scratch;
    Arrays.fill(shared, from, profiles.rows, 0);
    int[] text = profiles.text;
    int[] occurrences = profiles.occurrences;
    for (int i = profiles.offset[row]; i < profiles.offset[row + 1]; i++) {
      int count = profiles.count[i];
      int t = profiles.id[i];
      int begin = profiles.postings[t];
      for (int p = profiles.postings[t + 1] - 1; p >= begin && text[p] >= from; p--) {
        shared[text[p]] += Math.min(count, occurrences[p]);
      }
    }
    for (int j = from; j < profiles.rows; j++) {
      long both = (long) length[row] + length[j];
      out[j] = both == 0 ? 1.0 : 2L * shared[j] / (double) both;
    }
  }
}
