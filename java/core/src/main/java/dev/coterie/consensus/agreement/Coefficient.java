package dev.coterie.consensus.agreement;

/** A coefficient of agreement, which some tables leave undefined. Immutable. */
public abstract sealed class Coefficient
    permits KrippendorffAlpha, CohenKappa, FleissKappa, ObservedAgreement {
  private final String name;
  private final Outcome outcome;
  private final double value;

  Coefficient(String name, Outcome outcome, double value) {
    this.name = name;
    this.outcome = outcome;
    this.value = value;
  }

  static Outcome outcome(double code) {
    if (code == 0.0) {
      return Outcome.DEFINED;
    }
    return code == 1.0 ? Outcome.NO_PAIRS : Outcome.NO_VARIATION;
  }

  /**
   * Returns whether there is a value, and why not.
   *
   * @return the outcome
   */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * Returns whether there is a value.
   *
   * @return true when {@link #value} returns it
   */
  public boolean isDefined() {
    return outcome == Outcome.DEFINED;
  }

  /**
   * Returns the coefficient.
   *
   * @return a number of at most 1, which stands for full agreement
   * @throws IllegalStateException saying why when it is undefined
   */
  public double value() {
    if (isDefined()) {
      return value;
    }
    throw new IllegalStateException(name + " is undefined: " + why());
  }

  /**
   * Returns the coefficient, or another number when it is undefined.
   *
   * @param other the other number
   * @return the coefficient or {@code other}
   */
  public double orElse(double other) {
    return isDefined() ? value : other;
  }

  private String why() {
    return outcome == Outcome.NO_PAIRS
        ? "no task has two answers to compare"
        : "all answers that can be compared are the same, so that chance explains the agreement";
  }

  /** Returns the name and the value, or why there is none. */
  @Override
  public String toString() {
    return name + " " + (isDefined() ? Double.toString(value) : "undefined: " + why());
  }
}
