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

  /** The pool of another mode, from a start by known labels. */
  static final int RIVAL = 4;

  /** The readings. */
  static final int READINGS = 5;

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

  /** Writes votes, weighed by how often each expert is right where the label is known. */
  void start(double[] rows) {
    int k = field.k;
    Index index = field.index;
    double[] right = new double[field.experts];
    double[] n = new double[field.experts];
    for (int i = 0; i < places.length; i++) {
      for (int a = index.offsets[places[i]]; a < index.offsets[places[i] + 1]; a++) {
        int e = index.expert[a];
        n[e] = n[e] + field.weight(a);
        if (index.label[a] == labels[i]) {
          right[e] = right[e] + field.weight(a);
        }
      }
    }
    double[] say = new double[field.experts];
    for (int e = 0; e < say.length; e++) {
      say[e] = n[e] > 0.0 ? worth(right[e], n[e]) : 0.0;
    }
    field.team.run(
        field.spans.count(),
        (span, workspace) -> {
          int end = field.spans.last(span);
          for (int first = field.spans.first(span), last; first < end; first = last) {
            last = first + Math.min(end - first, workspace.tasks);
            double[] block = workspace.block;
            Arrays.fill(block, 0.0);
            for (int place = first; place < last; place++) {
              for (int a = index.offsets[place]; a < index.offsets[place + 1]; a++) {
                int at = (place - first) * k + index.label[a];
                block[at] = block[at] + field.weight(a) * say[index.expert[a]];
              }
            }
            field.kernels.softmax(
                block, last - first, k, workspace.norms, workspace.sums, workspace.scratch);
            System.arraycopy(block, 0, rows, first * k, (last - first) * k);
          }
        });
  }

  /**
   * Returns what an answer of an expert counts, who was right so often among so many; below 0 where
   * chance is better.
   */
  private double worth(double right, double n) {
    double skill = (right + 1.0) / (n + field.k);
    skill = Math.min(Math.max(skill, AutoConstants.COIN_EDGE), 1.0 - AutoConstants.COIN_EDGE);
    return Elementary.log(skill * (field.k - 1) / (1.0 - skill));
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
