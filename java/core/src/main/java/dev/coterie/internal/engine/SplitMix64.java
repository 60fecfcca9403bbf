package dev.coterie.internal.engine;

/** The random numbers of docs/numerics.md: number n of a seed, without those before it. */
final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** Returns number n of a seed, from 0 to below 1. */
  static double unit(long seed, long n) {
    long z = seed + (n + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z = z ^ (z >>> 31);
    return (z >>> 11) * 0x1p-53;
  }
}
