package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.GoldMajorityVote;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.Mmsr;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.PriorCounts;
import dev.coterie.consensus.Wawa;
import dev.coterie.consensus.ZeroBasedSkill;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What crowd-kit's users know: its published figures on its own small inputs. */
@ExtendWith(BackendDemand.class)
class CrowdKitTest {
  private static final double FULL_PRECISION = 1e-6;
  private static final double TWO_DIGITS = 0.0051;

  private final JsonNode classification = read("crowdkit_classification.json");
  private final JsonNode runs = read("crowdkit_runs_toy_simple.json").get("cases");
  private final JsonNode steps = read("crowdkit_dawid_skene_steps.json");
  private final JsonNode priors = read("crowdkit_dawid_skene_priors_and_gold.json").get("cases");

  private static JsonNode read(String file) {
    try {
      return new ObjectMapper().readTree(Data.path("crowd-kit/" + file).toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AnswerTable table(JsonNode answers) {
    TreeSet<String> labels = new TreeSet<>();
    answers.forEach(answer -> labels.add(answer.get(2).asText()));
    AnswerTable.Builder builder = AnswerTable.builder().labels(new ArrayList<>(labels));
    answers.forEach(
        answer ->
            builder.add(answer.get(0).asText(), answer.get(1).asText(), answer.get(2).asText()));
    return builder.build();
  }

  private AnswerTable input(String name) {
    return table(classification.get("inputs").get(name).get("answers"));
  }

  private static void compare(JsonNode expected, Consensus consensus, double tolerance) {
    fields(expected.path("labels"))
        .forEach(task -> assertEquals(task.getValue().asText(), consensus.answer(task.getKey())));
    fields(expected.path("probas"))
        .forEach(
            task ->
                fields(task.getValue())
                    .forEach(
                        label ->
                            assertEquals(
                                label.getValue().asDouble(),
                                consensus.posterior(task.getKey(), label.getKey()),
                                tolerance,
                                task.getKey() + " " + label.getKey())));
    fields(expected.path("skills"))
        .forEach(
            expert ->
                assertEquals(
                    expert.getValue().asDouble(),
                    consensus.skill(expert.getKey()),
                    tolerance,
                    expert.getKey()));
    AnswerTable table = consensus.table();
    fields(expected.path("priors"))
        .forEach(
            label ->
                assertEquals(
                    label.getValue().asDouble(),
                    consensus.classPrior(table.indexOfLabel(label.getKey())),
                    tolerance,
                    label.getKey()));
  }

  private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
    return node.properties().stream();
  }

  @TestFactory
  Stream<DynamicTest> majorityVoteGivesItsVotesAndSkills() {
    return Stream.of("toy", "simple")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      try (AnswerTable table = input(name);
                          Consensus consensus = new MajorityVote().fit(table)) {
                        compare(
                            classification.get("cases").get("MajorityVote/" + name),
                            consensus,
                            1e-5);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> weightedVotesGiveTheirSharesAndSkills() {
    return Stream.of("Wawa/toy", "Wawa/simple", "ZeroBasedSkill/toy", "ZeroBasedSkill/simple")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      ConsensusMethod method =
                          name.startsWith("Wawa") ? new Wawa() : new ZeroBasedSkill();
                      try (AnswerTable table = input(name.substring(name.indexOf('/') + 1));
                          Consensus consensus = method.fit(table)) {
                        compare(classification.get("cases").get(name), consensus, 1e-5);
                      }
                    }));
  }

  /** crowd-kit votes on gold tasks too; here their shares are certain. */
  @TestFactory
  Stream<DynamicTest> goldMajorityVoteGivesItsSharesAndSkills() {
    return Stream.of("toy", "simple")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Map<String, String> gold = new HashMap<>();
                      fields(classification.get("inputs").get(name).get("gold"))
                          .forEach(task -> gold.put(task.getKey(), task.getValue().asText()));
                      JsonNode expected =
                          classification.get("cases").get("GoldMajorityVote/" + name).deepCopy();
                      ((ObjectNode) expected.get("probas")).remove(gold.keySet());
                      try (AnswerTable table = input(name);
                          Consensus consensus = new GoldMajorityVote(gold).fit(table)) {
                        compare(expected, consensus, 1e-5);
                        gold.keySet()
                            .forEach(task -> assertEquals(1, consensus.confidence(task), task));
                      }
                    }));
  }

  /** On toy the factor is not unique: its skills depend on crowd-kit's random start. */
  @TestFactory
  Stream<DynamicTest> mMsrGivesItsLabelsAndWhereTheyAreUniqueItsSkills() {
    return Stream.of("toy", "simple")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      JsonNode expected = classification.get("cases").get("MMSR/" + name);
                      try (AnswerTable table = input(name);
                          Consensus consensus = new Mmsr().fit(table)) {
                        fields(expected.get("labels"))
                            .forEach(
                                task ->
                                    assertEquals(
                                        task.getValue().asText(), consensus.answer(task.getKey())));
                        fields(expected.get("skills"))
                            .filter(expert -> name.equals("simple"))
                            .forEach(
                                expert ->
                                    assertEquals(
                                        expert.getValue().asDouble(),
                                        consensus.weight(table.indexOfExpert(expert.getKey())),
                                        1e-5,
                                        expert.getKey()));
                      }
                    }));
  }

  /** The number of iterations is crowd-kit's: where it stops early, so do we. */
  @TestFactory
  Stream<DynamicTest> expectationMaximisationGivesItsRuns() {
    return fields(runs)
        .filter(run -> run.getKey().contains("DawidSkene/"))
        .map(
            run ->
                DynamicTest.dynamicTest(
                    run.getKey(),
                    () -> {
                      String[] name = run.getKey().split("/");
                      int iterations = run.getValue().get("iterations_run").asInt();
                      ConsensusMethod method =
                          name[0].equals("DawidSkene")
                              ? DawidSkene.builder().maxIterations(iterations).tolerance(0).build()
                              : OneCoinDawidSkene.builder()
                                  .maxIterations(iterations)
                                  .tolerance(0)
                                  .build();
                      try (AnswerTable table = input(name[1]);
                          Consensus consensus = method.fit(table)) {
                        compare(run.getValue(), consensus, FULL_PRECISION);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> dawidSkeneGivesEveryStep() {
    return Stream.of("expected_in_test", "full_precision")
        .flatMap(
            part ->
                fields(steps.get(part))
                    .map(
                        step ->
                            DynamicTest.dynamicTest(
                                part + " " + step.getKey(),
                                () -> checkStep(step.getKey(), step.getValue(), part))));
  }

  private void checkStep(String iterations, JsonNode expected, String part) {
    double tolerance = part.equals("full_precision") ? FULL_PRECISION : TWO_DIGITS;
    DawidSkene method =
        DawidSkene.builder().maxIterations(Integer.parseInt(iterations)).tolerance(0).build();
    try (AnswerTable table = table(steps.get("input").get("answers"));
        Consensus consensus = method.fit(table)) {
      compare(expected, consensus, tolerance);
      for (JsonNode row : expected.get("errors")) {
        int expert = table.indexOfExpert(row.get(0).asText());
        int label = table.indexOfLabel(row.get(1).asText());
        assertEquals(
            row.get(2).asDouble(),
            consensus.confusion(expert, label, table.indexOfLabel("no")),
            tolerance,
            row.toString());
        assertEquals(
            row.get(3).asDouble(),
            consensus.confusion(expert, label, table.indexOfLabel("yes")),
            tolerance,
            row.toString());
      }
    }
  }

  @Test
  void historyIsAddedToTheFirstCounts() {
    // Rows are the true label, columns the answered one; labels in sorted order: no, yes.
    double[][] history = {{0.6, 1.1}, {0.4, 0.9}};
    DawidSkene method =
        DawidSkene.builder()
            .maxIterations(0)
            .priorCounts(Map.of("w2", history), PriorCounts.FIRST_ITERATION)
            .build();
    try (AnswerTable table = input("toy");
        Consensus consensus = method.fit(table)) {
      JsonNode expected = priors.get("addition").get("expected_w2_errors");
      int expert = table.indexOfExpert("w2");
      fields(expected)
          .forEach(
              entry -> {
                String[] labels = entry.getKey().split("\\|");
                assertEquals(
                    entry.getValue().asDouble(),
                    consensus.confusion(
                        expert, table.indexOfLabel(labels[0]), table.indexOfLabel(labels[1])),
                    1e-9,
                    entry.getKey());
              });
    }
  }

  @Test
  void historyCanTurnAnAnswer() {
    double[][] yesWhenNo = {{0, 99}, {0, 0}};
    double[][] noWhenNo = {{99, 0}, {0, 0}};
    Map<String, double[][]> history =
        Map.of("w1", yesWhenNo, "w2", yesWhenNo, "w3", yesWhenNo, "w4", noWhenNo, "w5", noWhenNo);
    try (AnswerTable table = input("toy")) {
      try (Consensus without =
          DawidSkene.builder().maxIterations(10).tolerance(0).build().fit(table)) {
        assertEquals("yes", without.answer("t2"));
      }
      try (Consensus with =
          DawidSkene.builder()
              .maxIterations(10)
              .tolerance(0)
              .priorCounts(history, PriorCounts.FIRST_ITERATION)
              .build()
              .fit(table)) {
        assertEquals("no", with.answer("t2"));
      }
    }
  }

  @Test
  void goldTasksKeepTheirLabelInEveryIteration() {
    Map<String, String> gold = Map.of("t1", "yes", "t2", "yes");
    for (int iterations = 0; iterations <= 2; iterations++) {
      DawidSkene method =
          DawidSkene.builder().maxIterations(iterations).tolerance(0).gold(gold).build();
      try (AnswerTable table = input("toy");
          Consensus consensus = method.fit(table)) {
        gold.forEach(
            (task, label) -> {
              assertEquals(label, consensus.answer(task));
              assertEquals(1.0, consensus.posterior(task, label));
            });
      }
    }
  }
}
