package dev.coterie.internal;

import java.util.Locale;

/**
 * Reads settings: the system property first, then the environment variable of the same name in
 * upper case.
 */
public final class Settings {
  private Settings() {}

  /**
   * Returns the value of a setting such as {@code coterie.backend}, or null when it is absent or
   * blank.
   */
  public static String get(String name) {
    String value = System.getProperty(name);
    if (value == null || value.isBlank()) {
      value = System.getenv(environmentName(name));
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Returns whether a setting is {@code true}. */
  public static boolean isTrue(String name) {
    return "true".equalsIgnoreCase(get(name));
  }

  /** Returns {@code COTERIE_BACKEND} for {@code coterie.backend}. */
  static String environmentName(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
