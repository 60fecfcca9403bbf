package dev.coterie.contract;

import dev.coterie.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks another Java process whether a backend is available: a library is loaded once in a process,
 * so that each failure needs one of its own.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /** Prints the backend, or why there is none; {@code arguments[0]} is its id. */
  public static void main(String[] arguments) {
    String id = arguments[0];
    System.out.println(
        Backends.unavailabilityCause(id)
            .map(cause -> "unavailable: " + cause.getMessage())
            .orElseGet(() -> "available: " + Backends.ensureAvailable(id)));
  }

  /** Returns what a process with the given options prints. */
  public static String ask(String id, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", TestSetting.classPath(), ChildJvm.class.getName(), id));
    return run(command);
  }

  /** Returns what a command prints on both streams; it must end well. */
  public static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command + "\n" + output);
      }
      if (process.exitValue() != 0) {
        throw new AssertionError("exit " + process.exitValue() + ": " + command + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
