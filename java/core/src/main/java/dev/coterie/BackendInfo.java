package dev.coterie;

import java.util.Objects;

/**
 * What a backend is, for logs and bug reports. Immutable.
 *
 * @param id the backend's id: {@code ffm}, {@code jna}, {@code vectorapi} or {@code scalar}
 * @param isa the instruction set in use, such as {@code avx2} or {@code scalar}
 * @param libraryPath the file that the native library was loaded from, or null for a bundled
 *     library, which is loaded from a copy that does not last, and for a Java backend
 * @param libraryVersion the version of the native library, or null for a Java backend or when it is
 *     not known
 * @param abiVersion the library's ABI version as {@code major.minor}, or null for a Java backend
 * @param buildInfo one line about the build, or null for a Java backend
 */
public record BackendInfo(
    String id,
    String isa,
    String libraryPath,
    String libraryVersion,
    String abiVersion,
    String buildInfo) {

  /**
   * Makes a description.
   *
   * @throws NullPointerException when {@code id} or {@code isa} is null
   */
  public BackendInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(isa, "isa");
  }

  /**
   * Describes a backend that has no native library.
   *
   * @param id the backend's id
   * @param isa the instruction set or vector shape in use
   * @return the description
   */
  public static BackendInfo ofJava(String id, String isa) {
    return new BackendInfo(id, isa, null, null, null, null);
  }

  /**
   * Returns whether the native library is the bundled one.
   *
   * @return false for a library from a file that the user named, and for a Java backend
   */
  public boolean bundled() {
    return abiVersion != null && libraryPath == null;
  }

  /**
   * Returns one line, such as {@code ffm (avx2, bundled library 0.1.0, ABI 1.0)}, {@code jna (avx2,
   * library 0.1.0, ABI 1.0, /opt/libcoterie.so)} or {@code scalar (scalar)}.
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(id).append(" (").append(isa);
    if (libraryVersion != null) {
      line.append(bundled() ? ", bundled library " : ", library ").append(libraryVersion);
    }
    if (abiVersion != null) {
      line.append(", ABI ").append(abiVersion);
    }
    if (libraryPath != null) {
      line.append(", ").append(libraryPath);
    }
    return line.append(')').toString();
  }
}
