package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judges of the shipped data set, as the demonstration shows them. */
class RealDataTest {
  private static final Path DATA = Path.of("../../tests/data/llm_judges");
  private static final String ANSWERS = DATA.resolve("answers.csv").toString();
  private static final String TRUTH = DATA.resolve("truth.csv").toString();

  @TempDir private Path folder;

  @Test
  void comparisonReproducesThePublishedFigures() {
    Runs.Outcome outcome =
        Runs.run("consensus", ANSWERS, "--truth", TRUTH, "--method", "all", "--backend", "scalar");
    assertEquals(0, outcome.code(), outcome.err());
    String text = outcome.out();
    Map<String, String> accuracy = new HashMap<>();
    text.lines()
        .map(line -> line.strip().split(" +"))
        .filter(words -> words.length == 5)
        .forEach(words -> accuracy.put(words[0], words[1]));
    assertEquals("0.618", accuracy.get("majority-vote"), text);
    assertEquals("0.828", accuracy.get("one-coin-dawid-skene"), text);
    assertTrue(text.contains("20057 answers of 48 experts to 419 tasks, 2 labels"), text);
    assertTrue(text.contains("Least trusted experts (one-coin-dawid-skene)"), text);
    assertTrue(text.contains("Most trusted experts (one-coin-dawid-skene)"), text);
    assertTrue(text.contains("Backend: scalar"), text);
  }

  @Test
  void everyBackendWritesTheSameBytes() throws IOException {
    for (String ending : new String[] {"csv", "json"}) {
      byte[] expected = write("scalar", ending);
      for (BackendInfo backend : Backends.available()) {
        assertEquals(
            new String(expected, StandardCharsets.UTF_8),
            new String(write(backend.id(), ending), StandardCharsets.UTF_8),
            backend.id());
      }
    }
  }

  private byte[] write(String backend, String ending) throws IOException {
    Path result = folder.resolve(backend + "." + ending);
    Runs.succeed(
        "consensus", ANSWERS, "--backend", backend, "-q", "--posteriors", "-o", "" + result);
    return Files.readAllBytes(result);
  }
}
