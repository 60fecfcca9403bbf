package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.ScalarRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The members of each mode, and their tempered mean. Used for one fit. */
final class AutoPool {
  /** The modes of the main model were combined. */
  static final int COMBINED = 0;

  /** All modes had left the votes: MACE stands for the main model. */
  static final int BY_MACE = 1;

  /** The one-coin model does. */
  static final int BY_COIN = 2;

  /** The shares do. */
  static final int BY_SHARES = 3;

  /** No two experts can be compared: smoothed shares. */
  static final int UNLEARNABLE = 4;

  /** There is one label, or there are no answers. */
  static final int NOTHING = 5;

  /** The main model. */
  static final int PULLED = 0;

  /** The same with less faith in the model of spam. */
  static final int CAPPED = 1;

  /** Dawid-Skene. */
  static final int CONFUSION = 2;

  /** One-coin Dawid-Skene. */
  static final int COIN = 3;

  /** An iteration of the main model from the pool of the others. */
  static final int REFINED = 4;

  /** MACE from the shares, where the one-coin member was dropped. */
  static final int MACE = 5;

  private final AutoField field;
  private final AutoPulled model;
  private final AutoStarts starts;
  private final AutoGold known;
  private final AutoCorrelation correlation;
  private final double[] pool;
  private final double[] drifts = new double[AutoConstants.MEMBERS];
  private final double[] weights = new double[AutoConstants.MEMBERS];
  private double total;

  AutoPool(AutoField field, AutoPulled model, AutoStarts starts, AutoGold known) {
    this.known = known;
    this.field = field;
    this.model = model;
    this.starts = starts;
    this.correlation = new AutoCorrelation(field, model, starts);
    this.pool = new double[field.tasks * field.k];
  }

  /**
   * Writes the pool over all modes in the order of places.
   *
   * @return the evidence for the best mode, or NaN when there is none
   */
  double combine(double[] rows, double[] report) {
    List<AutoMode> kept = starts.modes();
    AutoMode best = kept.get(0);
    correlation.measure(best);
    double[] shares = new double[kept.size()];
    double whole = 0.0;
    for (int m = 0; m < shares.length; m++) {
      shares[m] = Elementary.exp(correlation.trust * (kept.get(m).evidence - best.evidence));
      if (shares[m] >= AutoConstants.LEAST_MODE) {
        whole = whole + shares[m];
      }
    }
    Arrays.fill(rows, 0.0);
    AutoMode own = field.mode();
    List<AutoMode> used = new ArrayList<>();
    int place = 0;
    for (int m = 0; m < shares.length; m++) {
      if (!(shares[m] >= AutoConstants.LEAST_MODE)) {
        continue;
      }
      AutoMode mode = kept.get(m);
      used.add(mode);
      double share = shares[m] / whole;
      members(mode, own, place == 0);
      offer(place);
      double scale = share / total;
      addScaled(rows, scale);
      if (place == 1 && share > AutoConstants.RIVAL) {
        report[3] = 1.0;
      }
      double moved = field.distance(mode.rows, best.rows);
      describe(mode, new double[] {share, scale, moved}, report, place);
      place++;
    }
    rival(used, own);
    normalise(rows);
    describe(report, place);
    return starts.kind == COMBINED ? best.evidence : Double.NaN;
  }

  /** Offers readings to be judged by known labels: MACE, and the pool of a second mode. */
  private void offer(int place) {
    if (place == 0 && known.judges(starts.drifts[AutoStarts.MACE])) {
      known.offer(AutoGold.MACE, softened(starts.mace));
    } else if (place == 1 && known.judges(0.0)) {
      known.offer(AutoGold.SECOND, mean());
    }
  }

  /** Returns the pool, divided by the sum of the weights. */
  private double[] mean() {
    double[] mean = new double[pool.length];
    for (int i = 0; i < pool.length; i++) {
      mean[i] = pool[i] / total;
    }
    return mean;
  }

  /** Lets known labels judge the mode that they lead to, if it is another than some. */
  private void rival(List<AutoMode> modes, AutoMode own) {
    if (!known.judges(0.0)) {
      return;
    }
    AutoMode mode = field.mode();
    known.start(mode.rows);
    field.count(mode);
    model.run(mode, AutoConstants.RIVAL_STEPS);
    if (!known.judges(field.drift(mode.sums))) {
      return;
    }
    for (AutoMode other : modes) {
      if (field.distance(mode.rows, other.rows) <= AutoConstants.NEAR) {
        return;
      }
    }
    clear();
    add(PULLED, mode.rows, field.drift(mode.sums));
    own.copy(mode);
    field.confusion(own, AutoConstants.MEMBER_STEPS);
    add(CONFUSION, own.rows, field.drift(own.sums));
    own.copy(mode);
    field.coin(own, AutoConstants.MEMBER_STEPS, true);
    add(COIN, own.rows, field.drift(own.sums));
    known.offer(AutoGold.RIVAL, mean());
  }

  private void clear() {
    Arrays.fill(pool, 0.0);
    Arrays.fill(weights, 0.0);
    total = 0.0;
  }

  private void addScaled(double[] rows, double scale) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i] + scale * pool[i];
    }
  }

  private void normalise(double[] rows) {
    double[] lanes = new double[Elementary.LANES];
    for (int row = 0; row < rows.length; row += field.k) {
      double sum = ScalarRows.sum(rows, row, field.k, lanes);
      for (int j = row; j < row + field.k; j++) {
        rows[j] = rows[j] / sum;
      }
    }
  }

  /** Fits the members of a mode, in the room of another, and pools them. */
  private void members(AutoMode mode, AutoMode own, boolean best) {
    clear();
    boolean found = starts.kind == COMBINED;
    double cap = found ? Math.min(mode.strength, AutoConstants.CAP) : AutoConstants.CAP;
    for (int member = PULLED; member <= COIN; member++) {
      own.copy(mode);
      if (member == CAPPED && found) {
        model.run(own, AutoConstants.MEMBER_STEPS, cap);
      } else if (member == CONFUSION) {
        field.confusion(own, AutoConstants.MEMBER_STEPS);
      } else if (member == COIN) {
        field.coin(own, AutoConstants.MEMBER_STEPS, true);
      }
      double drift = field.drift(own.sums);
      add(member, own.rows, drift);
      if (member == COIN && best && known.judges(drift)) {
        known.offer(AutoGold.COIN, softened(own.rows));
      }
    }
    for (int i = 0; i < pool.length; i++) {
      own.rows[i] = pool[i] / total;
    }
    field.count(own);
    field.sweep(
        (models, e) -> {
          models.maceSteps(own, e, AutoConstants.FIRST_STEPS);
          models.pulled(own, e, cap);
        });
    field.advance(own, true);
    add(REFINED, own.rows, field.drift(own.sums));
    add(MACE, starts.mace, starts.drifts[AutoStarts.MACE]);
  }

  /** Takes a member in, unless it has left the votes too far. */
  private void add(int member, double[] rows, double drift) {
    drifts[member] = drift;
    boolean used =
        switch (member) {
          case PULLED -> true;
          case MACE -> weights[COIN] == 0.0 && drift <= AutoConstants.MACE_DRIFT;
          default -> drift <= AutoConstants.MEMBER_DRIFT;
        };
    if (!used) {
      return;
    }
    double weight = AutoConstants.weight(member);
    weights[member] = weight;
    total = total + weight;
    mix(rows, weight, pool);
  }

  /** Returns posteriors that are tempered as far as experts are correlated. */
  private double[] softened(double[] rows) {
    double[] result = new double[rows.length];
    mix(rows, 1.0, result);
    return result;
  }

  /** Adds posteriors, tempered as far as experts are correlated, to a sum. */
  private void mix(double[] rows, double weight, double[] sum) {
    field.team.run(
        field.spans.count(),
        (span, workspace) -> {
          int end = field.spans.last(span);
          for (int first = field.spans.first(span), last; first < end; first = last) {
            last = first + Math.min(end - first, workspace.tasks);
            mix(rows, weight, sum, first, last, workspace);
          }
        });
  }

  private void mix(
      double[] rows, double weight, double[] sum, int first, int last, Workspace workspace) {
    int k = field.k;
    int n = last - first;
    double[] block = workspace.block;
    int from = first * k;
    for (int i = 0; i < n * k; i++) {
      block[i] = Math.max(rows[from + i], AutoConstants.LEAST_P);
    }
    field.kernels.log(block, n * k, workspace.scratch);
    for (int r = 0; r < n; r++) {
      double tau = correlation.tau[first + r];
      for (int j = r * k; j < (r + 1) * k; j++) {
        block[j] = block[j] * tau;
      }
    }
    field.kernels.softmax(block, n, k, workspace.norms, workspace.sums, workspace.scratch);
    double c = correlation.probability;
    for (int i = 0; i < n * k; i++) {
      double mixed = c * block[i] + (1.0 - c) * rows[from + i];
      sum[from + i] = sum[from + i] + weight * mixed;
    }
  }

  private void describe(AutoMode mode, double[] shares, double[] report, int place) {
    int at = AutoFit.HEAD + place * AutoFit.MODE;
    report[at] = mode.start;
    report[at + 1] = shares[0];
    report[at + 2] = mode.evidence;
    report[at + 3] = mode.strength;
    report[at + 4] = mode.drift;
    report[at + 5] = shares[2];
    for (int member = 0; member < AutoConstants.MEMBERS; member++) {
      report[at + 6 + 2 * member] = weights[member] * shares[1];
      report[at + 7 + 2 * member] = drifts[member];
    }
  }

  private void describe(double[] report, int modes) {
    report[0] = starts.kind;
    report[2] = modes;
    report[4] = correlation.excess;
    report[5] = correlation.error;
    report[6] = correlation.probability;
    report[7] = correlation.exponent;
    report[8] = correlation.meanTemper;
    report[9] = correlation.effective;
    report[10] = correlation.answers;
  }
}
