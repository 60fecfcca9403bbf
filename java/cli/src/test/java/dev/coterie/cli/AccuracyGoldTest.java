package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures with known tasks and with options of the methods. */
class AccuracyGoldTest {
  private static final String JUDGES = "../../tests/data/llm_judges";

  @TempDir private Path folder;

  private static String[] args(String... more) {
    String[] args = {"accuracy", "--backend", "scalar", "--tsv"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  /** Returns accuracy, calibration error and Brier score of the only method. */
  private static String measured(String... more) {
    String[] cells = Runs.succeed(args(more)).lines().toList().get(1).split("\t", -1);
    return String.join(" ", Arrays.copyOfRange(cells, 2, 5));
  }

  @Test
  void knownTasksAreToldAndNotMeasured() {
    String text =
        Runs.succeed(
            "accuracy",
            JUDGES,
            "--backend=scalar",
            "-m=dawid-skene",
            "--smoothing=0.01",
            "--gold=30");
    assertTrue(
        text.contains(
            "the truth of 389 tasks is known; besides, methods are told that of 30 tasks\n"),
        text);
    String plain = measured(JUDGES, "-m=dawid-skene", "--smoothing=0.01");
    String told = measured(JUDGES, "-m=dawid-skene", "--smoothing=0.01", "--gold=30");
    assertTrue(plain.startsWith("0.536993 "), plain);
    // Known labels lead it out of the reading that is wrong.
    assertTrue(Double.parseDouble(told.split(" ")[0]) > 0.8, told);
    assertEquals(
        told, measured(JUDGES, "-m=dawid-skene", "--smoothing=0.01", "--gold=30", "--seed=0"));
    assertNotEquals(
        told, measured(JUDGES, "-m=dawid-skene", "--smoothing=0.01", "--gold=30", "--seed=1"));
  }

  @Test
  void numbersCanBeKnownToo() throws IOException {
    StringBuilder answers = new StringBuilder("task,expert,value\n");
    StringBuilder truth = new StringBuilder("task,value\n");
    for (int i = 0; i < 20; i++) {
      answers.append(i).append(",a,").append(i + 0.5).append('\n');
      answers.append(i).append(",b,").append(i * 3.0).append('\n');
      truth.append(i).append(',').append(i).append('\n');
    }
    Files.writeString(folder.resolve("a.csv"), answers);
    Files.writeString(folder.resolve("t.csv"), truth);
    String text = Runs.succeed("accuracy", "" + folder, "--backend=scalar", "--gold=5", "-m=lfc-n");
    assertTrue(text.contains("the truth of 15 tasks is known; besides"), text);
  }

  @Test
  void tooManyKnownTasks() {
    Runs.Outcome outcome = Runs.run(args(JUDGES, "-m=majority-vote", "--gold=419"));
    assertEquals(2, outcome.code());
    assertEquals(
        "coterie: "
            + JUDGES
            + "/answers.csv: 419 tasks with a known truth; --gold can be 418 at most",
        outcome.err().strip());
    Runs.fail(
        2,
        "coterie: --gold -1 is not a number of 0 or more; correct it",
        args(JUDGES, "--gold=-1"));
  }

  @Test
  void optionsCountForTheMethodsThatTakeThem() {
    String plain = measured(JUDGES, "-m=dawid-skene");
    assertNotEquals(plain, measured(JUDGES, "-m=dawid-skene", "--max-iterations=1"));
    Runs.Outcome outcome =
        Runs.run(args(JUDGES, "-m=dawid-skene,majority-vote", "--max-iterations=1"));
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("llm_judges\tmajority-vote\t0.618138\t"), outcome.out());
    Runs.Outcome wrong = Runs.run(args(JUDGES, "-m=majority-vote", "--max-iterations=1"));
    assertEquals(2, wrong.code());
    assertTrue(
        wrong.err().startsWith("coterie: --max-iterations means nothing to majority-vote; "),
        wrong.err());
  }

  @Test
  void comparisonsHaveNoKnownTasks() throws IOException {
    Files.writeString(folder.resolve("c.csv"), "left,right,label\na,b,a\nb,c,b\nc,a,a\nb,a,b\n");
    Runs.Outcome outcome = Runs.run(args("" + folder, "-m=borda", "--gold=3"));
    assertEquals(0, outcome.code());
    String name = folder.getFileName().toString();
    assertEquals(
        "coterie: " + name + ": comparisons have no known tasks, so that --gold counts for nothing",
        outcome.err().strip());
  }
}
