package dev.coterie.embeddings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consumer.EmbedOnce;
import dev.coterie.consumer.EmbedToTheEnd;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the artifact behaves in a process of its own: the module path, and where it cannot work. */
class ProcessTest {
  private static final String BITS;

  static {
    try (MiniLm embedder = new MiniLm()) {
      BITS = "bits: " + Arrays.hashCode(embedder.embed("A man is eating food.")) + "\n";
    }
  }

  /** How often a process is ended in each way: a race that is lost is not lost every time. */
  private static final int ENDS = Integer.getInteger("coterie.test.ends", 4);

  @TempDir Path folder;

  /** What a program would have on its path; the class folder of these tests apart. */
  private static String path(boolean tests) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> tests == entry.endsWith("test-classes"))
        .filter(entry -> !entry.endsWith("-tests.jar") && !entry.contains("junit"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private String run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add(EmbedOnce.class.getName());
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "did not end");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  private String onClassPath(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-cp");
    all.add(path(false) + File.pathSeparator + path(true));
    return run(all.toArray(String[]::new));
  }

  private String onModulePath(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--module-path", path(false), "--add-modules", "dev.coterie.core"));
    all.addAll(List.of("-cp", path(true)));
    return run(all.toArray(String[]::new));
  }

  @Test
  void classPathWithoutAWarning() throws Exception {
    String output = onClassPath("--enable-native-access=ALL-UNNAMED");
    assertEquals("module: null\n" + BITS + BITS, output);
  }

  @Test
  void modulePathWithoutAWarning() throws Exception {
    String output = onModulePath("--enable-native-access=com.microsoft.onnxruntime");
    assertEquals("module: dev.coterie.embeddings\n" + BITS + BITS, output);
  }

  @Test
  void whereItCannotWorkItSaysSoEachTime() throws Exception {
    String output =
        onClassPath(
            "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder.resolve("missing"));
    List<String> refusals = output.lines().filter(line -> line.startsWith("refused: ")).toList();
    assertEquals(2, refusals.size(), output);
    assertEquals(refusals.get(0), refusals.get(1));
    assertTrue(refusals.get(0).contains("missing"), output);
    assertTrue(refusals.get(0).contains("-Djava.io.tmpdir=..."), output);
    assertFalse(output.contains("bits"), output);
  }

  /** ONNX Runtime's own hook would free its environment under the feet of these threads. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes cannot be asked to end there")
  void aSignalDoesNotCrashIt() throws Exception {
    for (int end = 0; end < ENDS; end++) {
      assertEquals("working\n" + BITS, toTheEnd(143, "3", "wait"));
    }
  }

  @Test
  void exitDoesNotCrashIt() throws Exception {
    for (int end = 0; end < ENDS; end++) {
      assertEquals("working\n" + BITS, toTheEnd(7, "3", "exit"));
    }
  }

  @Test
  void withAnEnvironmentOfOthersItRefusesAtTheEnd() throws Exception {
    String output = toTheEnd(7, "0", "exit", "other");
    assertTrue(output.startsWith("working\nrefused: the JVM is shutting down"), output);
  }

  /** Runs the program until its threads work, asks it to end, and returns all it wrote. */
  private String toTheEnd(int code, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.addAll(List.of("-cp", path(false) + File.pathSeparator + path(true)));
    command.add(EmbedToTheEnd.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder text = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        text.append(line).append('\n');
        if (line.equals("working") && arguments[1].equals("wait")) {
          process.toHandle().destroy(); // process.destroy() would close the output
        }
      }
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "did not end");
      assertEquals(code, process.exitValue(), text.toString());
      assertFalse(Files.exists(folder.resolve("crash.log")), text.toString());
      return text.toString();
    } finally {
      process.destroyForcibly();
    }
  }
}
