package dev.coterie.consensus.agreement;

/** What the distance of two labels means. */
public enum Scale {
  /** Labels are equal or not. */
  NOMINAL(0),
  /** Labels have an order: the distance is that of their mean ranks among all answers. */
  ORDINAL(1),
  /** Labels are numbers: the distance is their difference. */
  INTERVAL(2),
  /** Labels are numbers of at least 0: the distance is their difference divided by their sum. */
  RATIO(3);

  /** Its number in the interface of engines. */
  final int code;

  Scale(int code) {
    this.code = code;
  }
}
