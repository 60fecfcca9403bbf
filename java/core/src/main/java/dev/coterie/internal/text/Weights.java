package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.spi.TextOutcome;
import java.util.Arrays;
import java.util.List;

/**
 * How much the text of an expert counts: the more, the more useful others find the expert's texts
 * in the other tasks. Three rounds over all tasks.
 */
final class Weights {
  private static final int ROUNDS = 3;

  /** The weight of the mean of all experts in the estimate of one. */
  private static final double PRIOR = 2.0;

  private final List<TaskTexts> tasks;
  private final double[] skill;
  private final Team team;

  private Weights(List<TaskTexts> tasks, double[] skill, Team team) {
    this.tasks = tasks;
    this.skill = skill;
    this.team = team;
  }

  /** Sets the weights of all texts, and the skills. */
  static void weigh(List<TaskTexts> tasks, TextOutcome outcome, Team team) {
    Arrays.fill(outcome.skill, Double.NaN);
    if (someAnswerTwice(tasks, outcome.skill.length)) {
      Weights weights = new Weights(tasks, outcome.skill, team);
      for (int round = 0; round < ROUNDS && weights.round(); round++) {
        team.checkCancelled();
      }
    }
  }

  /** Returns whether some expert has texts in two tasks. */
  private static boolean someAnswerTwice(List<TaskTexts> tasks, int experts) {
    int[] last = new int[experts];
    for (TaskTexts texts : tasks) {
      for (int a : texts.expert) {
        if (last[a] != 0 && last[a] != texts.task + 1) {
          return true;
        }
        last[a] = texts.task + 1;
      }
    }
    return false;
  }

  /** How useful others find the texts of each expert in one task; at the expert's first text. */
  private static final class Heard {
    final double[] useful;
    final double[] votes;
    final boolean[] heard;

    Heard(TaskTexts texts, Team team) {
      int rows = texts.rows;
      useful = new double[rows];
      votes = new double[rows];
      heard = new boolean[rows];
      double[] sum = new double[rows];
      double[] weight = new double[rows];
      listen(texts, sum, weight, team);
      for (int i = 0; i < rows; i++) {
        if (weight[i] > 0.0) {
          int author = texts.author[i];
          useful[author] += texts.vote[i] * (sum[i] / weight[i]);
          votes[author] += texts.vote[i];
          heard[author] = true;
        }
      }
    }

    /** Adds up, for each text, what the texts of others say, in their order. */
    private static void listen(TaskTexts texts, double[] sum, double[] weight, Team team) {
      RowScan.scan(
          texts.use,
          team,
          (row, similarity) -> {
            double s = sum[row];
            double g = weight[row];
            for (int j = row + 1; j < texts.rows; j++) {
              if (texts.author[j] != texts.author[row]) {
                double u = Math.max(0.0, similarity[j]);
                s += texts.weight[j] * u;
                g += texts.weight[j];
                sum[j] += texts.weight[row] * u;
                weight[j] += texts.weight[row];
              }
            }
            sum[row] = s;
            weight[row] = g;
          });
    }
  }

  /** Makes one round, and returns whether another is of use. */
  private boolean round() {
    double[] num = new double[skill.length];
    double[] den = new double[skill.length];
    int[] count = new int[skill.length];
    Heard[] heard = new Heard[tasks.size()];
    for (int t = 0; t < heard.length; t++) {
      TaskTexts texts = tasks.get(t);
      heard[t] = new Heard(texts, team);
      for (int i = 0; i < texts.rows; i++) {
        if (heard[t].heard[i]) {
          num[texts.expert[i]] += heard[t].useful[i];
          den[texts.expert[i]] += heard[t].votes[i];
          count[texts.expert[i]]++;
        }
      }
    }
    double all = TaskTexts.sum(den);
    if (!(all > 0.0)) {
      return false;
    }
    double mean = TaskTexts.sum(num) / all;
    for (int a = 0; a < skill.length; a++) {
      skill[a] = (num[a] + PRIOR * mean) / (den[a] + PRIOR);
    }
    if (!(mean > 0.0)) {
      return false;
    }
    for (int t = 0; t < heard.length; t++) {
      set(tasks.get(t), heard[t], num, den, count, mean);
    }
    return true;
  }

  private static void set(
      TaskTexts texts, Heard heard, double[] num, double[] den, int[] count, double mean) {
    for (int i = 0; i < texts.rows; i++) {
      int a = texts.expert[i];
      int author = texts.author[i];
      if (count[a] - (heard.heard[author] ? 1 : 0) == 0) {
        texts.weight[i] = texts.vote[i];
      } else {
        double useful = num[a] - heard.useful[author] + PRIOR * mean;
        double f = useful / (den[a] - heard.votes[author] + PRIOR) / mean;
        texts.weight[i] = texts.vote[i] * (f * f);
      }
    }
  }
}
