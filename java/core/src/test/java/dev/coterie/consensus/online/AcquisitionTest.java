package dev.coterie.consensus.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.online.Acquisition.Ask;
import dev.coterie.consensus.online.Acquisition.Plan;
import dev.coterie.consensus.online.Acquisition.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcquisitionTest {
  private static final List<String> EXPERTS = List.of("weak", "strong", "dear");

  private static Acquisition.Builder builder() {
    return Acquisition.builder().backend("scalar");
  }

  /** A model that knows its experts from a hundred tasks, and two tasks without answers. */
  private static OnlineConsensus model() {
    OnlineConsensus online =
        OnlineConsensus.builder().labels("yes", "no").backend("scalar").build();
    for (int t = 0; t < 100; t++) {
      String right = t % 2 == 0 ? "yes" : "no";
      String wrong = t % 2 == 0 ? "no" : "yes";
      online.addAll(
          List.of(
              new Answer("t" + t, "weak", t % 5 < 2 ? wrong : right),
              new Answer("t" + t, "strong", right),
              new Answer("t" + t, "dear", right)));
    }
    online.declare(List.of("open 1", "open 2"), EXPERTS);
    return online;
  }

  @Test
  void theBestForTheMoneyIsAskedUntilItIsSure() {
    try (OnlineConsensus online = model()) {
      Acquisition acquisition = builder().cost("dear", 5).confidence(0.9).build();
      Plan plan = acquisition.plan(online);
      Ask ask = plan.asks().get(0);
      assertEquals("open 1", ask.task());
      assertEquals("strong", ask.expert());
      assertTrue(ask.gain() > 0.3 && ask.expectedAnswers() < 2, plan.toString());
      assertEquals(TaskState.ASK, plan.state(ask.taskIndex()));
      assertEquals(1, plan.count(TaskState.WAITING));
      assertEquals(TaskState.REACHED, plan.state(0));
      online.add("open 1", "strong", "no");
      online.add("open 2", "strong", "yes");
      assertTrue(acquisition.plan(online).asks().isEmpty());
      assertEquals(102, acquisition.plan(online).count(TaskState.REACHED));
    }
  }

  @Test
  void budgetLossAndNumberEndAPlan() {
    try (OnlineConsensus online = model()) {
      assertEquals(2, builder().most(9).build().plan(online).asks().size());
      Plan poor = builder().most(9).budget(1.5).build().plan(online);
      assertEquals(1, poor.asks().size());
      assertEquals(1, poor.cost());
      assertEquals(1, poor.count(TaskState.OVER_BUDGET));
      Plan cheap = builder().lossOfWrongAnswer(1).build().plan(online);
      assertEquals(List.of(), cheap.asks());
      assertEquals(2, cheap.count(TaskState.NOT_WORTH));
      assertEquals(1, builder().lossOfWrongAnswer(10).build().plan(online).asks().size());
    }
  }

  @Test
  void resultsAndGivenCandidatesArePlannedToo() {
    try (OnlineConsensus online = model();
        Consensus snapshot = online.snapshot()) {
      Plan plan = builder().build().plan(online);
      assertEquals(plan.asks(), builder().build().plan(snapshot).asks());
      int task = plan.asks().get(0).taskIndex();
      Plan given = builder().build().plan(online, new int[] {task}, new int[] {0});
      assertEquals("weak", given.asks().get(0).expert());
      assertEquals(
          given.asks(), builder().build().plan(snapshot, new int[] {task}, new int[] {0}).asks());
      assertEquals(1, given.count(TaskState.NO_CANDIDATE));
      assertThrows(
          IllegalArgumentException.class,
          () -> builder().build().plan(online, new int[] {999}, new int[] {0}));
      assertThrows(
          IllegalArgumentException.class,
          () -> builder().build().plan(online, new int[] {1, 2}, new int[] {0}));
      assertThrows(
          IllegalArgumentException.class, () -> builder().cost("nobody", 2).build().plan(online));
    }
  }

  @Test
  void emptyModelsAskNothing() {
    try (OnlineConsensus online = OnlineConsensus.builder().backend("scalar").build()) {
      assertEquals(List.of(), builder().build().plan(online).asks());
    }
    assertThrows(IllegalArgumentException.class, () -> builder().confidence(0.5));
    assertThrows(IllegalArgumentException.class, () -> builder().cost(0));
    assertThrows(IllegalArgumentException.class, () -> builder().budget(-1));
    assertThrows(IllegalArgumentException.class, () -> builder().lossOfWrongAnswer(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> builder().most(0));
  }
}
