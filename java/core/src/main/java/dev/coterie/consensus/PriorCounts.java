package dev.coterie.consensus;

/** When prior confusion counts are added to those of the table. */
public enum PriorCounts {
  /**
   * In the first iteration only: they choose the starting point and leave the result to the data.
   */
  FIRST_ITERATION,
  /** In every iteration: they weigh as much as if the experts had given that many answers more. */
  EVERY_ITERATION
}
