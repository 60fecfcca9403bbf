package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * How sure the choice is: a mixture of two models of experts who are right with an unknown
 * probability, by how far similarity is transitive among those who support the chosen text.
 */
final class Confidence {
  private static final int ROUNDS = 3;

  private Confidence() {}

  /** Returns the confidence from one task alone. */
  static double alone(TaskTexts texts, Choice choice) {
    double first = choice.clusters[0].support();
    double squares = 0.0;
    for (Choice.Cluster cluster : choice.clusters) {
      squares += cluster.support() * (cluster.support() + 1.0);
    }
    double sharp = first * (first + 1.0) / (1.0 + squares);
    double flat = first / (texts.total + 1.0);
    double t = (choice.closed + 1) / (double) (choice.pairs + 1);
    double share = (t * t) * (t * t);
    return share * sharp + (1.0 - share) * flat;
  }

  /** Returns the confidences of all tasks together. */
  static double[] pooled(
      List<TaskTexts> tasks, Choice[] choices, int experts, Kernels kernels, Team team) {
    double[] sharp = new Pool(tasks, choices, experts, kernels).sharp(team);
    double heardSum = 0.0;
    double supportSum = 0.0;
    long pairs = 0;
    long closed = 0;
    double[] heard = new double[sharp.length];
    double[] support = new double[sharp.length];
    for (int t = 0; t < sharp.length; t++) {
      TaskTexts texts = tasks.get(t);
      listen(texts, choices[t], t, support, heard);
      supportSum += support[t];
      heardSum += heard[t];
      pairs += choices[t].pairs;
      closed += choices[t].closed;
    }
    double transitive = (closed + 1) / (double) (pairs + 1);
    double y = Math.max(0.0, 2.0 * transitive - 1.0);
    double share = y * y;
    double mean = (supportSum + 1.0) / (heardSum + 2.0);
    double[] confidence = new double[sharp.length];
    for (int t = 0; t < sharp.length; t++) {
      double flat = (support[t] + 4.0 * mean) / (heard[t] + 4.0);
      confidence[t] = share * sharp[t] + (1.0 - share) * flat;
    }
    return confidence;
  }

  /** Adds up the weights of the texts that the chosen text's expert has not written. */
  private static void listen(
      TaskTexts texts, Choice choice, int t, double[] support, double[] heard) {
    boolean[] inside = new boolean[texts.rows];
    for (int i : choice.clusters[0].members()) {
      inside[i] = true;
    }
    int author = texts.author[choice.chosen()];
    for (int i = 0; i < texts.rows; i++) {
      if (texts.author[i] != author) {
        heard[t] += texts.weight[i];
        support[t] += inside[i] ? texts.weight[i] : 0.0;
      }
    }
  }

  /** The accuracy of every expert, learned from all tasks. */
  private static final class Pool {
    private final List<TaskTexts> tasks;
    private final Choice[] choices;
    private final Kernels kernels;
    private final double[] logFactorial;
    private double[] accuracy;

    Pool(List<TaskTexts> tasks, Choice[] choices, int experts, Kernels kernels) {
      this.tasks = tasks;
      this.choices = choices;
      this.kernels = kernels;
      int most = tasks.stream().mapToInt(texts -> texts.rows).max().orElse(0);
      logFactorial = new double[most + 2];
      for (int m = 2; m < logFactorial.length; m++) {
        logFactorial[m] = logFactorial[m - 1] + Elementary.log(m);
      }
      accuracy = new double[experts];
      Arrays.fill(accuracy, 2.0 / 3.0);
    }

    /** Returns the posterior of the winning cluster of each task. */
    double[] sharp(Team team) {
      double[] sharp = new double[choices.length];
      for (int round = 0; round < ROUNDS; round++) {
        team.checkCancelled();
        double[] num = new double[accuracy.length];
        double[] den = new double[accuracy.length];
        Arrays.fill(num, 2.0);
        Arrays.fill(den, 3.0);
        double[] odds = Arrays.stream(accuracy).map(a -> Elementary.log(a / (1.0 - a))).toArray();
        for (int t = 0; t < choices.length; t++) {
          double[] posterior = posterior(tasks.get(t), choices[t], odds);
          sharp[t] = posterior[1];
          learn(tasks.get(t), choices[t], posterior, num, den);
        }
        for (int a = 0; a < accuracy.length; a++) {
          accuracy[a] = num[a] / den[a];
        }
      }
      return sharp;
    }

    /** Returns the posterior of no cluster at all, and of each cluster. */
    private double[] posterior(TaskTexts texts, Choice choice, double[] odds) {
      int size = choice.clusters.length + 1;
      double[] row = new double[size];
      for (int c = 1; c < size; c++) {
        Choice.Cluster cluster = choice.clusters[c - 1];
        double sum = 0.0;
        for (int j : cluster.members()) {
          sum += texts.vote[j] * odds[texts.expert[j]];
        }
        sum += logFactorial(texts.total);
        sum -= logFactorial(Math.max(0.0, texts.total - cluster.support()));
        row[c] = sum - logFactorial(cluster.support() - 1.0);
      }
      double[] norm = new double[1];
      double[] sums = new double[1];
      kernels.softmax(row, 1, size, norm, sums, new double[Math.max(size, Elementary.LANES)]);
      return row;
    }

    private static void learn(
        TaskTexts texts, Choice choice, double[] posterior, double[] num, double[] den) {
      for (int c = 0; c < choice.clusters.length; c++) {
        for (int j : choice.clusters[c].members()) {
          int a = texts.expert[j];
          num[a] += texts.vote[j] * posterior[c + 1];
          den[a] += texts.vote[j];
        }
      }
    }

    /** Of a number above -1; between whole numbers it is interpolated. */
    private double logFactorial(double x) {
      if (x < 0.0) {
        return -Elementary.log(x + 1.0);
      }
      int m = (int) x;
      return logFactorial[m] + Elementary.log(1.0 + (x - m) * m);
    }
  }
}
