package dev.coterie.consensus.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.Repeats;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The public measures on the plain Java backend; the engines are compared by golden vectors. */
class AgreementMeasuresTest {
  private static final double TINY = 1e-12;

  /** crowd-kit's toy table: five tasks, five experts. */
  private static AnswerTable toy() {
    String[] answers = {
      "t1 w1 no", "t2 w1 yes", "t3 w1 yes", "t4 w1 yes", "t5 w1 yes", "t1 w2 yes", "t2 w2 yes",
      "t3 w2 no", "t4 w2 yes", "t5 w2 no", "t2 w3 yes", "t3 w3 no", "t4 w3 yes", "t5 w3 no",
      "t1 w4 yes", "t2 w4 no", "t3 w4 yes", "t4 w4 yes", "t5 w4 no", "t1 w5 no", "t2 w5 no",
      "t3 w5 no", "t4 w5 yes", "t5 w5 no"
    };
    AnswerTable.Builder builder = AnswerTable.builder().backend("scalar").labels("no", "yes");
    for (String answer : answers) {
      String[] words = answer.split(" ");
      builder.add(words[0], words[1], words[2]);
    }
    return builder.build();
  }

  private static AnswerTable table(String... answers) {
    AnswerTable.Builder builder = AnswerTable.builder().backend("scalar");
    for (String answer : answers) {
      String[] words = answer.split(" ");
      builder.add(words[0], words[1], words[2]);
    }
    return builder.build();
  }

  private static Agreement of(AnswerTable table) {
    return Agreement.of(table).backend("scalar");
  }

  @Test
  void crowdKitsFiguresOfItsToyTable() {
    try (AnswerTable table = toy()) {
      Agreement agreement = of(table);
      assertEquals(0.14219114219114215, agreement.alpha().value(), TINY);
      double[] skills = {0.6, 0.8, 1.0, 0.4, 0.8};
      assertEquals(0.6308666201949331, agreement.uncertaintyByTask(skills).mean(), TINY);
      assertEquals(0.9384615384615385, agreement.consistency().mean(), TINY);
      try (Consensus vote = MajorityVote.builder().backend("scalar").build().fit(table)) {
        AnswerAccuracy accuracy = agreement.accuracy(vote);
        assertEquals(0.7083333333333334, accuracy.value(), TINY);
        for (int expert = 0; expert < 5; expert++) {
          assertEquals(skills[expert], accuracy.ofExpert(expert).orElseThrow(), TINY);
        }
      }
    }
  }

  @Test
  void crowdKitsFiguresOfSmallTables() {
    try (AnswerTable table = table("X A Yes", "X B Yes", "Y A No", "Y B No", "Z A Yes", "Z B No")) {
      assertEquals(0.4444444444444444, of(table).alpha().value(), TINY);
    }
    try (AnswerTable table = table("X A Yes", "X B No", "X C Maybe")) {
      assertEquals(1.0986122886681096, of(table).uncertaintyByTask().mean(), TINY);
    }
    try (AnswerTable table = table("X A Yes", "X B No", "Y A Yes", "Y B Yes")) {
      assertEquals(0.6931471805599453, of(table).uncertaintyByTask().of("X").orElseThrow(), TINY);
      assertEquals(0.0, of(table).uncertaintyByTask().of("Y").orElseThrow());
      assertEquals(0.0, of(table).uncertaintyByExpert().of("A").orElseThrow());
      assertEquals(0.6931471805599453, of(table).uncertaintyByExpert().of("B").orElseThrow(), TINY);
    }
  }

  @Test
  void labelsThatAreNumbersAreThoseNumbers() {
    int[] task = {0, 0, 1, 1, 2, 2};
    int[] expert = {0, 1, 0, 1, 0, 1};
    AlphaOptions interval = AlphaOptions.of(Scale.INTERVAL);
    KrippendorffAlpha numbers =
        KrippendorffAlpha.ofNumbers(
            task, expert, new double[] {1, 2, 2, 3, 3, 4}, 3, 2, interval, "scalar");
    assertEquals(0.5454545454545454, numbers.value(), TINY);
    assertEquals(3, numbers.tasks());
    assertEquals(6, numbers.answers());
    try (AnswerTable table = table("a x 1", "a y 2", "b x 2", "b y 3", "c x 3", "c y 4")) {
      KrippendorffAlpha labels = of(table).alpha(interval.labelValues(1, 2, 3, 4));
      assertEquals(numbers.value(), labels.value());
      assertEquals(numbers.ofExpert(1), labels.ofExpert("y"));
      assertThrows(IllegalStateException.class, () -> labels.ofLabel("1"));
      assertThrows(IllegalStateException.class, () -> numbers.ofExpert("y"));
      assertRefused("first has 1 elements", () -> of(table).alpha(interval.labelValues(1)));
      assertRefused(
          "value of label 2: NaN",
          () -> of(table).alpha(interval.labelValues(1, 2, Double.NaN, 4)));
      assertRefused(
          "value of label 0: -1.0 is not between 0.0",
          () -> of(table).alpha(AlphaOptions.of(Scale.RATIO).labelValues(-1, 2, 3, 4)));
    }
    assertRefused(
        "answer 1: task 7 is outside 0..3",
        () ->
            KrippendorffAlpha.ofNumbers(
                new int[] {0, 7}, new int[2], new double[2], 3, 2, interval, "scalar"));
  }

  @Test
  void intervalOfABootstrapHoldsTheCoefficient() {
    try (AnswerTable table = toy()) {
      AlphaOptions options = AlphaOptions.of(Scale.NOMINAL).bootstrap(200, 7).confidence(0.9);
      KrippendorffAlpha alpha = of(table).alpha(options);
      assertTrue(alpha.lower().orElseThrow() <= alpha.value());
      assertTrue(alpha.upper().orElseThrow() >= alpha.value());
      assertEquals(alpha.lower(), of(table).alpha(options).lower());
      assertEquals(OptionalDouble.empty(), of(table).alpha().lower());
      FitControl control = new FitControl();
      control.cancel();
      assertThrows(CancellationException.class, () -> of(table).control(control).alpha(options));
    }
  }

  @Test
  void undefinedCoefficientsSayWhy() {
    try (AnswerTable table = table("a x 1", "b y 1", "c x 2")) {
      KrippendorffAlpha alpha = of(table).alpha();
      assertEquals(Outcome.NO_PAIRS, alpha.outcome());
      assertEquals(0.25, alpha.orElse(0.25));
      IllegalStateException e = assertThrows(IllegalStateException.class, alpha::value);
      assertTrue(e.getMessage().contains("no task has two answers"), e.getMessage());
      assertEquals(Outcome.NO_PAIRS, of(table).fleissKappa().outcome());
      assertEquals(Outcome.NO_PAIRS, of(table).observedAgreement().outcome());
      assertEquals(Outcome.NO_PAIRS, of(table).cohenKappa("x", "y").outcome());
      assertEquals(OptionalDouble.empty(), of(table).cohenKappas(Weighting.NONE).mean());
    }
    try (AnswerTable table = table("a x 1", "a y 1", "b x 1", "b y 1")) {
      for (Scale scale : Scale.values()) {
        Coefficient alpha = of(table).alpha(AlphaOptions.of(scale).bootstrap(10, 1));
        assertEquals(Outcome.NO_VARIATION, alpha.outcome());
        assertTrue(alpha.toString().contains("undefined"), alpha.toString());
      }
      assertEquals(Outcome.NO_VARIATION, of(table).fleissKappa().outcome());
      assertEquals(Outcome.NO_VARIATION, of(table).cohenKappa("x", "y").outcome());
      assertEquals(1.0, of(table).observedAgreement().value());
      assertEquals(0.0, of(table).uncertaintyByTask().mean());
      assertEquals(1.0, of(table).consistency().mean());
    }
    try (AnswerTable table = table("a x 1")) {
      assertFalse(of(table).alpha().isDefined());
      assertEquals(0, of(table).cohenKappas(Weighting.LINEAR).definedPairs());
    }
  }

  @Test
  void kappasOfAllPairsAreThoseOfEachPair() {
    try (AnswerTable table = toy()) {
      for (Weighting weighting : Weighting.values()) {
        CohenKappas all = of(table).cohenKappas(weighting);
        for (int one = 0; one < 5; one++) {
          for (int other = one + 1; other < 5; other++) {
            CohenKappa pair = of(table).cohenKappa(other, one, weighting);
            assertEquals(pair.orElse(9), all.of(one, other).orElse(9), TINY);
            assertEquals(pair.tasks(), all.of(other, one).tasks());
            assertEquals(pair.observedAgreement(), all.of(one, other).observedAgreement());
          }
        }
      }
      assertRefused("no expert \"w9\"", () -> of(table).cohenKappa("w1", "w9"));
      assertRefused("itself", () -> of(table).cohenKappa("w1", "w1"));
      assertRefused("itself", () -> of(table).cohenKappas(Weighting.NONE).of(1, 1));
      assertThrows(
          IndexOutOfBoundsException.class, () -> of(table).cohenKappa(0, 5, Weighting.NONE));
    }
  }

  @Test
  void repeatsCountOrTheLastWins() {
    try (AnswerTable table = table("a x 1", "a x 2", "a y 2", "b x 1", "b y 1")) {
      assertEquals(5, of(table).alpha().answers());
      assertEquals(4, of(table).repeats(Repeats.LAST_WINS).alpha().answers());
      assertEquals(1.0, of(table).repeats(Repeats.LAST_WINS).alpha().value());
      assertEquals(1.0, of(table).cohenKappa("x", "y").value());
    }
  }

  @Test
  void whoAlwaysSaysTheSameIsDropped() {
    try (AnswerTable table =
        table("1 A dog", "1 B cat", "2 A cat", "2 B cat", "3 A dog", "3 B cat", "3 C dog")) {
      EntropyThreshold threshold = EntropyThreshold.builder().backend("scalar").build();
      EntropyThreshold.Filtered filtered = threshold.apply(table);
      try (AnswerTable rest = filtered.table()) {
        assertEquals(4, rest.answers());
        assertEquals(3, rest.experts(), "names and indices stay");
        assertEquals(table.expertNames(), rest.expertNames());
        assertEquals(new EntropyThreshold.Dropped(1, "B", 3, 0.0), filtered.dropped().get(0));
        assertEquals(1, filtered.dropped().size(), "C has too few answers to be dropped");
        assertEquals(3, filtered.droppedAnswers());
        assertFalse(filtered.droppedMost());
      }
      assertRefused(
          "lower the percentile",
          () ->
              EntropyThreshold.builder()
                  .backend("scalar")
                  .percentile(100)
                  .minimumAnswers(1)
                  .build()
                  .apply(table));
      EntropyThreshold nobody =
          EntropyThreshold.builder().backend("scalar").minimumAnswers(9).build();
      try (AnswerTable rest = nobody.apply(table).table()) {
        assertEquals(table.answers(), rest.answers());
      }
    }
    assertRefused("percentile", () -> EntropyThreshold.builder().percentile(Double.NaN));
  }

  @Test
  void calibrationOfAVote() {
    try (AnswerTable table = toy();
        Consensus vote = MajorityVote.builder().backend("scalar").build().fit(table)) {
      Map<String, String> truth = Map.of("t2", "yes", "t4", "no", "elsewhere", "yes");
      Calibration calibration = Calibration.of(vote, truth, 10, "scalar");
      assertEquals(2, calibration.tasks());
      assertEquals(0.5, calibration.accuracy());
      assertEquals((0.32 + 2.0) / 2, calibration.brierScore(), TINY);
      assertEquals((0.4 + 1.0) / 2, calibration.expectedError(), TINY);
      assertEquals(2, calibration.reliability().size(), "empty bins are left out");
      assertEquals(new Calibration.Bin(9, 1, 1.0, 0.0), calibration.reliability().get(1));
      assertRefused("declare", () -> Calibration.of(vote, Map.of("t1", "perhaps")));
      assertRefused("no task has", () -> Calibration.of(vote, Map.of("x", "no")));
      assertRefused("0 bins", () -> Calibration.of(vote, truth, 0, "scalar"));
    }
    assertRefused(
        "posterior 1: 1.5",
        () -> Calibration.of(new double[] {0, 1.5}, new int[] {0}, 2, 10, "scalar"));
  }

  @Test
  void seriesAreCompared() {
    double[] x = {1, 2, 3, 4};
    double[] y = {1, 3, 2, 4};
    Correlation correlation = Correlation.of(x, y, "scalar");
    assertEquals(0.8, correlation.spearman().orElseThrow(), TINY);
    assertEquals(0.8, correlation.pearson().orElseThrow(), TINY);
    assertEquals(4.0 / 6, correlation.kendall().orElseThrow(), TINY);
    assertEquals(OptionalDouble.empty(), Correlation.of(x, new double[4], "scalar").kendall());
    NumericError error = NumericError.of(x, y, "scalar");
    assertEquals(0.5, error.meanAbsolute());
    assertEquals(Math.sqrt(0.5), error.rootMeanSquare());
    assertEquals(0.0, error.bias());
    assertEquals(1.0, error.largest());
    assertRefused("differ in length", () -> Correlation.of(x, new double[3], "scalar"));
    assertRefused("no elements", () -> NumericError.of(new double[0], new double[0], "scalar"));
    assertRefused(
        "second 0: Infinity",
        () -> Correlation.of(new double[1], new double[] {1.0 / 0.0}, "scalar"));
  }

  @Test
  void wrongSkillsAndTruthsAreNamed() {
    try (AnswerTable table = toy()) {
      assertRefused("first has 1 elements, not 5", () -> of(table).uncertaintyByTask(0.5));
      assertRefused(
          "skill of expert 2: 1.5 is not between",
          () -> of(table).uncertaintyByExpert(0, 1, 1.5, 1, 1));
      assertRefused("declare", () -> of(table).accuracy(Map.of("t1", "perhaps")));
      assertRefused("no task has", () -> of(table).accuracy(Map.of("elsewhere", "yes")));
    }
  }

  @Test
  void closedTablesAreRefused() {
    AnswerTable table = toy();
    table.close();
    assertThrows(IllegalStateException.class, () -> of(table).alpha());
  }

  private static void assertRefused(String text, Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
