package dev.coterie.memory;

/**
 * Thrown when off-heap memory cannot be had. Unlike {@link OutOfMemoryError} it concerns one
 * request only: the heap is well, and smaller requests may succeed.
 */
public class OutOfNativeMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message how much was asked for, and the cure
   * @param cause what was thrown, or null
   */
  public OutOfNativeMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
