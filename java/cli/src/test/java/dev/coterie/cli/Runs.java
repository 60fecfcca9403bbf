package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands inside the test's process. */
final class Runs {
  /** What a run left behind. */
  record Outcome(int code, String out, String err) {}

  private Runs() {}

  static Outcome run(byte[] standardInput, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(standardInput),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int code = CommandLines.run(terminal, args);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Outcome run(String... args) {
    return run(new byte[0], args);
  }

  /** Runs a command that must succeed without a word on standard error. */
  static String succeed(String... args) {
    Outcome outcome = run(args);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.code());
    return outcome.out();
  }

  /** Runs a command that must fail with one line. */
  static void fail(int code, String line, String... args) {
    Outcome outcome = run(args);
    assertEquals(line + System.lineSeparator(), outcome.err());
    assertEquals(code, outcome.code());
    assertEquals("", outcome.out());
  }
}
