package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.TextSource;
import dev.coterie.cli.output.OutputFile;
import dev.coterie.cli.output.PlanOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where a plan is written, and in which form. */
final class PlanFiles {
  private final String output;
  private final String states;
  private final String format;

  private PlanFiles(String output, String states, String format) {
    this.output = output;
    this.states = states;
    this.format = format;
  }

  /** Checks the options against each other and against the files that are read. */
  static PlanFiles check(String output, String states, String format, String... inputs) {
    if (format != null) {
      Choice.of("--format", format, "table", "csv", "json");
    }
    if (output != null && "table".equals(format)) {
      throw new InputException(
          "--format table is for people and goes to standard output only; use csv or json with"
              + " --output");
    }
    PlanFiles files = new PlanFiles(output, states, format);
    OutputFile questions = files.questions();
    OutputFile tasks = files.tasks();
    for (String input : inputs) {
      if (input != null && !input.equals(TextSource.STANDARD_INPUT)) {
        refuseSame(questions, input);
        refuseSame(tasks, input);
      }
    }
    if (tasks != null && questions != null) {
      tasks.mustDifferFrom(questions.target());
    }
    return files;
  }

  private static void refuseSame(OutputFile file, String input) {
    try {
      if (file != null) {
        file.mustDifferFrom(Path.of(input));
      }
    } catch (InvalidPathException e) {
      // Opening the input will explain it.
    }
  }

  private OutputFile questions() {
    return output == null ? null : OutputFile.at("--output", output);
  }

  private OutputFile tasks() {
    return states == null ? null : OutputFile.at("--states", states);
  }

  private boolean isJson() {
    return format == null
        ? output != null && output.toLowerCase(Locale.ROOT).endsWith(".json")
        : format.equals("json");
  }

  /** Returns whether standard output gets a table for people. */
  boolean showsTable() {
    return output != null || format == null || format.equals("table");
  }

  /** Writes a plan wherever the options say, all files or none. */
  void write(Session session, PlanOutput plan, String method, double confidence)
      throws IOException {
    if (!showsTable()) {
      StringWriter text = new StringWriter();
      questions(text, ',', plan, method, confidence);
      session.print(text.toString());
    }
    try (OutputFile questions = questions();
        OutputFile tasks = tasks()) {
      if (questions != null) {
        questions(questions.open(), delimiter(questions), plan, method, confidence);
        questions.finish();
      }
      if (tasks != null) {
        plan.tasks(tasks.open(), delimiter(tasks));
        tasks.finish();
        tasks.commit();
      }
      if (questions != null) {
        questions.commit();
      }
    }
  }

  private void questions(
      Writer writer, char delimiter, PlanOutput plan, String method, double confidence)
      throws IOException {
    if (isJson()) {
      plan.json(writer, method, confidence);
    } else {
      plan.asks(writer, delimiter);
    }
  }

  private static char delimiter(OutputFile file) {
    return file.target().toString().endsWith(".tsv") ? '\t' : ',';
  }
}
