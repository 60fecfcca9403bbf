package dev.coterie.cli;

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

/** The agreement of experts. */
class AgreementTest {
  private static final String JUDGES = "../../tests/data/llm_judges/answers.csv";

  /** The example of Krippendorff's "Computing Krippendorff's alpha-reliability", 2011. */
  private static final String[] OBSERVERS = {
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 ."
  };

  @TempDir private Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("in.csv"), text).toString();
  }

  private static String[] args(String... more) {
    String[] args = {"agreement", "--backend", "scalar"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private String example() throws IOException {
    StringBuilder text = new StringBuilder("task,expert,label\n");
    for (int observer = 0; observer < OBSERVERS.length; observer++) {
      String[] values = OBSERVERS[observer].split(" ");
      for (int unit = 0; unit < values.length; unit++) {
        if (!values[unit].equals(".")) {
          text.append(unit).append(',').append(observer).append(',').append(values[unit]);
          text.append('\n');
        }
      }
    }
    return file(text.toString());
  }

  @Test
  void levelsOfThePublishedExample() throws IOException {
    String[][] expected = {
      {"nominal", "0.743"}, {"ordinal", "0.815"}, {"interval", "0.849"}, {"ratio", "0.797"}
    };
    for (String[] each : expected) {
      String text = Runs.succeed(args(example(), "--level", each[0], "-f", "json"));
      double alpha = new ObjectMapper().readTree(text).get("alpha").get("value").doubleValue();
      assertEquals(Double.parseDouble(each[1]), alpha, 1e-3, each[0]);
    }
  }

  @Test
  void judgesAgreeLittle() throws IOException {
    String text = Runs.succeed(args(JUDGES, "--top", "2"));
    for (String part :
        new String[] {
          ": 20057 answers of 48 experts to 419 tasks, 2 labels\n",
          "Krippendorff's alpha, nominal  0.2293  419 tasks with two answers or more",
          "Fleiss' kappa",
          "1128 pairs of experts",
          "Consistency, mean",
          "Experts who agree least with the others",
          "Most uncertain tasks"
        }) {
      assertTrue(text.contains(part), text);
    }
    JsonNode json = new ObjectMapper().readTree(Runs.succeed(args(JUDGES, "--format=json")));
    assertEquals(419, json.get("tasks").size());
    assertEquals(48, json.get("experts").size());
    assertEquals(2, json.get("labels").size());
    assertEquals(1128, json.get("cohen_kappa").get("pairs").intValue());
    assertTrue(json.get("alpha").get("lower").isNull());
  }

  @Test
  void bootstrapDependsOnTheSeedAlone() throws IOException {
    String[] options = {JUDGES, "--bootstrap=50", "--seed=3", "--format=json"};
    String once = Runs.succeed(args(options));
    assertEquals(once, Runs.succeed(args(options)));
    JsonNode alpha = new ObjectMapper().readTree(once).get("alpha");
    assertTrue(alpha.get("lower").doubleValue() < alpha.get("value").doubleValue());
    assertTrue(alpha.get("upper").doubleValue() > alpha.get("value").doubleValue());
  }

  @Test
  void undefinedIsExplained() throws IOException {
    String alone = file("task,expert,label\nt,a,x\nu,b,y\n");
    String text = Runs.succeed(args(alone));
    assertTrue(text.contains("undefined: no task has two answers to compare"), text);
    JsonNode json = new ObjectMapper().readTree(Runs.succeed(args(alone, "-f", "json")));
    assertTrue(json.get("alpha").get("value").isNull());
    String same = file("task,expert,label\nt,a,x\nt,b,x\n");
    text = Runs.succeed(args(same));
    assertTrue(text.contains("undefined: all answers that can be compared are the same"), text);
  }

  @Test
  void orderOfLabelsCounts() throws IOException {
    String input =
        file("task,expert,label\nt,a,low\nt,b,mid\nu,a,high\nu,b,mid\nv,a,low\nv,b,low\n");
    String sorted = Runs.succeed(args(input, "--level=ordinal"));
    assertTrue(sorted.contains("Order of the labels: high < low < mid\n"), sorted);
    String given = Runs.succeed(args(input, "--level=ordinal", "--order=low,mid,high"));
    assertTrue(given.contains("Order of the labels: low < mid < high\n"), given);
    Runs.fail(
        2,
        "coterie: "
            + input
            + ":3: label \"mid\" is missing from --order \"low,high\"; add it, or correct the label",
        args(input, "--level=ordinal", "--order=low,high"));
    Runs.fail(
        2,
        "coterie: --order means nothing to --level nominal; leave it out, or use --level ordinal",
        args(input, "--order=low,mid,high"));
  }

  @Test
  void wrongUse() throws IOException {
    String input = file("task,expert,label\nt,a,x\nt,b,-1\n");
    Runs.fail(
        2,
        "coterie: " + input + ": label \"x\" is not a number; correct it, or use --level ordinal",
        args(input, "--level=interval"));
    String numbers = file("task,expert,label\nt,a,1\nt,b,-1\n");
    Runs.fail(
        2,
        "coterie: "
            + numbers
            + ": label \"-1\" is not a number of 0 or more; correct it, or use --level interval",
        args(numbers, "--level=ratio"));
    Runs.fail(
        2,
        "coterie: unknown level \"x\"; choose one of nominal, ordinal, interval, ratio",
        args(input, "--level=x"));
    Runs.fail(
        2,
        "coterie: --bootstrap -1 is not between 0 and 1000000; correct it",
        args(input, "--bootstrap=-1"));
    Runs.fail(
        2,
        "coterie: --confidence 1.0 is not between 0 and 1; give one such as 0.95",
        args(input, "--confidence=1"));
    Runs.fail(2, "coterie: --top -1 is negative; give 0 or more", args(input, "--top=-1"));
    Runs.fail(
        2, "coterie: FILE is missing; see coterie help agreement", "agreement", "--level=ratio");
  }
}
