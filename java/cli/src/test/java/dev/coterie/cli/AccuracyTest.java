package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measures of methods on data sets, found in folders whatever the files are called. */
class AccuracyTest {
  private static final String JUDGES = "../../tests/data/llm_judges";
  private static final String ANSWERS = "task,worker,label\nt1,a,x\nt1,b,x\nt2,a,y\nt2,b,x\n";
  private static final String TRUTH = "task,label\nt1,x\nt2,y\n";

  @TempDir private Path folder;

  private Path set(String name, String... files) throws IOException {
    Path set = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files.length; i += 2) {
      Files.writeString(set.resolve(files[i]), files[i + 1]);
    }
    return set;
  }

  private static String[] args(String... more) {
    String[] args = {"accuracy", "--backend", "scalar"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private static Runs.Outcome run(String... more) {
    return Runs.run(args(more));
  }

  /** Returns the cells of the line of a method. */
  private static List<String> cells(String tsv, String method) {
    return tsv.lines()
        .map(line -> List.of(line.split("\t", -1)))
        .filter(line -> line.get(1).equals(method))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void realFiguresAreThoseOfTheReference() {
    String tsv =
        Runs.succeed(
            args(
                JUDGES,
                "--tsv",
                "--methods",
                "majority-vote,weighted-vote,dawid-skene,one-coin-dawid-skene"));
    List<String> lines = tsv.lines().toList();
    assertEquals(5, lines.size(), tsv);
    assertTrue(
        lines.get(0).startsWith("set\tmethod\taccuracy\tcalibration_error\tbrier_score\tseconds"),
        tsv);
    String[][] expected = {
      {"majority-vote", "0.6181", "0.101", "0.475"},
      {"weighted-vote", "0.6181", "0.101", "0.475"},
      {"dawid-skene", "0.5370", "0.452", "0.906"},
      {"one-coin-dawid-skene", "0.8282", "0.170", "0.339"},
    };
    for (String[] row : expected) {
      List<String> cells = cells(tsv, row[0]);
      assertEquals("llm_judges", cells.get(0));
      for (int i = 1; i < row.length; i++) {
        double tolerance = i == 1 ? 0.5e-4 : 0.5e-3;
        double value = Double.parseDouble(cells.get(i + 1));
        assertEquals(Double.parseDouble(row[i]), value, tolerance, tsv);
      }
      assertTrue(Double.parseDouble(cells.get(5)) >= 0);
      assertEquals(13, cells.size());
      cells.subList(6, 13).forEach(cell -> assertEquals("", cell));
    }
  }

  @Test
  void tableForPeopleEndsWithMeans() {
    String text = Runs.succeed(args(JUDGES, "--methods", "majority-vote"));
    assertTrue(
        text.startsWith(
            "llm_judges (categorical): 20057 answers of 48 experts to 419 tasks, 2 labels; the"
                + " truth of 419 tasks is known\n"
                + "  Method         Accuracy  Calibration error  Brier score  Seconds\n"
                + "  majority-vote    0.6181             0.1007       0.4754"),
        text);
    assertTrue(text.contains("\nMeans over the categorical data sets"), text);
    assertFalse(text.contains("auto:"), text);
  }

  @Test
  void filesAreRecognisedByTheirColumns() throws IOException {
    set("a", "one.txt", "Label;Task;Expert\nx;t1;a\n", "two.txt", "LABEL;TASK\nx;t1\n");
    set("b", "SOURCE.md", "# b\n", "votes.tsv", ANSWERS.replace(',', '\t'), "z.csv", TRUTH);
    set("c", "SOURCE.md", "# c\nnothing\n");
    set(".hidden", "x.csv", "");
    Files.write(set("d", "answers.csv", ANSWERS).resolve("truth.csv"), new byte[] {-1, -2, 0, 7});
    Files.writeString(folder.resolve("README.md"), "task,label\n");
    Files.delete(folder.resolve("README.md"));
    Runs.Outcome outcome = run(folder.toString(), "--tsv", "-m", "majority-vote");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        List.of(
            "coterie: "
                + folder
                + "/c: skipped, for it is no data set: no file has the columns task, expert (or"
                + " worker) and label, or left, right and label",
            "coterie: "
                + folder
                + "/d: skipped, for it is no data set: no file has the truth, the columns task and"
                + " label without an expert"),
        outcome.err().lines().toList());
    List<String> sets = outcome.out().lines().map(line -> line.split("\t")[0]).toList();
    assertEquals(List.of("set", "a", "b"), sets);
  }

  @Test
  void choiceBetweenFilesIsSaid() throws IOException {
    Path set =
        set(
            "s",
            "a.csv",
            ANSWERS,
            "b.csv",
            ANSWERS + "t2,c,y\n",
            "gold.csv",
            TRUTH,
            "t.csv",
            TRUTH);
    Files.writeString(set.resolve("t.csv"), TRUTH + "t3,x\n");
    Runs.Outcome outcome = run(set.toString(), "--tsv", "-m", "majority-vote");
    assertEquals(0, outcome.code());
    assertEquals(
        List.of(
            "coterie: " + set + ": took b.csv for the answers, not a.csv",
            "coterie: " + set + ": took t.csv for the truth, not gold.csv"),
        outcome.err().lines().toList());
    assertEquals("1.000000", cells(outcome.out(), "majority-vote").get(2));
  }

  @Test
  void accuracyCountsTasksWithTruthAndAnswers() throws IOException {
    Path set = set("s", "a.csv", ANSWERS, "t.csv", TRUTH + "t9,x\n");
    String text = Runs.succeed(args(set.toString(), "-m", "majority-vote"));
    assertTrue(text.contains("the truth of 2 tasks is known; 1 task of the truth has no"), text);
    // The tie of t2 goes to the smallest label.
    assertTrue(text.contains("  majority-vote    0.5000             0.2500       0.2500"), text);
  }

  @Test
  void trueLabelThatNobodyGave() throws IOException {
    Path set = set("s", "a.csv", "task,worker,label\nt,a,x\nt,b,x\n", "t.csv", "task,label\nt,z\n");
    List<String> cells =
        cells(Runs.succeed(args(set.toString(), "--tsv", "-m", "majority-vote")), "majority-vote");
    assertEquals(List.of("0.000000", "1.000000", "2.000000"), cells.subList(2, 5));
  }

  @Test
  void textsAreSkippedAloud() throws IOException {
    StringBuilder answers = new StringBuilder("task,worker,label\n");
    StringBuilder truth = new StringBuilder("task,label\n");
    for (int i = 0; i < 40; i++) {
      answers.append(i).append(",a,words ").append(i).append(" and more\n");
      truth.append(i).append(",words ").append(i).append('\n');
    }
    Path set = set("s", "a.csv", answers.toString(), "t.csv", truth.toString());
    Runs.Outcome outcome = run(set.toString(), "--tsv");
    assertEquals(0, outcome.code());
    assertEquals(
        "coterie: s: skipped, for its answers are texts, which no method takes",
        outcome.err().strip());
    assertEquals(1, outcome.out().lines().count());
  }

  @Test
  void halvesDependOnTheSeedAlone() {
    String[] results = new String[4];
    for (int i = 0; i < results.length; i++) {
      String halves = i == 3 ? "answers" : "experts";
      String tsv =
          Runs.succeed(
              args(
                  JUDGES,
                  "--tsv",
                  "--methods=majority-vote",
                  "--halves=" + halves,
                  "--seed=" + (i == 1 ? 2 : 1)));
      results[i] = String.join(" ", cells(tsv, "majority-vote").subList(2, 5));
    }
    assertEquals(results[0], results[2]);
    assertNotEquals(results[0], results[1]);
    assertNotEquals(results[0], results[3]);
    String text =
        Runs.succeed(args(JUDGES, "--methods=majority-vote", "--halves=experts", "--seed=-5"));
    assertTrue(text.contains("of 24 experts to"), text);
    text = Runs.succeed(args(JUDGES, "--methods=majority-vote", "--halves=answers"));
    assertTrue(text.contains(": 10029 answers of "), text);
  }

  @Test
  void setThatCannotBeReadDoesNotStopTheOthers() throws IOException {
    set("a", "a.csv", ANSWERS + "t3,a\n", "t.csv", TRUTH);
    set("b", "a.csv", ANSWERS, "t.csv", TRUTH);
    Runs.Outcome outcome = run(folder.toString(), "--tsv", "-m", "majority-vote");
    assertEquals(2, outcome.code());
    assertEquals(
        "coterie: " + folder + "/a/a.csv:6: 2 fields, but the header has 3; add what is missing",
        outcome.err().strip());
    assertEquals("b", cells(outcome.out(), "majority-vote").get(0));
  }

  @Test
  void wrongUse() throws IOException {
    Path file = set("s", "a.csv", ANSWERS).resolve("a.csv");
    Runs.fail(
        2,
        "coterie: "
            + file.getParent()
            + ": this is no data set: no file has the truth, the columns task and label without an"
            + " expert",
        args(file.getParent().toString()));
    String cure = "; name the folder of a data set, or one with data sets in it";
    Runs.fail(2, "coterie: " + file + ": this is a file" + cure, args(file.toString()));
    Path missing = folder.resolve("missing");
    Runs.fail(2, "coterie: " + missing + ": there is no such folder" + cure, args("" + missing));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Runs.Outcome none = run(empty.toString());
    assertEquals(2, none.code());
    assertTrue(none.err().startsWith("coterie: " + empty + ": there is no data set here"));
    Runs.fail(
        2,
        "coterie: unknown halves \"x\"; choose one of experts, answers",
        args(JUDGES, "--halves=x"));
    assertTrue(run(JUDGES, "-m", "magic").err().startsWith("coterie: unknown method \"magic\""));
    assertEquals(2, run().code());
  }

  @Test
  void hostileFiles() throws IOException {
    Path set = set("s", "answers.csv", ANSWERS, "truth.csv", TRUTH);
    Files.write(set.resolve("zeros.bin"), new byte[1 << 17]);
    Files.write(set.resolve("long.txt"), "x".repeat(1 << 17).getBytes(StandardCharsets.UTF_8));
    Files.write(set.resolve("quote.txt"), "\"task,label".getBytes(StandardCharsets.UTF_8));
    Files.write(set.resolve("empty.csv"), new byte[0]);
    Files.write(set.resolve("damaged.gz"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
    Files.createDirectory(set.resolve("inner"));
    Runs.succeed(args(set.toString(), "-m", "majority-vote"));
  }
}
