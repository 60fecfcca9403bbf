package dev.coterie.cli.input;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file or standard input as a stream of bytes, decompressed when it begins like gzip.
 *
 * @param name the name for messages
 * @param stream the bytes of the text
 * @param tabs whether the file's name says that tabs separate its fields
 */
public record TextSource(String name, InputStream stream, boolean tabs) implements AutoCloseable {
  /** The argument that means standard input. */
  public static final String STANDARD_INPUT = "-";

  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Opens a file or standard input.
   *
   * @param argument the path, or {@link #STANDARD_INPUT}
   * @param standardInput what standard input reads
   * @return the source, to be closed by the caller
   * @throws InputException when the file cannot be read
   */
  public static TextSource open(String argument, InputStream standardInput) {
    if (argument.equals(STANDARD_INPUT)) {
      return of("standard input", standardInput, false);
    }
    String name = oneLine(argument);
    try {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        throw new InputException(name + ": this is a directory; name a file in it");
      }
      return of(name, Files.newInputStream(path), hasTabs(argument));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new InputException(name + ": there is no such file; check the path");
    } catch (AccessDeniedException e) {
      throw new InputException(name + ": the file may not be read; check its permissions");
    } catch (IOException e) {
      throw new InputException(name + ": the file cannot be read: " + e.getMessage());
    }
  }

  private static TextSource of(String name, InputStream raw, boolean tabs) {
    InputStream stream = new BufferedInputStream(raw, BUFFER_BYTES);
    try {
      stream.mark(2);
      boolean gzip = stream.read() == 0x1f && stream.read() == 0x8b;
      stream.reset();
      return new TextSource(name, gzip ? new GZIPInputStream(stream, BUFFER_BYTES) : stream, tabs);
    } catch (IOException e) {
      closeQuietly(stream);
      throw unreadable(name, 1, e);
    }
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  /** Explains a failure to read on. */
  static InputException unreadable(String name, long line, IOException cause) {
    if (cause instanceof EOFException) {
      return new InputException(
          name, line, "the gzip data ends too early; the file was cut off, so copy it again");
    }
    if (cause instanceof ZipException) {
      return new InputException(
          name,
          line,
          "the gzip data is damaged (" + cause.getMessage() + "); copy or compress it again");
    }
    return new InputException(name, line, "the file cannot be read: " + cause.getMessage());
  }

  private static boolean hasTabs(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      lower = lower.substring(0, lower.length() - ".gz".length());
    }
    return lower.endsWith(".tsv") || lower.endsWith(".tab");
  }

  private static String oneLine(String path) {
    StringBuilder name = new StringBuilder(path.length());
    path.chars().forEach(c -> name.append(Character.isISOControl(c) ? '?' : (char) c));
    return name.toString();
  }

  @Override
  public void close() {
    closeQuietly(stream);
  }
}
