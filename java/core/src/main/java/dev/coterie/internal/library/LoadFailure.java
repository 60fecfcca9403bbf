package dev.coterie.internal.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explains why a library cannot be loaded, and what cures it. */
public final class LoadFailure {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  private LoadFailure() {}

  /** Returns the reason and the cure. */
  public static String explain(Path file, boolean extracted, Throwable cause) {
    Platform platform = Platform.current();
    Optional<String> mismatch = mismatch(file, platform);
    if (mismatch.isPresent()) {
      return mismatch.get();
    }
    String message = messages(cause);
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("failed to map segment") || isNoexec(file, mounts())) {
      return extracted
          ? "the directory "
              + file.getParent()
              + " does not allow executing (a mount with noexec): set coterie.library.tmpdir to a"
              + " directory that does. "
              + message
          : "its directory does not allow executing (a mount with noexec): move it and set"
              + " coterie.library.path. "
              + message;
    }
    if (lower.contains("illegal native access") || cause instanceof IllegalCallerException) {
      return "this Java runtime denies native access: start it with"
          + " --enable-native-access=ALL-UNNAMED, or with the names of Coterie's modules. "
          + message;
    }
    if (platform.musl()) {
      return "this Java runtime uses the C library musl (Alpine Linux): the library must be built"
          + " for it; use coterie-natives with linux-musl, or an image with glibc. "
          + message;
    }
    if (message.contains("GLIBC_")) {
      return "it needs a newer glibc than this system has: update the system, or build the library"
          + " here and set coterie.library.path. "
          + message;
    }
    return message;
  }

  /** Says that a library is for another platform, if it is. */
  static Optional<String> mismatch(Path file, Platform platform) {
    try {
      return LibraryHeader.platform(file)
          .filter(found -> !fits(found, platform))
          .map(
              found ->
                  "it is a library for "
                      + found
                      + ", but this Java runtime runs on "
                      + platform
                      + ": set coterie.library.path to a library for that, or use the right"
                      + " coterie-natives or Java runtime");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean fits(Platform library, Platform platform) {
    String os = platform.musl() ? "linux" : platform.os();
    return library.os().equals(os) && library.arch().equals(platform.arch());
  }

  private static List<String> mounts() {
    try {
      return Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1);
    } catch (IOException | SecurityException e) {
      return List.of();
    }
  }

  /**
   * Returns whether the mount that holds a file, among lines of /proc/self/mounts, has the option
   * noexec.
   */
  static boolean isNoexec(Path file, List<String> mounts) {
    Path absolute = file.toAbsolutePath().normalize();
    Path longest = null;
    boolean noexec = false;
    for (String line : mounts) {
      String[] fields = line.split(" ", -1);
      if (fields.length < 4) {
        continue;
      }
      Path mount = Path.of(fields[1].replace("\\040", " "));
      // Of several mounts on the same place the last one is seen.
      if (absolute.startsWith(mount)
          && (longest == null || mount.getNameCount() >= longest.getNameCount())) {
        longest = mount;
        noexec = List.of(fields[3].split(",")).contains("noexec");
      }
    }
    return noexec;
  }

  private static String messages(Throwable cause) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (text.length() > 0) {
        text.append("; caused by ");
      }
      // The first line is the binding's, the second the system's; more only repeats them.
      text.append(t.toString().lines().limit(2).collect(Collectors.joining(" ")));
    }
    return text.toString();
  }
}
