package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.pairwise.Borda;
import dev.coterie.consensus.pairwise.BradleyTerry;
import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.Elo;
import dev.coterie.consensus.pairwise.Newman;
import dev.coterie.consensus.pairwise.Outcome;
import dev.coterie.consensus.pairwise.PageRank;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import dev.coterie.consensus.pairwise.WinRate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The comparisons of language models, with the scores that evalica's tests have for them. */
@ExtendWith(BackendDemand.class)
class RealComparisonsTest {
  private final ComparisonTable table = table();

  private static ComparisonTable table() {
    ComparisonTable.Builder builder = ComparisonTable.builder();
    for (String[] row : Data.rows("llmfao/comparisons.csv")) {
      Outcome outcome =
          row[3].equals("tie") ? Outcome.TIE : row[3].equals(row[1]) ? Outcome.LEFT : Outcome.RIGHT;
      builder.add(row[0], row[1], row[2], outcome);
    }
    return builder.build();
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void bradleyTerry() {
    PairwiseConsensus result = new BradleyTerry().fit(table);
    assertTrue(result.converged());
    double[] strengths = result.strengths();
    assertEquals(0.04121787368330589, strengths[table.indexOfItem("GPT 4")], 1e-10);
    assertEquals(
        0.02923317841210955, strengths[table.indexOfItem("Platypus-2 Instruct (70B)")], 1e-10);
    assertEquals("GPT 4", result.ranking().get(0));
  }

  @Test
  void newman() {
    PairwiseConsensus result = new Newman().fit(table);
    assertEquals(7.418300743854287, Math.exp(result.score("GPT 4")), 1e-5);
    PairwiseConsensus davidson =
        BradleyTerry.builder().ties(BradleyTerry.Ties.DAVIDSON).build().fit(table);
    assertEquals(davidson.objective(), result.objective(), 1e-6);
    assertEquals(davidson.tieParameter(), 2 * result.tieParameter(), 1e-6);
  }

  @Test
  void countsAndWalks() {
    assertEquals(0.758757470599576, new WinRate().fit(table).score("GPT 4"), 1e-12);
    assertEquals(1198.5, new Borda().fit(table).score("Weaver 12k"));
    assertEquals(1095.5935481722963, Elo.builder().k(4).build().fit(table).score("GPT 4"), 1e-9);
    assertEquals(0.1456755934081896, new PageRank().fit(table).score("Weaver 12k"), 1e-9);
  }
}
