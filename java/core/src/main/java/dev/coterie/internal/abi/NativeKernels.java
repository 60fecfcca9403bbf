package dev.coterie.internal.abi;

import dev.coterie.spi.KernelProbe;
import dev.coterie.spi.NativeFunctions;

/** The kernels of the native library, on heap arrays. */
public record NativeKernels(NativeFunctions functions) implements KernelProbe {
  @Override
  public void exp(double[] x, double[] out) {
    checkLength(x, out);
    check(functions.expF64(x, out, x.length));
  }

  @Override
  public void log(double[] x, double[] out) {
    checkLength(x, out);
    check(functions.logF64(x, out, x.length));
  }

  @Override
  public double sum(double[] x) {
    checkLength(x, x);
    double[] out = new double[1];
    check(functions.sumF64(x, x.length, out));
    return out[0];
  }

  private static void checkLength(double[] x, double[] out) {
    if (x.length > MAXIMUM_LENGTH || out.length < x.length) {
      throw new IllegalArgumentException(
          "length " + x.length + " is not between 0 and " + Math.min(out.length, MAXIMUM_LENGTH));
    }
  }

  private static void check(int status) {
    if (status != Status.OK) {
      throw Status.exception(status, "a kernel was refused");
    }
  }
}
