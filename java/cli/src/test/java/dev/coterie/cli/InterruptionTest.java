package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coterie.consensus.FitControl;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a run that is told to end. */
class InterruptionTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void readingAndWritingStopWhenCancelled() throws IOException {
    FitControl control = new FitControl();
    StringWriter target = new StringWriter();
    try (Progress progress = new Progress(null, control);
        Writer writer = new CancellableWriter(target, control)) {
      progress.rows(1);
      writer.append("a");
      control.cancel();
      assertThrows(CancellationException.class, () -> progress.rows(2));
      assertThrows(CancellationException.class, () -> writer.append("b"));
    }
    assertEquals("a", target.toString());
  }

  @Test
  void interruptedProcessEndsWithItsCodeAndLeavesNothing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill");
    assumeTrue(
        !ignoresInterrupts(), "SIGINT is ignored here, as below nohup, and so in every child");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")
                    + System.getProperty("path.separator")
                    + System.getProperty("jdk.module.path", ""),
                Main.class.getName(),
                "consensus",
                "-",
                "--backend",
                "scalar",
                "--output",
                folder.resolve("result.csv").toString())
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      // The process waits for more of this when it is interrupted.
      input.write("task,worker,label\nt,w,l\n".getBytes(StandardCharsets.UTF_8));
      input.flush();
      TimeUnit.SECONDS.sleep(2);
      assertTrue(process.isAlive());
      new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(130, process.exitValue());
    assertArrayEquals(new String[] {}, folder.toFile().list());
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }
}
