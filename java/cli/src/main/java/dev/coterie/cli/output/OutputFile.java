package dev.coterie.cli.output;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file that appears whole or not at all: it is written under another name beside its place and
 * moved there by {@link #commit}. What exists and is not a regular file, such as a device or a
 * pipe, is written directly.
 */
public final class OutputFile implements AutoCloseable {
  private final String option;
  private final Path target;
  private final boolean direct;
  private Path temporary;
  private Writer writer;

  private OutputFile(String option, Path target) {
    this.option = option;
    this.target = target;
    this.direct = Files.exists(target) && !Files.isRegularFile(target);
  }

  /**
   * Checks that a file can be written; changes nothing.
   *
   * @param option the option that named the file, for messages
   * @param name the path
   * @return the file, nothing of which exists yet
   * @throws InputException when the path cannot be a file
   */
  public static OutputFile at(String option, String name) {
    Path path;
    try {
      path = throughLinks(Path.of(name));
    } catch (InvalidPathException e) {
      throw new InputException(
          option + " " + Quoted.text(name) + " cannot be a file: " + e.getMessage());
    }
    if (name.isEmpty() || Files.isDirectory(path)) {
      throw new InputException(
          option + " " + Quoted.text(name) + " is a directory; name a file in it");
    }
    if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      throw new InputException(
          option
              + " "
              + Quoted.text(name)
              + " would not be compressed; leave out .gz and compress the file afterwards");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException(
          option + " " + Quoted.text(name) + " is in a directory that does not exist; make it");
    }
    if (!Files.isWritable(Files.exists(path) && !Files.isRegularFile(path) ? path : folder)) {
      throw new InputException(
          option + " " + Quoted.text(name) + " may not be written; choose another directory");
    }
    return new OutputFile(option, path);
  }

  private static Path throughLinks(Path path) {
    try {
      return Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
    } catch (IOException e) {
      // Such as /dev/stdout where that is a pipe, which has no path.
      return path;
    }
  }

  /**
   * Returns where the file is to be.
   *
   * @return the path
   */
  public Path target() {
    return target;
  }

  /**
   * Refuses to overwrite a file that is read or written otherwise in the same run.
   *
   * @param other the other file, or null
   * @throws InputException when it is the same
   */
  public void mustDifferFrom(Path other) {
    if (other == null || direct) {
      return;
    }
    boolean same;
    try {
      same =
          target.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
              || (Files.exists(target) && Files.exists(other) && Files.isSameFile(target, other));
    } catch (IOException e) {
      same = false;
    }
    if (same) {
      throw new InputException(
          option
              + " "
              + Quoted.text(target.toString())
              + " is also used otherwise in this run; choose another name");
    }
  }

  /**
   * Opens the file for writing, once.
   *
   * @return the writer of UTF-8, closed with this
   * @throws IOException when it cannot be opened
   */
  public Writer open() throws IOException {
    Path path = target;
    if (!direct) {
      Path name = target.getFileName();
      path = target.resolveSibling("." + name + "." + ProcessHandle.current().pid() + ".tmp");
      temporary = path;
      Files.deleteIfExists(path);
    }
    writer =
        new BufferedWriter(
            new OutputStreamWriter(
                direct
                    ? Files.newOutputStream(path, StandardOpenOption.WRITE)
                    : Files.newOutputStream(
                        path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                StandardCharsets.UTF_8),
            1 << 16);
    return writer;
  }

  /**
   * Completes the temporary file; afterwards only {@link #commit} is left to do.
   *
   * @throws IOException when the rest cannot be written
   */
  public void finish() throws IOException {
    writer.close();
  }

  /**
   * Moves the finished file to its place.
   *
   * @throws IOException when it cannot be moved
   */
  public void commit() throws IOException {
    if (temporary == null) {
      return;
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
    temporary = null;
  }

  /** Removes what has not been committed. Does nothing when called again. */
  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      // Nobody will read what could not be flushed.
    }
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
    temporary = null;
  }
}
