package dev.coterie.internal.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library that was copied out of a jar into a fresh directory of its own that nobody else can
 * write to.
 */
public final class Extraction {
  private static final Pattern DIRECTORY = Pattern.compile("coterie-([0-9]+)-.*");

  private final Path directory;
  private final Path file;

  private Extraction(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Copies a library out.
   *
   * @param in its bytes
   * @param name the file's name
   * @param sha256 the hash that it must have, in hexadecimal
   * @param parent an existing directory, in which the fresh one is made
   * @throws IOException when it cannot be written or has another hash
   */
  static Extraction extract(InputStream in, String name, String sha256, Path parent)
      throws IOException {
    Path directory =
        Files.createTempDirectory(
            parent, "coterie-" + ProcessHandle.current().pid() + "-", permissions());
    Extraction extraction = new Extraction(directory, directory.resolve(name));
    boolean complete = false;
    try {
      String found = extraction.copy(in);
      if (!found.equalsIgnoreCase(sha256)) {
        throw new IOException(
            "its SHA-256 is "
                + found
                + " instead of "
                + sha256
                + ": the jar is damaged or was tampered with; get it anew");
      }
      complete = true;
    } finally {
      if (!complete) {
        extraction.discard();
      }
    }
    // In the reverse order of registration: the file first.
    directory.toFile().deleteOnExit();
    extraction.file.toFile().deleteOnExit();
    return extraction;
  }

  private static FileAttribute<?>[] permissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private String copy(InputStream in) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has SHA-256", e);
    }
    try (OutputStream out =
        new DigestOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            digest)) {
      in.transferTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  Path file() {
    return file;
  }

  /** Deletes the file when the system allows that for a loaded library. */
  public void loaded() {
    if (Platform.current().posix()) {
      discard();
    }
  }

  /** Deletes the file and its directory, as far as possible. */
  public void discard() {
    deleteQuietly(file);
    deleteQuietly(directory);
  }

  /**
   * Deletes directories that processes left which are gone: a system that does not let go of a
   * loaded file does so only when its process ends.
   */
  static void sweep(Path parent) {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, "coterie-*")) {
      for (Path directory : directories) {
        Matcher name = DIRECTORY.matcher(directory.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(Extraction::deleteQuietly);
          }
          deleteQuietly(directory);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Leftovers are a matter of tidiness; the next process tries again.
    }
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException | SecurityException e) {
      // Deleted at exit, or by a later process.
    }
  }
}
