package dev.coterie.vectorapi;

import static org.junit.jupiter.api.Assertions.fail;

import dev.coterie.internal.engine.ScalarKernels;
import dev.coterie.spi.Kernels;
import dev.coterie.testing.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vector kernels against the scalar ones, bit for bit. */
class VectorKernelsTest {
  private static final double UNTOUCHED = 12345.5;
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    707.0,
    -707.0,
    709.78,
    709.79,
    -708.4,
    -745.2,
    -746.5,
    -1e300
  };

  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels();
  private final SplitMix64 random = new SplitMix64(42);

  /** Some work of a kernel on arrays that both implementations get a copy of. */
  private interface Use {
    void apply(Kernels kernels, double[][] arrays);
  }

  private void compare(String what, Use use, double[]... arrays) {
    double[][] expected = Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    use.apply(scalar, expected);
    use.apply(vector, arrays);
    for (int a = 0; a < arrays.length; a++) {
      for (int i = 0; i < arrays[a].length; i++) {
        if (Double.doubleToRawLongBits(arrays[a][i])
            != Double.doubleToRawLongBits(expected[a][i])) {
          fail(
              "%s: element %d of array %d is %s instead of %s"
                  .formatted(what, i, a, arrays[a][i], expected[a][i]));
        }
      }
    }
  }

  private static int[] sizes() {
    return IntStream.concat(
            IntStream.rangeClosed(0, 70),
            IntStream.concat(IntStream.rangeClosed(127, 129), IntStream.rangeClosed(1021, 1025)))
        .toArray();
  }

  private double[] values(int n, double scale, double shift) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.unit() * scale + shift;
    }
    return x;
  }

  private double[] withSpecials(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      if (random.below(4) == 0) {
        x[i] = SPECIAL[random.below(SPECIAL.length)];
      }
    }
    return x;
  }

  /** Makes room behind the first n elements that a kernel must not touch. */
  private static double[] padded(double[] x) {
    double[] result = Arrays.copyOf(x, x.length + 9);
    Arrays.fill(result, x.length, result.length, UNTOUCHED);
    return result;
  }

  @Test
  void elementaryFunctions() {
    for (int n : sizes()) {
      for (int round = 0; round < 4; round++) {
        double[] x = round % 2 == 0 ? values(n, 1600, -800) : withSpecials(values(n, 2, 0), n);
        compare("exp of " + n, (k, a) -> k.exp(a[0], n, new double[n]), padded(x));
        double[] y = round % 2 == 0 ? values(n, 3, 1e-12) : withSpecials(values(n, 9, -1), n);
        compare("log of " + n, (k, a) -> k.log(a[0], n, new double[n]), padded(y));
      }
    }
  }

  @Test
  void sums() {
    for (int n : sizes()) {
      compare(
          "addToLanes of " + n,
          (k, a) -> k.addToLanes(a[0], a[1], n),
          values(32, 1, 0),
          padded(values(n, 1e3, -5e2)));
      int from = Math.min(n, random.below(5));
      int to = Math.max(from, n - random.below(5));
      compare(
          "add from " + from + " to " + to,
          (k, a) -> k.add(a[0], a[1], from, to),
          values(n, 1e3, -5e2),
          values(n, 1, 0));
    }
  }

  @Test
  void rowsOfAnyLength() {
    for (int k = 1; k <= 40; k++) {
      for (int rows : new int[] {0, 1, 2, 3, 31, 32, 33, 127, 128}) {
        compareRows(k, rows, 30.0);
        compareRows(k, rows, 3000.0);
      }
    }
  }

  private void compareRows(int k, int rows, double spread) {
    String what = rows + " rows of " + k;
    int n = rows * k;
    compare(
        "softmax of " + what,
        (kernels, a) -> kernels.softmax(a[0], rows, k, a[1], new double[rows], new double[n + 32]),
        padded(values(n, spread, -spread)),
        padded(new double[rows]));
    compare(
        "addRows of " + what,
        (kernels, a) -> kernels.addRows(a[0], a[1], rows, k),
        padded(values(k, 1, 0)),
        padded(values(n, 1, 0)));
  }

  @Test
  void answersOfAnyTask() {
    for (int k = 1; k <= 40; k++) {
      for (int round = 0; round < 6; round++) {
        compareAnswers(k, random.below(200), 1 + random.below(9), round % 2 == 1);
      }
    }
  }

  private void compareAnswers(int k, int tasks, int experts, boolean weighted) {
    int[] offsets = new int[tasks + 1];
    for (int t = 0; t < tasks; t++) {
      offsets[t + 1] = offsets[t] + random.below(7);
    }
    int answers = offsets[tasks];
    int[] rows = new int[answers];
    for (int i = 0; i < answers; i++) {
      rows[i] = random.below(experts * k) * k;
    }
    double[] weights = weighted ? values(answers, 2, 0) : null;
    int first = random.below(tasks + 1);
    int last = first + random.below(tasks + 1 - first);
    int n = (last - first) * k;
    String what = "tasks %d to %d of %d labels".formatted(first, last, k);
    compare(
        "accumulate " + what,
        (kernels, a) ->
            kernels.accumulate(a[0], first, last, k, offsets, rows, weights, a[1], a[2]),
        padded(new double[n]),
        values(k, 1, -1),
        values(experts * k * k, 9, -9));
    compare(
        "scatter " + what,
        (kernels, a) -> kernels.scatter(a[0], first, last, k, offsets, rows, weights, a[1]),
        values(experts * k * k, 1, 0),
        values(n, 1, 0));
  }
}
