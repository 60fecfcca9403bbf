package dev.coterie.internal.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numeric answers in the order in which they are added, in chunks, so that growing copies nothing
 * and needs no array larger than one chunk.
 */
public final class ValueChunks {
  private static final int SHIFT = 16;
  private static final int SIZE = 1 << SHIFT;
  private static final int MASK = SIZE - 1;

  /** Answers in the first chunk of a table that has just begun; small tables stay small. */
  private static final int SMALLEST = 64;

  private final List<Chunk> chunks = new ArrayList<>();
  private boolean weighted;
  private long size;

  /** Some answers; {@code weight} is null while all of them are 1. */
  static final class Chunk {
    int[] task = new int[0];
    int[] expert = new int[0];
    double[] value = new double[0];
    float[] weight;

    private void grow(int length) {
      task = Arrays.copyOf(task, length);
      expert = Arrays.copyOf(expert, length);
      value = Arrays.copyOf(value, length);
      if (weight != null) {
        int before = weight.length;
        weight = Arrays.copyOf(weight, length);
        Arrays.fill(weight, before, length, 1.0f);
      }
    }

    private void weigh(int at, float w) {
      if (weight == null) {
        weight = ones(task.length);
      }
      weight[at] = w;
    }
  }

  /** Returns the number of answers. */
  public long size() {
    return size;
  }

  /** Returns whether any weight differs from 1. */
  boolean weighted() {
    return weighted;
  }

  /** Adds an answer. */
  public void add(int task, int expert, double value, float weight) {
    int at = (int) (size & MASK);
    if (at == 0) {
      chunks.add(new Chunk());
    }
    Chunk chunk = chunks.get(chunks.size() - 1);
    if (at == chunk.task.length) {
      chunk.grow(size >= SIZE ? SIZE : Math.max(2 * at, SMALLEST));
    }
    chunk.task[at] = task;
    chunk.expert[at] = expert;
    chunk.value[at] = value;
    if (weight != 1.0f) {
      chunk.weigh(at, weight);
      weighted = true;
    }
    size++;
  }

  /** Takes chunk after chunk. */
  interface Sink {
    /**
     * Takes {@code count} answers from {@code at} on; {@code weight} is null when no answer at all
     * has a weight.
     */
    void accept(long at, int[] task, int[] expert, double[] value, float[] weight, int count);
  }

  /** Gives all chunks away, in order; each is dropped as soon as it has been taken. */
  void drain(Sink sink) {
    float[] ones = weighted ? ones(SIZE) : null;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      long at = (long) i << SHIFT;
      float[] weight = chunk.weight == null ? ones : chunk.weight;
      int count = (int) Math.min(SIZE, size - at);
      sink.accept(at, chunk.task, chunk.expert, chunk.value, weight, count);
      chunks.set(i, null);
    }
    size = 0;
  }

  private static float[] ones(int length) {
    float[] weights = new float[length];
    Arrays.fill(weights, 1.0f);
    return weights;
  }
}
