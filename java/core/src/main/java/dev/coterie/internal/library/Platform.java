package dev.coterie.internal.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An operating system and an architecture, named as the folders of bundled libraries.
 *
 * @param os {@code linux}, {@code linux-musl}, {@code macos}, {@code windows}, or what the JVM says
 * @param arch {@code x86_64}, {@code aarch64}, or what the JVM says
 */
public record Platform(String os, String arch) {
  private static final Path MAPS = Path.of("/proc/self/maps");

  /** Returns the platform of this process. */
  public static Platform current() {
    Platform named = named(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    return named.os.equals("linux") && isMusl(MAPS)
        ? new Platform("linux-musl", named.arch)
        : named;
  }

  /** Returns the platform that a JVM describes with these properties. */
  static Platform named(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    String system;
    if (os.startsWith("linux")) {
      system = "linux";
    } else if (os.startsWith("mac") || os.startsWith("darwin")) {
      system = "macos";
    } else if (os.startsWith("windows")) {
      system = "windows";
    } else {
      system = os.replaceAll("[^a-z0-9]", "");
    }
    return switch (arch) {
      case "amd64", "x86_64", "x86-64" -> new Platform(system, "x86_64");
      case "aarch64", "arm64" -> new Platform(system, "aarch64");
      default -> new Platform(system, arch.replaceAll("[^a-z0-9_]", ""));
    };
  }

  /** Returns whether the loader of the musl C library is among a process's mappings. */
  static boolean isMusl(Path maps) {
    try {
      return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/ld-musl-");
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  /** Returns whether the C library is musl. */
  public boolean musl() {
    return os.equals("linux-musl");
  }

  /** Returns whether files can be deleted while they are loaded. */
  public boolean posix() {
    return !os.equals("windows");
  }

  /** Returns {@code <os>-<arch>}. */
  @Override
  public String toString() {
    return os + "-" + arch;
  }
}
