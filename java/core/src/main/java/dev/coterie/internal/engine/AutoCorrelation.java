package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;

/**
 * Whether the experts err together: the overdispersion of their errors at each task, held against
 * that of simulated experts who err alone, and how much the posteriors are tempered for it. Used
 * for one fit.
 */
final class AutoCorrelation {
  private final AutoField field;
  private final AutoPulled model;
  private final AutoStarts starts;

  /** How much more the errors agree than those of simulated experts. */
  double excess;

  /** The standard error of that. */
  double error;

  /** The probability that experts are correlated. */
  double probability;

  /** The exponent of the number of answers. */
  double exponent;

  /** The mean power that posteriors are raised to, over all answers. */
  double meanTemper;

  /** How much of the evidence counts. */
  double trust;

  /** Independent answers a task. */
  double effective;

  /** Answers a task. */
  double answers;

  /** The power that the posterior of each place is raised to. */
  final double[] tau;

  /** The excess of one set of labels, and its standard error. */
  private record Excess(double share, double error) {}

  /** What two sums over the answers of one place give. */
  private interface Moments {
    void take(double a, double b);
  }

  AutoCorrelation(AutoField field, AutoPulled model, AutoStarts starts) {
    this.field = field;
    this.model = model;
    this.starts = starts;
    this.tau = new double[field.tasks];
  }

  /** Measures the correlation of the experts under a mode. */
  void measure(AutoMode mode) {
    Excess found = excess(mode);
    double alone = 0.0;
    double errors = 0.0;
    AutoMode other = field.mode();
    for (int number = 0; number < AutoConstants.SIMULATIONS; number++) {
      simulate(mode, field.seed + AutoConstants.SEED_NULL + number, other);
      field.count(other);
      model.run(other, AutoConstants.SIMULATION_STEPS);
      Excess simulated = excess(other);
      field.redraw(null);
      alone = alone + simulated.share();
      errors = errors + simulated.error() * simulated.error();
    }
    double simulations = AutoConstants.SIMULATIONS;
    excess = found.share() - alone / simulations;
    error = Math.sqrt(found.error() * found.error() + errors / (simulations * simulations));
    temper(posterior());
  }

  private Excess excess(AutoMode mode) {
    field.sweep((models, e) -> models.confusion(mode, e));
    double[] sums =
        field.overSpans(
            2,
            (first, last, total) -> {
              for (int place = first; place < last; place++) {
                moments(
                    mode,
                    place,
                    (a, b) -> {
                      total[0] = total[0] + a;
                      total[1] = total[1] + b;
                    });
              }
            });
    if (!(sums[1] > AutoConstants.LEAST_SPREAD)) {
      return new Excess(0.0, 1.0);
    }
    double share = sums[0] / sums[1];
    double[] square =
        field.overSpans(
            1,
            (first, last, total) -> {
              for (int place = first; place < last; place++) {
                moments(
                    mode,
                    place,
                    (a, b) -> {
                      double z = a - share * b;
                      total[0] = total[0] + z * z;
                    });
              }
            });
    return new Excess(share, Math.sqrt(square[0]) / sums[1]);
  }

  private void moments(AutoMode mode, int place, Moments moments) {
    int k = field.k;
    int truth = 0;
    for (int j = 1; j < k; j++) {
      truth = mode.rows[place * k + j] > mode.rows[place * k + truth] ? j : truth;
    }
    double r = 0.0;
    double v = 0.0;
    double s = 0.0;
    for (int i = field.index.offsets[place]; i < field.index.offsets[place + 1]; i++) {
      double c = field.table[(field.index.expert[i] * k + truth) * k + truth];
      double weight = field.weight(i);
      double spread = c * (1.0 - c);
      r = r + weight * ((field.label(i) == truth ? 1.0 : 0.0) - c);
      v = v + (weight * weight) * spread;
      s = s + weight * Math.sqrt(spread);
    }
    moments.take(r * r - v, s * s - v);
  }

  /**
   * Draws truths from a mode, and labels that independent experts of its confusions would give, and
   * makes a start of them.
   */
  private void simulate(AutoMode mode, long seed, AutoMode other) {
    int k = field.k;
    field.sweep((models, e) -> models.confusion(mode, e));
    int[] labels = new int[field.index.answers];
    field.team.run(
        field.spans.count(),
        (span, workspace) -> {
          for (int place = field.spans.first(span); place < field.spans.last(span); place++) {
            int task = field.index.task(place);
            int truth = draw(new SplitMix64(seed).skip(task).unit(), mode.rows, place * k, 1);
            SplitMix64 random = new SplitMix64(seed).skip((long) field.tasks + starts.first[task]);
            for (int i = field.index.offsets[place]; i < field.index.offsets[place + 1]; i++) {
              int column = field.index.expert[i] * k * k + truth;
              labels[i] = draw(random.unit(), field.table, column, k);
            }
            for (int j = 0; j < k; j++) {
              double even = AutoConstants.UNSURE / k;
              other.rows[place * k + j] = j == truth ? even + AutoConstants.SURE : even;
            }
          }
        });
    field.redraw(labels);
  }

  /** Returns which of k weights, so many places apart, a number from 0 to 1 falls on. */
  private int draw(double number, double[] weights, int from, int apart) {
    double total = 0.0;
    for (int j = 0; j < field.k; j++) {
      total = total + weights[from + j * apart];
      if (number < total) {
        return j;
      }
    }
    return field.k - 1;
  }

  /** Finds the probability that experts are correlated; returns their mean excess if they are. */
  private double posterior() {
    double d = Math.min(Math.max(excess, 0.0), AutoConstants.MOST_EXCESS);
    double se = Math.max(error, AutoConstants.LEAST_ERROR);
    double weight = 0.0;
    double sum = 0.0;
    for (int j = 1; j <= AutoConstants.GRID_POINTS; j++) {
      double x = AutoConstants.GRID * j;
      double z = (d - x) / se;
      double prior =
          Elementary.exp(-x / AutoConstants.MEAN_EXCESS)
              * (AutoConstants.GRID / AutoConstants.MEAN_EXCESS);
      double f = prior * Elementary.exp(-0.5 * (z * z));
      weight = weight + f;
      sum = sum + f * x;
    }
    double z = d / se;
    double alone = (1.0 - AutoConstants.CORRELATED) * Elementary.exp(-0.5 * (z * z));
    probability = AutoConstants.CORRELATED * weight / (AutoConstants.CORRELATED * weight + alone);
    return sum / Math.max(weight, AutoConstants.LEAST_P);
  }

  private void temper(double mean) {
    double many = 1.0 - 1.0 / Math.sqrt(Elementary.log(field.k) / Elementary.log(2.0));
    exponent =
        (AutoConstants.EXPONENT + AutoConstants.EXPONENT_LABELS * many)
            + AutoConstants.EXPONENT_EXCESS * mean / (mean + AutoConstants.HALF_EXCESS);
    double[] sums =
        field.overSpans(
            3,
            (first, last, total) -> {
              for (int place = first; place < last; place++) {
                double n = field.weightAt(place);
                double t = Elementary.exp(-(exponent * Elementary.log(Math.max(n, 1.0))));
                tau[place] = t;
                total[0] = total[0] + n;
                total[1] = total[1] + t * n;
                total[2] = total[2] + n * ((probability * t + 1.0) - probability);
              }
            });
    meanTemper = sums[0] > 0.0 ? sums[1] / sums[0] : 1.0;
    trust = (probability * meanTemper + 1.0) - probability;
    effective = sums[2] / field.tasks;
    answers = sums[0] / field.tasks;
  }
}
