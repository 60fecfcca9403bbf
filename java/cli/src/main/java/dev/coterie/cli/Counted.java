package dev.coterie.cli;

/** Says how many there are of something. */
final class Counted {
  private Counted() {}

  /** Returns the number and the noun, which takes an s unless there is one. */
  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
