package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.BackendUnavailableException;
import dev.coterie.cli.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Help, versions, completion, the doctor, and exit codes. */
class CommandLinesTest {
  @Test
  void helpOfEveryCommand() {
    String top = Runs.succeed("--help");
    for (String word :
        new String[] {
          "consensus",
          "online",
          "ask",
          "text",
          "agreement",
          "accuracy",
          "doctor",
          "completion",
          "help",
          "Exit codes:",
          "130"
        }) {
      assertTrue(top.contains(word), top);
    }
    for (String command :
        new String[] {
          "consensus", "online", "ask", "text", "agreement", "accuracy", "doctor", "completion"
        }) {
      String help = Runs.succeed(command, "--help");
      assertTrue(help.contains("Usage: coterie " + command), help);
      assertEquals(help, Runs.succeed("help", command));
      assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
    }
    String help = Runs.succeed("consensus", "--help");
    for (String option :
        new String[] {
          "--method",
          "--list-methods",
          "--truth",
          "--output",
          "--skills",
          "--format",
          "--task-column",
          "--expert-column",
          "--label-column",
          "--weight-column",
          "--delimiter",
          "--max-iterations",
          "--tolerance",
          "--smoothing",
          "--gold",
          "--class-priors",
          "--repeats",
          "--positional",
          "--threads",
          "--backend",
          "--labels",
          "--no-progress",
          "--quiet",
          "--posteriors",
          "--top"
        }) {
      assertTrue(help.contains(option), option);
    }
    assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertTrue(Runs.succeed("--version").matches("coterie [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R"));
  }

  @Test
  void completionScripts() {
    for (String shell : new String[] {"bash", "zsh"}) {
      String script = Runs.succeed("completion", shell);
      for (String word :
          new String[] {
            "complete",
            "coterie",
            "--max-iterations",
            "doctor",
            "online",
            "--create",
            "ask",
            "--costs",
            "text",
            "--min-points",
            "trigram-dice"
          }) {
        assertTrue(script.contains(word), word);
      }
    }
    Runs.fail(2, "coterie: unknown shell \"fish\"; choose bash or zsh", "completion", "fish");
  }

  @Test
  void missingAndUnknownCommands() {
    Runs.Outcome none = Runs.run();
    assertEquals(2, none.code());
    assertEquals(
        "coterie: a command is missing: consensus, online, ask, text, agreement, accuracy, doctor,"
            + " completion or help; see coterie --help"
            + System.lineSeparator(),
        none.err());
    Runs.Outcome unknown = Runs.run("consens");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().startsWith("coterie: unknown command"), unknown.err());
    assertEquals(2, Runs.run("consensus").code());
  }

  @Test
  void doctorSaysWhatWorks() throws IOException {
    String text = Runs.succeed("doctor");
    for (String word : new String[] {"ffm", "jna", "vectorapi", "scalar", "In use", "check:"}) {
      assertTrue(text.contains(word), text);
    }
    JsonNode json = new ObjectMapper().readTree(Runs.succeed("doctor", "--json"));
    assertTrue(json.get("healthy").booleanValue());
    assertEquals(4, json.get("backends").size());
    JsonNode scalar = json.get("backends").get(3);
    assertEquals("scalar", scalar.get("id").textValue());
    assertTrue(scalar.get("available").booleanValue());
    assertTrue(json.get("java").textValue().contains(System.getProperty("java.version")));
  }

  private static String failed(int code, Throwable failure) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new ByteArrayOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    assertEquals(code, CommandLines.failed(terminal, failure));
    return err.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  @Test
  void levelsOfTheLog() {
    for (String level : new String[] {null, "off", "Debug", " info "}) {
      StandardErrorLoggers.check(level);
    }
    InputException wrong =
        assertThrows(InputException.class, () -> StandardErrorLoggers.check("verbose"));
    assertEquals(
        "unknown level \"verbose\" in coterie.log or COTERIE_LOG; choose one of off, error,"
            + " warning, info, debug, trace, all",
        wrong.getMessage());
    assertEquals(Level.DEBUG, StandardErrorLoggers.threshold("dev.coterie", Level.DEBUG));
    assertEquals(Level.WARNING, StandardErrorLoggers.threshold("jdk.event", Level.DEBUG));
    assertEquals(Level.OFF, StandardErrorLoggers.threshold("jdk.event", Level.OFF));
  }

  @Test
  void failuresHaveTheirCodes() {
    assertEquals(
        "coterie: interrupted; nothing was written", failed(130, new CancellationException()));
    assertEquals(
        "coterie: no ffm; see coterie doctor",
        failed(1, new BackendUnavailableException("no ffm")));
    assertEquals(
        "coterie: /x: No space left on device",
        failed(1, new FileSystemException("/x", null, "No space left on device")));
    assertEquals(
        "coterie: writing failed: No space left on device",
        failed(1, new IOException("No space left on device")));
    assertEquals("", failed(141, new IOException("Broken pipe")));
    assertEquals(
        "coterie: out of memory (Java heap space); give Java more with -Xmx, such as -Xmx8g",
        failed(1, new OutOfMemoryError("Java heap space")));
    assertEquals(
        "coterie: internal failure, please report it: java.lang.NullPointerException: x",
        failed(1, new NullPointerException("x")));
  }
}
