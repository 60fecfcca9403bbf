package dev.coterie;

/**
 * Thrown when a backend that was asked for cannot be used here. The message says why and what cures
 * it; what led to it is kept as the cause or as suppressed exceptions.
 */
public class BackendUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message the reason and the cure
   */
  public BackendUnavailableException(String message) {
    super(message);
  }

  /**
   * Makes an exception.
   *
   * @param message the reason and the cure
   * @param cause what was thrown, or null
   */
  public BackendUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
