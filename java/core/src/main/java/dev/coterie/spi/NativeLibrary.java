package dev.coterie.spi;

import dev.coterie.internal.library.Extraction;
import dev.coterie.internal.library.LoadFailure;
import java.nio.file.Path;

/** A native library that has been found and can be loaded. Used by one thread. */
public final class NativeLibrary {
  private final Path path;
  private final String version;
  private final String origin;
  private final Extraction extraction;

  /**
   * Describes a library.
   *
   * @param path the file
   * @param version its version, or null when it is not known
   * @param origin how it was found, for messages
   * @param extraction what must be deleted after loading, or null
   */
  NativeLibrary(Path path, String version, String origin, Extraction extraction) {
    this.path = path;
    this.version = version;
    this.origin = origin;
    this.extraction = extraction;
  }

  /** Describes a library that somebody else takes care of. */
  public static NativeLibrary of(Path path) {
    return new NativeLibrary(path, null, "given", null);
  }

  /** Returns the file. */
  public Path path() {
    return path;
  }

  /** Returns whether it was bundled, so that the file does not last. */
  boolean bundled() {
    return extraction != null;
  }

  /** Returns the library for messages: its file, where that lasts. */
  String description() {
    return bundled() ? "the bundled native library" : "the native library " + path;
  }

  /** Returns the library's version, or null when it is not known. */
  public String version() {
    return version;
  }

  /**
   * Returns how it was found: {@code coterie.library.path}, {@code bundled} or {@code
   * java.library.path}.
   */
  public String origin() {
    return origin;
  }

  /**
   * To be called when the library has been loaded: deletes an extracted file where the system
   * allows that, otherwise it is deleted when a later process starts.
   */
  public void loaded() {
    if (extraction != null) {
      extraction.loaded();
    }
  }

  /**
   * To be called when the library could not be loaded: deletes an extracted file and explains the
   * failure.
   *
   * @param cause what was thrown
   * @return an exception that says why and names the cure, to be thrown
   */
  public LibraryUnavailableException loadFailed(Throwable cause) {
    String reason = LoadFailure.explain(path, extraction != null, cause);
    if (extraction != null) {
      extraction.discard();
    }
    return new LibraryUnavailableException(
        "the native library " + path + " (" + origin + ") cannot be loaded: " + reason, cause);
  }
}
