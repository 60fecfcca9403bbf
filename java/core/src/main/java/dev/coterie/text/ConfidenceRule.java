package dev.coterie.text;

import dev.coterie.spi.TextProblem;

/** From what the confidence of an answer is computed; see docs/text.md. */
public enum ConfidenceRule {
  /** From the clusters of each task alone. */
  ALONE(TextProblem.ALONE),

  /** From all tasks together, with the accuracy of each expert; worth it from about 20 tasks on. */
  POOLED(TextProblem.POOLED);

  final int number;

  ConfidenceRule(int number) {
    this.number = number;
  }
}
