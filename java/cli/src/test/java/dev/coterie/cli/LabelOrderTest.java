package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of the labels as the command line is told it. */
class LabelOrderTest {
  private static final String SIZES =
      """
      task,expert,label
      t1,a,small
      t1,b,medium
      t1,c,small
      t2,a,large
      t2,b,large
      t2,c,medium
      t3,a,medium
      t3,b,small
      """;

  @TempDir private Path folder;

  private String[] args(String text, String... more) throws IOException {
    String input = Files.writeString(folder.resolve("in.csv"), text).toString();
    String[] args = {"consensus", input, "--backend", "scalar"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private String run(String... more) throws IOException {
    return Runs.succeed(args(SIZES, more));
  }

  private void fail(String line, String... more) throws IOException {
    String[] args = args(SIZES, more);
    Runs.fail(2, "coterie: " + line.replace("FILE", args[1]), args);
  }

  @Test
  void ranksOfOrdinal() throws IOException {
    String json = run("-m", "ordinal", "--order", "small,medium,large", "-f", "json");
    assertEquals(
        "[\"small\",\"medium\",\"large\"]",
        new ObjectMapper().readTree(json).get("labels").toString());
    String csv = run("-m", "ordinal", "--order", "small,medium,large", "-f", "csv");
    assertNotEquals(csv, run("-m", "ordinal", "-f", "csv"));
  }

  @Test
  void tiesOfAnyMethod() throws IOException {
    String vote = run("-m", "majority-vote", "--order", "small,medium,large", "-f", "csv");
    assertTrue(vote.contains("t3,small,0.5,medium,0.5"), vote);
    vote = run("-m", "majority-vote", "-f", "csv");
    assertTrue(vote.contains("t3,medium,0.5,small,0.5"), vote);
  }

  @Test
  void labelsWithCommas() throws IOException {
    String[] args =
        args(
            "task,expert,label\nt,a,\"no, never\"\nt,b,yes\n",
            "-m=majority-vote",
            "-f=csv",
            "--order=yes",
            "--order=no, never");
    assertTrue(Runs.succeed(args).contains("t,yes,0.5,\"no, never\",0.5"));
  }

  @Test
  void wrongOrders() throws IOException {
    fail(
        "FILE:3: label \"medium\" is missing from --order \"small,large\"; add it, or correct the"
            + " label",
        "--order",
        "small,large");
    fail(
        "--order names label \"huge\", which no expert ever gave; correct it or leave it out",
        "--order",
        "small,medium,large,huge");
    fail("--order names label \"small\" twice; keep one of them", "--order", "small,small");
    fail(
        "--order has an empty label; write it like low,middle,high, or repeat the option for each"
            + " label",
        "--order",
        "small,,large");
    fail(
        "--labels and --order both order the labels; leave one of them out",
        "--order=small,medium,large",
        "--labels=sorted");
    fail(
        "--order means nothing to numeric methods; leave it out, or take a categorical one",
        "--order=1,2",
        "--kind=numeric");
  }
}
