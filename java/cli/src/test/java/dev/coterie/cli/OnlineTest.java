package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import dev.coterie.consensus.online.OnlineConsensus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model in a file that takes answers day by day. */
class OnlineTest {
  private static final Path JUDGES = Path.of("../../tests/data/llm_judges");
  private static final int FIRST_DAY = 15_000;

  @TempDir private Path folder;
  private Path state;
  private String first;
  private String second;

  @BeforeEach
  void writeAnswers() throws IOException {
    state = folder.resolve("judges.state");
    List<String> lines = Files.readAllLines(JUDGES.resolve("answers.csv"));
    first = file("first.csv", String.join("\n", lines.subList(0, 1 + FIRST_DAY)));
    List<String> rest = lines.subList(1 + FIRST_DAY, lines.size());
    second = file("second.csv", lines.get(0) + "\n" + String.join("\n", rest));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String[] args(String backend, String... more) {
    String[] args = {"online", state.toString(), "--backend", backend};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private String run(String... more) {
    return Runs.succeed(args("scalar", more));
  }

  private void fail(String line, String... more) throws IOException {
    byte[] before = Files.exists(state) ? Files.readAllBytes(state) : null;
    Runs.fail(2, "coterie: " + line.replace("STATE:", state + ":"), args("scalar", more));
    assertEquals(before != null, Files.exists(state));
    if (before != null) {
      assertArrayEquals(before, Files.readAllBytes(state));
    }
  }

  @Test
  void answersAreAddedAndFitted() throws IOException {
    String text = run(first, "--create");
    assertTrue(text.contains("Added 15000 answers with 326 new tasks and 48 new experts"), text);
    assertTrue(text.contains("Fitted all answers\nSaved in " + state), text);
    text = run(second, "--truth", JUDGES.resolve("truth.csv").toString());
    assertTrue(text.contains(": 20057 answers of 48 experts to 419 tasks, 2 labels"), text);
    assertTrue(
        text.contains("Added 5057 answers with 93 new tasks and 0 new experts\nSaved"), text);
    assertTrue(text.contains("Truth: the truth of 419 tasks is known"), text);

    String csv = run("--refit", "--format", "csv");
    try (OnlineConsensus model = OnlineConsensus.load(state, "scalar")) {
      assertEquals(20_057, model.answers());
      for (String line : csv.lines().skip(1).toList()) {
        String[] cells = line.split(",");
        assertEquals(model.answer(cells[0]), cells[1]);
        assertEquals(model.confidence(cells[0]), Double.parseDouble(cells[2]));
      }
    }
  }

  @Test
  void readingChangesNothing() throws IOException {
    run(first, "--create");
    byte[] before = Files.readAllBytes(state);
    String out = folder + "/result.json";
    String text = run("-o", out);
    assertFalse(text.contains("Added") || text.contains("Saved"), text);
    JsonNode json = new ObjectMapper().readTree(Files.readString(Path.of(out)));
    assertEquals("online", json.get("method").textValue());
    assertEquals(326, json.get("tasks").size());
    assertArrayEquals(before, Files.readAllBytes(state));
  }

  @Test
  void everyBackendSavesTheSameBytes() throws IOException {
    byte[] expected = null;
    for (BackendInfo backend : Backends.available()) {
      Files.deleteIfExists(state);
      Runs.succeed(args(backend.id(), first, "--create", "-f", "csv"));
      Runs.succeed(args(backend.id(), second, "-f", "csv"));
      byte[] bytes = Files.readAllBytes(state);
      expected = expected == null ? bytes : expected;
      assertArrayEquals(expected, bytes, backend.id());
    }
  }

  @Test
  void laterAnswersReplaceEarlierOnes() throws IOException {
    String day = file("day.csv", "task,expert,label\nt,a,x\nt,b,x\nu,a,y\nt,a,y\n");
    String text = run(day, "--create");
    assertTrue(text.contains(": 3 answers of 2 experts to 2 tasks, 2 labels"), text);
    assertTrue(
        text.contains("Added 4 answers with 2 new tasks and 2 new experts; 1 replaces an earlier"),
        text);
    text = run(file("more.csv", "task,expert,label\nt,b,z\nt,c,z\n"));
    assertTrue(text.contains(": 4 answers of 3 experts to 2 tasks, 3 labels"), text);
  }

  @Test
  void standardInput() throws IOException {
    byte[] answers = Files.readAllBytes(Path.of(first));
    Runs.Outcome outcome = Runs.run(answers, args("scalar", "-", "--create", "-q", "-f", "csv"));
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(327, outcome.out().lines().count());
  }

  @Test
  void declaredLabels() throws IOException {
    String day = file("day.csv", "task,expert,label\nt,a,yes\nt,b,no\n");
    run(day, "--create", "--order", "no,yes", "--smoothing", "0.5");
    String more = file("more.csv", "task,expert,label\nu,a,no\nu,b,perhaps\n");
    fail(
        more
            + ":3: label \"perhaps\" is not among the labels of the model (no, yes); correct it or"
            + " delete the line",
        more);
    fail(
        "--smoothing is fixed when a model is made; leave it out, or use it with --create",
        "--smoothing=1");
  }

  @Test
  void statesThatAreRefused() throws IOException {
    fail(
        "STATE: there is no such file; check the path, or make it with coterie online --create",
        first);
    run(first, "--create");
    fail(
        "STATE: there is a file already; leave out --create to add to it, or name another",
        first,
        "--create");
    byte[] bytes = Files.readAllBytes(state);
    Files.write(state, Arrays.copyOf(bytes, bytes.length / 2));
    refused("its header says");
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    refused("checksum");
    Files.write(state, "task,expert,label\nt,a,x\n".getBytes(StandardCharsets.UTF_8));
    refused("byte 0");
    Files.write(state, new byte[0]);
    refused("byte");
    Files.delete(state);
    Files.createDirectory(state);
    String line = "coterie: " + state + ": this is no file of a model; name another";
    Runs.fail(2, line, args("scalar", first));
  }

  /** Expects one line that names the file, the reason and the cure. */
  private void refused(String reason) throws IOException {
    byte[] before = Files.readAllBytes(state);
    Runs.Outcome outcome = Runs.run(args("scalar", second));
    assertEquals(2, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("coterie: " + state + ": "), outcome.err());
    assertTrue(outcome.err().contains(reason), outcome.err());
    assertTrue(outcome.err().contains("make it anew with coterie online --create"), outcome.err());
    assertArrayEquals(before, Files.readAllBytes(state));
  }

  @Test
  void wrongUse() throws IOException {
    fail("--create needs answers; name their file after STATE", "--create");
    fail("online: trust is -1.0, not between 0 and 1e100", first, "--create", "--trust", "-1");
    fail("--order names label \"1\" twice; keep one of them", first, "--create", "--order", "1,1");
    String broken = file("broken.csv", "task,expert,label\nt,a\n");
    fail(broken + ":2: 2 fields, but the header has 3; add what is missing", broken, "--create");
    String taken = folder + "/judges.state";
    run(first, "--create");
    fail(
        "--output \"" + taken + "\" is also used otherwise in this run; choose another name",
        "-o",
        taken);
    assertArrayEquals(
        new String[] {"broken.csv", "first.csv", "judges.state", "second.csv"},
        Arrays.stream(folder.toFile().list()).sorted().toArray());
  }
}
