package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.TextSource;
import dev.coterie.cli.output.OutputFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say what is written and where. */
class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Writes the result to a file: .json as JSON, .tsv with tabs, anything else as CSV. CSV"
              + " puts the tasks there and the experts into FILE with .skills before its ending.")
  private String output;

  @Option(
      names = "--skills",
      paramLabel = "FILE",
      description = "Writes the experts' skills as CSV to this file.")
  private String skills;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description =
          "table, csv or json: what standard output gets, or with --output what the file gets."
              + " Default: table on standard output, the ending's format in a file.")
  private String format;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How many experts and tasks the table shows of each kind. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows no progress, and no table beside --output.")
  private boolean quiet;

  @Option(names = "--no-progress", description = "Shows no progress.")
  private boolean noProgress;

  /**
   * Checks the options against each other and against the files that are read.
   *
   * @param compared the word that names several methods, or null when there is one
   */
  void check(String compared, String... inputs) {
    if (format != null) {
      Choice.of("--format", format, "table", "csv", "json");
    }
    if (top < 0) {
      throw new InputException("--top " + top + " is negative; give 0 or more");
    }
    if (compared != null && (output != null || skills != null || isResultOnStandardOutput())) {
      throw new InputException(
          "--method " + compared + " only prints a table; name one method to write its result");
    }
    if (output != null && "table".equals(format)) {
      throw new InputException(
          "--format table is for people and goes to standard output only; use csv or json with"
              + " --output");
    }
    OutputFile result = output();
    OutputFile experts = skills();
    for (String input : inputs) {
      if (input != null && !input.equals(TextSource.STANDARD_INPUT)) {
        refuseSame(result, path(input));
        refuseSame(experts, path(input));
      }
    }
    if (result != null) {
      refuseSame(experts, result.target());
    }
  }

  /** Returns the path, or null when it cannot be one, which opening it will explain. */
  private static Path path(String input) {
    try {
      return Path.of(input);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static void refuseSame(OutputFile file, Path other) {
    if (file != null) {
      file.mustDifferFrom(other);
    }
  }

  /** Returns the file of the result, or null. */
  OutputFile output() {
    return output == null ? null : OutputFile.at("--output", output);
  }

  /** Returns the file of the skills, or null. */
  OutputFile skills() {
    if (skills != null) {
      return OutputFile.at("--skills", skills);
    }
    if (output == null || isJson()) {
      return null;
    }
    Path path = Path.of(output);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return null;
    }
    int dot = output.lastIndexOf('.');
    boolean ending = dot > output.lastIndexOf('/') + 1 && dot > output.lastIndexOf('\\') + 1;
    return OutputFile.at(
        "--skills",
        ending ? output.substring(0, dot) + ".skills" + output.substring(dot) : output + ".skills");
  }

  /** Returns whether the experts' file was asked for by name. */
  boolean demandsSkills() {
    return skills != null;
  }

  /** Returns whether the result is JSON and not CSV. */
  boolean isJson() {
    return format == null
        ? output != null && output.toLowerCase(Locale.ROOT).endsWith(".json")
        : format.equals("json");
  }

  /** Returns whether standard output gets the result itself. */
  boolean isResultOnStandardOutput() {
    return output == null && format != null && !format.equals("table");
  }

  /** Returns whether standard output gets a table for people. */
  boolean showsTable() {
    return !isResultOnStandardOutput() && !(quiet && output != null);
  }

  /** Returns whether the posteriors of all labels are wanted. */
  boolean posteriors() {
    return false;
  }

  int top() {
    return top;
  }

  boolean showsProgress() {
    return !quiet && !noProgress;
  }
}
