package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A fit from several random starts, of which the better half goes on after every round. Used once.
 *
 * @param <S> the parameters of a start
 */
abstract class Race<S> {
  final FitProblem problem;
  final FitOutcome.Heap out;
  final Kernels kernels;
  final Index index;
  final Spans spans;
  final int k;
  final int experts;
  final int[] gold;
  final Team team;
  private final FitControl control;
  private final int round;
  private final int restarts;

  /** A start and how far it has come. */
  private static final class Run<S> {
    final S state;
    int iterations;
    boolean converged;
    double objective = Double.NaN;

    Run(S state) {
      this.state = state;
    }
  }

  Race(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control,
      int round,
      int restarts,
      long doublesPerExpert) {
    this.problem = problem;
    this.out = out;
    this.kernels = kernels;
    this.team = team;
    this.control = control;
    this.round = round;
    this.restarts = restarts;
    this.k = table.labels();
    this.experts = table.experts();
    Index grouped = Index.of(table, true, problem.lastWins(), problem.positional());
    this.spans = Spans.of(grouped, experts * doublesPerExpert);
    this.index = grouped.byLength(spans);
    this.gold = index.byPlace(problem.gold());
  }

  /** Returns the parameters of a start. */
  abstract S begin(long seed);

  /** Makes an E-step and returns its objective. */
  abstract double expect(S state);

  /** Makes the M-step that follows. */
  abstract void maximise(S state);

  /** Makes the result of the votes and of a start, when there is no iteration. */
  abstract void vote(S state);

  /** Writes the class prior, the confusion matrices and the skills of a state after its M-step. */
  abstract void describe(S state);

  /** Fits the table. */
  final void fit() {
    ControlAccess.get().progress(control, 0);
    SplitMix64 seeds = new SplitMix64(problem.seed());
    List<Run<S>> runs = new ArrayList<>();
    for (int r = 0; r < restarts; r++) {
      team.checkCancelled();
      runs.add(new Run<>(begin(seeds.next())));
    }
    Run<S> best = race(runs);
    out.objective = Double.NaN;
    if (problem.maxIterations() > 0) {
      out.objective = expect(best.state);
      maximise(best.state);
    } else {
      vote(best.state);
    }
    out.iterations = best.iterations;
    out.converged = best.converged;
    describe(best.state);
    team.run(spans.count(), (span, workspace) -> deliver(span));
  }

  private Run<S> race(List<Run<S>> runs) {
    int done = 0;
    while (true) {
      for (Run<S> run : runs) {
        for (int i = 0; i < round && !isOver(run); i++) {
          team.checkCancelled();
          double previous = run.objective;
          run.objective = expect(run.state);
          maximise(run.state);
          run.iterations++;
          run.converged =
              run.iterations > 1
                  && Math.abs(run.objective - previous)
                      <= problem.tolerance() * Math.abs(run.objective);
          done++;
          ControlAccess.get().progress(control, done);
        }
      }
      // Stable, so that of equals the earlier start is kept.
      runs.sort(Comparator.comparingDouble((Run<S> run) -> -run.objective));
      runs.subList((runs.size() + 1) / 2, runs.size()).clear();
      if (runs.size() == 1 && isOver(runs.get(0))) {
        return runs.get(0);
      }
    }
  }

  private boolean isOver(Run<S> run) {
    return run.converged || run.iterations == problem.maxIterations();
  }

  /** Writes the posteriors of a span, so far in the order of places, and its answers by task. */
  private void deliver(int span) {
    int first = spans.first(span);
    int last = spans.last(span);
    double[] byPlace = Arrays.copyOfRange(out.posterior, first * k, last * k);
    for (int place = first; place < last; place++) {
      System.arraycopy(byPlace, (place - first) * k, out.posterior, index.task(place) * k, k);
    }
    Shares.decide(index, gold, first, last, k, out.posterior, out.answer, out.runnerUp);
  }

  /** Writes the vote shares as posteriors, in the order of places. */
  final void shares(int span, Workspace workspace) {
    Shares.compute(
        index,
        gold,
        spans.first(span),
        spans.last(span),
        k,
        out.posterior,
        spans.first(span) * k,
        workspace.lanes);
  }
}
