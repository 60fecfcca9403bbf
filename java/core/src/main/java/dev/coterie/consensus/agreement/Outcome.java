package dev.coterie.consensus.agreement;

/** Whether a coefficient has a value, and why not. */
public enum Outcome {
  /** It has. */
  DEFINED,
  /** No task has two answers that can be compared. */
  NO_PAIRS,
  /**
   * All answers that can be compared are the same: chance would agree just as well, so that
   * agreement beyond chance has no meaning.
   */
  NO_VARIATION
}
