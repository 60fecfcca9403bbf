package dev.coterie.cli;

import dev.coterie.cli.input.ColumnNames;
import picocli.CommandLine.Option;

/** The options that say how a file of answers or comparisons looks. */
final class PairInputOptions extends InputOptions {
  @Option(
      names = "--left-column",
      paramLabel = "NAME",
      description = "The column of the left item. Default: left.")
  private String leftColumn;

  @Option(
      names = "--right-column",
      paramLabel = "NAME",
      description = "The column of the right item. Default: right.")
  private String rightColumn;

  @Override
  ColumnNames columns() {
    ColumnNames names = super.columns();
    return new ColumnNames(
        names.task(), names.expert(), names.label(), names.weight(), leftColumn, rightColumn);
  }
}
