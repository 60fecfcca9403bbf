package dev.coterie.cli.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the header of a file that may or may not be a table. */
public final class FileColumns {
  /** A longer header is none. */
  private static final int MOST_BYTES = 1 << 16;

  private FileColumns() {}

  /**
   * Reads the names of a file's columns.
   *
   * @param path the file
   * @return the names, or none when the file is no text with a first line
   */
  public static List<String> of(Path path) {
    List<String> names = new ArrayList<>();
    try (TextSource source = TextSource.open(path.toString(), InputStream.nullInputStream())) {
      byte[] begin = source.stream().readNBytes(MOST_BYTES);
      InputStream start = new ByteArrayInputStream(begin, 0, firstLines(begin));
      try (RecordReader reader =
          new RecordReader(new TextSource(source.name(), start, source.tabs()), (byte) 0)) {
        if (reader.next()) {
          for (int i = 0; i < reader.fields(); i++) {
            names.add(reader.text(i).strip());
          }
        }
      }
    } catch (InputException | IOException e) {
      // Such as a picture, or a text in another encoding, which is no table.
      names.clear();
    }
    return names;
  }

  /** Returns where the last complete line ends, so that no character is cut. */
  private static int firstLines(byte[] begin) {
    int end = begin.length;
    if (end == MOST_BYTES) {
      while (end > 0 && begin[end - 1] != '\n' && begin[end - 1] != '\r') {
        end--;
      }
    }
    return end;
  }
}
