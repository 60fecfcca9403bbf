package dev.coterie.spi;

/**
 * Finds out whether a backend can run here and opens it. Implementations are services, loadable on
 * JDK 17 even when the backend behind them needs a newer one.
 */
public interface BackendProvider {

  /** Returns the backend's id: {@code ffm}, {@code jna}, {@code vectorapi} or {@code scalar}. */
  String id();

  /** Says whether {@link #open()} can succeed, with the reason when not. Never throws. */
  Availability availability();

  /**
   * Opens the backend.
   *
   * @throws dev.coterie.BackendUnavailableException with the cause and the cure when it cannot be
   *     opened
   */
  Backend open();
}
