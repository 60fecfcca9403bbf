package dev.coterie.consensus.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.Repeats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The numeric methods as a user calls them, on the scalar backend. */
class NumericConsensusTest {
  private static <B extends NumericBuilder<B>> NumericMethod scalar(NumericBuilder<B> builder) {
    return builder.backend("scalar").build();
  }

  private static final List<NumericMethod> METHODS =
      List.of(
          scalar(Mean.builder()),
          scalar(Median.builder()),
          scalar(TrimmedMean.builder()),
          scalar(WeightedMean.builder()),
          scalar(LfcN.builder()),
          scalar(Catd.builder()),
          scalar(Pm.builder()));

  /** Ann and Bob measure well, Eve badly. */
  private static NumericTable table() {
    NumericTable.Builder builder = NumericTable.builder().backend("scalar");
    for (int i = 0; i < 10; i++) {
      builder.add("t" + i, "Ann", i + 0.1 * (i % 3));
      builder.add("t" + i, "Bob", i - 0.1 * (i % 2));
      builder.add("t" + i, "Eve", i + (i % 2 == 0 ? 5.0 : -4.0));
    }
    return builder.build();
  }

  @Test
  void everyMethodEstimatesAndDescribes() {
    try (NumericTable table = table()) {
      for (NumericMethod method : METHODS) {
        try (NumericConsensus consensus = method.fit(table)) {
          double[] all = new double[12];
          consensus.estimates(0, 10, all, 1);
          double weights = 0;
          for (String expert : table.expertNames()) {
            weights += consensus.weight(expert);
          }
          assertEquals(1, weights, 1e-12, method.id());
          for (int t = 0; t < 10; t++) {
            assertEquals(t, consensus.estimate("t" + t), 2, method.id());
            assertEquals(consensus.estimate(t), all[t + 1]);
            assertTrue(consensus.standardError("t" + t) >= 0, method.id());
            assertTrue(consensus.spread("t" + t) > 0, method.id());
          }
          assertTrue(consensus.deviation("Eve") > consensus.deviation("Ann"), method.id());
          assertEquals(consensus.bias(2), consensus.bias("Eve"));
          boolean iterates = consensus.iterations() > 0;
          assertEquals(iterates, !Double.isNaN(consensus.objective()), method.id());
          if (iterates) {
            assertTrue(consensus.weight("Eve") < consensus.weight("Ann"), method.id());
          }
          assertTrue(consensus.converged());
          assertEquals("scalar", consensus.backend().id());
          assertEquals(method.id(), consensus.method());
          assertTrue(consensus.toString().contains(method.id()), consensus.toString());
        }
      }
    }
  }

  @Test
  void aBiasIsFoundAndTakenOut() {
    try (NumericTable table =
            NumericTable.ofIndices(
                new int[] {0, 0, 1, 1, 2, 2, 3, 3},
                new int[] {0, 1, 0, 1, 0, 1, 0, 1},
                new double[] {1, 11.1, 2, 11.9, 3, 13.1, 4, 13.9},
                4,
                2);
        NumericConsensus consensus =
            LfcN.builder().bias(true).known(Map.of("0", 1.0)).build().fit(table)) {
      assertEquals(10, consensus.bias(1) - consensus.bias(0), 0.3);
      assertEquals(1.0, consensus.estimate(0));
      assertEquals(0.0, consensus.standardError(0));
    }
  }

  @Test
  void weightsKnownValuesAndRepeatsCount() {
    try (NumericTable table =
        NumericTable.builder()
            .add("t", "a", 1, 3.0f)
            .add("t", "b", 5, 1.0f)
            .add("u", "a", 7, 0.0f)
            .add("v", "b", 2)
            .add("v", "b", 4)
            .build()) {
      assertTrue(table.weighted());
      try (NumericConsensus consensus =
          WeightedMean.builder()
              .expertWeights(Map.of("b", 3.0))
              .repeats(Repeats.LAST_WINS)
              .build()
              .fit(table)) {
        assertEquals(3.0, consensus.estimate("t"));
        assertTrue(Double.isNaN(consensus.estimate("u")));
        assertTrue(Double.isNaN(consensus.spread("u")));
        assertEquals(4.0, consensus.estimate("v"));
        assertEquals(0.25, consensus.weight("a"));
      }
      try (NumericConsensus consensus =
          Mean.builder().known(Map.of("u", -2.5)).build().fit(table)) {
        assertEquals(3.0, consensus.estimate("t"));
        assertEquals(-2.5, consensus.estimate("u"));
        assertEquals(9.5, consensus.spread("u"));
      }
    }
  }

  @Test
  void wrongOptionsAreRefused() {
    refused("fraction 0.5", () -> TrimmedMean.builder().fraction(0.5));
    refused("fraction NaN", () -> TrimmedMean.builder().fraction(Double.NaN));
    refused("significance 0.0", () -> Catd.builder().significance(0));
    refused("smoothing -1.0", () -> LfcN.builder().smoothing(-1));
    refused("tolerance NaN", () -> Pm.builder().tolerance(Double.NaN));
    refused("maxIterations -1", () -> Pm.builder().maxIterations(-1));
    refused("threads -1", () -> Mean.builder().threads(-1));
    refused("task \"t\"", () -> Mean.builder().known(Map.of("t", Double.NaN)));
    refused("expert \"e\"", () -> WeightedMean.builder().expertWeights(Map.of("e", -1.0)));
    assertThrows(NullPointerException.class, () -> Pm.builder().loss(null));
    try (NumericTable table = table()) {
      refused("task \"x\"", () -> Mean.builder().known(Map.of("x", 1.0)).build().fit(table));
      refused(
          "expert \"x\"",
          () -> WeightedMean.builder().expertWeights(Map.of("x", 1.0)).build().fit(table));
    }
  }

  @Test
  void wrongAnswersAreNamedAndLeaveNoTrace() {
    NumericTable.Builder builder = NumericTable.builder().backend("scalar").add("t", "e", 1);
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      refused("answer 1: value " + value, () -> builder.add("u", "f", value));
    }
    refused("answer 1: weight -1.0", () -> builder.add("u", "f", 1, -1));
    refused("answer 1: the task has no name", () -> builder.add(null, "f", 1));
    refused("answer 1: the expert has no name", () -> builder.add("u", null, 1));
    try (NumericTable table = builder.build()) {
      assertEquals(1, table.answers());
      assertEquals(List.of("t"), table.taskNames());
      assertEquals(-1, table.indexOfExpert("f"));
      assertFalse(table.weighted());
    }
    assertThrows(IllegalStateException.class, builder::build);
    refused("no answers", () -> NumericTable.builder().build());
    int[] zero = {0};
    double[] one = {1};
    refused(
        "answer 0: value NaN",
        () -> NumericTable.ofIndices(zero, zero, new double[] {Double.NaN}, 1, 1));
    refused("answer 0: task 1", () -> NumericTable.ofIndices(new int[] {1}, zero, one, 1, 1));
    refused("column value has 2", () -> NumericTable.ofIndices(zero, zero, new double[2], 1, 1));
    refused(
        "answer 0: weight NaN",
        () -> NumericTable.ofIndices(zero, zero, one, new float[] {Float.NaN}, 1, 1, "scalar"));
  }

  private static void refused(String expected, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void manyAnswersToOneTaskAreSorted() {
    int n = 70_001;
    int[] task = new int[n];
    int[] expert = new int[n];
    double[] value = new double[n];
    for (int i = 0; i < n; i++) {
      expert[i] = i % 7;
      value[i] = (i * 48_271L) % n;
    }
    for (int size : new int[] {1, 2, 31, 32, 33, 63, 64, 65, 1000, n}) {
      int[] tasks = Arrays.copyOf(task, size);
      int[] experts = Arrays.copyOf(expert, size);
      double[] values = Arrays.copyOf(value, size);
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double median =
          size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
      try (NumericTable table =
              NumericTable.ofIndices(tasks, experts, values, null, 1, 7, "scalar");
          NumericConsensus consensus = scalar(Median.builder()).fit(table)) {
        assertEquals(median, consensus.estimate(0), "of " + size);
      }
    }
  }

  @Test
  void closedThingsSaySo() {
    NumericTable table = table();
    NumericConsensus consensus = METHODS.get(4).fit(table);
    table.close();
    table.close();
    assertThrows(IllegalStateException.class, () -> METHODS.get(0).fit(table));
    assertThrows(IllegalStateException.class, () -> table.value(0));
    assertEquals("t3", table.taskName(3));
    assertFalse(Double.isNaN(consensus.estimate("t3")));
    consensus.close();
    consensus.close();
    Map<String, Function<NumericConsensus, Double>> reads =
        Map.of("estimate", c -> c.estimate(0), "weight", c -> c.weight(0));
    reads.forEach(
        (name, read) ->
            assertThrows(IllegalStateException.class, () -> read.apply(consensus), name));
  }

  @Test
  void aCancelledFitDoesNotBeginAndProgressIsTold() {
    try (NumericTable table = table()) {
      FitControl control = new FitControl();
      NumericMethod method = METHODS.get(4);
      try (NumericConsensus consensus = method.fit(table, control)) {
        assertEquals(consensus.iterations(), control.iterations());
      }
      control.cancel();
      assertThrows(CancellationException.class, () -> method.fit(table, control));
    }
  }

  @Test
  void unknownNamesAndIndicesAreRefused() {
    try (NumericTable table = table();
        NumericConsensus consensus = METHODS.get(0).fit(table)) {
      refused("no task \"x\"", () -> consensus.estimate("x"));
      refused("no expert \"x\"", () -> consensus.weight("x"));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.estimate(10));
      assertThrows(IndexOutOfBoundsException.class, () -> consensus.bias(-1));
      assertThrows(
          IndexOutOfBoundsException.class, () -> consensus.estimates(0, 10, new double[9], 0));
      assertArrayEquals(new String[] {"Ann", "Bob", "Eve"}, table.expertNames().toArray());
    }
  }
}
