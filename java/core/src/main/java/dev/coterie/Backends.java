package dev.coterie;

import dev.coterie.internal.BackendRegistry;
import java.util.List;
import java.util.Optional;

/**
 * The backends of this process and which of them is used.
 *
 * <p>A backend is one way to do the work: {@code ffm} and {@code jna} reach the native library,
 * {@code vectorapi} and {@code scalar} are Java. All give the same results, bit for bit. The
 * default is the first of that order that works here; the system property {@code coterie.backend}
 * (or the environment variable {@code COTERIE_BACKEND}) demands one, and then no other is used in
 * its place. The choice is made when it is first needed, and logged once at level INFO to the
 * logger {@code dev.coterie}.
 *
 * <p>Each backend is opened when it is first needed and at most once; it stays open as long as the
 * process. All methods are safe for use by many threads; after the first call each costs a map
 * look-up.
 */
public final class Backends {
  private Backends() {}

  /**
   * Returns the ids of all backends in the order of preference, available or not.
   *
   * @return {@code ffm, jna, vectorapi, scalar}
   */
  public static List<String> ids() {
    return BackendRegistry.IDS;
  }

  /**
   * Returns the default backend and opens it if that has not happened yet.
   *
   * @return the backend that serves every call that names no other
   * @throws BackendUnavailableException with the cause and the cure when {@code coterie.backend}
   *     demands a backend that cannot be used here
   * @throws IllegalArgumentException when {@code coterie.backend} or {@code coterie.isa} has an
   *     unknown value
   */
  public static BackendInfo current() {
    return BackendRegistry.global().current().info();
  }

  /**
   * Returns the backends that can be used here, in the order of preference, and opens them.
   *
   * @return at least {@code scalar}
   * @throws IllegalArgumentException when {@code coterie.isa} has an unknown value
   */
  public static List<BackendInfo> available() {
    return BackendRegistry.global().available();
  }

  /**
   * Says whether a backend can be used here, and opens it if so.
   *
   * @param id a backend's id
   * @return true when it can
   * @throws IllegalArgumentException when there is no backend of this id
   */
  public static boolean isAvailable(String id) {
    return unavailabilityCause(id).isEmpty();
  }

  /**
   * Makes sure that a backend can be used here, and opens it.
   *
   * @param id a backend's id
   * @return what the backend is
   * @throws BackendUnavailableException with the cause and the cure when it cannot be used
   * @throws IllegalArgumentException when there is no backend of this id
   */
  public static BackendInfo ensureAvailable(String id) {
    return BackendRegistry.global().open(id).info();
  }

  /**
   * Returns why a backend cannot be used here.
   *
   * @param id a backend's id
   * @return the cause, or empty when the backend can be used
   * @throws IllegalArgumentException when there is no backend of this id
   */
  public static Optional<Throwable> unavailabilityCause(String id) {
    return BackendRegistry.global().unavailabilityCause(id);
  }

  /**
   * Makes a native backend panic on purpose and returns the message that came back, which proves
   * that a panic inside the library reaches Java as an error and does not end the process.
   *
   * @param id a backend's id
   * @return the library's message, or a remark that a Java backend has no such test
   * @throws BackendUnavailableException when the backend cannot be used here
   * @throws IllegalArgumentException when there is no backend of this id
   * @throws CoterieNativeException when the library answered otherwise than it should
   */
  public static String selfTest(String id) {
    return BackendRegistry.global().open(id).selfTest();
  }
}
