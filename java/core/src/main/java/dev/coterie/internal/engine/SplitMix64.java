package dev.coterie.internal.engine;

/** The generator of docs/numerics.md. Used by one thread. */
public final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Makes a generator that begins at a seed. */
  public SplitMix64(long seed) {
    state = seed;
  }

  /** Leaves some numbers out and returns this. */
  SplitMix64 skip(long count) {
    state += count * GAMMA;
    return this;
  }

  /** Returns 64 random bits. */
  public long next() {
    state += GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns a number from 0 to below 1. */
  public double unit() {
    return (next() >>> 11) * 0x1p-53;
  }
}
