package dev.coterie.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/**
 * The library that the generated class binds, chosen at run time.
 *
 * <p>jextract's class looks its symbols up when it is initialised, in a library named at generation
 * time or in those of {@link System#load}. Neither fits: the file is known only at run time, and a
 * JVM refuses to {@code System.load} one file for a second class loader, as application servers and
 * notebooks have. So the generated class asks here instead, and is initialised only after {@link
 * #load}.
 */
public final class LoadedLibrary {
  private static SymbolLookup symbols;

  private LoadedLibrary() {}

  /**
   * Loads the library, for the rest of the process. The first one stays the one.
   *
   * @throws IllegalCallerException when this module may not use native access
   * @throws UnsatisfiedLinkError saying why when the file cannot be loaded
   */
  static synchronized void load(Path path) {
    if (symbols == null) {
      try {
        symbols = SymbolLookup.libraryLookup(path, Arena.global());
      } catch (IllegalArgumentException e) {
        throw explained(path, e);
      }
    }
  }

  /** Finds out why the system refused a file: the lookup does not say, but System.load does. */
  private static UnsatisfiedLinkError explained(Path path, IllegalArgumentException refused) {
    UnsatisfiedLinkError result;
    try {
      System.load(path.toAbsolutePath().toString());
      result = new UnsatisfiedLinkError(refused.getMessage());
    } catch (UnsatisfiedLinkError e) {
      result = e;
    }
    result.addSuppressed(refused);
    return result;
  }

  /**
   * Returns the library's symbols, for the generated class.
   *
   * @throws IllegalStateException when no library has been loaded
   */
  public static synchronized SymbolLookup symbols() {
    if (symbols == null) {
      throw new IllegalStateException("the native library has not been loaded");
    }
    return symbols;
  }
}
