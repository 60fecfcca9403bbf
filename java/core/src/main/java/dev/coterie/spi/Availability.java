package dev.coterie.spi;

/**
 * Whether a backend can be opened.
 *
 * @param available true when it can
 * @param reason the reason and the cure when it cannot, otherwise a short description
 * @param cause what was thrown, or null
 */
public record Availability(boolean available, String reason, Throwable cause) {

  /** An available backend. */
  public static Availability yes(String description) {
    return new Availability(true, description, null);
  }

  /** An unavailable backend; {@code cause} may be null. */
  public static Availability no(String reason, Throwable cause) {
    return new Availability(false, reason, cause);
  }
}
