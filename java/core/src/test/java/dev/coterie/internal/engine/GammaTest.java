package dev.coterie.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.testing.GoldenData;
import java.util.List;
import org.junit.jupiter.api.Test;

class GammaTest {
  private interface Function {
    double of(double x);
  }

  private interface Loop {
    void of(double[] x, double[] out, int from, int to);
  }

  private static void check(String name, Function function, Loop loop) {
    List<String[]> lines = GoldenData.kernel(name);
    double[] x = lines.stream().mapToDouble(words -> GoldenData.parseDouble(words[0])).toArray();
    double[] all = new double[x.length + 2];
    double[] shifted = new double[all.length];
    System.arraycopy(x, 0, shifted, 1, x.length);
    loop.of(shifted, all, 1, x.length + 1);
    for (int i = 0; i < x.length; i++) {
      double expected = GoldenData.parseDouble(lines.get(i)[1]);
      String what = name + "(" + x[i] + ")";
      assertEquals(bits(expected), bits(function.of(x[i])), what);
      assertEquals(bits(expected), bits(all[i + 1]), what + " in an array");
    }
    assertEquals(0.0, all[0]);
    assertEquals(0.0, all[x.length + 1]);
  }

  private static long bits(double x) {
    return Double.doubleToRawLongBits(x);
  }

  @Test
  void digammas() {
    Workspace workspace = new Workspace(3);
    ScalarKernels kernels = new ScalarKernels();
    check(
        "digamma",
        Gamma::digamma,
        (x, out, from, to) -> Gamma.digamma(x, out, from, to, kernels, workspace));
  }

  @Test
  void logarithmsOfGamma() {
    Workspace workspace = new Workspace(3);
    ScalarKernels kernels = new ScalarKernels();
    check(
        "lgamma",
        Gamma::log,
        (x, out, from, to) -> Gamma.log(x, out, from, to, kernels, workspace));
  }
}
