package dev.coterie.cli.input;

/**
 * The names of the columns to read; null means the usual ones.
 *
 * @param task the column of the task, usually {@code task}
 * @param expert the column of the expert, usually {@code expert} or {@code worker}
 * @param label the column of the label, usually {@code label}
 * @param weight the column of the weight, usually {@code weight} and not required
 * @param left the column of the left item, usually {@code left}
 * @param right the column of the right item, usually {@code right}
 */
public record ColumnNames(
    String task, String expert, String label, String weight, String left, String right) {
  /** The usual names. */
  public static final ColumnNames USUAL = new ColumnNames(null, null, null, null, null, null);
}
