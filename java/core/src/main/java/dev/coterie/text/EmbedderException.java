package dev.coterie.text;

/**
 * Thrown when an embedder cannot be found, cannot work here, or fails at a text. The message says
 * why and what cures it; what led to it is kept as the cause or as suppressed exceptions.
 */
public class EmbedderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message the reason and the cure
   */
  public EmbedderException(String message) {
    super(message);
  }

  /**
   * Makes an exception.
   *
   * @param message the reason and the cure
   * @param cause what was thrown, or null
   */
  public EmbedderException(String message, Throwable cause) {
    super(message, cause);
  }
}
