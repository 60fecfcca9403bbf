package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * The tasks of one span in a fit of GLAD: their easiness, and the pass over them. The logistic
 * functions run over the answers of a whole block of tasks. Used by one thread at a time.
 */
final class GladSpan {
  /** The tasks of a block. */
  private static final int BLOCK = Elementary.LANES;

  /** How often a step is halved before it is given up. */
  private static final int TRIALS = 5;

  /** The part of its value that a task may lose in a step, by rounding. */
  private static final double SLACK = 1e-12;

  /** After how many answers of a task the product of their wholes becomes a logarithm. */
  private static final int RUN = 512;

  /** The furthest that the logarithm of a task's easiness goes from 0. */
  private static final double WIDEST = 20.0;

  private final Index index;
  private final Kernels kernels;
  private final int[] gold;
  private final int begin;
  private final int end;
  private final int k;
  private final double mean;
  private final double others;
  private final double[] beta;
  private final double[] scale;

  /** Of each expert the slope of what its ability is to raise. */
  final double[] slope;

  /** Of each expert the curvature of that. */
  final double[] bend;

  /** Of each expert the greatest easiness of its tasks. */
  final double[] widest;

  /** The log-likelihood of the latest pass, less what the prior of the tasks costs. */
  double likelihood;

  // One element an answer of a block.
  private final double[] ability;
  private final double[] z;
  private final double[] sigmoid;
  private final double[] whole;
  private final double[] right;
  private final double[] triedZ;
  private final double[] triedSigmoid;
  private final double[] triedWhole;
  private final double[] scratch;

  // One element a task of a block.
  private final double[] tried = new double[BLOCK];
  private final double[] triedScale = new double[BLOCK];
  private final double[] least = new double[BLOCK];
  private final double[] costs = new double[BLOCK];
  private final double[] products = new double[BLOCK];
  private final boolean[] pending = new boolean[BLOCK];

  GladSpan(
      Index index,
      Kernels kernels,
      int[] gold,
      int begin,
      int end,
      int k,
      int experts,
      double mean) {
    this.index = index;
    this.kernels = kernels;
    this.gold = gold;
    this.begin = begin;
    this.end = end;
    this.k = k;
    this.mean = mean;
    others = Elementary.log(Math.max(k - 1, 1));
    beta = new double[end - begin];
    scale = new double[end - begin];
    Arrays.fill(beta, mean);
    Arrays.fill(scale, Elementary.exp(mean));
    slope = new double[experts];
    bend = new double[experts];
    widest = new double[experts];
    int longest = BLOCK;
    for (int first = begin; first < end; first += Math.min(end - first, BLOCK)) {
      int last = first + Math.min(end - first, BLOCK);
      longest = Math.max(longest, index.offsets[last] - index.offsets[first]);
    }
    ability = new double[longest];
    z = new double[longest];
    sigmoid = new double[longest];
    whole = new double[longest];
    right = new double[longest];
    triedZ = new double[longest];
    triedSigmoid = new double[longest];
    triedWhole = new double[longest];
    scratch = new double[longest];
  }

  /** The E-step, one step of each task's easiness, and what the experts' steps need. */
  void pass(double[] alpha, double[] logPrior, double[] posterior, Team team, Workspace workspace) {
    Arrays.fill(slope, 0.0);
    Arrays.fill(bend, 0.0);
    Arrays.fill(widest, 0.0);
    double[] lanes = workspace.lanes;
    Arrays.fill(lanes, 0.0);
    for (int first = begin, last; first < end; first = last) {
      team.checkCancelled();
      last = first + Math.min(end - first, BLOCK);
      int answers = index.offsets[first];
      int n = index.offsets[last] - answers;
      for (int i = 0; i < n; i++) {
        ability[i] = alpha[index.expert[answers + i]];
      }
      evidence(first, last, scale, first - begin, z);
      logistic(z, n, sigmoid, whole);
      cost(first, last, whole);
      logits(first, last, logPrior, workspace);
      Em.normalise(kernels, gold, first, last, k, workspace);
      Em.addBase(workspace, last - first);
      for (int t = 0; t < last - first; t++) {
        double d = beta[first - begin + t] - mean;
        lanes[t] = lanes[t] + (workspace.norms[t] - 0.5 * (d * d));
      }
      System.arraycopy(workspace.block, 0, posterior, first * k, (last - first) * k);
      propose(first, last, workspace.block);
      tryOut(first, last, n);
      draw(first, last);
    }
    likelihood = Elementary.fold(lanes);
  }

  private double weight(int i) {
    return index.weight == null ? 1.0 : index.weight[i];
  }

  /** What each answer says: its expert's ability times its task's easiness. */
  private void evidence(int first, int last, double[] scales, int at, double[] out) {
    int base = index.offsets[first];
    for (int place = first, i = 0; place < last; place++, at++) {
      double b = scales[at];
      for (int to = index.offsets[place + 1] - base; i < to; i++) {
        out[i] = ability[i] * b;
      }
    }
  }

  /** Writes the sigmoid of each of n elements, and the whole that it is a part of. */
  private void logistic(double[] x, int n, double[] sigmoids, double[] wholes) {
    for (int i = 0; i < n; i++) {
      wholes[i] = -Math.abs(x[i]);
    }
    kernels.exp(wholes, n, scratch);
    for (int i = 0; i < n; i++) {
      double u = wholes[i];
      double sum = 1.0 + u;
      sigmoids[i] = (x[i] >= 0.0 ? 1.0 : u) / sum;
      wholes[i] = sum;
    }
  }

  /** Adds up the logarithms of the wholes of each task's answers. */
  private void cost(int first, int last, double[] wholes) {
    int base = index.offsets[first];
    int tasks = last - first;
    Arrays.fill(costs, 0, tasks, 0.0);
    if (index.weight != null) {
      kernels.log(wholes, index.offsets[last] - base, scratch);
      for (int t = 0, i = base; t < tasks; t++) {
        for (; i < index.offsets[first + t + 1]; i++) {
          costs[t] = costs[t] + index.weight[i] * wholes[i - base];
        }
      }
      return;
    }
    for (int t = 0, i = base; t < tasks; t++) {
      double product = 1.0;
      for (int run = RUN; i < index.offsets[first + t + 1]; i++, run--) {
        if (run == 0) {
          costs[t] = costs[t] + Elementary.log(product);
          product = 1.0;
          run = RUN;
        }
        product = product * wholes[i - base];
      }
      products[t] = product;
    }
    kernels.log(products, tasks, scratch);
    kernels.add(costs, products, 0, tasks);
  }

  /** Returns what the logarithm of 1 - sigmoid(x) is, but for that of the whole. */
  private static double miss(double x) {
    return x > 0.0 ? -x : 0.0;
  }

  private void logits(int first, int last, double[] logPrior, Workspace workspace) {
    double[] block = workspace.block;
    int base = index.offsets[first];
    for (int place = first, i = base, row = 0; place < last; place++, row += k) {
      System.arraycopy(logPrior, 0, block, row, k);
      double sum = 0.0;
      for (; i < index.offsets[place + 1]; i++) {
        double w = weight(i);
        double x = z[i - base];
        int at = row + index.label[i];
        sum = sum + w * (miss(x) - others);
        block[at] = block[at] + w * (x + others);
      }
      workspace.base[place - first] = sum - costs[place - first];
    }
  }

  /** The step of each task: where it goes, and the least value that it must have there. */
  private void propose(int first, int last, double[] block) {
    int base = index.offsets[first];
    for (int place = first, i = base, row = 0; place < last; place++, row += k) {
      double pull = 0.0;
      double curve = 0.0;
      double value = 0.0;
      for (; i < index.offsets[place + 1]; i++) {
        double w = weight(i);
        double r = block[row + index.label[i]];
        double x = z[i - base];
        double s = sigmoid[i - base];
        right[i - base] = r;
        pull = pull + w * ((r - s) * x);
        curve = curve + w * ((s * (1.0 - s)) * (x * x));
        value = value + w * (r * x + miss(x));
      }
      double b = beta[place - begin];
      double d = b - mean;
      value = (value - costs[place - first]) - 0.5 * (d * d);
      double step = (pull - d) / ((1.0 + curve) + Math.max(-pull, 0.0));
      tried[place - first] = clip(b + clip(step, 1.0), WIDEST);
      least[place - first] = value - SLACK * (1.0 + Math.abs(value));
    }
  }

  private static double clip(double x, double most) {
    return Math.min(Math.max(x, -most), most);
  }

  /** Takes the steps, halved until they lose nothing; without that a task stays as it is. */
  private void tryOut(int first, int last, int n) {
    int tasks = last - first;
    Arrays.fill(pending, 0, tasks, true);
    boolean left = true;
    for (int trial = 0; trial < TRIALS && left; trial++) {
      System.arraycopy(tried, 0, triedScale, 0, tasks);
      kernels.exp(triedScale, tasks, scratch);
      evidence(first, last, triedScale, 0, triedZ);
      logistic(triedZ, n, triedSigmoid, triedWhole);
      cost(first, last, triedWhole);
      left = halve(first, last);
    }
    int base = index.offsets[first];
    for (int t = 0; t < tasks; t++) {
      if (pending[t]) {
        int from = index.offsets[first + t] - base;
        int length = index.offsets[first + t + 1] - base - from;
        System.arraycopy(sigmoid, from, triedSigmoid, from, length);
      } else {
        beta[first - begin + t] = tried[t];
        scale[first - begin + t] = triedScale[t];
      }
    }
  }

  /** Halves the steps that lose and returns whether there are any. */
  private boolean halve(int first, int last) {
    boolean left = false;
    int base = index.offsets[first];
    for (int place = first, i = base, t = 0; place < last; place++, t++) {
      double value = 0.0;
      for (; i < index.offsets[place + 1]; i++) {
        double x = triedZ[i - base];
        value = value + weight(i) * (right[i - base] * x + miss(x));
      }
      double d = tried[t] - mean;
      if (pending[t] && (value - costs[t]) - 0.5 * (d * d) >= least[t]) {
        pending[t] = false;
      } else if (pending[t]) {
        tried[t] = 0.5 * (tried[t] + beta[place - begin]);
        left = true;
      }
    }
    return left;
  }

  /** Adds what a block's answers mean for the steps of their experts. */
  private void draw(int first, int last) {
    int base = index.offsets[first];
    for (int place = first, i = base; place < last; place++) {
      double b = scale[place - begin];
      for (; i < index.offsets[place + 1]; i++) {
        int e = index.expert[i];
        double w = weight(i);
        double s = triedSigmoid[i - base];
        slope[e] = slope[e] + w * ((right[i - base] - s) * b);
        bend[e] = bend[e] + w * ((s * (1.0 - s)) * (b * b));
        widest[e] = Math.max(widest[e], b);
      }
    }
  }

  /** Writes the difficulty of the span's tasks. */
  void writeDifficulties(double[] difficulty) {
    for (int place = begin; place < end; place++) {
      difficulty[index.task(place)] = 1.0 / scale[place - begin];
    }
  }
}
