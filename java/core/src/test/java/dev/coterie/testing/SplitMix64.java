package dev.coterie.testing;

/** The generator of tests/parity/oracle/generate.py. */
public final class SplitMix64 {
  private long state;

  /** Makes a generator. */
  public SplitMix64(long seed) {
    state = seed;
  }

  /** Returns the next 64 bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns an integer in {@code [0, n)}. */
  public int below(int n) {
    return (int) ((next() >>> 11) % n);
  }

  /** Returns a double in {@code [0, 1)}. */
  public double unit() {
    return (next() >>> 11) * 0x1p-53;
  }
}
