package dev.coterie.internal.text;

import dev.coterie.internal.engine.SplitMix64;
import java.util.Arrays;

/** MinHash: the share of 128 hashes whose least value two texts have in common. */
final class Signatures implements Likeness {
  private static final int POSITIONS = 128;
  private static final int[] SEEDS = new int[POSITIONS];

  static {
    SplitMix64 random = new SplitMix64(0);
    for (int k = 0; k < POSITIONS; k++) {
      SEEDS[k] = (int) (random.next() >>> 32);
    }
  }

  private final Profiles profiles;
  private final int[] signature;

  Signatures(Profiles profiles) {
    this.profiles = profiles;
    signature = new int[Math.multiplyExact(profiles.rows, POSITIONS)];
    for (int row = 0; row < profiles.rows; row++) {
      sign(row);
    }
  }

  /** Unsigned order of ints is the signed order of the ints with the upper bit flipped. */
  private void sign(int row) {
    int from = row * POSITIONS;
    Arrays.fill(signature, from, from + POSITIONS, Integer.MAX_VALUE);
    for (int i = profiles.offset[row]; i < profiles.offset[row + 1]; i++) {
      int spread = profiles.id[i] * 0x9E3779B1;
      for (int k = 0; k < POSITIONS; k++) {
        int hash = finish(spread ^ SEEDS[k]) ^ Integer.MIN_VALUE;
        signature[from + k] = Math.min(signature[from + k], hash);
      }
    }
  }

  private static int finish(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    return h ^ (h >>> 16);
  }

  @Override
  public int rows() {
    return profiles.rows;
  }

  @Override
  public void compare(int row, int from, double[] out, Object scratch) {
    boolean empty = profiles.size(row) == 0;
    for (int j = from; j < profiles.rows; j++) {
      if (empty || profiles.size(j) == 0) {
        out[j] = empty && profiles.size(j) == 0 ? 1.0 : 0.0;
      } else {
        out[j] = equal(row, j) / (double) POSITIONS;
      }
    }
  }

  private int equal(int x, int y) {
    int equal = 0;
    for (int k = 0; k < POSITIONS; k++) {
      equal += signature[x * POSITIONS + k] == signature[y * POSITIONS + k] ? 1 : 0;
    }
    return equal;
  }
}
