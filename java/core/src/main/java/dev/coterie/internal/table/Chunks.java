package dev.coterie.internal.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers in the order in which they are added, in chunks, so that growing copies nothing and needs
 * no array larger than one chunk.
 */
public final class Chunks {
  private static final int SHIFT = 16;

  /** Answers in a chunk. */
  static final int SIZE = 1 << SHIFT;

  private static final int MASK = SIZE - 1;

  /** Answers in the first chunk of a table that has just begun; small tables stay small. */
  private static final int SMALLEST = 64;

  private final List<int[]> task = new ArrayList<>();
  private final List<int[]> expert = new ArrayList<>();
  private final List<int[]> label = new ArrayList<>();

  /** A chunk of the weights, null while all of its weights are 1. */
  private final List<float[]> weight = new ArrayList<>();

  private boolean weighted;
  private long size;

  /** Returns the number of answers. */
  public long size() {
    return size;
  }

  /** Returns whether any weight differs from 1. */
  public boolean weighted() {
    return weighted;
  }

  /** Adds an answer. */
  public void add(int t, int e, int l, float w) {
    int at = (int) (size & MASK);
    int chunk = (int) (size >>> SHIFT);
    if (at == 0) {
      int length = size == 0 ? SMALLEST : SIZE;
      task.add(new int[length]);
      expert.add(new int[length]);
      label.add(new int[length]);
      weight.add(null);
    } else if (at == task.get(chunk).length) {
      growFirst();
    }
    task.get(chunk)[at] = t;
    expert.get(chunk)[at] = e;
    label.get(chunk)[at] = l;
    if (w != 1.0f) {
      float[] weights = weight.get(chunk);
      if (weights == null) {
        weights = ones(task.get(chunk).length);
        weight.set(chunk, weights);
      }
      weights[at] = w;
      weighted = true;
    }
    size++;
  }

  private void growFirst() {
    int length = 2 * task.get(0).length;
    task.set(0, Arrays.copyOf(task.get(0), length));
    expert.set(0, Arrays.copyOf(expert.get(0), length));
    label.set(0, Arrays.copyOf(label.get(0), length));
    float[] weights = weight.get(0);
    if (weights != null) {
      weight.set(0, Arrays.copyOf(weights, length));
      Arrays.fill(weight.get(0), weights.length, length, 1.0f);
    }
  }

  private static float[] ones(int length) {
    float[] weights = new float[length];
    Arrays.fill(weights, 1.0f);
    return weights;
  }

  /** Takes chunk after chunk. */
  public interface Sink {
    /**
     * Takes {@code count} answers from {@code at} on; {@code weight} is null when no answer at all
     * has a weight.
     */
    void accept(long at, int[] task, int[] expert, int[] label, float[] weight, int count);
  }

  /** Gives all chunks away, in order; each is dropped as soon as it has been taken. */
  public void drain(Sink sink) {
    float[] ones = weighted ? ones(SIZE) : null;
    for (int chunk = 0; chunk < task.size(); chunk++) {
      long at = (long) chunk << SHIFT;
      float[] weights = weight.get(chunk) == null ? ones : weight.get(chunk);
      sink.accept(
          at,
          task.get(chunk),
          expert.get(chunk),
          label.get(chunk),
          weights,
          (int) Math.min(SIZE, size - at));
      task.set(chunk, null);
      expert.set(chunk, null);
      label.set(chunk, null);
      weight.set(chunk, null);
    }
    size = 0;
  }
}
