package dev.coterie.internal.engine;

import dev.coterie.spi.Columns;
import java.util.Arrays;

/** The sums that the last M-step of Dawid-Skene takes, in its order, for a given posterior. */
public final class Recount {
  private Recount() {}

  /**
   * Counts a table as a fit does, to the bit: span by span, and in each the tasks with few answers
   * first.
   *
   * @param posterior [task][label]
   * @param counts receives [expert][label][true label]
   * @param sums receives the sum of the posteriors
   */
  public static void count(Columns.Heap table, double[] posterior, double[] counts, double[] sums) {
    int k = table.labels();
    Index grouped = Index.of(table, true, false, false);
    Spans spans = Spans.of(grouped, (long) table.experts() * k * k);
    Index index = grouped.byLength(spans);
    int[] rows = index.rows(k);
    double[] partCounts = new double[counts.length];
    double[] partSums = new double[k];
    for (int s = 0; s < spans.count(); s++) {
      Arrays.fill(partCounts, 0.0);
      Arrays.fill(partSums, 0.0);
      for (int place = spans.first(s); place < spans.last(s); place++) {
        int row = index.task(place) * k;
        for (int j = 0; j < k; j++) {
          partSums[j] = partSums[j] + posterior[row + j];
        }
        for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
          double weight = index.weight == null ? 1.0 : index.weight[i];
          int at = rows[i];
          for (int j = 0; j < k; j++) {
            partCounts[at + j] = partCounts[at + j] + weight * posterior[row + j];
          }
        }
      }
      combine(counts, partCounts, s == 0);
      combine(sums, partSums, s == 0);
    }
  }

  private static void combine(double[] total, double[] part, boolean first) {
    for (int i = 0; i < total.length; i++) {
      total[i] = first ? part[i] : total[i] + part[i];
    }
  }
}
