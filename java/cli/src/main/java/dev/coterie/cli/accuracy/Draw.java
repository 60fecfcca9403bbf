package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;

/**
 * So many things of a number, drawn at random without repetition. Which ones depends on the seed
 * and the two numbers alone: SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014) and selection
 * sampling (D. E. Knuth, volume 2, algorithm S).
 */
final class Draw {
  private final boolean[] drawn;

  Draw(int size, int wanted, long seed) {
    drawn = new boolean[size];
    long state = seed;
    int missing = wanted;
    for (int i = 0; i < size; i++) {
      state += 0x9E3779B97F4A7C15L;
      long random = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
      random = (random ^ random >>> 27) * 0x94D049BB133111EBL;
      double uniform = ((random ^ random >>> 31) >>> 11) * 0x1p-53;
      drawn[i] = (size - i) * uniform < missing;
      missing -= drawn[i] ? 1 : 0;
    }
  }

  /** Draws a half, rounded up. */
  static Draw half(int size, long seed) {
    return new Draw(size, size - size / 2, seed);
  }

  boolean has(int index) {
    return drawn[index];
  }

  /** Returns the filter for so many experts and answers. */
  static AnswerFile.Filter filter(int experts, long answers, Halves halves, long seed) {
    return switch (halves) {
      case NONE -> (answer, expert) -> true;
      case EXPERTS -> {
        Draw half = half(experts, seed);
        yield (answer, expert) -> half.has(expert);
      }
      case ANSWERS -> {
        Draw half = half(Math.toIntExact(answers), seed);
        yield (answer, expert) -> half.has((int) answer);
      }
    };
  }
}
