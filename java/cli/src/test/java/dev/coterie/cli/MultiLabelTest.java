package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.MethodOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of labels, in files that have a line for each label of a set. */
class MultiLabelTest {
  /** The answers of crowd-kit's own test of binary relevance, and a task where none holds. */
  private static final String ANSWERS =
      """
      task,worker,label
      t1,w1,house
      t1,w1,tree
      t1,w2,house
      t1,w3,house
      t2,w1,car
      t1,w3,tree
      t1,w3,grass
      t1,w3,tree
      t2,w2,car
      t2,w2,human
      t2,w3,train
      t3,w1,
      t3,w2,
      t3,w3,car
      """;

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String[] args(String text, String... more) throws IOException {
    String[] args = {
      "consensus", file("in.csv", text), "--kind=multi-label", "--backend=scalar", "-m"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private void fail(String line, String text, String... more) throws IOException {
    String[] args = args(text, more);
    Runs.fail(2, "coterie: " + line.replace("FILE", args[1]), args);
  }

  @Test
  void setsWithTheirPosteriors() throws IOException {
    assertEquals(
        """
        task,label,posterior
        t1,house,1.0
        t1,tree,0.6666666666666666
        t2,car,0.6666666666666666
        t3,,
        """,
        Runs.succeed(args(ANSWERS, "majority-vote", "-f", "csv")));
    String all = Runs.succeed(args(ANSWERS, "majority-vote", "-f", "csv", "--posteriors"));
    assertTrue(all.startsWith("task,label,posterior,holds\nt1,car,0.0,no\nt1,grass,0.33"), all);
    assertEquals(1 + 3 * 6, all.lines().count());
  }

  @Test
  void expertsHaveASkillForEachLabel() throws IOException {
    String order = "house,tree,grass,car,human,train";
    String out = folder + "/out.csv";
    Runs.succeed(args(ANSWERS, "majority-vote", "-q", "-o", out, "--order", order));
    assertEquals(
        "task,label,posterior\nt1,house,1.0", Files.readString(Path.of(out)).substring(0, 33));
    String[] experts = Files.readString(folder.resolve("out.skills.csv")).split("\n");
    assertEquals("expert,answers,skill_" + order.replace(",", ",skill_"), experts[0]);
    assertTrue(experts[1].startsWith("w1,3,1.0,1.0,"), experts[1]);
    assertEquals(4, experts.length);
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    String text = Runs.succeed(args(ANSWERS, "auto", "-f", "json", "--posteriors"));
    JsonNode json = new ObjectMapper().readTree(text);
    assertEquals("multi-label", json.get("kind").textValue());
    assertEquals(9, json.get("answers").intValue());
    assertEquals(6, json.get("labels").size());
    JsonNode task = json.get("tasks").get(0);
    assertEquals("house", task.get("labels").get(0).get("label").textValue());
    assertEquals(6, task.get("posteriors").size());
    assertEquals(6, json.get("experts").get(0).get("skills").size());
  }

  @Test
  void everyBackendWritesTheSameBytes() throws IOException {
    String expected = Runs.succeed(args(ANSWERS, "dawid-skene", "-f", "json"));
    for (BackendInfo backend : Backends.available()) {
      String[] args = args(ANSWERS, "dawid-skene", "-f", "json");
      args[3] = "--backend=" + backend.id();
      assertEquals(expected, Runs.succeed(args), backend.id());
    }
  }

  @Test
  void truthAndGold() throws IOException {
    String truth = file("truth.csv", "task,label\nt1,house\nt1,grass\nt2,car\nt3,\nt9,car\n");
    String text = Runs.succeed(args(ANSWERS, "majority-vote", "--truth", truth));
    assertTrue(
        text.contains("truth of 3 tasks is known; 1 task of the truth has no answers"), text);
    // t1 has one label of three, the others are right; 2 of 3 + 2 labels and 1 of 1 + 1 agree.
    assertTrue(text.contains("  majority-vote  0.667    0.778  0.667           1.00"), text);
    String gold = file("gold.csv", "task,label\nt1,house\nt1,grass\nt3,car\n");
    String csv = Runs.succeed(args(ANSWERS, "majority-vote", "-f=csv", "--gold", gold));
    assertEquals(
        "task,label,posterior\nt1,grass,1.0\nt1,house,1.0\nt2,car,0.6666666666666666\nt3,car,1.0\n",
        csv);
  }

  @Test
  void comparison() throws IOException {
    Runs.Outcome outcome = Runs.run(args(ANSWERS, "majority-vote,dawid-skene,kos"));
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("9 sets of labels of 3 experts to 3 tasks, 6 labels"));
    assertTrue(outcome.out().contains("\n  kos "), outcome.out());
    assertFalse(outcome.out().contains("Least"), outcome.out());
  }

  @Test
  void wrongUse() throws IOException {
    fail(
        "FILE:3: the answer of expert \"w\" to task \"t\" has weight 2.0 here but 1.0 on line 2; a"
            + " set has one weight",
        "task,expert,label,weight\nt,w,a,1\nt,w,b,2\n",
        "majority-vote");
    fail(
        "FILE:3: every label is empty; fill in at least one",
        "task,expert,label\nt,w,\n",
        "majority-vote");
    fail(
        "FILE:1: there is no column label among \"task\", \"expert\"; name the column with"
            + " --label-column, or add a header line",
        "task,expert\nt,w\n",
        "majority-vote");
    fail(
        "method \"ordinal\" is not multi-label; choose among "
            + String.join(", ", Catalogue.of(Kind.MULTI_LABEL).stream().map(Method::id).toList()),
        ANSWERS,
        "ordinal");
    fail(
        "--class-priors means nothing to dawid-skene; leave it out, or use it with "
            + String.join(", ", Catalogue.takers(MethodOption.CLASS_PRIORS)),
        ANSWERS,
        "dawid-skene",
        "--class-priors=absent=0.9,present=0.1");
  }

  @Test
  void wrongTruthAndGold() throws IOException {
    String other = file("truth.csv", "task,label\nx,car\n");
    fail(
        other
            + ":2: no task of the truth has answers: this file has tasks such as \"x\", FILE such"
            + " as \"t1\"; make their names agree",
        ANSWERS,
        "majority-vote",
        "--truth",
        other);
    fail(
        other + ":2: task \"x\" has no answers; correct it or delete the line",
        ANSWERS,
        "majority-vote",
        "--gold",
        other);
    String label = file("gold.csv", "task,label\nt1,car\nt1,boat\n");
    fail(
        label + ":3: no expert ever gave label \"boat\"; correct it or delete the line",
        ANSWERS,
        "majority-vote",
        "--gold",
        label);
  }
}
