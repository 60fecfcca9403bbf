package dev.coterie.spi;

import dev.coterie.BackendUnavailableException;

/**
 * Thrown when no native library can be found or loaded; what was tried is kept as suppressed
 * exceptions.
 */
public final class LibraryUnavailableException extends BackendUnavailableException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception; {@code cause} may be null. */
  public LibraryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
