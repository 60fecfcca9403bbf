package dev.coterie.internal.numeric;

/**
 * Means, medians and their standard errors of one task's answers. {@code trust} is what the answers
 * of each expert weigh beside their own weights, or null.
 */
final class Statistics {
  /**
   * {@code sqrt(pi / 2)} divided by the upper quartile of the normal distribution: the standard
   * error of a median in terms of the median absolute deviation.
   */
  private static final double MEDIAN_ERROR = 0x1.dbb0c9b8f0beep+0;

  private Statistics() {}

  /**
   * Returns the weighted mean, taken from the first value on, so that the mean of equal values is
   * that value.
   */
  static double mean(Answers answers, int task, double[] trust) {
    int from = answers.offsets[task];
    int to = answers.offsets[task + 1];
    double first = answers.value[from];
    double total = 0.0;
    double above = 0.0;
    for (int i = from; i < to; i++) {
      double w = answers.weight(i, trust);
      total = total + w;
      above = above + w * (answers.value[i] - first);
    }
    return first + above / total;
  }

  /** Returns the sum of the weights. */
  static double total(Answers answers, int task, double[] trust) {
    double total = 0.0;
    for (int i = answers.offsets[task]; i < answers.offsets[task + 1]; i++) {
      total = total + answers.weight(i, trust);
    }
    return total;
  }

  /** Returns the standard error of a weighted mean; NaN of a single value. */
  static double meanError(Answers answers, int task, double[] trust, double mean) {
    double n = answers.size(task);
    if (n < 2.0) {
      return Double.NaN;
    }
    double total = 0.0;
    double squares = 0.0;
    for (int i = answers.offsets[task]; i < answers.offsets[task + 1]; i++) {
      double w = answers.weight(i, trust);
      total = total + w;
      double part = w * (answers.value[i] - mean);
      squares = squares + part * part;
    }
    return Math.sqrt(squares * (n / (n - 1.0))) / total;
  }

  /** Returns the median of ascending values. */
  static double median(Answers answers, int task) {
    int n = answers.size(task);
    int half = answers.offsets[task] + n / 2;
    double[] value = answers.value;
    return n % 2 == 1 ? value[half] : (value[half - 1] + value[half]) * 0.5;
  }

  /** Returns the standard error of a median by the median absolute deviation; NaN of one value. */
  static double medianError(Answers answers, int task, double median) {
    int n = answers.size(task);
    if (n < 2) {
      return Double.NaN;
    }
    Deviations deviations = new Deviations(answers, task, median);
    for (int i = 0; i <= (n - 1) / 2; i++) {
      deviations.next();
    }
    double apart = deviations.deviation;
    if (n % 2 == 0) {
      deviations.next();
      apart = (apart + deviations.deviation) * 0.5;
    }
    return MEDIAN_ERROR * apart / Math.sqrt((double) n);
  }

  /** Returns the first of ascending values at which half of the weight is reached. */
  static double weightedMedian(Answers answers, int task, double[] trust) {
    double half = 0.5 * total(answers, task, trust);
    double soFar = 0.0;
    int to = answers.offsets[task + 1];
    for (int i = answers.offsets[task]; i < to; i++) {
      soFar = soFar + answers.weight(i, trust);
      if (soFar >= half) {
        return answers.value[i];
      }
    }
    return answers.value[to - 1];
  }

  /** Returns the standard error of a weighted median; NaN of a single value. */
  static double weightedMedianError(Answers answers, int task, double[] trust, double median) {
    if (answers.size(task) < 2) {
      return Double.NaN;
    }
    double total = 0.0;
    double squares = 0.0;
    for (int i = answers.offsets[task]; i < answers.offsets[task + 1]; i++) {
      double w = answers.weight(i, trust);
      total = total + w;
      squares = squares + w * w;
    }
    double inOrder = 0.0;
    for (Deviations all = new Deviations(answers, task, median); all.next(); ) {
      inOrder = inOrder + answers.weight(all.answer, trust);
    }
    double soFar = 0.0;
    Deviations deviations = new Deviations(answers, task, median);
    while (deviations.next()) {
      soFar = soFar + answers.weight(deviations.answer, trust);
      if (soFar >= 0.5 * inOrder) {
        break;
      }
    }
    return MEDIAN_ERROR * deviations.deviation * Math.sqrt(squares) / total;
  }

  /** Returns the mean of ascending values without {@code cut} of them at each end. */
  static double trimmedMean(Answers answers, int task, int cut) {
    int from = answers.offsets[task] + cut;
    int to = answers.offsets[task + 1] - cut;
    double low = answers.value[from];
    double above = 0.0;
    for (int i = from; i < to; i++) {
      above = above + (answers.value[i] - low);
    }
    return low + above / (double) (to - from);
  }

  /** Returns the standard error of a trimmed mean by the winsorised variance; NaN of one value. */
  static double trimmedMeanError(Answers answers, int task, int cut) {
    int from = answers.offsets[task];
    int to = answers.offsets[task + 1];
    double n = to - from;
    if (n < 2.0) {
      return Double.NaN;
    }
    double low = answers.value[from + cut];
    double high = answers.value[to - cut - 1];
    double above = 0.0;
    for (int i = from; i < to; i++) {
      above = above + (Math.min(Math.max(answers.value[i], low), high) - low);
    }
    double winsorised = low + above / n;
    double squares = 0.0;
    for (int i = from; i < to; i++) {
      double difference = Math.min(Math.max(answers.value[i], low), high) - winsorised;
      squares = squares + difference * difference;
    }
    return Math.sqrt(squares / (n - 1.0)) * Math.sqrt(n) / (n - 2.0 * cut);
  }

  /**
   * The absolute deviations of ascending values in ascending order, those below first among equals.
   */
  private static final class Deviations {
    private final double[] value;
    private final double centre;
    private final int from;
    private final int to;
    private int below;
    private int above;

    int answer;
    double deviation;

    Deviations(Answers answers, int task, double centre) {
      value = answers.value;
      this.centre = centre;
      from = answers.offsets[task];
      to = answers.offsets[task + 1];
      above = from;
      while (above < to && value[above] <= centre) {
        above++;
      }
      below = above - 1;
    }

    /** Goes to the next one; false when there is none. */
    boolean next() {
      boolean down = below >= from;
      boolean up = above < to;
      if (down && (!up || centre - value[below] <= value[above] - centre)) {
        answer = below;
        deviation = centre - value[below--];
      } else if (up) {
        answer = above;
        deviation = value[above++] - centre;
      }
      return down || up;
    }
  }
}
