package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.testing.SplitMix64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoTest {
  private static final int TASKS = 120;

  /** Experts of whom each gives the answer of one of some models, or errs by itself. */
  private static AnswerTable table(int experts, int models, int labels) {
    SplitMix64 random = new SplitMix64(5);
    AnswerTable.Builder builder = AnswerTable.builder().backend("scalar");
    for (int task = 0; task < TASKS; task++) {
      int truth = random.below(labels);
      int[] model = new int[models];
      for (int m = 0; m < models; m++) {
        model[m] = random.below(10) < 7 ? truth : random.below(labels);
      }
      for (int expert = 0; expert < experts; expert++) {
        builder.add("t" + task, "e" + expert, "l" + model[expert % models]);
      }
    }
    return builder.build();
  }

  private static Auto auto() {
    return Auto.builder().backend("scalar").build();
  }

  @Test
  void independentExpertsAreBelievedMoreThanCopies() {
    AutoReport alone;
    try (AnswerTable table = table(12, 12, 3);
        Consensus consensus = auto().fit(table)) {
      alone = Auto.report(consensus);
      assertEquals(alone.passes(), consensus.iterations());
      assertTrue(consensus.converged());
    }
    try (AnswerTable table = table(12, 3, 3);
        Consensus consensus = auto().fit(table)) {
      AutoReport copies = Auto.report(consensus);
      assertTrue(copies.correlated() > alone.correlated());
      assertTrue(copies.overdispersion() > alone.overdispersion());
      assertTrue(copies.effectiveExperts() < alone.effectiveExperts());
      assertEquals(12.0, copies.answersPerTask());
      assertTrue(copies.explain().startsWith("Combined: "), copies.explain());
      assertTrue(copies.explain().contains("The experts err together"), copies.explain());
    }
  }

  @Test
  void weightsAddUpAndTheReportOutlivesItsResult() {
    AutoReport report;
    try (AnswerTable table = table(5, 5, 2);
        Consensus consensus = auto().fit(table)) {
      report = Auto.report(consensus);
    }
    assertEquals(AutoReport.Kind.COMBINED, report.kind());
    double sum = 0;
    for (AutoReport.Mode mode : report.modes()) {
      double own = mode.members().stream().mapToDouble(AutoReport.Member::weight).sum();
      assertEquals(mode.weight(), own, 1e-12);
      assertTrue(mode.members().get(0).isUsed());
      sum += own;
    }
    assertEquals(1.0, sum, 1e-12);
    assertTrue(report.evidenceGap() > 0);
    assertEquals(report.explain(), report.toString());
  }

  @Test
  void expertsWhoCannotBeComparedAreNotJudged() {
    try (AnswerTable table =
            AnswerTable.builder().backend("scalar").add("t", "e", "x").add("u", "f", "y").build();
        Consensus consensus = auto().fit(table)) {
      AutoReport report = Auto.report(consensus);
      assertEquals(AutoReport.Kind.UNLEARNABLE, report.kind());
      assertEquals(0.75, consensus.posterior("t", "x"));
      assertFalse(report.hasRival());
      assertTrue(report.modes().isEmpty());
      assertTrue(report.explain().contains("cannot be learned"), report.explain());
    }
    try (AnswerTable table = AnswerTable.builder().backend("scalar").add("t", "e", "x").build();
        Consensus consensus = auto().fit(table)) {
      assertEquals(AutoReport.Kind.NOTHING, Auto.report(consensus).kind());
      assertTrue(Auto.report(consensus).explain().contains("one label"));
    }
  }

  @Test
  void aSecondReadingIsTold() {
    double[] values = new double[54];
    values[2] = 2;
    values[12] = 0.8;
    values[30] = 0.2;
    values[17] = 0.8;
    values[35] = 0.2;
    values[34] = 0.25;
    values[13] = -10;
    values[31] = -13;
    String unlikely = new AutoReport(values).explain();
    assertTrue(unlikely.contains("evidence is against the second reading"), unlikely);
    assertTrue(unlikely.contains("Dropped"), unlikely);
    values[3] = 1;
    AutoReport rival = new AutoReport(values);
    assertTrue(rival.hasRival());
    assertEquals(3.0, rival.evidenceGap());
    assertTrue(rival.explain().contains("20% of the weight and moves 25%"), rival.explain());
    values[0] = 1;
    assertTrue(new AutoReport(values).explain().contains("MACE stands for it"));
  }

  @Test
  void knownLabelsAreCertain() {
    try (AnswerTable table = table(4, 4, 2);
        Consensus consensus =
            Auto.builder()
                .backend("scalar")
                .gold(Map.of("t0", "l0", "t1", "l1"))
                .build()
                .fit(table)) {
      assertEquals(1.0, consensus.posterior("t0", "l0"));
      assertEquals(1.0, consensus.posterior("t1", "l1"));
      assertEquals("auto", auto().id());
    }
  }

  /** The first tasks and the labels that most experts of the first model gave. */
  private static Map<String, String> known(int tasks) {
    Map<String, String> labels = new HashMap<>();
    try (AnswerTable table = table(4, 4, 2);
        Consensus consensus = MajorityVote.builder().backend("scalar").build().fit(table)) {
      for (int t = 0; t < tasks; t++) {
        labels.put("t" + t, consensus.answer("t" + t));
      }
    }
    return labels;
  }

  private static AutoReport report(int known) {
    try (AnswerTable table = table(4, 4, 2);
        Consensus consensus =
            Auto.builder().backend("scalar").gold(known(known)).build().fit(table)) {
      return Auto.report(consensus);
    }
  }

  @Test
  void knownLabelsCalibrate() {
    AutoReport none = report(0);
    assertEquals(0, none.knownTasks());
    assertFalse(none.explain().contains("known task:"), none.explain());
    AutoReport few = report(4);
    assertEquals(4, few.knownTasks());
    assertFalse(few.isCalibrated());
    assertEquals(none.passes(), few.passes());
    assertTrue(few.explain().contains("4 known tasks: too few to calibrate"), few.explain());
    AutoReport some = report(9);
    assertTrue(some.isCalibrated());
    assertEquals(1.0, some.readingWeight(AutoReport.Reading.POOL), 1e-12);
    assertTrue(some.explain().contains("too few to choose between readings"), some.explain());
    AutoReport many = report(40);
    assertTrue(many.meanLogPower() > 0);
    assertTrue(many.explain().contains("were made surer"), many.explain());
    double sum = 0;
    for (AutoReport.Reading reading : AutoReport.Reading.values()) {
      sum += many.readingWeight(reading);
    }
    assertEquals(1.0, sum, 1e-12);
  }

  @Test
  void whatKnownLabelsShowedIsSaidInWords() {
    double[] values = new double[54];
    values[47] = 30;
    values[48] = 0.2;
    values[49] = 0.8;
    values[53] = -0.2;
    String words = new AutoReport(values).explain();
    assertTrue(words.contains("30 known tasks: the one-coin reading fits them better"), words);
    assertTrue(words.contains("one-coin reading 80%"), words);
    assertTrue(words.contains("made less sure (mean power 0.82)"), words);
    values[47] = 1;
    assertTrue(new AutoReport(values).explain().contains("1 known task: too few"));
    values[47] = 12;
    values[48] = 1;
    values[49] = 0;
    values[53] = 0;
    words = new AutoReport(values).explain();
    assertTrue(words.contains("no other reading fits them clearly better"), words);
    assertTrue(words.contains("about as they were"), words);
    assertTrue(words.contains("with 30 known tasks or more"), words);
  }

  @Test
  void aReportIsOfAuto() {
    try (AnswerTable table = table(3, 3, 2)) {
      try (Consensus vote = MajorityVote.builder().backend("scalar").build().fit(table)) {
        assertTrue(
            assertThrows(IllegalArgumentException.class, () -> Auto.report(vote))
                .getMessage()
                .contains("majority-vote"));
      }
      Consensus closed = auto().fit(table);
      closed.close();
      assertThrows(IllegalStateException.class, () -> Auto.report(closed));
      assertThrows(NullPointerException.class, () -> Auto.report(null));
    }
  }
}
