package dev.coterie.cli.input;

/** Reads the weight of an answer. */
final class Weights {
  private Weights() {}

  /** Returns the number in a field of the current record. */
  static float parse(RecordReader reader, int field) {
    String text = reader.text(field).strip();
    if (!Numbers.isDecimal(text)) {
      throw wrong(reader, text, "is not a decimal number");
    }
    float weight;
    try {
      weight = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw wrong(reader, text, "is not a decimal number");
    }
    if (weight < 0) {
      throw wrong(reader, text, "is negative");
    }
    if (weight == Float.POSITIVE_INFINITY) {
      throw wrong(reader, text, "is too large");
    }
    return weight;
  }

  private static InputException wrong(RecordReader reader, String text, String what) {
    return reader.wrong(
        "weight " + Quoted.text(text) + " " + what + "; give a number of 0 or more, such as 0.75");
  }
}
