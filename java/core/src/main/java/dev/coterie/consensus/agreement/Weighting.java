package dev.coterie.consensus.agreement;

/** How much two different labels disagree in Cohen's kappa. */
public enum Weighting {
  /** As much as any two. */
  NONE(0),
  /** By the distance of their values. */
  LINEAR(1),
  /** By the squared distance of their values. */
  QUADRATIC(2);

  /** Its number in the interface of engines. */
  final int code;

  Weighting(int code) {
    this.code = code;
  }
}
