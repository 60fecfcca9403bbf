package dev.coterie.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with files and options of {@code coterie text}, told in one line. */
class TextErrorsTest {
  private static final String CSV = "task,expert,text\nt,a,yes\nt,b,no\n";

  @TempDir private Path folder;

  private void fail(String line, String name, byte[] content, String... more) throws IOException {
    String path = Files.write(folder.resolve(name), content).toString();
    String[] args = {"text", path, "--backend=scalar", "-o", folder + "/out.csv"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    Runs.fail(2, "coterie: " + line.replace("FILE", path), all);
  }

  private void csv(String line, String text, String... more) throws IOException {
    fail(line, "in.csv", text.getBytes(StandardCharsets.UTF_8), more);
  }

  private void json(String line, String text, String... more) throws IOException {
    fail(line, "in.jsonl", text.getBytes(StandardCharsets.UTF_8), more);
  }

  @AfterEach
  void nothingIsWritten() throws IOException {
    try (var files = Files.list(folder)) {
      Assertions.assertTrue(
          files.noneMatch(file -> file.toString().contains("out")), folder.toString());
    }
  }

  @Test
  void emptyFiles() throws IOException {
    csv(
        "FILE:1: the file is empty; it needs a header line such as task,expert,text and lines"
            + " below it",
        "");
    csv("FILE:2: there are no texts below the header; add at least one line", "task,expert,text\n");
    String empty =
        "the file is empty; it needs lines such as {\"task\": \"1\", \"expert\": \"Ann\","
            + " \"text\": \"Paris\"}";
    json("FILE:1: " + empty, "");
    json("FILE:3: " + empty, "\n \r\n");
  }

  @Test
  void columns() throws IOException {
    csv(
        "FILE:1: there is no column text or label among \"task\", \"expert\"; name the column with"
            + " --text-column, or add a header line",
        "task,expert\nt,a\n");
    csv(
        "FILE:1: the columns \"text\" and \"label\" could both be meant; choose one with"
            + " --text-column",
        "task,expert,text,label\nt,a,x,y\n");
    csv("FILE:3: the expert is empty; fill it in or delete the line", CSV.replace("t,b", "t, "));
    csv("FILE:2: 2 fields, but the header has 3; add what is missing", "task,expert,text\nt,a\n");
  }

  @Test
  void confidences() throws IOException {
    for (String wrong : new String[] {"2", "NaN", "-0.1", "high", "1e999"}) {
      csv(
          "FILE:2: confidence \""
              + wrong
              + "\" is not a number between 0 and 1; correct it, or leave it empty for 1",
          "task,expert,text,confidence\nt,a,yes," + wrong + "\n");
    }
    String begin = "{\"expert\": \"a\", \"text\": \"b\", \"confidence\": ";
    json("FILE:1:44: confidence 2 is not between 0 and 1; correct it", begin + "2}");
    json("FILE:1:44: confidence 1e999 is not between 0 and 1; correct it", begin + "1e999}");
    json(
        "FILE:1:44: here is \"NaN\", but must be a confidence, a number from 0 to 1",
        begin + "NaN}");
  }

  @Test
  void otherEncodings() throws IOException {
    byte[] csv = CSV.replace("yes", "fa\u00e7ade").getBytes(StandardCharsets.ISO_8859_1);
    fail(
        "FILE:2: byte 7 of the line (0xe7, byte 24 of the text) is not UTF-8; convert the file, for"
            + " example with iconv -f latin1 -t utf-8",
        "in.csv",
        csv);
    fail(
        "FILE:2: byte 17 of the line (0xe7) is not UTF-8; convert the file, for example with iconv"
            + " -f latin1 -t utf-8",
        "in.jsonl",
        "\n{\"expert\": \"fran\u00e7ois\"}".getBytes(StandardCharsets.ISO_8859_1));
    fail(
        "FILE:1: the text is UTF-16; convert it, for example with iconv -f utf-16 -t utf-8",
        "in.jsonl",
        "{}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void brokenJson() throws IOException {
    json(
        "FILE:1:1: here is \"task\", but must be an object, such as {\"expert\": \"Ann\", \"text\":"
            + " \"Paris\"}",
        CSV);
    json("FILE:1:16: the line ends here, but must have a comma or }", "{\"expert\": \"a\" ");
    json("FILE:1:2: here is \"e\", but must be the name of a member, a string", "{e: 1}");
    json("FILE:1:14: here is \"1\", but must be a comma or }", "{\"expert\":\"a\"1}");
    json("FILE:1:8: here is \"1\", but must be a comma or }", "{\"x\": 01}");
    json("FILE:1:9: here is \"}\", but must be the name of a member, a string", "{\"x\": 1,}");
    json("FILE:1:7: here is \"-\", but must be a value of JSON", "{\"x\": -}");
    json("FILE:1:7: here is \"1\", but must be a value of JSON", "{\"x\": 1.}");
    json(
        "FILE:1:7: the string that begins here is never closed; close it on this line",
        "{\"x\": \"abc\n\"}");
    json(
        "FILE:1:8: a control character in a string; write it as an escape, such as \\t",
        "{\"x\": \"\t\"}");
    json(
        "FILE:1:8: an escape that JSON does not have; double the backslash, or write \\u and 4"
            + " digits",
        "{\"x\": \"\\q\"}");
    json(
        "FILE:1:8: half of a surrogate pair; write the character itself, or both halves",
        "{\"x\": \"\\ud83dx\"}");
    json(
        "FILE:2:32: here is \"x\", but must be nothing after the object; write one object a line",
        "\n{\"expert\": \"a\", \"text\": \"b\"}   x");
    json(
        "FILE:1:70: arrays and objects lie more than 64 deep; flatten the line",
        "{\"x\": " + "[".repeat(100_000));
  }

  @Test
  void membersOfObjects() throws IOException {
    json("FILE:1: the object has no \"text\"; add it", "{\"expert\": \"a\"}");
    json(
        "FILE:1:12: here is \"5\", but must be the name of the expert, a string",
        "{\"expert\": 5}");
    json("FILE:1:12: the expert is empty; fill it in or delete the line", "{\"expert\": \"\"}");
    json(
        "FILE:1:23: the object has two \"text\"; keep one of them",
        "{\"text\": \"a\", \"text\": \"b\"}");
    json(
        "FILE:2: there is a task here but none on line 1; give every object one, or none",
        "{\"expert\": \"a\", \"text\": \"\"}\n{\"expert\": \"a\", \"text\": \"\", \"task\": \"t\"}");
  }

  @Test
  void embeddings() throws IOException {
    String first = "{\"expert\": \"a\", \"text\": \"x\", \"embedding\": [1, 2]}\n";
    json(
        "FILE:2: the embedding has 1 number here but 2 numbers on line 1; give every object one of"
            + " the same length, or none",
        first + first.replace(", 2", ""));
    json(
        "FILE:2: the embedding has no numbers here but 2 numbers on line 1; give every object one"
            + " of the same length, or none",
        first + "{\"expert\": \"b\", \"text\": \"x\"}");
    json("FILE:1:47: the number \"1e39\" is too large", first.replace("[1, 2", "[1, 1e39"));
    json(
        "FILE:1:43: the embedding is empty; give it numbers, or leave it out",
        first.replace("1, 2", ""));
    json(
        "FILE: embedding-cosine needs embeddings, and the texts have none; give them in JSON"
            + " Lines, or name an --embedder",
        "{\"expert\": \"a\", \"text\": \"x\"}",
        "--choice=embedding-cosine");
  }

  @Test
  void options() throws IOException {
    csv(
        "unknown similarity \"cosine\"; choose one of set-cosine, tfidf-cosine, jaccard, min-hash,"
            + " word-levenshtein, levenshtein, embedding-cosine, trigram-dice, word-alignment",
        CSV,
        "--similarity=cosine");
    csv("unknown preset \"x\"; choose one of answers, sentences", CSV, "--preset=x");
    csv("--threshold NaN is not between -1 and 1; correct it", CSV, "--threshold=NaN");
    csv("--themes -1 is not between 0 and 1000; correct it", CSV, "--themes=-1");
    csv(
        "--min-points means nothing to leader; leave it out, or use it with --clustering density",
        CSV,
        "--min-points=3");
    csv("--min-points 0 is below 1; correct it", CSV, "--min-points=0", "--clustering=density");
    csv(
        "--embedder means nothing to set-cosine; leave it out, or use it with --similarity"
            + " embedding-cosine",
        CSV,
        "--embedder=minilm");
    csv(
        "--embedder \"minilm\": there is no embedder minilm; the artifact"
            + " dev.coterie:coterie-embeddings has it",
        CSV,
        "--embedder=minilm",
        "--similarity=embedding-cosine");
    csv(
        "--embedder \"other\": there is no embedder other; minilm comes with the artifact"
            + " dev.coterie:coterie-embeddings",
        CSV,
        "--embedder=other",
        "--similarity=embedding-cosine");
    csv("unknown option \"--posteriors\"; see coterie help text", CSV, "--posteriors");
    csv(
        "--skills: this result says nothing about experts; leave it out, or take a method and a file"
            + " that know experts",
        CSV,
        "--skills=" + folder.resolve("experts.csv"));
    json(
        "columns and delimiters mean nothing to JSON Lines; leave them out, or take --input-format"
            + " csv",
        "{}",
        "--text-column=x");
  }

  @Test
  void truth() throws IOException {
    String other = Files.writeString(folder.resolve("truth.csv"), "task,text\nx,yes\n").toString();
    csv(
        other
            + ":2: no task of the truth has answers: this file has tasks such as \"x\", FILE such as"
            + " \"t\"; make their names agree",
        CSV,
        "--truth=" + other);
    Files.writeString(folder.resolve("truth.csv"), "task,text\nt,yes\nt,no\n");
    csv(
        other + ":3: task \"t\" has text \"no\" here but \"yes\" on line 2; keep one of them",
        CSV,
        "--truth=" + other);
    Files.writeString(folder.resolve("truth.csv"), "task,text\nt,\u306f\u3044\n");
    csv(
        other
            + ":2: no text of the truth has a word of a-z and 0-9, and others are not measured;"
            + " leave out --truth",
        CSV,
        "--truth=" + other);
  }
}
