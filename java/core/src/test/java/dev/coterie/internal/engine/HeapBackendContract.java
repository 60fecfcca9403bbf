package dev.coterie.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.coterie.spi.Backend;
import dev.coterie.spi.Storage;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend on Java arrays has to fulfil: the golden vectors, bit for bit. */
public abstract class HeapBackendContract {

  /** Returns the backend under test. */
  protected abstract Backend backend();

  @Test
  void worksOnJavaArrays() {
    assertEquals(Storage.HEAP, backend().storage());
  }

  @Test
  void exponentials() {
    checkFunction("exp", backend().kernels()::exp);
  }

  @Test
  void logarithms() {
    checkFunction("log", backend().kernels()::log);
  }

  private static void checkFunction(String name, BiConsumer<double[], double[]> function) {
    List<String[]> lines = GoldenData.kernel(name);
    double[] x = lines.stream().mapToDouble(words -> GoldenData.parseDouble(words[0])).toArray();
    double[] all = new double[x.length];
    function.accept(x, all);
    for (int i = 0; i < x.length; i++) {
      double expected = GoldenData.parseDouble(lines.get(i)[1]);
      double[] alone = new double[1];
      function.accept(new double[] {x[i]}, alone);
      assertBits(expected, all[i], name + "(" + x[i] + ") in an array");
      assertBits(expected, alone[0], name + "(" + x[i] + ") alone");
    }
  }

  @Test
  void notANumberStaysTheSame() {
    double nan = Double.longBitsToDouble(0xFFF8000000012345L);
    double[] x = {nan, 1.0, nan, nan, nan, nan, nan, nan, nan};
    double[] out = new double[x.length];
    backend().kernels().exp(x, out);
    assertBits(nan, out[0], "exp(NaN)");
    assertBits(nan, out[8], "exp(NaN)");
    backend().kernels().log(x, out);
    assertBits(nan, out[0], "log(NaN)");
    assertBits(nan, out[8], "log(NaN)");
  }

  @Test
  void stripedSums() {
    for (String[] words : GoldenData.kernel("sum")) {
      SplitMix64 random = new SplitMix64(Long.parseUnsignedLong(words[1], 16));
      double[] x = new double[Integer.parseInt(words[0])];
      for (int i = 0; i < x.length; i++) {
        x[i] = (random.unit() - 0.5) * Math.pow(2.0, random.below(24) - 12);
      }
      assertBits(
          GoldenData.parseDouble(words[2]), backend().kernels().sum(x), "sum of " + words[0]);
    }
  }

  static List<GoldenFit> fits() {
    return GoldenData.fits();
  }

  @ParameterizedTest
  @MethodSource("fits")
  void fitsAreGoldenOnAnyNumberOfThreads(GoldenFit fit) {
    for (int threads : new int[] {1, 2, 3, 0}) {
      fit.check(backend().consensus(), threads);
    }
  }

  private static void assertBits(double expected, double actual, String what) {
    if (Double.doubleToRawLongBits(expected) != Double.doubleToRawLongBits(actual)) {
      fail(what + " is " + actual + " instead of " + expected);
    }
  }
}
