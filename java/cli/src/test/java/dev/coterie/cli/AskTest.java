package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom to ask next, and which tasks are done. */
class AskTest {
  private static final String JUDGES = "../../tests/data/llm_judges/answers.csv";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Thirty tasks of four good experts, and one with a single answer. */
  private String answers() throws IOException {
    StringBuilder text = new StringBuilder("task,expert,label\n");
    for (int i = 0; i < 30; i++) {
      for (String expert : new String[] {"ann", "bob", "cleo", "dora"}) {
        text.append("t").append(i).append(',').append(expert).append(',');
        text.append(i % 2 == 0 ? "yes" : "no").append('\n');
      }
    }
    return file("in.csv", text + "open,ann,yes\n");
  }

  private static String[] args(String... more) {
    String[] args = {"ask", "--backend", "scalar"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private static String run(String... more) {
    return Runs.succeed(args(more));
  }

  private static void fail(String line, String... more) {
    Runs.fail(2, "coterie: " + line, args(more));
  }

  @Test
  void tableNamesQuestionsAndDoneTasks() throws IOException {
    String text = run(answers(), "--confidence=0.9999");
    assertTrue(text.contains(": 121 answers of 4 experts to 31 tasks, 2 labels (online)"), text);
    assertTrue(text.contains("     30  reached  the answer has the confidence of 0.9999\n"), text);
    assertTrue(text.contains("      1  ask      in this plan\n"), text);
    assertTrue(text.contains("\nAsk next, for 1 in all\n"), text);
    assertTrue(text.matches("(?s).*  (bob|cleo|dora) +open\n.*"), text);
    assertTrue(text.contains("\nTasks that are done, the least certain first\n"), text);
    assertTrue(run(answers(), "--confidence=0.6").contains("\nNothing to ask\n"));
  }

  @Test
  void cheaperExpertsAreAsked() throws IOException {
    String costs = file("costs.csv", "expert,cost\nbob,5\ncleo,0.5\ndora,5\nnew,9\n");
    String csv = run(answers(), "-c=0.9999", "--costs", costs, "-f=csv");
    assertTrue(
        csv.startsWith("task,expert,cost,gain,expected_answers,gain_per_cost\nopen,cleo,0.5,"),
        csv);
    String budget = run(answers(), "-c=0.9999", "--costs", costs, "--budget=0.25");
    assertTrue(budget.contains("over-budget"), budget);
    String loss = run(answers(), "-c=0.9999", "--cost=50", "--loss=1");
    assertTrue(loss.contains("not-worth"), loss);
  }

  @Test
  void tasksAndExpertsWithoutAnswers() throws IOException {
    String tasks = file("tasks.csv", "task\nfresh\nt1\n");
    String costs = file("costs.csv", "worker,cost\nnew,0.001\n");
    String states = folder + "/states.csv";
    String csv = run(answers(), "--tasks", tasks, "--costs", costs, "-f=csv", "--states", states);
    assertTrue(csv.contains("\nfresh,new,0.001,"), csv);
    List<String> lines = Files.readAllLines(Path.of(states));
    assertEquals("task,state,answer,posterior", lines.get(0));
    assertEquals("fresh,ask,,", lines.get(32));
    assertTrue(lines.get(1).startsWith("t0,reached,yes,0.99"), lines.get(1));
  }

  @Test
  void stateGivesWhatItsAnswersGive() throws IOException {
    String state = folder + "/judges.state";
    Runs.succeed("online", state, JUDGES, "--create", "--backend=scalar", "-f=csv");
    byte[] before = Files.readAllBytes(Path.of(state));
    String expected = run(JUDGES, "-c=0.9999", "-n=20", "-f=json");
    JsonNode json = new ObjectMapper().readTree(expected);
    assertTrue(json.get("states").get("reached").intValue() > 300, expected);
    assertEquals(419, json.get("tasks").size());
    assertFalse(json.get("asks").isEmpty(), expected);
    assertEquals(expected, run("--state", state, "-c=0.9999", "-n=20", "-f=json"));
    assertEquals(before.length, Files.readAllBytes(Path.of(state)).length);
    for (BackendInfo backend : Backends.available()) {
      String[] args = args("--state", state, "-c=0.9999", "-n=20", "-f=json");
      args[2] = backend.id();
      assertEquals(expected, Runs.succeed(args), backend.id());
    }
  }

  @Test
  void otherMethods() throws IOException {
    String text = run(JUDGES, "-m", "auto", "-c", "0.9", "-n", "3");
    assertTrue(text.contains(", 2 labels (auto)\n"), text);
    assertTrue(text.contains("everybody has answered"), text);
    fail(
        "majority-vote has no confusion matrices, which a plan needs; take online, auto or"
            + " dawid-skene",
        JUDGES,
        "-m=majority-vote");
    String costs = file("costs.csv", "expert,cost\nnobody,1\n");
    fail(
        costs
            + ":2: expert \"nobody\" has no answers, and auto cannot judge such; delete the line, or"
            + " take --method online",
        JUDGES,
        "-m=auto",
        "--costs",
        costs);
  }

  @Test
  void filesAppearWhole() throws IOException {
    String out = folder + "/plan.tsv";
    String text = run(answers(), "-c=0.9999", "-o", out, "--states", folder + "/states.csv");
    assertTrue(text.contains("Ask next"), text);
    assertTrue(Files.readString(Path.of(out)).startsWith("task\texpert\tcost\t"));
    assertEquals(3, folder.toFile().list().length);
  }

  @Test
  void wrongUse() throws IOException {
    String in = answers();
    fail("the answers are missing; name either FILE or --state FILE");
    fail("there are answers and a state; name either FILE or --state FILE", in, "--state", in);
    fail("--confidence 1.0 is not from 0.501 to 1 - 1e-9; correct it", in, "-c=1");
    fail("--cost 0.0 is not between 1e-100 and 1e100; correct it", in, "--cost=0");
    fail("--loss -1.0 is not between 0 and 1e100; correct it", in, "--loss=-1");
    fail("--budget NaN is not at least 0; correct it", in, "--budget=NaN");
    fail("--most 0 is not at least 1; correct it", in, "-n=0");
    fail(
        "--method means nothing to --state, which has its model; leave one of them out",
        "--state",
        in,
        "-m=auto");
    fail(
        "--tasks mean nothing to auto; leave it out, or use it with online",
        in,
        "-m=auto",
        "--tasks=x");
    fail(
        "standard input can be only one of FILE, --costs and --tasks; give files for the others",
        "-",
        "--costs=-");
    fail(
        "--output \"" + in + "\" is also used otherwise in this run; choose another name",
        in,
        "-o",
        in);
    String costs = file("costs.csv", "expert,cost\nann,free\n");
    fail(
        costs + ":2: the cost \"free\" is not a number from 1e-100 to 1e100; correct it",
        in,
        "--costs",
        costs);
    costs = file("costs.csv", "expert,cost\nann,1\nann,2\n");
    fail(
        costs + ":3: expert \"ann\" has another cost on line 2; keep one of them",
        in,
        "--costs",
        costs);
    costs = file("costs.csv", "expert,price\nann,1\n");
    fail(
        costs + ":1: there is no column cost; name the column of the costs so",
        in,
        "--costs",
        costs);
    assertTrue(
        Runs.run(args("--state", in)).err().contains("make it anew with coterie online --create"));
  }
}
