package dev.coterie.consensus;

/** What happens to several answers of one expert to one task. */
public enum Repeats {
  /** All of them count. */
  COUNT_ALL,
  /** Only the last one, in the order of the table, counts. */
  LAST_WINS
}
