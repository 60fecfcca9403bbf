package dev.coterie.cli.accuracy;

/** What methods are fitted on. */
public enum Halves {
  /** All answers. */
  NONE,

  /** The answers of a random half of the experts. */
  EXPERTS,

  /** A random half of the answers. */
  ANSWERS
}
