package dev.coterie.spi;

import dev.coterie.internal.Settings;
import dev.coterie.internal.library.BundledLibrary;
import dev.coterie.internal.library.LibraryFiles;
import dev.coterie.internal.library.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds the native library: at {@code coterie.library.path} and then nowhere else; otherwise among
 * the resources, copied into a fresh directory below {@code coterie.library.tmpdir} (or {@code
 * java.io.tmpdir}), which must exist; otherwise, and only with {@code coterie.library.system=true},
 * in {@code java.library.path}.
 */
public final class NativeLibraries {
  private static final String PATH = "coterie.library.path";
  private static final String SYSTEM = "coterie.library.system";
  private static final String TMPDIR = "coterie.library.tmpdir";

  private final UnaryOperator<String> settings;
  private final Platform platform;
  private final List<ClassLoader> loaders;

  /** Makes a search with the given settings, platform and places of resources. */
  NativeLibraries(UnaryOperator<String> settings, Platform platform, List<ClassLoader> loaders) {
    this.settings = settings;
    this.platform = platform;
    this.loaders = loaders;
  }

  /**
   * Finds the library of this process's platform. Each call copies a bundled library anew.
   *
   * @return the library, to be loaded; the caller then calls {@link NativeLibrary#loaded()} or
   *     {@link NativeLibrary#loadFailed}
   * @throws LibraryUnavailableException when there is none; what was tried is kept as suppressed
   *     exceptions
   */
  public static NativeLibrary locate() {
    List<ClassLoader> loaders = new ArrayList<>();
    loaders.add(NativeLibraries.class.getClassLoader());
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && !loaders.contains(context)) {
      loaders.add(context);
    }
    return new NativeLibraries(Settings::get, Platform.current(), loaders).find();
  }

  /** Finds the library. */
  NativeLibrary find() {
    String explicit = settings.apply(PATH);
    if (explicit != null) {
      try {
        return new NativeLibrary(LibraryFiles.check(Path.of(explicit), platform), null, PATH, null);
      } catch (IOException | RuntimeException e) {
        throw new LibraryUnavailableException(
            PATH + "=" + explicit + " cannot be used: " + e.getMessage(), e);
      }
    }
    Exception bundled;
    try {
      return bundled();
    } catch (IOException | RuntimeException e) {
      bundled = e;
    }
    Exception system;
    try {
      return system();
    } catch (IOException | RuntimeException e) {
      system = e;
    }
    LibraryUnavailableException failure =
        new LibraryUnavailableException(
            "no native library for "
                + platform
                + ": "
                + bundled.getMessage()
                + "; "
                + system.getMessage(),
            null);
    failure.addSuppressed(bundled);
    failure.addSuppressed(system);
    throw failure;
  }

  private NativeLibrary bundled() throws IOException {
    String tmpdir = settings.apply(TMPDIR);
    Path parent = Path.of(tmpdir == null ? System.getProperty("java.io.tmpdir") : tmpdir);
    if (!Files.isDirectory(parent)) {
      throw new IOException(
          (tmpdir == null ? "java.io.tmpdir=" : TMPDIR + "=")
              + parent
              + " is not a directory: let "
              + TMPDIR
              + " name an existing one, which the bundled library can be copied into");
    }
    LibraryFiles.sweep(parent, platform);
    BundledLibrary.Extracted extracted =
        new BundledLibrary(loaders, platform).extract(parent, NativeBackend.ABI_MAJOR);
    try {
      LibraryFiles.check(extracted.path(), platform);
    } catch (IOException e) {
      extracted.extraction().discard();
      throw e;
    }
    return new NativeLibrary(
        extracted.path(), extracted.version(), "bundled", extracted.extraction());
  }

  private NativeLibrary system() throws IOException {
    if (!"true".equalsIgnoreCase(settings.apply(SYSTEM))) {
      throw new IOException("java.library.path is searched only with " + SYSTEM + "=true");
    }
    String path = System.getProperty("java.library.path", "");
    return new NativeLibrary(LibraryFiles.search(path, platform), null, "java.library.path", null);
  }
}
