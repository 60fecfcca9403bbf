package dev.coterie.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the provider of every native backend says, each time in a process of its own. */
public abstract class ProviderContract {
  private static final String ENABLED = "--enable-native-access=ALL-UNNAMED";

  private final String id;

  @TempDir Path directory;

  /** Tests the provider of the backend with this id. */
  protected ProviderContract(String id) {
    this.id = id;
  }

  @Test
  @NeedsLibrary
  void usableLibrary() {
    String answer = ask(TestSetting.library(), ENABLED);
    assertTrue(answer.startsWith("available: " + id), answer);
  }

  @Test
  void absentFile() {
    assertSays(ask(directory.resolve("absent.so"), ENABLED), "coterie.library.path", "absent.so");
  }

  @Test
  void fileThatIsNoLibrary() throws IOException {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    Path file = directory.resolve(System.mapLibraryName("noise"));
    Files.write(file, noise);
    assertSays(ask(file, ENABLED), file.getFileName().toString());
  }

  /** Linux would kill the process for loading it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  @NeedsLibrary
  void libraryThatWasCutShort() throws IOException {
    byte[] whole = Files.readAllBytes(TestSetting.library());
    for (int bytes : new int[] {0, 50, 100, 4096, whole.length / 2}) {
      Path file = directory.resolve(System.mapLibraryName("part" + bytes));
      Files.write(file, Arrays.copyOf(whole, bytes));
      assertSays(ask(file, ENABLED), file.getFileName().toString());
    }
  }

  /** The library of another project has none of the symbols. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void libraryOfSomethingElse() {
    Path file = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    assertSays(ask(file, ENABLED), "cannot be loaded", "coterie_abi_version");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  @NeedsLibrary
  void deniedNativeAccess() {
    assertSays(
        ask(TestSetting.library(), "--illegal-native-access=deny"),
        "denies native access",
        ENABLED);
    String answer = ask(TestSetting.library(), "--illegal-native-access=deny", ENABLED);
    assertTrue(answer.startsWith("available: " + id), answer);
  }

  private String ask(Path library, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "-Dcoterie.library.path=" + library;
    return ChildJvm.ask(id, all);
  }

  /** The JVM may have printed warnings of its own about the file. */
  private static void assertSays(String output, String... words) {
    String answer =
        output
            .lines()
            .filter(line -> line.startsWith("unavailable: "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(output));
    for (String word : words) {
      assertTrue(answer.contains(word), output);
    }
  }
}
