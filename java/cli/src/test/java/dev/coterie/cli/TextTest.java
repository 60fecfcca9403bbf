package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of {@code coterie text}, on small files and on crowd translations. */
class TextTest {
  private static final Path DATA = Path.of("../../tests/data/crowdwsa_t1");
  private static final String ANSWERS = DATA.resolve("answers.csv").toString();
  private static final String TRUTH = DATA.resolve("truth.csv").toString();

  /** Three say the same in other words; one text has a line break, one expert doubts. */
  private static final String ONE_TASK =
      """
      {"expert": "ann", "text": "The invoice was paid twice,\\nso a refund is due.", "x": [{}]}
      {"expert": "bob", "text": "A refund is due, the invoice was paid twice."}

      {"expert": "cleo", "text": "the invoice was paid twice so a refund is due"}
      {"expert": "dan", "text": "Nothing is owed.", "confidence": 0.5, "task": null}
      """;

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void oneTaskInFull() throws IOException {
    String text = Runs.succeed("text", file("in.jsonl", ONE_TASK), "--backend=scalar");
    assertTrue(text.contains("in.jsonl: 4 texts of 4 experts to 1 task\n"), text);
    assertTrue(text.contains("\nSupporters: 3 of 4 experts: ann, bob, cleo\n"), text);
    // Three votes of three and a half.
    assertTrue(text.contains("\nSupport: 0.857 of the votes\n"), text);
    assertTrue(text.contains("    0.143      1  dan     Nothing is owed.\n"), text);
    assertTrue(text.contains("invoice was paid"), text);
    assertTrue(text.contains("Backend: scalar"), text);
    assertFalse(text.contains("agree least"), text);
  }

  @Test
  void csvOfOneTask() throws IOException {
    String csv = Runs.succeed("text", file("in.jsonl", ONE_TASK), "-f", "csv");
    String[] lines = csv.split("\n", 2);
    assertEquals("task,text,expert,confidence,support,supporters,clusters", lines[0]);
    assertTrue(lines[1].startsWith(","), csv);
    assertTrue(lines[1].endsWith(",0.8571428571428571,3,2\n"), csv);
  }

  @Test
  void quotedTextsWithLineBreaks() throws IOException {
    String csv =
        "worker;task;label;confidence\na;t;\"one\ntwo \"\"three\"\"\";\nb;t;\"one\ntwo three\";0.5\n";
    String text = Runs.succeed("text", file("in.csv", csv), "-f", "json", "--delimiter", ";");
    JsonNode task = new ObjectMapper().readTree(text).get("tasks").get(0);
    assertEquals("one\ntwo \"three\"", task.get("text").textValue());
    assertEquals(2, task.get("supporters").get("members").size());
    assertEquals(0, task.get("dissent").size());
  }

  @Test
  void jsonHasEveryText() throws IOException {
    String text = Runs.succeed("text", ANSWERS, "--preset", "sentences", "-f", "json");
    JsonNode json = new ObjectMapper().readTree(text);
    assertEquals("word-alignment", json.get("options").get("choice").textValue());
    assertEquals("word-levenshtein", json.get("options").get("similarity").textValue());
    assertEquals(100, json.get("tasks").size());
    assertEquals(42, json.get("experts").size());
    int members = 0;
    for (JsonNode task : json.get("tasks")) {
      members += task.get("supporters").get("members").size();
      for (JsonNode cluster : task.get("dissent")) {
        members += cluster.get("members").size();
      }
    }
    assertEquals(1000, members);
    assertEquals(1000, json.get("texts").intValue());
  }

  @Test
  void wordErrorRatesOfCrowdTranslations() {
    String text = Runs.succeed("text", ANSWERS, "--truth", TRUTH, "--preset", "sentences");
    assertTrue(text.contains("1000 texts of 42 experts to 100 tasks\n"), text);
    assertTrue(text.contains("Truth: the truth of 100 tasks is known\n"), text);
    assertTrue(
        text.contains("Word error rate: corpus 0.4990, mean 0.4966; exact 7 of 100 tasks\n"), text);
    assertTrue(text.contains("  1009       0.678    0.500         5  Please go ahead if"), text);
    assertTrue(text.contains("Means: confidence 0.620, support 0.603; nobody"), text);
    assertTrue(text.contains("  0.737     10  worker82\n"), text);
  }

  @Test
  void everyBackendAndThreadWritesTheSameBytes() {
    String[] args = {"text", ANSWERS, "-f", "json", "--confidence=pooled", "--backend", "", ""};
    String expected = null;
    for (BackendInfo backend : Backends.available()) {
      for (String threads : new String[] {"--threads=1", "--threads=2"}) {
        args[6] = backend.id();
        args[7] = threads;
        String json = Runs.succeed(args);
        expected = expected == null ? json : expected;
        assertEquals(expected, json, backend.id());
      }
    }
  }

  @Test
  void filesOfTasksAndExperts() throws IOException {
    String out = folder + "/out.tsv";
    Runs.succeed("text", ANSWERS, "-q", "-o", out);
    assertEquals(101, Files.readString(Path.of(out)).lines().count());
    String experts = Files.readString(folder.resolve("out.skills.tsv"));
    assertTrue(experts.startsWith("expert\ttexts\tskill\nworker0\t50\t0.5910"), experts);
    String alone = folder + "/one.csv";
    Runs.succeed("text", file("in.jsonl", ONE_TASK), "-q", "-o", alone);
    assertTrue(Files.exists(Path.of(alone)));
    assertFalse(Files.exists(folder.resolve("one.skills.csv")));
  }

  @Test
  void repeatsCountOrTheLastWins() throws IOException {
    String csv = file("in.csv", "task,expert,text\nt,a,no\nt,a,yes\nt,b,yes\n");
    assertTrue(Runs.succeed("text", csv).contains("3 texts of 2 experts"));
    assertTrue(Runs.succeed("text", csv, "--repeats", "last").contains("2 texts of 2 experts"));
  }

  @Test
  void truthOfSomeTasks() throws IOException {
    String csv = file("in.csv", "task,expert,text\n1,a,It’s  A dog!\n2,a,a b c\n3,a,x\n");
    String truth = file("truth.csv", "task,text\n1,it 's a dog\n2,a b d e\n3,犬\n9,x\n");
    String text = Runs.succeed("text", csv, "--truth", truth);
    assertTrue(
        text.contains(
            "Truth: the truth of 2 tasks is known; 1 task of the truth has no answers; 1 task of the"
                + " truth has no words of a-z and 0-9\n"),
        text);
    // No edit of three words, and two of four.
    assertTrue(
        text.contains("Word error rate: corpus 0.2857, mean 0.2500; exact 1 of 2 tasks\n"), text);
  }

  @Test
  void embeddingsOfTheFile() throws IOException {
    String lines =
        """
        {"task": "t", "expert": "a", "text": "yes", "embedding": [1, 0]}
        {"task": "t", "expert": "b", "text": "certainly", "embedding": [0.9, 0.1]}
        {"task": "t", "expert": "c", "text": "no", "embedding": [-1.0, 1e-1]}
        """;
    String[] args = {"text", "-", "--input-format", "jsonl", "-f", "json", "", ""};
    args[6] = "--similarity";
    args[7] = "embedding-cosine";
    Runs.Outcome outcome = Runs.run(lines.getBytes(StandardCharsets.UTF_8), args);
    assertEquals("", outcome.err());
    JsonNode task = new ObjectMapper().readTree(outcome.out()).get("tasks").get(0);
    assertEquals(2, task.get("supporters").get("members").size());
    assertEquals("no", task.get("dissent").get(0).get("text").textValue());
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() throws IOException {
    String lines = "{\"expert\": \"a\\u001b[2J\", \"text\": \"b\\u001b[31m\"}\n";
    String text = Runs.succeed("text", file("in.jsonl", lines));
    assertFalse(text.contains("\u001b"), text);
  }
}
