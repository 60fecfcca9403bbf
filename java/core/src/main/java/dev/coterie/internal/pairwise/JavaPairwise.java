package dev.coterie.internal.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Comparisons;
import dev.coterie.spi.PairwiseEngine;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;

/** The pairwise engine in Java. */
public final class JavaPairwise implements PairwiseEngine {

  /** Makes an engine. */
  public JavaPairwise() {}

  @Override
  public void fit(PairwiseProblem problem, PairwiseOutcome out, FitControl control) {
    Watch watch = new Watch(control);
    watch.check();
    Rows rows = new Rows((Comparisons.Heap) problem.table());
    Cells cells = Cells.of(rows, problem.table().items(), false);
    Graph graph = new Graph(cells, problem.table().items());
    switch (problem.method()) {
      case PairwiseProblem.BRADLEY_TERRY ->
          BradleyTerry.fit(problem, rows, cells, graph, out, watch);
      case PairwiseProblem.NOISY_BRADLEY_TERRY -> Noisy.fit(problem, rows, graph, out, watch);
      case PairwiseProblem.ELO -> Counts.elo(problem, rows, out, watch);
      case PairwiseProblem.WIN_RATE -> Counts.winRate(problem, cells, out);
      case PairwiseProblem.NEWMAN -> Newman.fit(problem, cells, graph, out, watch);
      case PairwiseProblem.EIGENVECTOR -> Walks.eigenvector(problem, cells, out, watch);
      case PairwiseProblem.PAGE_RANK -> Walks.pageRank(problem, cells, out, watch);
      case PairwiseProblem.BORDA -> Counts.borda(cells, out);
      case PairwiseProblem.COPELAND -> Counts.copeland(cells, out);
      case PairwiseProblem.KEMENY -> Kemeny.fit(problem, cells, out, watch);
      default -> throw new IllegalArgumentException("unknown method " + problem.method());
    }
    graph.write(out);
  }
}
