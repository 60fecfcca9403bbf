package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coterie.Backends;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.MethodOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with files and arguments: one line, exit code 2, no output. */
class ConsensusErrorsTest {
  private static final String GOOD = "task,worker,label\nt1,w1,a\nt1,w2,b\nt2,w1,a\n";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1)).toString();
  }

  /** Runs on a file of this text and expects this line, in which {@code FILE} stands for it. */
  private void expect(String line, String text, String... options) throws IOException {
    String input = file("in.csv", text);
    String[] args = {"consensus", input, "--backend", "scalar", "-o", folder + "/out.csv"};
    String[] all = Arrays.copyOf(args, args.length + options.length);
    System.arraycopy(options, 0, all, args.length, options.length);
    Runs.fail(2, "coterie: " + line.replace("FILE", input), all);
    for (String left : folder.toFile().list()) {
      assertTrue(!left.contains("out"), left);
    }
  }

  @Test
  void headers() throws IOException {
    expect(
        "FILE:1: the file is empty; it needs a header line such as task,expert,label and lines"
            + " below it",
        "");
    expect(
        "FILE:2: there are no answers below the header; add at least one line",
        "task,worker,label\n");
    expect(
        "FILE:1: there is no column label among \"task\", \"worker\", \"answer\"; name the column"
            + " with --label-column, or add a header line",
        "task,worker,answer\nt,w,l\n");
    expect(
        "FILE:1: there is no column expert or worker among \"task\", \"label\"; name the column"
            + " with --expert-column, or add a header line",
        "task,label\nt,l\n");
    expect(
        "FILE:1: there is no column \"item\" among \"task\", \"worker\", \"label\"; correct"
            + " --task-column",
        GOOD,
        "--task-column",
        "item");
    expect(
        "FILE:1: the columns \"expert\" and \"worker\" could both be meant; choose one with"
            + " --expert-column",
        "task,worker,expert,label\nt,w,e,l\n");
    expect(
        "FILE:1: there are two columns \"label\"; rename one of them, or choose another with"
            + " --label-column",
        "task,worker,label,label\nt,w,l,l\n");
  }

  @Test
  void records() throws IOException {
    expect(
        "FILE:3: 2 fields, but the header has 3; add what is missing",
        "task,worker,label\nt,w,l\nt,w\n");
    expect(
        "FILE:2: 4 fields, but the header has 3; put fields that contain the delimiter in double"
            + " quotes",
        "task,worker,label\nt,w,l,\n");
    expect("FILE:2: the task is empty; fill it in or delete the line", "task,worker,label\n,w,l\n");
    expect(
        "FILE:2: the expert is empty; fill it in or delete the line", "task,worker,label\nt, ,l\n");
    expect(
        "FILE:3: the label is empty; fill it in or delete the line",
        "task,worker,label\nt,w,l\nt,w,\"\"\n");
    expect(
        "FILE:2: the quote that opens field 3 is never closed; close it, or double each quote that"
            + " belongs to the text",
        "task,worker,label\nt,w,\"l\nt,w,l\n");
    expect(
        "FILE:2: byte 1 of the line (0xe9, byte 19 of the text) is not UTF-8; convert the file, for"
            + " example with iconv -f latin1 -t utf-8",
        "task,worker,label\n\u00e9,w,l\n");
  }

  @Test
  void weights() throws IOException {
    String header = "task,worker,label,weight\nt,w,l,1\nt,w,l,";
    String cure = "; give a number of 0 or more, such as 0.75";
    for (String text : new String[] {"abc", "NaN", "1f", "0x1p3", "1..5", "-", "Infinity"}) {
      expect(
          "FILE:3: weight \"" + text + "\" is not a decimal number" + cure, header + text + "\n");
    }
    expect("FILE:3: weight \"-1\" is negative" + cure, header + "-1\n");
    expect("FILE:3: weight \"1e39\" is too large" + cure, header + "1e39\n");
    expect("FILE:3: the weight is empty; fill it in or delete the line", header + "\n");
  }

  @Test
  void options() throws IOException {
    expect(
        "unknown method \"magic\"; choose one of " + String.join(", ", new MethodOptions.Words()),
        GOOD,
        "--method",
        "magic");
    expect(
        "--method names dawid-skene twice; keep one of them",
        GOOD,
        "-m",
        "dawid-skene,majority-vote,dawid-skene");
    expect(
        "--method majority-vote,dawid-skene only prints a table; name one method to write its"
            + " result",
        GOOD,
        "-m",
        "majority-vote,dawid-skene");
    expect(
        "--positional means nothing to auto; leave it out, or use it with weighted-vote",
        GOOD,
        "--positional");
    expect("unknown repeats \"x\"; choose one of count-all, last-wins", GOOD, "--repeats", "x");
    expect("unknown labels \"x\"; choose one of sorted, first-seen", GOOD, "--labels", "x");
    expect("unknown format \"x\"; choose one of table, csv, json", GOOD, "--format", "x");
    expect(
        "--delimiter \"ab\" cannot separate fields; give one ASCII character other than a quote, or"
            + " tab",
        GOOD,
        "--delimiter",
        "ab");
    expect(
        "--smoothing means nothing to majority-vote; leave it out, or use it with "
            + String.join(", ", Catalogue.takers(MethodOption.SMOOTHING)),
        GOOD,
        "--smoothing",
        "1",
        "-m",
        "majority-vote");
    expect(
        "--tolerance NaN is not a number of 0 or more; correct it",
        GOOD,
        "-m",
        "dawid-skene",
        "--tolerance",
        "NaN");
    expect("--threads -1 is not a number of 0 or more; correct it", GOOD, "--threads", "-1");
    expect(
        "--method all only prints a table; name one method to write its result", GOOD, "-m", "all");
    expect(
        "--class-priors \"a\" is not a label and its probability; write them like yes=0.7,no=0.3,"
            + " or repeat the option for each label",
        GOOD,
        "-m",
        "dawid-skene",
        "--class-priors",
        "a");
    expect(
        "--class-priors lack label \"b\"; add it",
        GOOD,
        "-m",
        "dawid-skene",
        "--class-priors",
        "a=1");
    expect(
        "--class-priors add up to 0.75, but must add up to 1; correct them",
        GOOD,
        "-m",
        "dawid-skene",
        "--class-priors",
        "a=0.5,b=0.25");
    expect(
        "--class-priors name label \"c\", which no expert ever gave; correct it or leave it out",
        GOOD,
        "-m",
        "dawid-skene",
        "--class-priors",
        "a=0.5,b=0.2,c=0.3");
    expect(
        "invalid value for option '--max-iterations': 'x' is not an int; see coterie help"
            + " consensus",
        GOOD,
        "--max-iterations",
        "x");
    expect("--top -1 is negative; give 0 or more", GOOD, "--top", "-1");
  }

  @Test
  void gold() throws IOException {
    String gold = file("gold.csv", "task,label\nt1,a\nt9,a\n");
    expect(
        gold + ":3: task \"t9\" has no answers; correct it or delete the line",
        GOOD,
        "--gold",
        gold);
    file("gold.csv", "task,label\nt1,z\n");
    expect(
        gold + ":2: no expert ever gave label \"z\"; correct it or delete the line",
        GOOD,
        "--gold",
        gold);
    file("gold.csv", "task,label\nt1,a\nt1,a\nt1,b\n");
    expect(
        gold + ":4: task \"t1\" has label \"b\" here but \"a\" on line 2; keep one of them",
        GOOD,
        "--truth",
        gold);
  }

  @Test
  void files() throws IOException {
    String missing = folder.resolve("missing.csv").toString();
    Runs.fail(
        2, "coterie: " + missing + ": there is no such file; check the path", "consensus", missing);
    Runs.fail(
        2,
        "coterie: " + folder + ": this is a directory; name a file in it",
        "consensus",
        folder.toString());
    String input = file("in.csv", GOOD);
    Runs.fail(
        2,
        "coterie: --output \""
            + input
            + "\" is also used otherwise in this run; choose another"
            + " name",
        "consensus",
        input,
        "-o",
        input);
    Runs.fail(
        2,
        "coterie: standard input can be only one of FILE, --truth and --gold; give files for the"
            + " others",
        "consensus",
        "-",
        "--truth",
        "-");
    assertEquals(GOOD, Files.readString(Path.of(input)));
  }

  @Test
  void brokenGzip() throws IOException {
    StringBuilder text = new StringBuilder("task,worker,label\n");
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      text.append('t').append(random.nextInt()).append(",w,a\n");
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = packed.toByteArray();
    Path file = folder.resolve("in.csv.gz");
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    Runs.Outcome cut = Runs.run("consensus", file.toString());
    assertEquals(2, cut.code());
    assertTrue(
        cut.err()
            .matches(
                "coterie: .*in\\.csv\\.gz:[0-9]{4,}: the gzip data ends too early; the file was cut"
                    + " off, so copy it again\\R"),
        cut.err());
    bytes[bytes.length / 2] ^= 0x55;
    bytes[bytes.length - 8] ^= 0x55;
    Files.write(file, bytes);
    Runs.Outcome damaged = Runs.run("consensus", file.toString());
    assertEquals(2, damaged.code());
    assertEquals(1, damaged.err().lines().count());
    assertArrayEquals(new String[] {"in.csv.gz"}, folder.toFile().list());
  }

  @Test
  void unavailableBackend() throws IOException {
    String input = file("in.csv", GOOD);
    String backend =
        Backends.ids().stream().filter(id -> !Backends.isAvailable(id)).findFirst().orElse(null);
    assumeTrue(backend != null, "every backend is available");
    Runs.Outcome outcome = Runs.run("consensus", input, "--backend", backend);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().startsWith("coterie: backend " + backend), outcome.err());
    assertEquals(1, outcome.err().lines().count());
  }

  @Test
  void wrongArgumentsTakeOneLine() {
    Runs.fail(
        2,
        "coterie: unknown option \"--thread\"; did you mean --threads?; see coterie help consensus",
        "consensus",
        "x.csv",
        "--thread");
    Runs.fail(
        2,
        "coterie: unexpected argument \"y.csv\"; see coterie help consensus",
        "consensus",
        "x.csv",
        "y.csv");
    Runs.fail(2, "coterie: FILE is missing; see coterie help consensus", "consensus");
    Runs.fail(
        2,
        "coterie: unknown command \"consens\"; did you mean consensus?; see coterie --help",
        "consens");
    Runs.fail(
        2,
        "coterie: missing required parameter for option '--gold' (FILE); see coterie help"
            + " consensus",
        "consensus",
        "x.csv",
        "--gold");
  }

  @Test
  void truthOfOtherTasks() throws IOException {
    String truth = file("truth.csv", "task,label\nx1,a\nx2,a\n");
    expect(
        truth
            + ":2: no task of the truth has answers: this file has tasks such as \"x1\", FILE such"
            + " as \"t1\"; make their names agree",
        GOOD,
        "--truth",
        truth);
  }
}
