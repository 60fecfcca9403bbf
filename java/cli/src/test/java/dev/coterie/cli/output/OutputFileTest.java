package dev.coterie.cli.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coterie.cli.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear whole or not at all. */
class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void appearsOnlyWhenCommitted() throws IOException {
    Path target = folder.resolve("result.csv");
    Files.writeString(target, "old");
    try (OutputFile file = OutputFile.at("--output", target.toString())) {
      file.open().write("new");
      file.finish();
      assertEquals("old", Files.readString(target));
      file.commit();
    }
    assertEquals("new", Files.readString(target));
    assertArrayEquals(new String[] {"result.csv"}, folder.toFile().list());
  }

  @Test
  void leavesNothingBehindWhenGivenUp() throws IOException {
    Path target = folder.resolve("result.csv");
    try (OutputFile file = OutputFile.at("--output", target.toString())) {
      file.open().write("half");
    }
    assertArrayEquals(new String[] {}, folder.toFile().list());
  }

  @Test
  void writesThroughLinks() throws IOException {
    Path target = folder.resolve("real.csv");
    Path link = folder.resolve("link.csv");
    Files.writeString(target, "old");
    Files.createSymbolicLink(link, target);
    try (OutputFile file = OutputFile.at("--output", link.toString())) {
      file.open().write("new");
      file.finish();
      file.commit();
    }
    assertEquals(true, Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void refusesWhatCannotBeAFile() {
    String missing = folder.resolve("no/such/x.csv").toString();
    assertMessage(
        "--output \"" + missing + "\" is in a directory that does not exist; make it", missing);
    assertMessage("--output \"" + folder + "\" is a directory; name a file in it", "" + folder);
    assertMessage(
        "--output \"x.csv.gz\" would not be compressed; leave out .gz and compress the file"
            + " afterwards",
        "x.csv.gz");
  }

  private static void assertMessage(String message, String name) {
    InputException e = assertThrows(InputException.class, () -> OutputFile.at("--output", name));
    assertEquals(message, e.getMessage());
  }
}
