package dev.coterie.internal.agreement;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.agreement.Scales.Categories;
import dev.coterie.internal.engine.SplitMix64;
import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/** Krippendorff's alpha. */
final class Alpha {
  private static final int NOMINAL = 0;
  private static final int ORDINAL = 1;
  private static final int INTERVAL = 2;
  private static final int RATIO = 3;

  /** The numbers before those of the experts. */
  private static final int HEAD = 9;

  private final MeasureProblem problem;
  private final FitControl control;
  private final int scale;
  private final Groups groups;

  /** The groups of at least two answers. */
  private final int[] units;

  private final double[] value;
  private final double[] counts;
  private final double[] places;

  /** The observed disagreement of each unit where it does not depend on the others, or null. */
  private final double[] settled;

  /** The categories with a count. */
  private final int[] used;

  private int usedSize;
  private final Tally tally;

  // Of the units evaluated last.
  private double observed;
  private double expected;
  private double n;

  // Of the unit spread last.
  private double mean;
  private double square;

  Alpha(MeasureProblem problem, Columns.Heap table, FitControl control) {
    this.problem = problem;
    this.control = control;
    scale = (int) problem.options()[0];
    Categories categories =
        scale == NOMINAL && table.label() != null
            ? Categories.ofLabels(table)
            : Categories.ofValues(problem, table);
    value = categories.value();
    groups = Groups.byTask(table, categories.of(), problem.lastWins());
    units = units(groups);
    counts = new double[value.length];
    used = new int[value.length];
    places = scale == INTERVAL ? Scales.scaled(value) : new double[value.length];
    tally = new Tally(value.length);
    settled = scale == ORDINAL ? null : new double[units.length];
    if (settled != null) {
      Arrays.setAll(settled, this::observe);
    }
  }

  private static int[] units(Groups groups) {
    int[] units = new int[groups.count()];
    int size = 0;
    for (int group = 0; group < units.length; group++) {
      if (groups.size(group) >= 2) {
        units[size++] = group;
      }
    }
    return Arrays.copyOf(units, size);
  }

  void measure(double[] out) {
    Arrays.fill(out, Double.NaN);
    out[8] = 0.0;
    if (units.length == 0) {
      out[0] = JavaAgreement.NO_PAIRS;
      out[4] = 0.0;
      out[5] = 0.0;
      return;
    }
    int[] all = new int[units.length];
    Arrays.setAll(all, unit -> unit);
    evaluate(all);
    double chance = expected / (n * (n - 1.0));
    boolean defined = expected > 0.0;
    out[0] = defined ? JavaAgreement.DEFINED : JavaAgreement.NO_VARIATION;
    out[1] = alpha();
    out[2] = observed / n;
    out[3] = chance;
    out[4] = units.length;
    out[5] = n;
    // These need the counts of the whole table, which the bootstrap overwrites.
    int experts = problem.experts();
    ofExperts(chance, out, experts);
    if (out.length > HEAD + experts) {
      ofLabels(out, HEAD + experts);
    }
    if (defined) {
      bootstrap(out, all);
    }
  }

  private double alpha() {
    return expected > 0.0 ? 1.0 - ((n - 1.0) * observed) / expected : Double.NaN;
  }

  /** Counts the units that were chosen, and their disagreements. */
  private void evaluate(int[] chosen) {
    Arrays.fill(counts, 0.0);
    for (int unit : chosen) {
      int group = units[unit];
      for (int i = groups.offsets[group]; i < groups.offsets[group + 1]; i++) {
        counts[groups.item[i]] += 1.0;
      }
    }
    n = 0.0;
    usedSize = 0;
    for (int category = 0; category < counts.length; category++) {
      if (scale == ORDINAL) {
        places[category] = n + 0.5 * counts[category];
      }
      n += counts[category];
      if (counts[category] > 0.0) {
        used[usedSize++] = category;
      }
    }
    expected = expect();
    observed = 0.0;
    for (int unit : chosen) {
      observed += settled == null ? observe(unit) : settled[unit];
    }
  }

  private double expect() {
    if (scale == NOMINAL) {
      double total = 0.0;
      for (int i = 0; i < usedSize; i++) {
        total += counts[used[i]] * counts[used[i]];
      }
      return n * n - total;
    }
    if (scale == RATIO) {
      double total = 0.0;
      for (int i = 0; i < usedSize; i++) {
        JavaAgreement.checkCancelled(control);
        double row = 0.0;
        for (int j = i + 1; j < usedSize; j++) {
          row += (counts[used[i]] * counts[used[j]]) * distance(used[i], used[j]);
        }
        total += row;
      }
      return 2.0 * total;
    }
    double first = places[used[0]];
    double total = 0.0;
    for (int i = 0; i < usedSize; i++) {
      total += counts[used[i]] * (places[used[i]] - first);
    }
    double centre = total / n;
    double squares = 0.0;
    for (int i = 0; i < usedSize; i++) {
      double d = (places[used[i]] - first) - centre;
      squares += counts[used[i]] * (d * d);
    }
    return (2.0 * n) * squares;
  }

  /** Returns the observed disagreement of a unit. */
  private double observe(int unit) {
    int from = groups.offsets[units[unit]];
    int to = groups.offsets[units[unit] + 1];
    double m = to - from;
    if (scale == ORDINAL || scale == INTERVAL) {
      spread(from, to);
      return ((2.0 * m) * square) / (m - 1.0);
    }
    tally.count(groups.item, from, to);
    if (scale == NOMINAL) {
      return (m * m - tally.squares()) / (m - 1.0);
    }
    double total = 0.0;
    for (int i = 0; i < tally.size(); i++) {
      int a = tally.seen(i);
      double row = 0.0;
      for (int j = i + 1; j < tally.size(); j++) {
        int b = tally.seen(j);
        row += (tally.of(a) * tally.of(b)) * distance(a, b);
      }
      total += row;
    }
    return (2.0 * total) / (m - 1.0);
  }

  private double distance(int a, int b) {
    double r = (value[a] - value[b]) / (value[a] + value[b]);
    return r * r;
  }

  /** Finds the mean's distance from the first place, and the sum of squared deviations. */
  private void spread(int from, int to) {
    double first = places[groups.item[from]];
    double total = 0.0;
    for (int i = from; i < to; i++) {
      total += places[groups.item[i]] - first;
    }
    mean = total / (to - from);
    square = 0.0;
    for (int i = from; i < to; i++) {
      double d = (places[groups.item[i]] - first) - mean;
      square += d * d;
    }
  }

  /** Writes the alpha of each expert's answers against those of the others. */
  private void ofExperts(double chance, double[] out, int experts) {
    double[] sums = new double[experts];
    double[] numbers = new double[experts];
    for (int group : units) {
      int from = groups.offsets[group];
      int to = groups.offsets[group + 1];
      double m = to - from;
      if (scale == ORDINAL || scale == INTERVAL) {
        spread(from, to);
      } else {
        tally.count(groups.item, from, to);
      }
      for (int i = from; i < to; i++) {
        sums[groups.expert[i]] += disagreement(groups.item[i], groups.item[from], m) / (m - 1.0);
        numbers[groups.expert[i]] += 1.0;
      }
    }
    for (int e = 0; e < experts; e++) {
      boolean defined = numbers[e] > 0.0 && chance > 0.0;
      out[HEAD + e] = defined ? 1.0 - (sums[e] / numbers[e]) / chance : Double.NaN;
    }
  }

  /** Returns the sum of the distances of an item from all in the unit that was counted last. */
  private double disagreement(int item, int firstItem, double m) {
    if (scale == NOMINAL) {
      return m - tally.of(item);
    }
    if (scale == RATIO) {
      double d = 0.0;
      for (int i = 0; i < tally.size(); i++) {
        int other = tally.seen(i);
        if (other != item) {
          d += tally.of(other) * distance(item, other);
        }
      }
      return d;
    }
    double away = (places[item] - places[firstItem]) - mean;
    return m * (away * away) + square;
  }

  /** Writes the alpha of each label against all others. */
  private void ofLabels(double[] out, int at) {
    double[] sums = new double[counts.length];
    for (int group : units) {
      int from = groups.offsets[group];
      int to = groups.offsets[group + 1];
      double m = to - from;
      tally.count(groups.item, from, to);
      for (int i = 0; i < tally.size(); i++) {
        int label = tally.seen(i);
        double k = tally.of(label);
        sums[label] += ((2.0 * k) * (m - k)) / (m - 1.0);
      }
    }
    for (int label = 0; label < counts.length; label++) {
      double chance = (2.0 * counts[label]) * (n - counts[label]);
      out[at + label] = chance > 0.0 ? 1.0 - ((n - 1.0) * sums[label]) / chance : Double.NaN;
    }
  }

  /** Draws the units again and again, and takes the percentiles of their alphas. */
  private void bootstrap(double[] out, int[] chosen) {
    int replicates = (int) problem.options()[1];
    double[] alphas = new double[replicates];
    int size = 0;
    SplitMix64 random = new SplitMix64(problem.seed());
    for (int replicate = 0; replicate < replicates; replicate++) {
      JavaAgreement.checkCancelled(control);
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = (int) (random.unit() * chosen.length);
      }
      evaluate(chosen);
      if (expected > 0.0) {
        alphas[size++] = alpha();
      }
      JavaAgreement.progress(control, replicate + 1L);
    }
    if (size > 0) {
      Arrays.sort(alphas, 0, size);
      double q = (1.0 - problem.options()[2]) / 2.0;
      out[6] = quantile(alphas, size, q);
      out[7] = quantile(alphas, size, 1.0 - q);
      out[8] = size;
    }
  }

  private static double quantile(double[] ordered, int size, double q) {
    double h = (size - 1) * q;
    int i = (int) h;
    if (i + 1 >= size) {
      return ordered[size - 1];
    }
    return ordered[i] + (h - i) * (ordered[i + 1] - ordered[i]);
  }
}
