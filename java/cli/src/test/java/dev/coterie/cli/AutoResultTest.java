package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The method that is taken when none is named says how it came to its result. */
class AutoResultTest {
  private static final String JUDGES = "../../tests/data/llm_judges/answers.csv";

  @Test
  void tableHasItsWords() {
    String text = Runs.succeed("consensus", JUDGES, "--backend", "scalar");
    assertTrue(text.contains("\n  auto "), text);
    assertTrue(text.contains("\nHow auto came to its result\n  Combined: "), text);
    assertTrue(text.contains("answers of a task count like "), text);
    assertTrue(text.contains("econd reading"), text);
  }

  @Test
  void comparisonHasThemToo() {
    String[] args = {"consensus", JUDGES, "--backend=scalar", "-m", "majority-vote,auto"};
    assertTrue(Runs.succeed(args).contains("\nHow auto came to its result\n"));
    args[4] = "majority-vote,wawa";
    assertFalse(Runs.succeed(args).contains("How auto"));
  }

  @Test
  void jsonHasWordsAndNumbers() throws IOException {
    String text = Runs.succeed("consensus", JUDGES, "--backend=scalar", "--format=json");
    JsonNode json = new ObjectMapper().readTree(text);
    assertEquals("auto", json.get("method").textValue());
    JsonNode auto = json.get("auto");
    assertEquals("combined", auto.get("kind").textValue());
    double effective = auto.get("effective_experts").doubleValue();
    assertTrue(effective > 1 && effective < auto.get("answers_per_task").doubleValue(), text);
    assertEquals(20057.0 / 419, auto.get("answers_per_task").doubleValue(), 1e-9);
    double weights = 0;
    for (JsonNode mode : auto.get("modes")) {
      weights += mode.get("weight").doubleValue();
    }
    assertEquals(1.0, weights, 1e-9);
    assertTrue(auto.get("explanation").get(0).textValue().startsWith("Combined: "), text);
    String vote = Runs.succeed("consensus", JUDGES, "-m", "majority-vote", "--format=json");
    assertFalse(new ObjectMapper().readTree(vote).has("auto"));
  }
}
