package dev.coterie.bench;

import dev.coterie.embeddings.MiniLm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints what the bundled sentence embedding costs: milliseconds of CPU time to load it, and for
 * texts of some lengths the median of {@value #REPETITIONS} repetitions with the least and the
 * most. A text is embedded by one thread, so its CPU time is what it takes on an idle machine.
 */
public final class EmbeddingCost {
  private static final int REPETITIONS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private EmbeddingCost() {}

  /** Measures; takes no arguments. */
  public static void main(String[] arguments) {
    try (MiniLm embedder = new MiniLm(1)) {
      System.out.printf(Locale.ROOT, "load %.0f%n", cost(embedder, "", 1));
      for (int words : new int[] {8, 64, 254}) {
        String text = "food ".repeat(words); // one word piece each
        cost(embedder, text, 20);
        double[] costs = new double[REPETITIONS];
        for (int r = 0; r < REPETITIONS; r++) {
          costs[r] = cost(embedder, text, 20);
        }
        Arrays.sort(costs);
        System.out.printf(
            Locale.ROOT,
            "%d words %.1f (%.1f to %.1f)%n",
            words,
            costs[REPETITIONS / 2],
            costs[0],
            costs[REPETITIONS - 1]);
      }
    }
  }

  private static double cost(MiniLm embedder, String text, int times) {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      if (embedder.embed(text).length != MiniLm.DIMENSION) {
        throw new AssertionError("a vector of another dimension");
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e6 / times;
  }
}
