package dev.coterie.internal.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Libraries that lie in the file system. */
public final class LibraryFiles {
  private LibraryFiles() {}

  /** Returns the absolute path of a library that can be read and is for the given platform. */
  public static Path check(Path file, Platform platform) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file.toAbsolutePath());
    }
    if (!Files.isReadable(file)) {
      throw new IOException("the file " + file.toAbsolutePath() + " may not be read");
    }
    Optional<String> mismatch = LoadFailure.mismatch(file, platform);
    if (mismatch.isPresent()) {
      throw new IOException(file.toAbsolutePath() + ": " + mismatch.get());
    }
    if (Files.size(file) < LibraryHeader.leastSize(file)) {
      throw new IOException("the file " + file.toAbsolutePath() + " is incomplete");
    }
    return file.toAbsolutePath();
  }

  /** Returns the first library in a search path. */
  public static Path search(String searchPath, Platform platform) throws IOException {
    String name = System.mapLibraryName("coterie");
    for (String directory : searchPath.split(File.pathSeparator, -1)) {
      if (!directory.isBlank() && Files.isRegularFile(Path.of(directory, name))) {
        return check(Path.of(directory, name), platform);
      }
    }
    throw new IOException("there is no " + name + " in java.library.path " + searchPath);
  }

  /** Deletes what earlier processes had to leave, where a loaded library cannot be deleted. */
  public static void sweep(Path parent, Platform platform) {
    if (!platform.posix()) {
      Extraction.sweep(parent);
    }
  }
}
