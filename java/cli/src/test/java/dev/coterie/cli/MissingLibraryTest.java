package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said where a native library does not work. */
class MissingLibraryTest {
  @Test
  void nativeBackendsLackNothing() {
    BackendInfo info = new BackendInfo("ffm", "avx2", "/x", "0.1.0", "1.0", null);
    assertTrue(MissingLibrary.remark(info).isEmpty());
    assertEquals("ffm (native library 0.1.0, avx2)", Report.described(info));
    assertEquals("scalar (plain Java)", Report.described(BackendInfo.ofJava("scalar", "scalar")));
    assertEquals(
        "vectorapi (Java, avx2)", Report.described(BackendInfo.ofJava("vectorapi", "avx2")));
  }

  @Test
  void absentBindingsAreNoFailure() {
    for (String id : Backends.ids()) {
      String message =
          Backends.unavailabilityCause(id).map(Throwable::getMessage).orElse("it needs JDK 99");
      if (message.contains("class path")) {
        assertFalse(MissingLibrary.isFailure(message), message);
      }
    }
  }

  @Test
  void reasonIsShort() {
    assertEquals(
        "the bundled library x",
        MissingLibrary.reason(
            "backend jna is not available: no native library for linux-x86_64: the bundled library"
                + " x; java.library.path is searched only with coterie.library.system=true"));
  }

  @Test
  void unusableLibraryIsToldInOneLine() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcoterie.library.path=/no/such/library",
                "-cp",
                System.getProperty("java.class.path")
                    + System.getProperty("path.separator")
                    + System.getProperty("jdk.module.path", ""),
                Main.class.getName(),
                "consensus",
                "../../tests/data/llm_judges/answers.csv",
                "--method",
                "majority-vote",
                "--format",
                "csv")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    boolean binding =
        Backends.ids().stream()
                .flatMap(id -> Backends.unavailabilityCause(id).stream())
                .map(Throwable::getMessage)
                .filter(message -> message.contains("class path"))
                .count()
            < 2;
    if (binding) {
      assertEquals(
          "coterie: no native library: coterie.library.path=/no/such/library cannot be used: there"
              + " is no file /no/such/library; see coterie doctor",
          error.strip());
    }
  }
}
