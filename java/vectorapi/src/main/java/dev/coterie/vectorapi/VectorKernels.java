package dev.coterie.vectorapi;

import dev.coterie.spi.Kernels;
import dev.coterie.spi.ScalarRows;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * The kernels over the Vector API. Every element goes through the operations of docs/numerics.md in
 * their order, at whatever width; nothing is fused and no sum is reordered, so the bits are those
 * of the scalar kernels. Each width of row has its own small loops over a constant species: a
 * species that the compiler cannot see would put every vector on the heap.
 */
final class VectorKernels implements Kernels {

  @Override
  public void exp(double[] x, int n, double[] scratch) {
    VectorMath.exp(x, n);
  }

  @Override
  public void log(double[] x, int n, double[] scratch) {
    VectorMath.log(x, n);
  }

  @Override
  public void addToLanes(double[] lanes, double[] x, int n) {
    int i = 0;
    for (; i + 32 <= n; i += 32) {
      add(lanes, 0, x, i, 32);
    }
    add(lanes, 0, x, i, n - i);
  }

  @Override
  public void add(double[] target, double[] source, int from, int to) {
    add(target, from, source, from, to - from);
  }

  private static void add(double[] target, int at, double[] source, int from, int n) {
    int i = 0;
    for (; i <= n - Width.LENGTH; i += Width.LENGTH) {
      DoubleVector.fromArray(Width.SPECIES, target, at + i)
          .add(DoubleVector.fromArray(Width.SPECIES, source, from + i))
          .intoArray(target, at + i);
    }
    for (; i < n; i++) {
      target[at + i] = target[at + i] + source[from + i];
    }
  }

  @Override
  public void addRows(double[] sums, double[] block, int rows, int k) {
    int j = 0;
    if (Width.HAS_FOUR) {
      for (; j + 4 <= k; j += 4) {
        FourColumns.addRows(sums, block, rows, k, j);
      }
    }
    for (; j + 2 <= k; j += 2) {
      TwoColumns.addRows(sums, block, rows, k, j);
    }
    ScalarRows.addRows(sums, block, rows, k, j, k);
  }

  @Override
  public void accumulate(
      double[] block,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] prior,
      double[] table) {
    int j = 0;
    if (Width.HAS_FOUR) {
      for (; j + 4 <= k; j += 4) {
        if (weights == null) {
          FourColumns.accumulate(block, first, last, k, j, offsets, rows, prior, table);
        } else {
          FourColumns.accumulate(block, first, last, k, j, offsets, rows, weights, prior, table);
        }
      }
    }
    for (; j + 2 <= k; j += 2) {
      if (weights == null) {
        TwoColumns.accumulate(block, first, last, k, j, offsets, rows, prior, table);
      } else {
        TwoColumns.accumulate(block, first, last, k, j, offsets, rows, weights, prior, table);
      }
    }
    if (j < k) {
      ScalarRows.accumulate1(block, first, last, k, j, offsets, rows, weights, prior, table);
    }
  }

  @Override
  public void multiply(
      double[] block,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table,
      long[] exponents) {
    Arrays.fill(exponents, 0, last - first, 0);
    int mid = ScalarRows.firstLong(first, last, offsets);
    int j = 0;
    if (Width.HAS_FOUR) {
      for (; j + 4 <= k; j += 4) {
        FourColumns.multiply(block, first, mid, k, j, offsets, rows, prior, table);
      }
    }
    for (; j + 2 <= k; j += 2) {
      TwoColumns.multiply(block, first, mid, k, j, offsets, rows, prior, table);
    }
    if (j < k) {
      ScalarRows.multiply1(block, first, mid, k, j, offsets, rows, prior, table);
    }
    for (int t = mid, out = (mid - first) * k; t < last; t++, out += k) {
      System.arraycopy(prior, 0, block, out, k);
      int end = offsets[t + 1];
      int from = offsets[t];
      for (; end - from > ScalarRows.RUN; from += ScalarRows.RUN) {
        multiplyRun(block, out, k, rows, from, from + ScalarRows.RUN, table);
        exponents[t - first] += ScalarRows.rescale(block, out, k);
      }
      multiplyRun(block, out, k, rows, from, end, table);
    }
  }

  private static void multiplyRun(
      double[] block, int out, int k, int[] rows, int from, int to, double[] table) {
    int j = 0;
    if (Width.HAS_FOUR) {
      for (; j + 4 <= k; j += 4) {
        FourColumns.multiplyRun(block, out + j, j, rows, from, to, table);
      }
    }
    for (; j + 2 <= k; j += 2) {
      TwoColumns.multiplyRun(block, out + j, j, rows, from, to, table);
    }
    ScalarRows.multiplyRun(block, out, j, k, rows, from, to, table);
  }

  @Override
  public void scatter(
      double[] counts,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] block) {
    int j = 0;
    if (Width.HAS_FOUR) {
      for (; j + 4 <= k; j += 4) {
        if (weights == null) {
          FourColumns.scatter(counts, first, last, k, j, offsets, rows, block);
        } else {
          FourColumns.scatter(counts, first, last, k, j, offsets, rows, weights, block);
        }
      }
    }
    for (; j + 2 <= k; j += 2) {
      if (weights == null) {
        TwoColumns.scatter(counts, first, last, k, j, offsets, rows, block);
      } else {
        TwoColumns.scatter(counts, first, last, k, j, offsets, rows, weights, block);
      }
    }
    if (j < k) {
      ScalarRows.scatter1(counts, first, last, k, j, offsets, rows, weights, block);
    }
  }

  @Override
  public void softmax(
      double[] block, int rows, int k, double[] norms, double[] sums, double[] scratch) {
    if (k == 4 && Width.HAS_FOUR) {
      FourColumns.subtractMaxima(block, rows, norms);
    } else if (k > 4 && Width.HAS_FOUR) {
      FourColumns.subtractMaxima(block, rows, k, norms);
    } else {
      ScalarRows.subtractMaxima(block, rows, k, norms);
    }
    VectorMath.exp(block, rows * k);
    divideBySums(block, rows, k, sums, scratch);
    VectorMath.log(sums, rows);
    add(norms, 0, sums, 0, rows);
  }

  @Override
  public void divideBySums(double[] block, int rows, int k, double[] sums, double[] scratch) {
    if (k == 4 && Width.HAS_FOUR) {
      FourColumns.divideBySums(block, rows, sums);
      return;
    }
    ScalarRows.sums(block, rows, k, sums, scratch);
    if (k > 4 && Width.HAS_FOUR) {
      FourColumns.divide(block, rows, k, sums);
    } else {
      ScalarRows.spread(sums, rows, k, scratch);
      VectorMath.divide(block, scratch, rows * k);
    }
  }
}
