package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results in every form, from input in every form. */
class ConsensusResultsTest {
  private static final String ANSWERS =
      """
      task,worker,label
      "one, with ""quotes"\"",ann,yes
      "one, with ""quotes"\"",bob,yes
      "one, with ""quotes"\"",eve,no
      zwei,ann,no
      zwei,bob,no
      """;
  private static final String TASKS =
      """
      task,answer,posterior,runner_up,runner_up_posterior
      "one, with ""quotes"\"",yes,0.6666666666666666,no,0.3333333333333333
      zwei,no,1.0,yes,0.0
      """;
  private static final String EXPERTS =
      """
      expert,answers,skill
      ann,2,1.0
      bob,2,1.0
      eve,1,0.0
      """;

  @TempDir private Path folder;
  private Path answers;

  @BeforeEach
  void writeAnswers() throws IOException {
    answers = Files.writeString(folder.resolve("answers.csv"), ANSWERS);
  }

  private static String[] vote(String... more) {
    String[] args = {"consensus", "--backend", "scalar", "--method", "majority-vote"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void csvOnStandardOutput() {
    assertEquals(TASKS, Runs.succeed(vote(answers.toString(), "--format", "csv")));
  }

  @Test
  void csvInFiles() throws IOException {
    String table = Runs.succeed(vote(answers.toString(), "-o", path("result.csv")));
    assertTrue(table.contains("majority-vote"), table);
    assertEquals(TASKS, Files.readString(folder.resolve("result.csv")));
    assertEquals(EXPERTS, Files.readString(folder.resolve("result.skills.csv")));
    String[] left = folder.toFile().list();
    Arrays.sort(left);
    assertArrayEquals(new String[] {"answers.csv", "result.csv", "result.skills.csv"}, left);
  }

  @Test
  void tabsAndSkillsWhereAsked() throws IOException {
    String[] args =
        vote(answers.toString(), "-q", "-o", path("r.tsv"), "--skills", path("experts.csv"));
    assertEquals("", Runs.succeed(args));
    assertEquals("zwei\tno\t1.0\tyes\t0.0", Files.readAllLines(folder.resolve("r.tsv")).get(2));
    assertEquals(EXPERTS, Files.readString(folder.resolve("experts.csv")));
    assertFalse(Files.exists(folder.resolve("r.skills.tsv")));
  }

  @Test
  void posteriorsOfAllLabels() {
    String[] args = vote(answers.toString(), "--format", "csv", "--posteriors");
    String[] lines = Runs.succeed(args).split("\n");
    assertTrue(lines[0].endsWith(",posterior_no,posterior_yes"), lines[0]);
    assertTrue(lines[2].endsWith(",1.0,0.0"), lines[2]);
  }

  @Test
  void inputInOtherForms() throws IOException {
    String expected = Runs.succeed(vote(answers.toString(), "--format", "csv"));
    byte[] bytes = ANSWERS.getBytes(StandardCharsets.UTF_8);
    assertEquals(expected, Runs.run(bytes, vote("-", "--format", "csv")).out());

    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    Files.write(folder.resolve("packed"), packed.toByteArray());
    assertEquals(expected, Runs.succeed(vote(path("packed"), "--format", "csv")));
    assertEquals(expected, Runs.run(packed.toByteArray(), vote("-", "--format", "csv")).out());

    String windows = "\ufeff" + ANSWERS.replace("\n", "\r\n");
    Files.writeString(folder.resolve("windows.csv"), windows);
    assertEquals(expected, Runs.succeed(vote(path("windows.csv"), "--format", "csv")));

    String tabs = ANSWERS.replace("one, with", "one@ with").replace(',', '\t').replace('@', ',');
    Files.writeString(folder.resolve("a.tsv"), tabs);
    Files.writeString(folder.resolve("sniffed.txt"), tabs);
    assertEquals(expected, Runs.succeed(vote(path("a.tsv"), "--format", "csv")));
    assertEquals(expected, Runs.succeed(vote(path("sniffed.txt"), "--format", "csv")));
  }

  @Test
  void columnsByNameAndExtraOnes() throws IOException {
    Files.writeString(
        folder.resolve("named.csv"),
        "when|who|what|said\n1|w|t|b\n2|v|t|b\n3|w|u|a\n".replace('|', ';'));
    String[] args =
        vote(
            path("named.csv"),
            "--task-column",
            "what",
            "--expert-column",
            "who",
            "--label-column",
            "said",
            "--delimiter",
            ";",
            "--format",
            "csv");
    assertEquals(
        """
        task,answer,posterior,runner_up,runner_up_posterior
        t,b,1.0,a,0.0
        u,a,1.0,b,0.0
        """,
        Runs.succeed(args));
  }

  @Test
  void orderOfLabelsDecidesTies() throws IOException {
    Files.writeString(folder.resolve("tie.csv"), "task,worker,label\nt,a,10\nt,b,9\n");
    String sorted = Runs.succeed(vote(path("tie.csv"), "--format", "csv"));
    assertTrue(sorted.contains("t,9,0.5,10,0.5"), sorted);
    String seen = Runs.succeed(vote(path("tie.csv"), "--format", "csv", "--labels", "first-seen"));
    assertTrue(seen.contains("t,10,0.5,9,0.5"), seen);
    Files.writeString(folder.resolve("tie.csv"), "task,worker,label\nt,a,10\nt,b,9\nt,c,x\n");
    String words = Runs.succeed(vote(path("tie.csv"), "--format", "csv"));
    assertTrue(words.contains("t,10,"), words);
  }

  @Test
  void weightsGoldPriorsAndRepeats() throws IOException {
    Files.writeString(
        folder.resolve("w.csv"),
        "task,worker,label,weight\nt,a,x,0.25\nt,b,y,1\nu,a,x,1\nu,a,y,1\n");
    Files.writeString(folder.resolve("gold.csv"), "task,label\nt,x\n");
    String[] options = {
      "consensus",
      path("w.csv"),
      "--backend=scalar",
      "--method=weighted-vote",
      "--format=csv",
      "--repeats=last-wins",
      "--positional"
    };
    String weighted = Runs.succeed(options);
    assertTrue(weighted.contains("t,y,0.79"), weighted);
    assertTrue(weighted.contains("u,y,1.0,x,0.0"), weighted);
    String[] withGold = Arrays.copyOf(options, options.length + 2);
    withGold[options.length] = "--gold";
    withGold[options.length + 1] = path("gold.csv");
    assertTrue(Runs.succeed(withGold).contains("t,x,1.0,y,0.0"));
    String priors =
        Runs.succeed(
            "consensus",
            path("w.csv"),
            "--backend=scalar",
            "--method=dawid-skene",
            "--format=json",
            "--class-priors",
            "x=0.25,y=0.75",
            "--smoothing=1",
            "--tolerance=1");
    JsonNode json = new ObjectMapper().readTree(priors);
    assertEquals(0.25, json.get("class_prior").get(0).doubleValue());
    assertEquals(0.75, json.get("options").get("class_priors").get("y").doubleValue());
    assertEquals(1, json.get("options").get("tolerance").intValue());
  }

  @Test
  void classPriorsOfLabelsWithCommas() throws IOException {
    Files.writeString(folder.resolve("c.csv"), "task,expert,label\nt,a,\"x=1,y\"\nt,b,z\n");
    String text =
        Runs.succeed(
            "consensus",
            path("c.csv"),
            "--backend=scalar",
            "--method=dawid-skene",
            "--format=json",
            "--class-priors",
            "x=1,y=0.25",
            "--class-priors=z=0.75");
    JsonNode priors = new ObjectMapper().readTree(text).get("options").get("class_priors");
    assertEquals(0.25, priors.get("x=1,y").doubleValue());
    assertEquals(0.75, priors.get("z").doubleValue());
  }

  @Test
  void limitIsAWarningThatNoResultHolds() {
    String[] args = {
      "consensus",
      answers.toString(),
      "--backend=scalar",
      "--method=dawid-skene",
      "--format=csv",
      "--max-iterations=1"
    };
    String[] quiet = Arrays.copyOf(args, args.length + 1);
    quiet[args.length] = "-q";
    for (String[] each : new String[][] {args, quiet}) {
      Runs.Outcome outcome = Runs.run(each);
      assertEquals(0, outcome.code());
      assertEquals(
          "coterie: dawid-skene: not converged after 1 iteration; raise --max-iterations",
          outcome.err().strip());
      assertFalse(outcome.out().contains("converged"), outcome.out());
    }
  }

  @Test
  void oneOfEachIsSingular() throws IOException {
    Files.writeString(folder.resolve("one.csv"), "task,expert,label\nt,a,x\n");
    String table = Runs.succeed(vote(path("one.csv")));
    assertTrue(table.contains(": 1 answer of 1 expert to 1 task, 1 label\n"), table);
  }

  @Test
  void jsonIsOneValidDocument() throws IOException {
    String text =
        Runs.succeed(
            "consensus",
            answers.toString(),
            "--backend=scalar",
            "--method=dawid-skene",
            "--format=json",
            "--posteriors");
    JsonNode json =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
    assertEquals("dawid-skene", json.get("method").textValue());
    assertEquals(5, json.get("answers").intValue());
    assertTrue(json.get("converged").booleanValue());
    assertTrue(json.get("log_likelihood").isNumber());
    assertEquals("[\"no\",\"yes\"]", json.get("labels").toString());
    JsonNode task = json.get("tasks").get(0);
    assertEquals("one, with \"quotes\"", task.get("task").textValue());
    assertEquals("yes", task.get("answer").textValue());
    assertEquals(2, task.get("posteriors").size());
    JsonNode expert = json.get("experts").get(2);
    assertEquals("eve", expert.get("expert").textValue());
    assertEquals(1, expert.get("answers").intValue());
    for (JsonNode row : expert.get("confusion")) {
      assertEquals(1.0, row.get(0).doubleValue() + row.get(1).doubleValue(), 1e-12);
    }
    for (String word : new String[] {"backend", "scalar", "seconds"}) {
      assertFalse(text.contains(word), text);
    }
  }

  @Test
  void votesHaveNoLikelihood() throws IOException {
    String text = Runs.succeed(vote(answers.toString(), "--format", "json"));
    JsonNode json = new ObjectMapper().readTree(text);
    assertTrue(json.get("log_likelihood").isNull());
    assertFalse(json.get("experts").get(0).has("confusion"));
  }

  @Test
  void truthThatDoesNotFitIsExplained() throws IOException {
    Files.writeString(
        folder.resolve("truth.csv"),
        "task,truth\nzwei,maybe\nnone,yes\n\"one, with \"\"quotes\"\"\",yes\n");
    String table = Runs.succeed(vote(answers.toString(), "--truth", path("truth.csv")));
    assertTrue(
        table.contains(
            "Truth: the truth of 2 tasks is known; 1 task of the truth has no answers; 1 task"
                + " counts as wrong, because no expert ever gave its true label"),
        table);
    assertTrue(table.contains("majority-vote     0.500"), table);
  }
}
