package dev.coterie.internal.abi;

import dev.coterie.CoterieNativeException;
import dev.coterie.memory.OutOfNativeMemoryException;
import java.util.concurrent.CancellationException;

/** The status codes of {@code bindings/coterie.h} and the exceptions that they become. */
public final class Status {
  public static final int OK = 0;
  public static final int INVALID_ARGUMENT = 1;
  public static final int OUT_OF_MEMORY = 2;
  public static final int STALE_HANDLE = 3;
  public static final int WRONG_HANDLE_TYPE = 4;
  public static final int CANCELLED = 5;
  public static final int UNSUPPORTED = 6;
  public static final int PANIC = 7;

  private Status() {}

  /** Returns the exception for a status other than {@link #OK}. */
  public static RuntimeException exception(int status, String message) {
    return switch (status) {
      case INVALID_ARGUMENT -> new IllegalArgumentException(message);
      case OUT_OF_MEMORY -> new OutOfNativeMemoryException(message, null);
      case STALE_HANDLE, WRONG_HANDLE_TYPE -> new IllegalStateException(message);
      case CANCELLED -> new CancellationException(message);
      case UNSUPPORTED -> new UnsupportedOperationException(message);
      case PANIC -> new CoterieNativeException(status, "the native library failed: " + message);
      default ->
          new CoterieNativeException(
              status, "the native library returned the unknown status " + status + ": " + message);
    };
  }
}
