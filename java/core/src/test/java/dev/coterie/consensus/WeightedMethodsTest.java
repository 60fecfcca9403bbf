package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The methods that weigh experts, as a user calls them, on the scalar backend. */
class WeightedMethodsTest {
  /** Ann and Bob are mostly right, Eve never is, and Zoe answers one task only. */
  private static AnswerTable table() {
    AnswerTable.Builder builder = AnswerTable.builder().backend("scalar").labels("no", "yes");
    for (int i = 0; i < 20; i++) {
      String truth = i % 2 == 0 ? "no" : "yes";
      String lie = i % 2 == 0 ? "yes" : "no";
      builder.add("t" + i, "Ann", i == 3 ? lie : truth);
      builder.add("t" + i, "Bob", i == 4 ? lie : truth);
      builder.add("t" + i, "Dan", i == 5 ? lie : truth);
      builder.add("t" + i, "Eve", lie);
    }
    return builder.add("t7", "Zoe", "yes").build();
  }

  private static final Map<String, String> GOLD = Map.of("t0", "no", "t1", "yes");

  private static List<ConsensusMethod> methods() {
    return List.of(
        Wawa.builder().backend("scalar").build(),
        ZeroBasedSkill.builder().backend("scalar").build(),
        GoldMajorityVote.builder().gold(GOLD).backend("scalar").build(),
        Catd.builder().backend("scalar").build(),
        Pm.builder().backend("scalar").build(),
        Mmsr.builder().backend("scalar").build(),
        Kos.builder().backend("scalar").build());
  }

  @Test
  void everyMethodFindsTheTruthAndSeesThroughEve() {
    try (AnswerTable table = table()) {
      for (ConsensusMethod method : methods()) {
        try (Consensus consensus = method.fit(table)) {
          for (int i = 0; i < 20; i++) {
            assertEquals(i % 2 == 0 ? "no" : "yes", consensus.answer("t" + i), method.id());
            double[] row = consensus.posterior(i);
            assertEquals(1, row[0] + row[1], 1e-12);
          }
          assertTrue(consensus.skill("Ann") > consensus.skill("Eve"), method.id());
          assertTrue(consensus.converged(), method.id());
          assertTrue(Double.isNaN(consensus.logLikelihood()));
          assertFalse(consensus.hasConfusion());
          if (consensus.hasWeight()) {
            assertTrue(consensus.weight(0) > consensus.weight(3), method.id());
          } else {
            assertThrows(UnsupportedOperationException.class, () -> consensus.weight(0));
          }
        }
      }
    }
    assertEquals(
        List.of("wawa", "zero-based-skill", "gold-majority-vote", "catd", "pm", "mmsr", "kos"),
        methods().stream().map(ConsensusMethod::id).toList());
  }

  @Test
  void whoLiesHasANegativeWeightWhereThatIsPossible() {
    try (AnswerTable table = table()) {
      for (ConsensusMethod method : methods().subList(5, 7)) {
        try (Consensus consensus = method.fit(table)) {
          assertTrue(consensus.weight(table.indexOfExpert("Eve")) < 0, method.id());
        }
      }
    }
  }

  @Test
  void goldMajorityVoteNeedsGoldOfTasksWithAnswers() {
    try (AnswerTable table = table()) {
      ConsensusMethod none = GoldMajorityVote.builder().backend("scalar").build();
      String text =
          assertThrows(IllegalArgumentException.class, () -> none.fit(table)).getMessage();
      assertTrue(text.contains("needs gold"), text);
      try (Consensus consensus = methods().get(2).fit(table)) {
        assertEquals(1, consensus.skill("Ann"));
        assertEquals(0, consensus.skill("Eve"));
        assertEquals(0, consensus.skill("Zoe"));
      }
      try (Consensus consensus =
          GoldMajorityVote.builder().gold(GOLD).smoothing(1).backend("scalar").build().fit(table)) {
        assertEquals(0.75, consensus.skill("Ann"));
        assertEquals(0.25, consensus.skill("Eve"));
        assertEquals(0.5, consensus.skill("Zoe"));
      }
    }
    try (AnswerTable holes =
        AnswerTable.ofIndices(new int[] {0, 2}, new int[2], new int[2], null, 3, 1, 2)) {
      ConsensusMethod unanswered =
          GoldMajorityVote.builder().gold(Map.of("1", "0")).backend("scalar").build();
      String text =
          assertThrows(IllegalArgumentException.class, () -> unanswered.fit(holes)).getMessage();
      assertTrue(text.contains("no answer"), text);
    }
  }

  @Test
  void kosIsForTwoLabels() {
    try (AnswerTable table =
        AnswerTable.builder()
            .backend("scalar")
            .add("t", "a", "x")
            .add("t", "b", "y")
            .add("u", "a", "z")
            .build()) {
      ConsensusMethod kos = Kos.builder().backend("scalar").build();
      String text = assertThrows(IllegalArgumentException.class, () -> kos.fit(table)).getMessage();
      assertTrue(text.contains("two labels") && text.contains("has 3"), text);
    }
  }

  @Test
  void mmsrRefusesMorePairsThanItCouldKeep() {
    int experts = 12_000;
    int[] zeros = new int[experts];
    int[] expert = new int[experts];
    for (int e = 0; e < experts; e++) {
      expert[e] = e;
    }
    try (AnswerTable table = AnswerTable.ofIndices(zeros, expert, zeros, null, 1, experts, 2)) {
      ConsensusMethod mmsr = Mmsr.builder().backend("scalar").build();
      String text =
          assertThrows(UnsupportedOperationException.class, () -> mmsr.fit(table)).getMessage();
      assertTrue(text.contains("fewer experts"), text);
    }
  }

  @Test
  void optionsOutsideTheirRangesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Catd.builder().significance(0));
    assertThrows(IllegalArgumentException.class, () -> Catd.builder().significance(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> ZeroBasedSkill.builder().learningRate(1.1));
    assertThrows(IllegalArgumentException.class, () -> ZeroBasedSkill.builder().reduceFactor(-1));
    assertThrows(IllegalArgumentException.class, () -> ZeroBasedSkill.builder().stepsToReduce(0));
    assertThrows(IllegalArgumentException.class, () -> GoldMajorityVote.builder().smoothing(-1));
  }
}
