package dev.coterie.internal.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Comparisons in the order in which they are added, in chunks, so that growing copies nothing and
 * needs no array larger than one chunk.
 */
public final class ComparisonChunks {
  private static final int SHIFT = 14;

  /** Comparisons in a chunk. */
  static final int SIZE = 1 << SHIFT;

  private static final int MASK = SIZE - 1;

  /** The numbers of a comparison: expert, left, right, outcome. */
  private static final int WIDTH = 4;

  /** Comparisons in the first chunk of a table that has just begun; small tables stay small. */
  private static final int SMALLEST = 64;

  private final List<int[]> numbers = new ArrayList<>();

  /** A chunk of the weights, null while all of its weights are 1. */
  private final List<float[]> weights = new ArrayList<>();

  private boolean weighted;
  private long size;

  /** Returns the number of comparisons. */
  public long size() {
    return size;
  }

  /** Returns whether any weight differs from 1. */
  public boolean weighted() {
    return weighted;
  }

  /** Adds a comparison. */
  public void add(int expert, int left, int right, int outcome, float weight) {
    int at = (int) (size & MASK);
    int chunk = (int) (size >>> SHIFT);
    if (at == 0) {
      numbers.add(new int[WIDTH * (size == 0 ? SMALLEST : SIZE)]);
      weights.add(null);
    } else if (WIDTH * at == numbers.get(chunk).length) {
      numbers.set(chunk, Arrays.copyOf(numbers.get(chunk), 2 * WIDTH * at));
    }
    int[] row = numbers.get(chunk);
    row[WIDTH * at] = expert;
    row[WIDTH * at + 1] = left;
    row[WIDTH * at + 2] = right;
    row[WIDTH * at + 3] = outcome;
    if (weight != 1.0f) {
      if (weights.get(chunk) == null) {
        weights.set(chunk, ones());
      }
      weights.get(chunk)[at] = weight;
      weighted = true;
    }
    size++;
  }

  private static float[] ones() {
    float[] weights = new float[SIZE];
    Arrays.fill(weights, 1.0f);
    return weights;
  }

  /** Takes chunk after chunk, column by column. */
  public interface Sink {
    /**
     * Takes {@code count} comparisons from {@code at} on; {@code columns} are expert, left, right
     * and outcome.
     */
    void accept(long at, int[][] columns, float[] weight, int count);
  }

  /** Gives all chunks away, in order; each is dropped as soon as it has been taken. */
  public void drain(Sink sink) {
    float[] ones = ones();
    int[][] columns = new int[WIDTH][SIZE];
    for (int chunk = 0; chunk < numbers.size(); chunk++) {
      long at = (long) chunk << SHIFT;
      int count = (int) Math.min(SIZE, size - at);
      int[] rows = numbers.get(chunk);
      for (int i = 0; i < WIDTH * count; i++) {
        columns[i % WIDTH][i / WIDTH] = rows[i];
      }
      sink.accept(at, columns, weights.get(chunk) == null ? ones : weights.get(chunk), count);
      numbers.set(chunk, null);
      weights.set(chunk, null);
    }
    size = 0;
  }
}
