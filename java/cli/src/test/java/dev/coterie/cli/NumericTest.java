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

/** Consensus of numbers. */
class NumericTest {
  private static final String ANSWERS =
      "task,worker,value\nt,a,10\nt,b,12\nt,c,90\nu,a,3\nu,b,4.0\nu,c,5e1\n";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String[] args(String method, String... more) {
    String[] args = {"consensus", "--backend", "scalar", "--kind", "numeric", "-m", method};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  @Test
  void csvAndJson() throws IOException {
    String input = file("in.csv", ANSWERS);
    String csv = Runs.succeed(args("median", input, "-f", "csv"));
    String[] lines = csv.split("\n");
    assertEquals("task,estimate,standard_error,spread", lines[0]);
    assertTrue(lines[1].startsWith("t,12.0,"), csv);
    assertTrue(lines[2].startsWith("u,4.0,"), csv);
    String text = Runs.succeed(args("trimmed-mean", input, "-f", "json", "--trim=0.34"));
    JsonNode json = new ObjectMapper().readTree(text);
    assertEquals("trimmed-mean", json.get("method").textValue());
    assertEquals(0.34, json.get("options").get("trim").doubleValue());
    assertEquals(12.0, json.get("tasks").get(0).get("estimate").doubleValue());
    assertEquals("c", json.get("experts").get(2).get("expert").textValue());
    assertEquals(2, json.get("experts").get(2).get("answers").intValue());
  }

  @Test
  void files() throws IOException {
    String input = file("in.csv", ANSWERS);
    Runs.succeed(args("lfc-n", input, "-q", "-o", folder.resolve("out.csv").toString()));
    String[] left = folder.toFile().list();
    Arrays.sort(left);
    assertArrayEquals(new String[] {"in.csv", "out.csv", "out.skills.csv"}, left);
    assertTrue(
        Files.readString(folder.resolve("out.skills.csv"))
            .startsWith("expert,answers,weight,bias,deviation\na,2,"));
  }

  @Test
  void truthAndComparison() throws IOException {
    String input = file("in.csv", ANSWERS);
    String truth = file("truth.csv", "task,label\nt,11\nu,5\nv,1\n");
    String text = Runs.succeed(args("mean,median", input, "--truth", truth));
    assertTrue(text.contains(": 6 numbers of 3 experts for 2 tasks\n"), text);
    assertTrue(text.contains("the truth of 2 tasks is known; 1 task of the truth has no"), text);
    assertTrue(text.contains("  median   1.0000   1.0000   1.0000"), text);
    assertTrue(Runs.succeed(args("all", input)).contains("lfc-n"));
  }

  @Test
  void knownValuesAreGold() throws IOException {
    String input = file("in.csv", ANSWERS);
    String gold = file("gold.csv", "task,value\nt,-2.5\n");
    String csv = Runs.succeed(args("mean", input, "-f", "csv", "--gold", gold));
    assertTrue(csv.contains("\nt,-2.5,"), csv);
  }

  @Test
  void idOfTwoKinds() throws IOException {
    String input = file("in.csv", "task,worker,label\nt,a,1\nt,b,2\nt,c,2\n");
    String categorical = Runs.succeed("consensus", "--backend=scalar", input, "-m", "catd");
    assertTrue(categorical.contains("1 task, 2 labels"), categorical);
    String numeric = Runs.succeed(args("catd", input));
    assertTrue(numeric.contains("3 numbers"), numeric);
  }

  @Test
  void wrongUse() throws IOException {
    String input = file("in.csv", ANSWERS + "u,d,many\n");
    Runs.fail(
        2,
        "coterie: "
            + input
            + ":8: the answer \"many\" is not a number; correct it, or take a categorical method",
        args("mean", input));
    for (String value : new String[] {"NaN", "Infinity", "0x10", "1e999", "1f"}) {
      String bad = file("bad.csv", "task,worker,value\nt,a," + value + "\n");
      Runs.fail(
          2,
          "coterie: "
              + bad
              + ":2: the answer \""
              + value
              + "\" is not a number; correct it, or take a categorical method",
          args("mean", bad));
    }
    String good = file("good.csv", ANSWERS);
    String truth = file("truth.csv", "task,label\nt,x\n");
    Runs.fail(
        2,
        "coterie: "
            + truth
            + ":2: label \"x\" is not a number; correct it, or take a categorical method",
        args("mean", good, "--truth", truth));
    Runs.fail(
        2,
        "coterie: --trim means nothing to mean; leave it out, or use it with trimmed-mean",
        args("mean", good, "--trim=0.1"));
    Runs.fail(
        2,
        "coterie: --posteriors mean nothing to numeric methods; leave it out, or take a categorical"
            + " one",
        args("mean", good, "--posteriors"));
    assertTrue(
        Runs.run(args("dawid-skene", good))
            .err()
            .startsWith("coterie: method \"dawid-skene\" is not numeric; choose among mean,"));
    Runs.fail(
        2,
        "coterie: unknown loss \"x\"; choose one of absolute, squared",
        args("pm", good, "--loss=x"));
    Runs.Outcome trim = Runs.run(args("trimmed-mean", good, "--trim=0.7"));
    assertEquals(2, trim.code());
    assertTrue(trim.err().startsWith("coterie: trimmed-mean: "), trim.err());
  }

  @Test
  void accuracyOfNumbers() throws IOException {
    StringBuilder answers = new StringBuilder("task,worker,label\n");
    StringBuilder truth = new StringBuilder("task,label\n");
    for (int i = 0; i < 20; i++) {
      answers.append(i).append(",a,").append(i + 0.5).append('\n');
      answers.append(i).append(",b,").append(i + 1.5).append('\n');
      truth.append(i).append(',').append(i).append('\n');
    }
    file("a.csv", answers.toString());
    file("t.csv", truth.toString());
    String text =
        Runs.succeed("accuracy", "--backend=scalar", folder.toString(), "-m", "mean,dawid-skene");
    assertTrue(text.contains("(numeric): 40 numbers of 2 experts for 20 tasks; the truth"), text);
    assertTrue(text.contains("  Method     MAE    RMSE  Pearson  Seconds\n"), text);
    assertTrue(text.contains("  mean    1.0000  1.0000   1.0000"), text);
    String tsv =
        Runs.succeed("accuracy", "--backend=scalar", folder.toString(), "-m", "mean", "--tsv");
    assertTrue(tsv.matches("(?s).*\tmean\t\t\t\t[0-9.]+\t1.0+\t1.0+\t1.0+\t\t\t\t\n"), tsv);
  }
}
