package dev.coterie.cli.output;

/** Says how many there are of something. */
public final class Counted {
  private Counted() {}

  /**
   * Returns the number and the noun.
   *
   * @param number how many
   * @param noun what, in the singular
   * @return both; the noun takes an s unless there is one
   */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
