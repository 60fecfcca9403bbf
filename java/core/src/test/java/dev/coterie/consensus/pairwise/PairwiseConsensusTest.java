package dev.coterie.consensus.pairwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import dev.coterie.testing.SplitMix64;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PairwiseConsensusTest {
  /** x beats y 3 of 4, and y beats z 3 of 4: odds of 3 each. */
  private static ComparisonTable ladder() {
    ComparisonTable.Builder builder = ComparisonTable.builder().backend("scalar");
    for (int i = 0; i < 4; i++) {
      builder.add("Ann", "x", "y", i < 3 ? Outcome.LEFT : Outcome.RIGHT);
      builder.add("Bob", "z", "y", i < 3 ? Outcome.RIGHT : Outcome.LEFT);
    }
    return builder.build();
  }

  private static PairwiseConsensus fit(PairwiseBuilder<?> builder, ComparisonTable table) {
    return builder.backend("scalar").build().fit(table);
  }

  @Test
  void knowsTheOddsOfItsItems() {
    try (ComparisonTable table = ladder()) {
      PairwiseConsensus result = fit(BradleyTerry.builder(), table);
      assertTrue(result.converged());
      assertEquals(Math.log(3), result.score("x"), 1e-9);
      assertEquals(0, result.score("y"), 1e-9);
      assertEquals(-Math.log(3), result.score("z"), 1e-9);
      assertEquals(0.75, result.winProbability("x", "y"), 1e-9);
      assertEquals(0.9, result.winProbability(0, 2), 1e-9);
      assertEquals(0, result.tieProbability(0, 2));
      assertEquals(List.of("x", "y", "z"), result.ranking());
      assertEquals(9.0 / 13, result.strengths()[0], 1e-9);
      // Both differences have variance 1 / (4 * 3/16); x is (2 of the one + 1 of the other) / 3.
      double variance = 4.0 / 3;
      assertEquals(Math.sqrt(variance * 5 / 9), result.standardError("x"), 1e-9);
      assertEquals(Math.sqrt(variance * 2 / 9), result.standardError("y"), 1e-9);
      assertTrue(Double.isNaN(result.orderEffect()));
      assertThrows(UnsupportedOperationException.class, () -> result.skill("Ann"));
      assertThrows(IllegalArgumentException.class, () -> result.score("w"));
    }
  }

  @Test
  void reportsWhatCannotBeCompared() {
    try (ComparisonTable table =
        ComparisonTable.builder()
            .backend("scalar")
            .add("a", "b", Outcome.LEFT)
            .add("a", "b", Outcome.RIGHT)
            .add("c", "a", Outcome.LEFT)
            .add("d", "e", Outcome.TIE)
            .build()) {
      PairwiseConsensus result = fit(BradleyTerry.builder(), table);
      assertEquals(2, result.components());
      assertEquals(3, result.strongComponents());
      assertFalse(result.isComparable());
      assertTrue(result.isComparable(0, 1));
      assertFalse(result.isComparable(0, 2));
      assertEquals(0.5, result.winProbability("a", "b"));
      assertTrue(Double.isNaN(result.winProbability("c", "a")));
      assertTrue(Double.isNaN(result.standardError("c")));
      assertTrue(result.rank("c") < result.rank("a"), "c always wins");
      PairwiseConsensus pulled = fit(BradleyTerry.builder().prior(1), table);
      assertTrue(pulled.isComparable());
      assertTrue(pulled.winProbability("c", "a") > 0.5);
      assertEquals(0, pulled.score("d"));
      PairwiseConsensus adjusted = fit(BradleyTerry.builder().adjustment(0.3), table);
      assertFalse(adjusted.isComparable(0, 3));
      assertTrue(adjusted.score("c") > adjusted.score("a"));
    }
  }

  @Test
  void learnsTheEffectOfTheOrder() {
    ComparisonTable.Builder builder = ComparisonTable.builder().backend("scalar");
    // The left item is better 3 of 4 times, whichever it is.
    for (int i = 0; i < 8; i++) {
      builder.add(i < 4 ? "x" : "y", i < 4 ? "y" : "x", i % 4 < 3 ? Outcome.LEFT : Outcome.RIGHT);
    }
    try (ComparisonTable table = builder.build()) {
      PairwiseConsensus result = fit(BradleyTerry.builder().orderEffect(true), table);
      assertEquals(0, result.score("x"), 1e-9);
      assertEquals(Math.log(3), result.orderEffect(), 1e-9);
      assertEquals(1 / Math.sqrt(8 * 3.0 / 16), result.orderEffectError(), 1e-9);
      assertEquals(0.75, result.leftWinProbability(0, 1), 1e-9);
      assertEquals(0.5, result.winProbability(0, 1), 1e-9);
    }
  }

  @Test
  void modelsOfTiesAddUp() {
    ComparisonTable.Builder builder = ComparisonTable.builder().backend("scalar");
    SplitMix64 random = new SplitMix64(5);
    for (int i = 0; i < 300; i++) {
      int left = random.below(4);
      builder.add("i" + left, "i" + (left + 1) % 4, Outcome.of(random.below(3)));
    }
    try (ComparisonTable table = builder.build()) {
      double ties = 0;
      for (BradleyTerry.Ties model : BradleyTerry.Ties.values()) {
        PairwiseConsensus result = fit(BradleyTerry.builder().ties(model), table);
        double sum =
            result.winProbability(0, 1) + result.winProbability(1, 0) + result.tieProbability(0, 1);
        assertEquals(1, sum, 1e-15);
        ties = Math.max(ties, result.tieProbability(0, 1));
        assertEquals(model != BradleyTerry.Ties.HALF_WINS, result.tieParameter() > 0);
      }
      assertEquals(1.0 / 3, ties, 0.1);
      PairwiseConsensus davidson =
          fit(BradleyTerry.builder().ties(BradleyTerry.Ties.DAVIDSON), table);
      PairwiseConsensus newman = fit(Newman.builder(), table);
      assertEquals(davidson.tieParameter(), 2 * newman.tieParameter(), 1e-6);
      assertEquals(davidson.winProbability(0, 2), newman.winProbability(0, 2), 1e-6);
      assertEquals(davidson.objective(), newman.objective(), 1e-6);
    }
  }

  @Test
  void findsTheExpertWhoDoesNotLook() {
    ComparisonTable.Builder builder = ComparisonTable.builder().backend("scalar");
    SplitMix64 random = new SplitMix64(6);
    for (int i = 0; i < 2000; i++) {
      int left = random.below(5);
      int right = (left + 1 + random.below(4)) % 5;
      boolean better = left < right;
      boolean lazy = i % 4 == 3;
      boolean says = lazy ? random.unit() < 0.9 : random.unit() < (better ? 0.9 : 0.1);
      String[] expert = {"Ann", "Bob", "Eve", "lazy"};
      builder.add(expert[i % 4], "i" + left, "i" + right, says ? Outcome.LEFT : Outcome.RIGHT);
    }
    try (ComparisonTable table = builder.build()) {
      PairwiseConsensus result = fit(NoisyBradleyTerry.builder(), table);
      assertTrue(result.converged());
      assertEquals(List.of("i0", "i1", "i2", "i3", "i4"), result.ranking());
      assertTrue(result.skill("lazy") < 0.3, "" + result.skill("lazy"));
      assertEquals(0.9, result.bias("lazy"), 0.1);
      assertTrue(result.skill("Ann") > 0.6);
      int worst = table.indexOfItem("i4");
      int best = table.indexOfItem("i0");
      assertTrue(result.leftWinProbability(table.indexOfExpert("lazy"), worst, best) > 0.5);
      assertTrue(result.leftWinProbability(table.indexOfExpert("Ann"), worst, best) < 0.3);
      assertTrue(result.winProbability("i0", "i4") > result.winProbability("i0", "i1"));
    }
    try (ComparisonTable table =
        ComparisonTable.builder().backend("scalar").add("a", "b", Outcome.LEFT).build()) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> fit(NoisyBradleyTerry.builder(), table));
      assertTrue(e.getMessage().contains("needs the expert of each comparison"), e.getMessage());
    }
  }

  @Test
  void saysWhetherARankingIsProven() {
    try (ComparisonTable table = ladder()) {
      PairwiseConsensus exact = fit(Kemeny.builder(), table);
      assertTrue(exact.isProvenOptimal());
      assertEquals(2, exact.objective());
      assertEquals(2, exact.score("x"));
      assertThrows(UnsupportedOperationException.class, () -> exact.winProbability(0, 1));
      assertThrows(UnsupportedOperationException.class, exact::strengths);
    }
  }

  @Test
  void rejectsWrongOptions() {
    assertThrows(IllegalArgumentException.class, () -> BradleyTerry.builder().prior(-1));
    assertThrows(IllegalArgumentException.class, () -> BradleyTerry.builder().prior(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Elo.builder().base(1));
    assertThrows(IllegalArgumentException.class, () -> Kemeny.builder().exactLimit(21));
    assertThrows(IllegalArgumentException.class, () -> PageRank.builder().damping(1.5));
    assertThrows(IllegalArgumentException.class, () -> Newman.builder().maxIterations(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> BradleyTerry.builder().solver(BradleyTerry.Solver.MINORIZE).prior(1).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> BradleyTerry.builder().ties(BradleyTerry.Ties.DAVIDSON).adjustment(1).build());
  }

  @Test
  void isCancelled() {
    FitControl control = new FitControl();
    control.cancel();
    try (ComparisonTable table = ladder()) {
      PairwiseMethod method = BradleyTerry.builder().backend("scalar").build();
      assertThrows(CancellationException.class, () -> method.fit(table, control));
    }
  }
}
