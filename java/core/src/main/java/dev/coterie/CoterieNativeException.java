package dev.coterie;

/**
 * Thrown when the native library failed inside, by a caught panic or with a status that this
 * version does not know. The process and all other tables and caches stay usable; please report it
 * with the message.
 */
public class CoterieNativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The status that the library returned. */
  private final int status;

  /**
   * Makes an exception.
   *
   * @param status the status that the library returned
   * @param message the library's message
   */
  public CoterieNativeException(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * Returns the status that the library returned, as numbered in {@code coterie.h}.
   *
   * @return the status
   */
  public int status() {
    return status;
  }
}
