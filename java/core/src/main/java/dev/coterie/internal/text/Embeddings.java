package dev.coterie.internal.text;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.Kernels;
import dev.coterie.spi.TextColumns;
import java.util.Arrays;

/** The cosine of the angle between embeddings that the caller has brought. */
final class Embeddings implements Likeness {
  private final Kernels kernels;
  private final int rows;
  private final int dimension;

  /** The task's embeddings, widened. */
  private final double[] component;

  private final double[] squares;

  Embeddings(Kernels kernels, TextColumns columns, int first, int rows) {
    this.kernels = kernels;
    this.rows = rows;
    dimension = columns.dimension();
    component = new double[Math.multiplyExact(rows, dimension)];
    int from = Math.multiplyExact(first, dimension);
    for (int i = 0; i < component.length; i++) {
      component[i] = columns.embedding()[from + i];
    }
    squares = new double[rows];
    Scratch scratch = new Scratch(dimension);
    Arrays.setAll(squares, row -> dot(scratch, component, row * dimension, row * dimension));
  }

  /** The products of components, and the lanes of their sum. */
  private static final class Scratch {
    final double[] products;
    final double[] lanes = new double[Elementary.LANES];

    Scratch(int dimension) {
      products = new double[dimension];
    }
  }

  private double dot(Scratch scratch, double[] other, int x, int y) {
    double[] products = scratch.products;
    for (int i = 0; i < dimension; i++) {
      products[i] = component[x + i] * other[y + i];
    }
    Arrays.fill(scratch.lanes, 0.0);
    kernels.addToLanes(scratch.lanes, products, dimension);
    return Elementary.fold(scratch.lanes);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public Object scratch() {
    return new Scratch(dimension);
  }

  @Override
  public void compare(int row, int from, double[] out, Object scratch) {
    for (int j = from; j < rows; j++) {
      double scale = Math.sqrt(squares[row] * squares[j]);
      if (scale > 0.0) {
        double dot = dot((Scratch) scratch, component, row * dimension, j * dimension);
        out[j] = Math.max(-1.0, Math.min(1.0, dot / scale));
      } else {
        out[j] = 0.0;
      }
    }
  }

  @Override
  public double[] centralities(int[] members, double[] weight) {
    double[] sum = new double[dimension];
    for (int j : members) {
      if (squares[j] > 0.0) {
        double share = weight[j] / Math.sqrt(squares[j]);
        for (int i = 0; i < dimension; i++) {
          sum[i] += share * component[j * dimension + i];
        }
      }
    }
    Scratch scratch = new Scratch(dimension);
    double[] result = new double[members.length];
    for (int m = 0; m < members.length; m++) {
      int row = members[m];
      result[m] =
          squares[row] > 0.0
              ? dot(scratch, sum, row * dimension, 0) / Math.sqrt(squares[row])
              : weight[row];
    }
    return result;
  }
}
