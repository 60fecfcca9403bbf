package dev.coterie.internal.library;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {
  @Test
  void onlyWhatEndedProcessesLeftIsSwept(@TempDir Path parent) throws IOException {
    Path gone = Files.createDirectory(parent.resolve("coterie-" + Integer.MAX_VALUE + "-1"));
    Files.writeString(gone.resolve("coterie.dll"), "");
    Path alive =
        Files.createDirectory(parent.resolve("coterie-" + ProcessHandle.current().pid() + "-1"));
    Path other = Files.createDirectory(parent.resolve("coterie-cache"));
    Extraction.sweep(parent);
    assertFalse(Files.exists(gone));
    assertTrue(Files.exists(alive));
    assertTrue(Files.exists(other));
    Extraction.sweep(parent.resolve("absent"));
  }
}
