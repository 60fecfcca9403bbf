package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;

/** The arrays that one thread works in: a block of tasks that stays in the first-level cache. */
public final class Workspace {
  private static final int BLOCK_DOUBLES = 2048;
  private static final int MOST_TASKS = 128;

  /** The tasks of a block: a multiple of the lanes, so that a block begins at lane 0. */
  final int tasks;

  /** Rows of k elements: logits, then posteriors. */
  final double[] block;

  /** One norm a task. */
  final double[] norms;

  /** What the method adds to the norm of each task. */
  final double[] base;

  /** The logit of the known label of each gold task. */
  final double[] known;

  /** The kernels' own. */
  final double[] sums;

  /** The kernels' own, as long as the block. */
  final double[] scratch;

  /** What was taken out of each row by powers of 2. */
  final long[] exponents;

  /** The log-likelihood of a span. */
  final Likelihood likelihood = new Likelihood();

  /** The lanes of a striped sum. */
  final double[] lanes = new double[Elementary.LANES];

  Workspace(int k) {
    int fitting = BLOCK_DOUBLES / Math.max(k, 1) / Elementary.LANES * Elementary.LANES;
    tasks = Math.min(Math.max(fitting, Elementary.LANES), MOST_TASKS);
    int doubles = Math.max(Math.multiplyExact(tasks, k), MOST_TASKS);
    block = new double[doubles];
    norms = new double[tasks];
    base = new double[tasks];
    known = new double[tasks];
    exponents = new long[tasks];
    sums = new double[tasks];
    scratch = new double[doubles];
  }
}
