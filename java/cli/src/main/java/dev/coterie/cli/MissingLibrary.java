package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import java.util.List;
import java.util.Optional;

/** Tells that Java does the work although a native library was there to do it. */
final class MissingLibrary {
  private static final List<String> NATIVE = List.of("ffm", "jna");

  /** What the message of a backend says that no library was expected of. */
  private static final List<String> NOT_EXPECTED =
      List.of("not on the class path", "no bundled library: there is no resource", "it needs JDK");

  private MissingLibrary() {}

  /**
   * Returns one line with the reason, or empty when the backend is native or nobody expected it to
   * be.
   *
   * @param chosen the backend that was chosen, not demanded
   */
  static Optional<String> remark(BackendInfo chosen) {
    if (chosen.abiVersion() != null) {
      return Optional.empty();
    }
    return NATIVE.stream()
        .flatMap(id -> Backends.unavailabilityCause(id).stream())
        .map(Throwable::getMessage)
        .filter(MissingLibrary::isFailure)
        .findFirst()
        .map(message -> "no native library: " + reason(message) + "; see coterie doctor");
  }

  /** Returns whether a library was found, or named, that does not work. */
  static boolean isFailure(String message) {
    return NOT_EXPECTED.stream().noneMatch(message::contains);
  }

  /** Returns what is special about this message. */
  static String reason(String message) {
    return message
        .replaceFirst("^backend \\w+ is not available: ", "")
        .replaceFirst("^no native library for [^:]+: ", "")
        .replaceFirst("; java\\.library\\.path is searched only with .*$", "");
  }
}
