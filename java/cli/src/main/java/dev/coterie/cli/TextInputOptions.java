package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.TextFile;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how a file of texts looks. */
final class TextInputOptions {
  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "csv or jsonl. Default: jsonl where FILE ends with .jsonl, otherwise csv.")
  private String format;

  @Option(
      names = "--task-column",
      paramLabel = "NAME",
      description = "The column of the task. Default: task.")
  private String task;

  @Option(
      names = "--expert-column",
      paramLabel = "NAME",
      description = "The column of the expert. Default: expert or worker.")
  private String expert;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "The column of the text. Default: text or label.")
  private String text;

  @Option(
      names = "--confidence-column",
      paramLabel = "NAME",
      description = "The column of the confidence. Default: confidence, if there is one.")
  private String confidence;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "What separates fields, a character or the word tab; otherwise the file's name (.tsv) or"
              + " its header tells.")
  private String delimiter;

  /** What {@code --input-format} takes, for completion. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("csv", "jsonl").iterator();
    }
  }

  /** Checks the options against each other. */
  void check(String file, String truth) {
    if (format != null) {
      Choice.of("--input-format", format, "csv", "jsonl");
    }
    delimiter();
    boolean given = columns().isGiven() || delimiter != null;
    if (isJsonLines(file) && given && truth == null) {
      throw new InputException(
          "columns and delimiters mean nothing to JSON Lines; leave them out, or take"
              + " --input-format csv");
    }
  }

  boolean isJsonLines(String file) {
    return format == null ? TextFile.isJsonLines(file) : format.equals("jsonl");
  }

  TextFile.Columns columns() {
    return new TextFile.Columns(task, expert, text, confidence);
  }

  /** Returns the delimiter, or 0 to find out. */
  byte delimiter() {
    return InputOptions.delimiter(delimiter);
  }
}
