package dev.coterie.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build tells the tests. */
public final class TestSetting {
  /** The property that names a JDK 17, or is empty. */
  public static final String JDK17 = "coterie.test.jdk17";

  private TestSetting() {}

  /** Returns a file of the repository. */
  public static Path file(String path) {
    return Path.of(System.getProperty("coterie.test.root")).resolve(path).normalize();
  }

  /** Returns the contents of a file of the repository. */
  public static String text(String path) {
    try {
      return Files.readString(file(path)).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the native library, which must be there. */
  public static Path library() {
    Path library = Path.of(System.getProperty("coterie.library.path"));
    if (!Files.isRegularFile(library)) {
      throw new AssertionError(
          library
              + " does not exist: build it (scripts/test does), name another one by"
              + " -Dcoterie.library.path, or set -DskipNativeTests=true");
    }
    return library;
  }

  /** Returns the class path of the tests. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
