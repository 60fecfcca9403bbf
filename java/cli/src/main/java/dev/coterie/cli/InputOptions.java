package dev.coterie.cli;

import dev.coterie.cli.input.ColumnNames;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import picocli.CommandLine.Option;

/** The options that say how a file of answers looks. */
class InputOptions {
  @Option(
      names = "--task-column",
      paramLabel = "NAME",
      description = "The column of the task. Default: task.")
  private String taskColumn;

  @Option(
      names = "--expert-column",
      paramLabel = "NAME",
      description = "The column of the expert. Default: expert or worker.")
  private String expertColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description =
          "The column of the label. Default: label; for numbers label or value, for comparisons label"
              + " or winner.")
  private String labelColumn;

  @Option(
      names = "--weight-column",
      paramLabel = "NAME",
      description = "The column of the weight. Default: weight, if there is one.")
  private String weightColumn;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "What separates fields, a character or the word tab; otherwise the file's name (.tsv) or"
              + " its header tells.")
  private String delimiter;

  ColumnNames columns() {
    return new ColumnNames(taskColumn, expertColumn, labelColumn, weightColumn, null, null);
  }

  /** Returns the delimiter, or 0 to find out. */
  byte delimiter() {
    return delimiter(delimiter);
  }

  /** Returns the byte of an option's value, or 0 for null. */
  static byte delimiter(String delimiter) {
    if (delimiter == null) {
      return 0;
    }
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    char c = delimiter.length() == 1 ? delimiter.charAt(0) : 0;
    if (c == 0 || c > 0x7e || c == '"' || c == '\n' || c == '\r') {
      throw new InputException(
          "--delimiter "
              + Quoted.text(delimiter)
              + " cannot separate fields; give one ASCII character other than a quote, or tab");
    }
    return (byte) c;
  }
}
