package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Ordered labels and sets of labels as a user calls them. */
class OrdinalAndMultiLabelTest {
  @Test
  void ranksAreInferredWithTheirMedianAndMean() {
    for (boolean oneCoin : new boolean[] {false, true}) {
      try (AnswerTable table = ranks();
          Consensus consensus =
              OrdinalDawidSkene.builder()
                  .oneCoin(oneCoin)
                  .gold(Map.of("t3", "best"))
                  .build()
                  .fit(table)) {
        for (int i = 0; i < 20; i++) {
          assertEquals(i % 4, consensus.answer(i));
          assertEquals(i % 4, OrdinalDawidSkene.medianRank(consensus, i));
          assertEquals(i % 4, OrdinalDawidSkene.expectedRank(consensus, i), 0.5);
        }
        assertEquals(3.0, OrdinalDawidSkene.expectedRank(consensus, 3));
        assertTrue(consensus.skill("Ann") > consensus.skill("Eve"));
        assertTrue(consensus.logLikelihood() < 0);
      }
    }
  }

  /** Ann and Bob are right, Eve is one rank too high. */
  private static AnswerTable ranks() {
    String[] names = {"bad", "fair", "good", "best"};
    AnswerTable.Builder builder = AnswerTable.builder().labels(names);
    for (int i = 0; i < 20; i++) {
      builder.add("t" + i, "Ann", names[i % 4]);
      builder.add("t" + i, "Bob", names[i % 4]);
      builder.add("t" + i, "Eve", names[(i + 1) % 4]);
    }
    return builder.build();
  }

  /** The figures of crowd-kit's own test of binary relevance. */
  private static MultiLabelTable table() {
    return MultiLabelTable.builder()
        .add("t1", "w1", List.of("house", "tree"))
        .add("t1", "w2", List.of("house"))
        .add("t1", "w3", List.of("house", "tree", "grass", "tree"))
        .add("t2", "w1", Set.of("car"))
        .add("t2", "w2", List.of("car", "human"))
        .add("t2", "w3", List.of("train"))
        .build();
  }

  @Test
  void setsOfLabelsAreThoseOfCrowdKit() {
    MultiLabelTable table = table();
    for (ConsensusMethod method : List.of(new MajorityVote(), new DawidSkene(), new Wawa())) {
      MultiLabelConsensus consensus = BinaryRelevance.of(method).fit(table);
      assertEquals(Set.of("house", "tree"), consensus.labels("t1"), method.id());
      assertEquals(Set.of("car"), consensus.labels("t2"), method.id());
      assertTrue(consensus.converged());
      assertTrue(consensus.table() == table);
    }
    MultiLabelConsensus votes = BinaryRelevance.of(new MajorityVote()).fit(table);
    assertEquals(2.0 / 3, votes.probability("t1", "tree"));
    assertEquals(0.0, votes.probability("t2", "tree"));
    assertEquals(1.0, votes.skill("w1", "tree"));
    assertEquals(0.5, votes.skill("w2", "tree"));
    assertEquals(List.of("house", "tree", "grass", "car", "human", "train"), table.labelNames());
  }

  @Test
  void aLabelMayHaveAMethodOfItsOwn() {
    BinaryRelevance method =
        BinaryRelevance.of(
            label ->
                label.equals("train")
                    ? MajorityVote.builder().gold(Map.of("t2", BinaryRelevance.PRESENT)).build()
                    : new MajorityVote());
    assertEquals(Set.of("car", "train"), method.fit(table()).labels("t2"));
  }

  @Test
  void emptySetsAndWrongAnswers() {
    MultiLabelTable.Builder builder =
        MultiLabelTable.builder().add("t", "e", List.of()).add("t", "f", List.of("x"), 0.25f);
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.add("t", null, List.of("y")))
            .getMessage();
    assertEquals("answer 2: the expert has no name", message);
    assertThrows(
        IllegalArgumentException.class, () -> builder.add("t", "g", List.of("y"), Float.NaN));
    MultiLabelTable table = builder.build();
    assertEquals(List.of("x"), table.labelNames());
    assertThrows(IllegalStateException.class, builder::build);
    MultiLabelConsensus consensus = BinaryRelevance.of(new WeightedVote()).fit(table);
    assertEquals(Set.of(), consensus.labels("t"));
    assertEquals(0.2, consensus.probability("t", "x"));
    assertThrows(IllegalArgumentException.class, () -> consensus.labels("u"));
    assertThrows(IllegalArgumentException.class, () -> MultiLabelTable.builder().build());
    FitControl control = new FitControl();
    control.cancel();
    assertThrows(
        CancellationException.class,
        () -> BinaryRelevance.of(new MajorityVote()).fit(table, control));
  }

  @Test
  void manyAnswersGrowTheTable() {
    MultiLabelTable.Builder builder = MultiLabelTable.builder();
    for (int i = 0; i < 1000; i++) {
      builder.add("t" + i / 5, "e" + i % 5, List.of("a", "b" + i % 3, "c" + i / 500));
    }
    MultiLabelTable table = builder.build();
    assertEquals(1000, table.answers());
    MultiLabelConsensus consensus = BinaryRelevance.of(new MajorityVote()).fit(table);
    assertEquals(Set.of("a", "c1"), consensus.labels("t199"));
  }
}
