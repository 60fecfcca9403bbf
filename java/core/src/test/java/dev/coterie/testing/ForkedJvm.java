package dev.coterie.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, for what a process decides once. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /** Returns all that the process printed; fails when it does not end well. */
  public static String run(List<String> options, Map<String, String> environment, Class<?> main)
      throws IOException, InterruptedException {
    Path target = Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    command.addAll(options);
    command.add("-cp");
    command.add(target.resolve("classes") + File.pathSeparator + target.resolve("test-classes"));
    command.add(main.getName());
    Path output = Files.createTempFile("coterie-fork", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError((ended ? "failed" : "did not end") + ": " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
