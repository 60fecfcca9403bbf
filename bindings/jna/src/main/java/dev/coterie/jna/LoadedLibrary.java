package dev.coterie.jna;

import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/** The library that the native methods are registered with, chosen at run time. */
final class LoadedLibrary {
  private static NativeLibrary library;

  private LoadedLibrary() {}

  /**
   * Loads the library, for the rest of the process. The first one stays the one.
   *
   * @throws UnsatisfiedLinkError saying why when the file cannot be loaded
   */
  static synchronized void load(Path path) {
    if (library == null) {
      library = NativeLibrary.getInstance(path.toAbsolutePath().toString());
    }
  }

  /**
   * Returns the library.
   *
   * @throws IllegalStateException when none has been loaded
   */
  static synchronized NativeLibrary get() {
    if (library == null) {
      throw new IllegalStateException("the native library has not been loaded");
    }
    return library;
  }
}
