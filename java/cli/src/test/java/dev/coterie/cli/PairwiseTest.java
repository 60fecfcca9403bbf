package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores and rankings from comparisons. */
class PairwiseTest {
  private static final String PAIRS =
      "worker,left,right,label\nw,a,b,a\nw,b,a,a\nv,a,b,b\nv,b,c,b\nw,c,b,b\nv,c,b,c\nw,a,c,tie\n";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String[] args(String method, String... more) {
    String[] args = {"consensus", "--backend", "scalar", "-m", method};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  @Test
  void csvAndJson() throws IOException {
    String input = file("in.csv", PAIRS);
    String csv = Runs.succeed(args("bradley-terry", input, "-f", "csv"));
    String[] lines = csv.split("\n");
    assertEquals("item,rank,score,standard_error", lines[0]);
    assertTrue(lines[1].startsWith("a,1,"), csv);
    assertTrue(lines[3].startsWith("c,3,"), csv);
    String text =
        Runs.succeed(args("bradley-terry", input, "-f", "json", "--ties=davidson", "--prior=1"));
    JsonNode json = new ObjectMapper().readTree(text);
    assertEquals("davidson", json.get("options").get("ties").textValue());
    assertTrue(json.get("tie_parameter").doubleValue() > 0);
    assertEquals(7, json.get("comparisons").intValue());
    assertEquals("a", json.get("items").get(0).get("item").textValue());
    assertEquals(1, json.get("strong_components").intValue());
  }

  @Test
  void expertsWhereTheMethodKnowsThem() throws IOException {
    String input = file("in.csv", PAIRS);
    String out = folder.resolve("out.csv").toString();
    Runs.succeed(args("noisy-bradley-terry", input, "-q", "-o", out));
    assertTrue(
        Files.readString(folder.resolve("out.skills.csv")).startsWith("expert,skill,bias\nw,"));
    Files.delete(folder.resolve("out.skills.csv"));
    Files.delete(folder.resolve("out.csv"));
    Runs.succeed(args("elo", input, "-q", "-o", out));
    String[] left = folder.toFile().list();
    Arrays.sort(left);
    assertArrayEquals(new String[] {"in.csv", "out.csv"}, left);
    assertEquals(
        2, Runs.run(args("elo", input, "--skills", folder.resolve("s").toString())).code());
    String nobody = file("nobody.csv", "left,right,winner\na,b,left\nb,c,right\nc,a,DRAW\n");
    Runs.Outcome outcome = Runs.run(args("noisy-bradley-terry", nobody));
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().startsWith("coterie: noisy-bradley-terry"), outcome.err());
  }

  @Test
  void truthAndHeldOut() throws IOException {
    String input = file("in.csv", PAIRS);
    String truth = file("truth.csv", "item,score\na,3\nb,2\nc,1\nd,0\n");
    String heldOut = file("held.csv", "left,right,label\na,c,a\nb,a,b\na,b,tie\na,z,a\n");
    String text =
        Runs.succeed(args("bradley-terry,borda", input, "--truth", truth, "--heldout", heldOut));
    assertTrue(text.contains(": 7 comparisons by 2 experts of 3 items, 1 tie\n"), text);
    assertTrue(text.contains("Truth: the score of 3 items is known\n"), text);
    assertTrue(
        text.contains(
            "2 comparisons held out; 1 tie left out; 1 comparison of unknown items left out"),
        text);
    assertTrue(text.contains("  bradley-terry    1.0000   1.0000             0.5000 "), text);
    assertTrue(text.contains("  borda          "), text);
  }

  @Test
  void groupsThatCannotBeComparedAreSaid() throws IOException {
    String input = file("in.csv", "left,right,label\na,b,a\nc,d,c\n");
    String text = Runs.succeed(args("bradley-terry", input));
    assertTrue(text.contains("Not all scores can be compared: 4 groups of items"), text);
  }

  @Test
  void wrongUse() throws IOException {
    String wrong = file("wrong.csv", "left,right,label\na,b,a\na,b,c\n");
    Runs.fail(
        2,
        "coterie: "
            + wrong
            + ":3: the label \"c\" is neither of the two items nor tie; name the winner, or say tie",
        args("elo", wrong));
    String itself = file("itself.csv", "left,right,label\na,a,a\n");
    Runs.fail(
        2,
        "coterie: "
            + itself
            + ":2: item \"a\" is compared with itself; correct it or delete the line",
        args("elo", itself));
    String none = file("none.csv", "left,right,label\n");
    Runs.fail(
        2,
        "coterie: " + none + ":2: there are no comparisons below the header; add at least one line",
        args("elo", none));
    String labels = file("labels.csv", "task,expert,label\nt,a,x\n");
    Runs.fail(
        2,
        "coterie: "
            + labels
            + ":1: these are answers to tasks, with no columns left and right; take a categorical"
            + " or a numeric method, or name the column with --left-column",
        args("elo", labels));
    String pairs = file("in.csv", PAIRS);
    Runs.fail(
        2,
        "coterie: "
            + pairs
            + ":1: these are comparisons, with columns left and right; add --kind pairwise, or name"
            + " the column of the task with --task-column",
        args("dawid-skene", pairs));
    assertTrue(
        Runs.run(args("dawid-skene", pairs, "--heldout", pairs))
            .err()
            .startsWith(
                "coterie: --heldout means nothing to dawid-skene; leave it out, or use it"));
    Runs.Outcome kinds = Runs.run(args("dawid-skene,elo", pairs));
    assertTrue(kinds.err().startsWith("coterie: method \"elo\" is not categorical"), kinds.err());
    String other = file("truth.csv", "item,score\nz,1\n");
    Runs.fail(
        2,
        "coterie: "
            + other
            + ": no item of the truth was compared: this file has items such as \"z\", "
            + pairs
            + " such as \"a\"; make their names agree",
        args("elo", pairs, "--truth", other));
    String text = file("truth.csv", "item,score\na,x\n");
    Runs.fail(
        2,
        "coterie: " + text + ":2: the score \"x\" is not a number; correct it",
        args("elo", pairs, "--truth", text));
  }

  @Test
  void accuracyOfComparisons() throws IOException {
    Path set = Files.createDirectory(folder.resolve("set"));
    Files.writeString(set.resolve("x.csv"), PAIRS + PAIRS.substring(PAIRS.indexOf('\n') + 1));
    Files.writeString(set.resolve("y.csv"), "left,right,label\na,c,a\nb,c,b\n");
    Files.writeString(set.resolve("z.csv"), "item,score\na,3\nb,2\nc,1\n");
    Runs.Outcome outcome =
        Runs.run("accuracy", "--backend=scalar", folder.toString(), "--tsv", "-m", "elo,borda");
    assertEquals(0, outcome.code());
    assertEquals(
        "coterie: " + set + ": took x.csv for the answers and y.csv for the held-out comparisons",
        outcome.err().strip());
    String[] lines = outcome.out().split("\n");
    assertEquals(3, lines.length);
    String[] cells = lines[1].split("\t", -1);
    assertEquals("elo", cells[1]);
    assertEquals("1.000000", cells[9]);
    assertEquals("1.000000", cells[10]);
    assertEquals("1.000000", cells[11]);
    assertTrue(Double.parseDouble(cells[12]) < 1);
    assertEquals("", lines[2].split("\t", -1)[12]);
  }
}
