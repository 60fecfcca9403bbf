package dev.coterie.contract;

/** The numbers that the golden vectors give only the seed of. */
final class GoldenNumbers {
  private long state;

  private GoldenNumbers(long seed) {
    state = seed;
  }

  /** Returns the input of a golden sum, as tests/parity/oracle/generate.py makes it. */
  static double[] sumInput(int length, long seed) {
    GoldenNumbers numbers = new GoldenNumbers(seed);
    double[] x = new double[length];
    for (int i = 0; i < length; i++) {
      double unit = (numbers.next() >>> 11) * 0x1p-53;
      x[i] = (unit - 0.5) * Math.scalb(1.0, (int) ((numbers.next() >>> 11) % 24) - 12);
    }
    return x;
  }

  /** SplitMix64. */
  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
