package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * Expectation maximisation as docs/numerics.md, section 6, has it, for methods that differ in their
 * parameters only. The counts of an M-step are made while the posteriors of the E-step before it
 * are still in the first-level cache: a span is walked in blocks of tasks, in the order of their
 * places, and each block is expected, counted and stored before the next. Used for one fit.
 */
abstract class Em {
  /** What no prior and no confusion count falls below. */
  static final double FLOOR = 1e-10;

  /** About how many doubles one part of an M-step covers. */
  private static final int PART_DOUBLES = 8192;

  final FitProblem problem;
  final FitOutcome.Heap out;
  final Kernels kernels;
  final Index index;
  final Spans spans;
  final int k;
  final int experts;
  final double[] logPrior;
  private final int[] gold;
  private final Team team;
  private final FitControl control;
  private final double[][] posteriorSums;
  private final double[] likelihoods;
  private boolean multiplies;

  Em(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control,
      long doublesPerExpert) {
    this.problem = problem;
    this.out = out;
    this.kernels = kernels;
    this.team = team;
    this.control = control;
    this.k = table.labels();
    this.experts = table.experts();
    Index grouped = Index.of(table, true, problem.lastWins(), problem.positional());
    this.spans = Spans.of(grouped, experts * doublesPerExpert);
    this.index = grouped.byLength(spans);
    this.gold = index.byPlace(problem.gold());
    this.logPrior = new double[k];
    this.posteriorSums = new double[spans.count()][k];
    this.likelihoods = new double[spans.count()];
  }

  /** Forgets a span's counts. */
  abstract void clearCounts(int span);

  /** Adds the posteriors of a block of tasks to a span's counts. */
  abstract void count(int span, int first, int last, double[] block);

  /** Makes the class prior out of the sums of the posteriors. */
  void classPrior(double[] sums) {
    Shares.classPrior(sums, index.tasks, out.prior);
  }

  /** Makes what {@link #logits} begins with out of the class prior. */
  void prepareClasses() {
    for (int j = 0; j < k; j++) {
      logPrior[j] = Elementary.log(out.prior[j]);
    }
  }

  /** Returns what the log-likelihood is reduced by, for methods with priors. */
  double divergence() {
    return 0.0;
  }

  /** Makes the parameters of the experts {@code [first, last)} out of the counts of all spans. */
  abstract void maximise(int step, int first, int last, Workspace workspace);

  /** Makes what {@link #logits} reads for the experts {@code [first, last)}. */
  abstract void prepare(int first, int last, Workspace workspace);

  /** Computes the logits of a block of tasks and what their norms have to be increased by. */
  abstract void logits(int first, int last, double[] block, double[] base);

  /** Returns whether {@link #logits} writes {@code base}. */
  abstract boolean hasBase();

  /**
   * Returns whether the next E-step multiplies likelihoods instead of adding their logarithms;
   * asked after {@link #maximise} of all experts.
   */
  abstract boolean multiplies();

  /** Computes the products of a block of tasks and the exponents that were taken out of them. */
  abstract void products(int first, int last, double[] block, long[] exponents);

  /** Returns the log-likelihood of the task at a place, whose label is known. */
  abstract double logLikelihood(int place, int label);

  /** Writes the experts' confusion matrices and skills. */
  abstract void finish();

  /** Fits the table. */
  final void fit() {
    ControlAccess progress = ControlAccess.get();
    progress.progress(control, 0);
    int iterations = 0;
    boolean converged = false;
    double objective = Double.NaN;
    team.run(spans.count(), this::start);
    while (iterations < problem.maxIterations() && !converged) {
      double previous = objective;
      maximise(iterations, true);
      team.run(spans.count(), multiplies ? this::multiply : this::expect);
      objective = likelihoods[0];
      for (int s = 1; s < likelihoods.length; s++) {
        objective = objective + likelihoods[s];
      }
      objective = objective - divergence();
      iterations++;
      progress.progress(control, iterations);
      converged =
          iterations > 1
              && Math.abs(objective - previous) <= problem.tolerance() * Math.abs(objective);
    }
    maximise(iterations, false);
    finish();
    team.run(
        spans.count(),
        (span, workspace) ->
            Shares.deliver(index, gold, spans.first(span), spans.last(span), k, out));
    out.iterations = iterations;
    out.converged = converged;
    out.objective = objective;
  }

  private void maximise(int step, boolean expectationFollows) {
    double[] sums = posteriorSums[0];
    for (int s = 1; s < posteriorSums.length; s++) {
      kernels.add(sums, posteriorSums[s], 0, k);
    }
    if (problem.classPriors() != null) {
      System.arraycopy(problem.classPriors(), 0, out.prior, 0, k);
    } else {
      classPrior(sums);
    }
    eachPart((first, last, workspace) -> maximise(step, first, last, workspace));
    multiplies = expectationFollows && multiplies();
    if (expectationFollows && !multiplies) {
      prepareClasses();
      eachPart(this::prepare);
    }
  }

  /** What is done for the experts {@code [first, last)}. */
  private interface PartOfExperts {
    void run(int first, int last, Workspace workspace);
  }

  private void eachPart(PartOfExperts work) {
    int expertsAPart = (int) Math.max(PART_DOUBLES / ((long) k * k), 1);
    team.run(
        (int) (((long) experts + expertsAPart - 1) / expertsAPart),
        (part, workspace) -> {
          int first = part * expertsAPart;
          work.run(first, Math.min(experts - first, expertsAPart) + first, workspace);
        });
  }

  private void start(int span, Workspace workspace) {
    beginSpan(span);
    int end = spans.last(span);
    for (int first = spans.first(span), last; first < end; first = last) {
      last = first + Math.min(end - first, workspace.tasks);
      Shares.compute(index, gold, first, last, k, workspace.block, 0, workspace.lanes);
      store(span, first, last, workspace.block);
    }
  }

  private void expect(int span, Workspace workspace) {
    beginSpan(span);
    double[] lanes = workspace.lanes;
    Arrays.fill(lanes, 0.0);
    int end = spans.last(span);
    for (int first = spans.first(span), last; first < end; first = last) {
      team.checkCancelled();
      last = first + Math.min(end - first, workspace.tasks);
      expectBlock(first, last, workspace);
      kernels.addToLanes(lanes, workspace.norms, last - first);
      store(span, first, last, workspace.block);
    }
    likelihoods[span] = Elementary.fold(lanes);
  }

  private void multiply(int span, Workspace workspace) {
    beginSpan(span);
    double[] block = workspace.block;
    double[] totals = workspace.norms;
    long[] exponents = workspace.exponents;
    Likelihood likelihood = workspace.likelihood;
    likelihood.clear();
    double known = 0.0;
    int end = spans.last(span);
    for (int first = spans.first(span), last; first < end; first = last) {
      team.checkCancelled();
      last = first + Math.min(end - first, workspace.tasks);
      int rows = last - first;
      products(first, last, block, exponents);
      kernels.divideBySums(block, rows, k, totals, workspace.scratch);
      for (int r = 0; gold != null && r < rows; r++) {
        int label = gold[first + r];
        if (label >= 0) {
          totals[r] = 1.0;
          exponents[r] = 0;
          known = known + logLikelihood(first + r, label);
          Shares.oneHot(block, r * k, k, label);
        }
      }
      likelihood.add(totals, exponents, rows);
      store(span, first, last, block);
    }
    likelihoods[span] = likelihood.total() + known;
  }

  private void beginSpan(int span) {
    clearCounts(span);
    Arrays.fill(posteriorSums[span], 0.0);
  }

  private void expectBlock(int first, int last, Workspace workspace) {
    logits(first, last, workspace.block, workspace.base);
    normalise(kernels, gold, first, last, k, workspace);
    if (hasBase()) {
      addBase(workspace, last - first);
    }
  }

  /** Adds to the norms what the logits of their tasks lack. */
  static void addBase(Workspace workspace, int rows) {
    for (int r = 0; r < rows; r++) {
      workspace.norms[r] = workspace.base[r] + workspace.norms[r];
    }
  }

  /**
   * Turns the logits of the tasks at the places {@code [first, last)} into posteriors and norms.
   *
   * @param gold the known label at each place or -1, or null
   */
  static void normalise(
      Kernels kernels, int[] gold, int first, int last, int k, Workspace workspace) {
    double[] block = workspace.block;
    double[] norms = workspace.norms;
    int rows = last - first;
    if (gold == null) {
      kernels.softmax(block, rows, k, norms, workspace.sums, workspace.scratch);
    } else {
      double[] known = workspace.known;
      for (int r = 0; r < rows; r++) {
        known[r] = block[r * k + Math.max(gold[first + r], 0)];
      }
      kernels.softmax(block, rows, k, norms, workspace.sums, workspace.scratch);
      for (int r = 0; r < rows; r++) {
        int label = gold[first + r];
        if (label >= 0) {
          Shares.oneHot(block, r * k, k, label);
          norms[r] = known[r];
        }
      }
    }
  }

  private void store(int span, int first, int last, double[] block) {
    kernels.addRows(posteriorSums[span], block, last - first, k);
    count(span, first, last, block);
    System.arraycopy(block, 0, out.posterior, first * k, (last - first) * k);
  }
}
