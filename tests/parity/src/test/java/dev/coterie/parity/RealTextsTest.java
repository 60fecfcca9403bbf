package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.text.Rover;
import dev.coterie.text.RoverResult;
import dev.coterie.text.TextAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** ROVER on crowd-kit's cases and on real translations and transcripts with known truth. */
@ExtendWith(BackendDemand.class)
class RealTextsTest {

  @Test
  void crowdKitsCasesGiveItsTexts() throws IOException {
    JsonNode cases =
        new ObjectMapper()
            .readTree(Data.path("crowd-kit/crowdkit_rover.json").toFile())
            .get("cases");
    for (String name : List.of("toy", "single", "simple_text")) {
      TextAnswers.Builder builder = TextAnswers.builder();
      cases
          .get(name)
          .get("answers")
          .forEach(
              row -> builder.add(row.get(0).asText(), row.get(1).asText(), row.get(2).asText()));
      RoverResult result = new Rover().aggregate(builder.build());
      JsonNode expected = cases.get(name).get("expected");
      assertEquals(expected.size(), result.answers().tasks().size());
      expected
          .properties()
          .forEach(
              task -> assertEquals(task.getValue().asText(), result.text(task.getKey()), name));
    }
  }

  @Test
  void translationsAreThoseOfCrowdKit() throws IOException {
    check("crowdwsa_j1", false, 0.6074, 2);
    check("crowdwsa_t1", false, 0.5049, 3);
  }

  @Test
  void transcriptsAreThoseOfCrowdKit() throws IOException {
    check("crowdspeech", false, 0.0660, 285);
  }

  @Test
  void reliabilityMakesFewerErrors() throws IOException {
    check("crowdwsa_j1", true, 0.5828, 3);
    check("crowdwsa_t1", true, 0.4961, 2);
    check("crowdspeech", true, 0.0654, 289);
  }

  /** Checks the errors in all texts over the words of the truth, and how many have no error. */
  private static void check(String set, boolean reliability, double errorRate, int exact)
      throws IOException {
    TextAnswers.Builder builder = TextAnswers.builder();
    rows(set + "/answers.csv")
        .forEach(row -> builder.add(row.get(0), row.get(1), plain(row.get(2))));
    TextAnswers answers = builder.build();
    Rover rover = Rover.builder().reliability(reliability).tokeniser(RealTextsTest::words).build();
    RoverResult result = rover.aggregate(answers);
    Map<String, List<String>> truth = new LinkedHashMap<>();
    rows(set + "/truth.csv").forEach(row -> truth.put(row.get(0), words(plain(row.get(1)))));
    int errors = 0;
    int length = 0;
    int right = 0;
    for (Map.Entry<String, List<String>> entry : truth.entrySet()) {
      int task = answers.tasks().indexOf(entry.getKey());
      int edits = edits(result.words(task), entry.getValue());
      errors += edits;
      length += entry.getValue().size();
      right += edits == 0 ? 1 : 0;
    }
    assertEquals(errorRate, (double) errors / length, 0.00005, set);
    assertEquals(exact, right, set);
  }

  /** Lower case, no punctuation but apostrophes, single spaces. */
  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replace('\u2019', '\'')
        .replace(" '", "'")
        .replaceAll("[^a-z0-9' ]", " ")
        .replaceAll(" +", " ")
        .strip();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static int edits(List<String> a, List<String> b) {
    int[] before = new int[b.size() + 1];
    Arrays.setAll(before, j -> j);
    for (int i = 1; i <= a.size(); i++) {
      int[] after = new int[b.size() + 1];
      after[0] = i;
      for (int j = 1; j <= b.size(); j++) {
        int replaced = before[j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        after[j] = Math.min(replaced, Math.min(before[j], after[j - 1]) + 1);
      }
      before = after;
    }
    return before[b.size()];
  }

  /** Returns the rows of a CSV file with quoted fields, without its header. */
  private static List<List<String>> rows(String name) throws IOException {
    String text = Files.readString(Data.path(name));
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        field.append(c);
      } else if (c != '\r') {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      }
    }
    return rows.subList(1, rows.size());
  }
}
