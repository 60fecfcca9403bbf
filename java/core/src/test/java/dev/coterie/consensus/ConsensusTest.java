package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The methods as a user calls them, on the scalar backend. */
class ConsensusTest {
  private static final List<ConsensusMethod> METHODS =
      List.of(
          MajorityVote.builder().backend("scalar").build(),
          WeightedVote.builder().backend("scalar").build(),
          DawidSkene.builder().backend("scalar").build(),
          OneCoinDawidSkene.builder().backend("scalar").build(),
          ZenCrowd.builder().backend("scalar").build(),
          Glad.builder().backend("scalar").build(),
          BayesianClassifierCombination.builder().backend("scalar").build(),
          EnhancedBayesianClassifierCombination.builder().backend("scalar").build());

  /** Ann and Bob are right, Eve is wrong about all but one of the tasks. */
  private static AnswerTable table() {
    AnswerTable.Builder builder = AnswerTable.builder().backend("scalar").labels("no", "yes");
    for (int i = 0; i < 12; i++) {
      String truth = i % 3 == 0 ? "no" : "yes";
      builder.add("t" + i, "Ann", truth);
      builder.add("t" + i, "Bob", i == 4 ? "no" : truth);
      builder.add("t" + i, "Eve", truth.equals("no") == (i != 5) ? "yes" : "no");
    }
    return builder.build();
  }

  @Test
  void everyMethodFindsTheTruth() {
    try (AnswerTable table = table()) {
      for (ConsensusMethod method : METHODS) {
        try (Consensus consensus = method.fit(table)) {
          for (int i = 0; i < 12; i++) {
            String truth = i % 3 == 0 ? "no" : "yes";
            // Where Bob slips with Eve, only the methods that learn whom to trust follow Ann.
            if (i != 4 || consensus.hasConfusion()) {
              assertEquals(truth, consensus.answer("t" + i), method.id());
              assertEquals(table.indexOfLabel(truth), consensus.answer(i));
              assertEquals(truth.equals("no") ? "yes" : "no", consensus.runnerUp("t" + i));
            }
            assertEquals(
                1, consensus.posterior("t" + i, "no") + consensus.posterior("t" + i, "yes"), 1e-12);
            assertEquals(
                consensus.posterior(i, consensus.answer(i)), consensus.confidence("t" + i));
          }
          assertTrue(consensus.skill("Ann") > consensus.skill("Eve"), method.id());
          assertEquals(consensus.skill(1), consensus.skill("Bob"));
          assertEquals(
              1, consensus.classPrior("no") + consensus.classPrior("yes"), 1e-9, method.id());
          assertEquals("scalar", consensus.backend().id());
          assertTrue(consensus.table() == table);
          assertTrue(consensus.converged());
          boolean iterates = consensus.hasConfusion() || consensus.hasDifficulty();
          assertEquals(iterates, consensus.iterations() > 0);
          assertEquals(iterates, !Double.isNaN(consensus.logLikelihood()));
        }
      }
      assertEquals("majority-vote", METHODS.get(0).id());
      assertEquals("weighted-vote", METHODS.get(1).id());
      assertEquals("dawid-skene", METHODS.get(2).id());
      assertEquals("one-coin-dawid-skene", METHODS.get(3).id());
    }
  }

  @Test
  void theDefaultConstructorsUseTheDefaultBackend() {
    try (AnswerTable table = table();
        Consensus consensus = new DawidSkene().fit(table)) {
      assertEquals("yes", consensus.answer("t4"));
    }
  }

  @Test
  void confusionMatricesHaveRowsOfTrueLabels() {
    try (AnswerTable table = table();
        Consensus consensus = METHODS.get(2).fit(table)) {
      double[][] matrix = consensus.confusionMatrix("Ann");
      for (int trueLabel = 0; trueLabel < 2; trueLabel++) {
        assertEquals(1, matrix[trueLabel][0] + matrix[trueLabel][1], 1e-12);
        assertEquals(consensus.confusion(0, 1, trueLabel), matrix[trueLabel][1]);
      }
      assertTrue(matrix[0][0] > 0.9 && matrix[1][1] > 0.9);
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.confusion(3, 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.confusion(0, 2, 0));
      assertThrows(IllegalArgumentException.class, () -> consensus.confusionMatrix("Zoe"));
    }
    try (AnswerTable table = table();
        Consensus vote = METHODS.get(0).fit(table)) {
      assertFalse(vote.hasConfusion());
      assertThrows(UnsupportedOperationException.class, () -> vote.confusionMatrix(0));
      assertThrows(UnsupportedOperationException.class, () -> vote.confusion(0, 0, 0));
    }
  }

  @Test
  void aResultOutlivesItsTableAndRefusesUseAfterClose() {
    AnswerTable table = table();
    Consensus consensus = METHODS.get(2).fit(table);
    table.close();
    assertEquals("yes", consensus.answer("t1"));
    consensus.close();
    consensus.close();
    assertThrows(IllegalStateException.class, () -> consensus.answer("t1"));
    assertThrows(IllegalStateException.class, () -> consensus.runnerUp(0));
    assertThrows(IllegalStateException.class, () -> consensus.posterior(0, 0));
    assertThrows(IllegalStateException.class, () -> consensus.confidence(0));
    assertThrows(IllegalStateException.class, () -> consensus.skill(0));
    assertThrows(IllegalStateException.class, () -> consensus.classPrior(0));
    assertThrows(IllegalStateException.class, () -> consensus.confusion(0, 0, 0));
    assertTrue(consensus.converged());
  }

  @Test
  void tasksWithoutAnswersHaveNone() {
    int[] answers = {0, 2};
    try (AnswerTable table =
            AnswerTable.ofIndices(answers, new int[2], new int[] {1, 0}, null, 3, 1, 2);
        Consensus consensus = METHODS.get(0).fit(table)) {
      assertEquals(-1, consensus.answer(1));
      assertNull(consensus.answer("1"));
      assertNull(consensus.runnerUp("1"));
      assertTrue(Double.isNaN(consensus.confidence(1)));
      assertEquals("1", consensus.answer("0"));
      assertThrows(IllegalArgumentException.class, () -> consensus.answer("3"));
      assertThrows(IllegalArgumentException.class, () -> consensus.posterior("0", "2"));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.answer(3));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.posterior(0, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.skill(-1));
    }
  }

  @Test
  void manyNumbersAreReadAtOnce() {
    try (AnswerTable table = table();
        Consensus consensus = METHODS.get(2).fit(table)) {
      int tasks = table.tasks();
      double[] all = new double[2 * tasks + 3];
      consensus.posteriors(0, tasks, all, 1);
      consensus.posteriors(tasks, 0, all, all.length);
      assertEquals(0, all[0]);
      assertEquals(0, all[2 * tasks + 1]);
      for (int task = 0; task < tasks; task++) {
        double[] row = consensus.posterior(task);
        assertArrayEquals(row, consensus.posterior(table.taskName(task)));
        assertEquals(1, row[0] + row[1], 1e-12);
        for (int label = 0; label < 2; label++) {
          assertEquals(consensus.posterior(task, label), row[label]);
          assertEquals(row[label], all[1 + 2 * task + label]);
        }
      }
      assertEquals(consensus.confusion(1, 0, 1), consensus.confusion("Bob", "no", "yes"));
      assertEquals(consensus.confusionMatrix(1)[1][0], consensus.confusion("Bob", "no", "yes"));
      assertThrows(
          IllegalArgumentException.class, () -> consensus.confusion("Bob", "maybe", "yes"));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.posterior(tasks));
      assertThrows(IllegalArgumentException.class, () -> consensus.posterior("t99"));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.posteriors(1, tasks, all, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.posteriors(0, tasks, all, 4));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.posteriors(0, 1, all, -1));
      Consensus closed = METHODS.get(2).fit(table);
      closed.close();
      assertThrows(IllegalStateException.class, () -> closed.posterior(0));
      assertThrows(IllegalStateException.class, () -> closed.posteriors(0, 1, all, 0));
    }
  }

  @Test
  void optionsReachTheEngine() {
    try (AnswerTable table = table()) {
      try (Consensus consensus =
          MajorityVote.builder().backend("scalar").gold(Map.of("t1", "no")).build().fit(table)) {
        assertEquals("no", consensus.answer("t1"));
        assertEquals(1, consensus.confidence("t1"));
      }
      try (Consensus consensus =
          DawidSkene.builder().backend("scalar").maxIterations(3).build().fit(table)) {
        assertEquals(3, consensus.iterations());
      }
      try (Consensus consensus =
          DawidSkene.builder()
              .backend("scalar")
              .classPriors(Map.of("yes", 0.75, "no", 0.25))
              .build()
              .fit(table)) {
        assertEquals(0.25, consensus.classPrior("no"));
        assertEquals(0.75, consensus.classPrior("yes"));
      }
      double[][] distrust = {{0, 1000}, {1000, 0}};
      try (Consensus consensus =
          DawidSkene.builder()
              .backend("scalar")
              .priorCounts(Map.of("Ann", distrust), PriorCounts.EVERY_ITERATION)
              .build()
              .fit(table)) {
        assertTrue(consensus.skill("Ann") < 0.1);
      }
    }
    try (AnswerTable table =
        AnswerTable.builder()
            .backend("scalar")
            .add("t", "a", "x")
            .add("t", "a", "x")
            .add("t", "a", "y")
            .build()) {
      try (Consensus all = METHODS.get(0).fit(table);
          Consensus last =
              MajorityVote.builder()
                  .backend("scalar")
                  .repeats(Repeats.LAST_WINS)
                  .threads(1)
                  .build()
                  .fit(table);
          Consensus positional =
              WeightedVote.builder().backend("scalar").positional(true).build().fit(table)) {
        assertEquals("x", all.answer("t"));
        assertEquals("y", last.answer("t"));
        assertEquals(0.9 / (1 + 0.95 + 0.9), positional.posterior("t", "y"), 1e-12);
      }
    }
  }

  /** What a confusion matrix says can be given back as history, true label first. */
  @Test
  void priorCountsAreLaidOutAsConfusionMatrices() {
    double[][] counts = {{8e12, 2e12}, {1e12, 9e12}};
    try (AnswerTable table = table();
        Consensus consensus =
            DawidSkene.builder()
                .backend("scalar")
                .priorCounts(Map.of("Bob", counts), PriorCounts.EVERY_ITERATION)
                .build()
                .fit(table)) {
      double[][] matrix = consensus.confusionMatrix("Bob");
      for (int trueLabel = 0; trueLabel < 2; trueLabel++) {
        for (int label = 0; label < 2; label++) {
          assertEquals(counts[trueLabel][label] / 1e13, matrix[trueLabel][label], 1e-9);
        }
      }
      // Turned into counts of its own, the matrix leads to the same one.
      double[][] again = new double[2][2];
      for (int trueLabel = 0; trueLabel < 2; trueLabel++) {
        for (int label = 0; label < 2; label++) {
          again[trueLabel][label] = 1e13 * matrix[trueLabel][label];
        }
      }
      try (Consensus second =
          DawidSkene.builder()
              .backend("scalar")
              .priorCounts(Map.of("Bob", again), PriorCounts.EVERY_ITERATION)
              .build()
              .fit(table)) {
        assertEquals(0.2, second.confusionMatrix("Bob")[0][1], 1e-9);
        assertEquals(0.1, second.confusionMatrix("Bob")[1][0], 1e-9);
      }
    }
  }

  @Test
  void wrongNamesInOptionsAreNamed() {
    try (AnswerTable table = table()) {
      assertWrong(
          "task \"t99\"",
          DawidSkene.builder().backend("scalar").gold(Map.of("t99", "yes")).build(),
          table);
      assertWrong(
          "label \"maybe\"",
          WeightedVote.builder().backend("scalar").gold(Map.of("t1", "maybe")).build(),
          table);
      assertWrong(
          "lack label \"yes\"",
          OneCoinDawidSkene.builder().backend("scalar").classPriors(Map.of("no", 1.0)).build(),
          table);
      assertWrong(
          "label \"maybe\"",
          DawidSkene.builder()
              .backend("scalar")
              .classPriors(Map.of("no", 0.5, "yes", 0.4, "maybe", 0.1))
              .build(),
          table);
      assertWrong(
          "expert \"Zoe\"",
          DawidSkene.builder()
              .backend("scalar")
              .priorCounts(Map.of("Zoe", new double[2][2]), PriorCounts.FIRST_ITERATION)
              .build(),
          table);
      assertWrong(
          "expert \"Ann\" are for 3 labels, but the table has 2",
          DawidSkene.builder()
              .backend("scalar")
              .priorCounts(Map.of("Ann", new double[3][3]), PriorCounts.FIRST_ITERATION)
              .build(),
          table);
    }
  }

  private static void assertWrong(String part, ConsensusMethod method, AnswerTable table) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> method.fit(table)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void wrongOptionsAreRefusedWhenTheyAreSet() {
    DawidSkene.Builder builder = DawidSkene.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.maxIterations(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.threads(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.backend("cuda"));
    builder.backend(null).backend("auto");
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> builder.tolerance(wrong));
      assertThrows(IllegalArgumentException.class, () -> builder.smoothing(wrong));
      assertThrows(IllegalArgumentException.class, () -> builder.classPriors(Map.of("a", wrong)));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              builder.priorCounts(
                  Map.of("e", new double[][] {{wrong}}), PriorCounts.FIRST_ITERATION));
    }
    assertThrows(IllegalArgumentException.class, () -> builder.classPriors(Map.of("a", 0.0)));
    assertThrows(IllegalArgumentException.class, () -> builder.classPriors(Map.of()));
    for (double rest : new double[] {0.5 + 2e-9, 0.5 - 2e-9, 3, Double.MAX_VALUE}) {
      Map<String, Double> priors = Map.of("a", 0.5, "b", rest);
      String message =
          assertThrows(IllegalArgumentException.class, () -> builder.classPriors(priors))
              .getMessage();
      assertTrue(message.contains("add up to " + (0.5 + rest)), message);
      assertTrue(message.contains("divide each by their sum"), message);
    }
    builder.classPriors(Map.of("a", 0.5, "b", 0.5 + 1e-10));
    builder.classPriors(Map.of("a", 0.5, "b", 0.25, "c", 0.25));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.priorCounts(Map.of("e", new double[2][3]), PriorCounts.FIRST_ITERATION));
    Map<String, String> gold = new HashMap<>();
    gold.put("t", null);
    assertThrows(NullPointerException.class, () -> builder.gold(gold));
    assertThrows(NullPointerException.class, () -> builder.repeats(null));
  }

  @Test
  void aCancelledFitThrows() throws InterruptedException {
    FitControl control = new FitControl();
    control.cancel();
    assertTrue(control.isCancelled());
    try (AnswerTable table = table()) {
      assertThrows(CancellationException.class, () -> METHODS.get(2).fit(table, control));
      assertThrows(NullPointerException.class, () -> METHODS.get(2).fit(table, null));
      assertThrows(NullPointerException.class, () -> METHODS.get(2).fit(null));
      // An interrupt does not end a fit, and is still to be seen afterwards.
      Thread.currentThread().interrupt();
      try (Consensus consensus = METHODS.get(2).fit(table)) {
        assertTrue(consensus.converged());
      } finally {
        assertTrue(Thread.interrupted());
      }
    }
    // So many iterations that the fit never ends by itself within the test's patience.
    ConsensusMethod endless =
        DawidSkene.builder()
            .backend("scalar")
            .tolerance(0)
            .smoothing(0.01)
            .classPriors(Map.of("no", 0.5, "yes", 0.5))
            .maxIterations(Integer.MAX_VALUE)
            .build();
    FitControl running = new FitControl();
    try (AnswerTable table = noise()) {
      Thread canceller =
          new Thread(
              () -> {
                while (running.iterations() < 2) {
                  Thread.onSpinWait();
                }
                running.cancel();
              });
      canceller.setDaemon(true);
      canceller.start();
      try (Consensus finished = endless.fit(table, running)) {
        // A likelihood that stays the same to the last bit ends the fit in spite of everything.
        assertTrue(finished.converged());
      } catch (CancellationException expected) {
        assertTrue(running.isCancelled());
        assertTrue(running.iterations() >= 2);
      }
      running.cancel();
      canceller.join();
    }
  }

  private static AnswerTable noise() {
    AnswerTable.Builder builder = AnswerTable.builder().backend("scalar").labels("no", "yes");
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      builder.add(
          "t" + random.nextInt(5000),
          "e" + random.nextInt(50),
          random.nextBoolean() ? "yes" : "no");
    }
    return builder.build();
  }

  @Test
  void resultsTooLargeForArraysNameTheNativeBackends() {
    int[] one = {0};
    try (AnswerTable wide = AnswerTable.ofIndices(one, one, one, null, 1, 1_000_000, 1_000_000)) {
      UnsupportedOperationException e =
          assertThrows(UnsupportedOperationException.class, () -> METHODS.get(2).fit(wide));
      assertTrue(e.getMessage().contains("use a native backend"), e.getMessage());
    }
  }
}
