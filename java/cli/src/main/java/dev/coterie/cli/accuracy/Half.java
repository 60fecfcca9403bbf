package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;

/**
 * A random half, rounded up, of so many things. Which half depends on the seed and the number
 * alone: SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014) and selection sampling (D. E.
 * Knuth, volume 2, algorithm S).
 */
final class Half {
  private final boolean[] kept;

  Half(int size, long seed) {
    kept = new boolean[size];
    long state = seed;
    int wanted = size - size / 2;
    for (int i = 0; i < size; i++) {
      state += 0x9E3779B97F4A7C15L;
      long random = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
      random = (random ^ random >>> 27) * 0x94D049BB133111EBL;
      double uniform = ((random ^ random >>> 31) >>> 11) * 0x1p-53;
      kept[i] = (size - i) * uniform < wanted;
      wanted -= kept[i] ? 1 : 0;
    }
  }

  boolean has(int index) {
    return kept[index];
  }

  /** Returns the filter for so many experts and answers. */
  static AnswerFile.Filter of(int experts, long answers, Halves halves, long seed) {
    return switch (halves) {
      case NONE -> (answer, expert) -> true;
      case EXPERTS -> {
        Half half = new Half(experts, seed);
        yield (answer, expert) -> half.has(expert);
      }
      case ANSWERS -> {
        Half half = new Half(Math.toIntExact(answers), seed);
        yield (answer, expert) -> half.has((int) answer);
      }
    };
  }
}
