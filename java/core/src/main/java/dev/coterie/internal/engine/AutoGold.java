package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.ScalarRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Known labels. They play no part in the fit, so the posteriors of their tasks are like those of
 * all others; held against the known labels, they tell how sure the result may be and which reading
 * of the answers fits better. Used for one fit.
 */
final class AutoGold {
  /** What the answers alone lead to. */
  static final int POOL = 0;

  /** The one-coin member of the best mode. */
  static final int COIN = 1;

  /** MACE from the shares. */
  static final int MACE = 2;

  /** The pool of the second mode. */
  static final int SECOND = 3;

  /** The readings. */
  static final int READINGS = 4;

  /** What the report says about known labels. */
  static final int LENGTH = 2 + READINGS;

  private final AutoField field;

  /** The known tasks that have answers: places, in the order of tasks. */
  private final int[] places;

  /** Their labels. */
  private final int[] labels;

  private final List<AutoReading> readings = new ArrayList<>();

  AutoGold(AutoField field, int[] gold) {
    this.field = field;
    int[] placeOf = new int[gold == null ? 0 : field.tasks];
    for (int place = 0; place < placeOf.length; place++) {
      boolean answered = field.index.offsets[place + 1] > field.index.offsets[place];
      placeOf[field.index.task(place)] = answered ? place : -1;
    }
    int[] found = new int[placeOf.length];
    int count = 0;
    for (int task = 0; task < placeOf.length; task++) {
      if (gold[task] >= 0 && placeOf[task] >= 0) {
        found[count++] = task;
      }
    }
    places = new int[count];
    labels = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = placeOf[found[i]];
      labels[i] = gold[found[i]];
    }
  }

  /** Returns whether there are enough to tell readings with this drift apart from the pool. */
  boolean judges(double drift) {
    return places.length >= AutoConstants.READINGS_KNOWN && drift <= AutoConstants.READING_DRIFT;
  }

  /** Takes in posteriors beside the pool, in the order of their numbers. */
  void offer(int number, double[] rows) {
    readings.add(new AutoReading(field, number, rows));
  }

  /** Says how many known labels there are, where nothing is to be calibrated. */
  void describe(double[] report, int at) {
    report[at] = places.length;
  }

  /** Makes the pool, in the order of places, what the known labels say. */
  void calibrate(double[] pool, double[] report, int at) {
    describe(report, at);
    if (places.length < AutoConstants.LEAST_KNOWN) {
      return;
    }
    readings.add(0, new AutoReading(field, POOL, pool));
    for (AutoReading reading : readings) {
      reading.judge(places, labels);
    }
    weigh();
    double base = 0.0;
    double power = 0.0;
    for (AutoReading reading : readings) {
      report[at + 1 + reading.number] = reading.weight();
      for (int b = 0; b < AutoConstants.BETAS; b++) {
        double beta = AutoConstants.beta(b);
        double scale = 0.0;
        for (int f = 0; f < AutoConstants.FLOORS; f++) {
          double weight = reading.weights[b * AutoConstants.FLOORS + f];
          double floor = AutoConstants.floor(f);
          base = base + weight * (floor / field.k);
          scale = scale + weight * (1.0 - floor);
          power = power + weight * Elementary.log(beta);
        }
        reading.scales[b] = scale;
      }
    }
    report[at + 1 + READINGS] = power;
    double even = base;
    field.team.run(
        field.spans.count(),
        (span, workspace) -> {
          double[] mean = new double[workspace.block.length];
          double[] logs = new double[workspace.block.length];
          int end = field.spans.last(span);
          for (int first = field.spans.first(span), last; first < end; first = last) {
            field.team.checkCancelled();
            last = first + Math.min(end - first, workspace.tasks);
            Arrays.fill(mean, even);
            for (AutoReading reading : readings) {
              reading.addTo(mean, first, last, logs, workspace);
            }
            finish(pool, mean, first, last, workspace);
          }
        });
  }

  private void finish(double[] pool, double[] mean, int first, int last, Workspace workspace) {
    int k = field.k;
    for (int place = first, row = 0; place < last; place++, row += k) {
      double total = ScalarRows.sum(mean, row, k, workspace.lanes);
      for (int j = 0; j < k; j++) {
        pool[place * k + j] = mean[row + j] / total;
      }
    }
  }

  /**
   * Weighs the cells of all readings; those of a reading that only a few known labels prefer to the
   * pool have no weight.
   */
  private void weigh() {
    double errors = Math.max(AutoConstants.LEAST_ERRORS, AutoConstants.LUCK / places.length);
    double[] own = readings.get(POOL).atBest(labels);
    List<AutoReading> used = new ArrayList<>();
    double top = Double.NEGATIVE_INFINITY;
    for (AutoReading reading : readings) {
      double gain = 0.0;
      double square = 0.0;
      double[] other = reading.number == POOL ? own : reading.atBest(labels);
      for (int i = 0; i < own.length; i++) {
        double d = other[i] - own[i];
        gain = gain + d;
        square = square + d * d;
      }
      if (gain >= errors * Math.sqrt(square)) {
        used.add(reading);
        top = Math.max(top, reading.score());
      }
    }
    for (AutoReading reading : used) {
      reading.weighAgainst(top);
    }
    share();
    for (AutoReading reading : readings) {
      if (reading.weight() < AutoConstants.LEAST_READING) {
        Arrays.fill(reading.weights, 0.0);
      }
    }
    share();
  }

  /** Divides all weights by their sum. */
  private void share() {
    double total = 0.0;
    for (AutoReading reading : readings) {
      for (double weight : reading.weights) {
        total = total + weight;
      }
    }
    for (AutoReading reading : readings) {
      for (int i = 0; i < reading.weights.length; i++) {
        reading.weights[i] = reading.weights[i] / total;
      }
    }
  }
}
