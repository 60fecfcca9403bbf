package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import java.util.Arrays;

/** Checks the value of an option against a list of words. */
final class Choice {
  private Choice() {}

  /** Returns the value, which is one of the valid ones. */
  static String of(String option, String value, String... valid) {
    if (Arrays.asList(valid).contains(value)) {
      return value;
    }
    throw new InputException(
        "unknown "
            + option.substring(2)
            + " "
            + Quoted.text(value)
            + "; choose one of "
            + String.join(", ", valid));
  }
}
