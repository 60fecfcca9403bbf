package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/**
 * Bradley-Terry with noisy experts: X. Chen, P. N. Bennett, K. Collins-Thompson and E. Horvitz,
 * <em>Pairwise ranking aggregation in a crowdsourced setting</em>, WSDM 2013, as crowd-kit has it:
 * an expert compares with the probability of its skill, and otherwise says left with the
 * probability of its bias. The parameters are the items' scores, then the experts' biases, then
 * their skills, both as logits.
 */
final class Noisy implements Climb.Hill {
  /** The least probability of an answer: below it its slope would overflow. */
  private static final double FLOOR = 1e-200;

  /** The logit of the skill that the prior expects. */
  private static final double EXPECTED_SKILL = 2.0;

  private final int items;
  private final int experts;
  private final double pull;
  private final double precision;

  /** Where the rows of each expert begin, and where those of the last one end. */
  private final int[] start;

  private final int[] left;
  private final int[] right;
  private final int[] outcome;
  private final double[] weight;

  /** The weight of the comparisons that each parameter is in, with its prior. */
  private final double[] load;

  private final double[] played;
  private final Logistic bias = new Logistic();
  private final Logistic skill = new Logistic();
  private final Logistic pair = new Logistic();

  Noisy(PairwiseProblem problem, Rows rows) {
    items = problem.table().items();
    experts = problem.table().experts();
    pull = problem.parameters()[0];
    precision = problem.parameters()[1];
    int size = rows.size();
    left = new int[size];
    right = new int[size];
    outcome = new int[size];
    weight = new double[size];
    int[] next = new int[experts + 2];
    for (int row = 0; row < size; row++) {
      next[rows.expert(row) + 2]++;
    }
    for (int i = 2; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    for (int row = 0; row < size; row++) {
      int at = next[rows.expert(row) + 1]++;
      left[at] = rows.left(row);
      right[at] = rows.right(row);
      outcome[at] = rows.outcome(row);
      weight[at] = rows.weight(row);
    }
    start = next;
    load = new double[parameters()];
    Arrays.fill(load, 0, items, pull);
    Arrays.fill(load, items, load.length, precision);
    played = new double[experts];
    for (int e = 0; e < experts; e++) {
      for (int row = start[e]; row < start[e + 1]; row++) {
        load[left[row]] += weight[row];
        load[right[row]] += weight[row];
        load[items + e] += weight[row];
        load[items + experts + e] += weight[row];
        played[e] += weight[row];
      }
    }
  }

  static void fit(
      PairwiseProblem problem, Rows rows, Graph graph, PairwiseOutcome out, Watch watch) {
    Noisy noisy = new Noisy(problem, rows);
    double[] x = new double[noisy.parameters()];
    Arrays.fill(x, noisy.items + noisy.experts, x.length, EXPECTED_SKILL);
    Climb climb = new Climb(noisy, x, watch);
    climb.climb(problem);
    out.iterations = climb.iterations;
    out.converged = climb.converged;
    out.objective = climb.value;
    noisy.write(climb.x, out);
    if (!(noisy.pull > 0) && graph.components > 1) {
      out.report[PairwiseOutcome.SCALE] = PairwiseOutcome.WITHIN_COMPONENTS;
    }
  }

  private int parameters() {
    return Math.addExact(items, Math.multiplyExact(2, experts));
  }

  private void write(double[] x, PairwiseOutcome out) {
    System.arraycopy(x, 0, out.score, 0, items);
    double all = 0;
    for (int e = 0; e < experts; e++) {
      out.bias[e] = Logistic.of(x[items + e]);
      out.skill[e] = Logistic.of(x[items + experts + e]);
      all = all + played[e];
    }
    if (all > 0) {
      out.report[PairwiseOutcome.MEAN_SKILL] = Vectors.dot(played, out.skill) / all;
    }
  }

  @Override
  public double evaluate(double[] x, double[] gradient) {
    Arrays.fill(gradient, 0, items, 0);
    double value = 0;
    for (int e = 0; e < experts; e++) {
      bias.setShares(x[items + e]);
      skill.setShares(x[items + experts + e]);
      double pulls = 0;
      double gaps = 0;
      for (int row = start[e]; row < start[e + 1]; row++) {
        pair.setShares(x[left[row]] - x[right[row]]);
        double part = outcome[row] == 2 ? 0.5 * weight[row] : weight[row];
        double force = 0;
        if (outcome[row] != 1) {
          double chance = Math.max(skill.p * pair.p + skill.q * bias.p, FLOOR);
          value = value + part * Elementary.log(chance);
          force = part / chance;
        }
        if (outcome[row] != 0) {
          double chance = Math.max(skill.p * pair.q + skill.q * bias.q, FLOOR);
          value = value + part * Elementary.log(chance);
          force = force - part / chance;
        }
        double slope = (skill.p * (pair.p * pair.q)) * force;
        gradient[left[row]] = gradient[left[row]] + slope;
        gradient[right[row]] = gradient[right[row]] - slope;
        pulls = pulls + force;
        gaps = gaps + (pair.p - bias.p) * force;
      }
      double b = x[items + e];
      double off = x[items + experts + e] - EXPECTED_SKILL;
      value = value - (0.5 * precision) * (b * b + off * off);
      gradient[items + e] = (skill.q * (bias.p * bias.q)) * pulls - precision * b;
      gradient[items + experts + e] = (skill.p * skill.q) * gaps - precision * off;
    }
    for (int i = 0; i < items; i++) {
      pair.set(x[i]);
      value = value + pull * (pair.logP + pair.logQ);
      gradient[i] = gradient[i] + pull * (pair.q - pair.p);
    }
    return value;
  }

  @Override
  public boolean atRest(double[] gradient, double tolerance) {
    for (int i = 0; i < gradient.length; i++) {
      if (!(Math.abs(gradient[i]) <= tolerance * load[i])) {
        return false;
      }
    }
    return true;
  }
}
