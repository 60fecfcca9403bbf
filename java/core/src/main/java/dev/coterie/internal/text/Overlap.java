package dev.coterie.internal.text;

import java.util.Arrays;

/**
 * Set cosine and Jaccard: both are made of the number of common words. Common words are counted
 * over bit sets or over the texts of each word, whichever is less work; the counts are exact, so
 * the way does not show.
 */
final class Overlap implements Likeness {
  /** A visited posting costs about as much as so many words of a bit set. */
  private static final long POSTING = 2;

  /** Bit sets of a task take at most so many words. */
  private static final long MOST_WORDS = 1L << 24;

  private final Profiles profiles;
  private final boolean jaccard;
  private final int words;
  private final long[] bits;

  Overlap(Profiles profiles, boolean jaccard) {
    this.profiles = profiles;
    this.jaccard = jaccard;
    int vocabulary = profiles.postings.length - 1;
    words = (vocabulary + 63) >>> 6;
    long rows = profiles.rows;
    long visits = 0;
    for (int t = 0; t < vocabulary; t++) {
      long frequency = profiles.frequency(t);
      visits += frequency * (frequency - 1) / 2;
    }
    boolean sets = rows * words <= MOST_WORDS && rows * (rows - 1) / 2 * words < POSTING * visits;
    bits = sets ? bits() : null;
  }

  private long[] bits() {
    long[] sets = new long[profiles.rows * words];
    for (int r = 0; r < profiles.rows; r++) {
      for (int i = profiles.offset[r]; i < profiles.offset[r + 1]; i++) {
        sets[r * words + (profiles.id[i] >>> 6)] |= 1L << profiles.id[i];
      }
    }
    return sets;
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
    int[] common = (int[]) scratch;
    if (bits != null) {
      intersect(row, from, common);
    } else {
      visit(row, from, common);
    }
    long a = profiles.size(row);
    for (int j = from; j < profiles.rows; j++) {
      out[j] = value(a, profiles.size(j), common[j]);
    }
  }

  private void intersect(int row, int from, int[] common) {
    for (int j = from; j < profiles.rows; j++) {
      int sum = 0;
      for (int w = 0; w < words; w++) {
        sum += Long.bitCount(bits[row * words + w] & bits[j * words + w]);
      }
      common[j] = sum;
    }
  }

  private void visit(int row, int from, int[] common) {
    Arrays.fill(common, from, profiles.rows, 0);
    for (int i = profiles.offset[row]; i < profiles.offset[row + 1]; i++) {
      int t = profiles.id[i];
      int[] text = profiles.text;
      int begin = profiles.postings[t];
      for (int p = profiles.postings[t + 1] - 1; p >= begin && text[p] >= from; p--) {
        common[text[p]]++;
      }
    }
  }

  private double value(long a, long b, int common) {
    if (a == 0 || b == 0) {
      return a == b ? 1.0 : 0.0;
    }
    return jaccard
        ? (double) common / (double) (a + b - common)
        : common / Math.sqrt((double) (a * b));
  }

  @Override
  public double[] centralities(int[] members, double[] weight) {
    return jaccard ? null : Directions.of(profiles, null, members, weight);
  }
}
