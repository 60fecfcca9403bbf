package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.TextSource;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.OutputFile;
import dev.coterie.consensus.FitControl;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;

/** What every run over one file of answers shares: how it reads, shows progress and writes. */
final class Session {
  private final Terminal terminal;
  private final String file;
  private final InputOptions inputOptions;
  private final OutputOptions outputOptions;
  private final FitControl control = new FitControl();

  /** Makes a session; {@code outputs} may be null where the command writes by itself. */
  Session(Terminal terminal, String file, InputOptions inputs, OutputOptions outputs) {
    this.terminal = terminal;
    this.file = file;
    this.inputOptions = inputs;
    this.outputOptions = outputs;
  }

  InputOptions inputs() {
    return inputOptions;
  }

  OutputOptions outputs() {
    return outputOptions;
  }

  FitControl control() {
    return control;
  }

  void complain(String message) {
    terminal.complain(message);
  }

  void print(String text) throws IOException {
    terminal.print(text);
  }

  /** Refuses to read standard input twice. */
  static void checkStandardInput(String options, String... files) {
    int standardInputs = 0;
    for (String name : files) {
      standardInputs += TextSource.STANDARD_INPUT.equals(name) ? 1 : 0;
    }
    if (standardInputs > 1) {
      throw new InputException(
          "standard input can be only one of " + options + "; give files for the others");
    }
  }

  /**
   * Opens the backend before anything is read, so that one that does not work is told at once, and
   * returns it.
   */
  static BackendInfo openBackend(String id, Terminal terminal) {
    try {
      if (id == null) {
        BackendInfo chosen = Backends.current();
        if (!isDemanded()) {
          MissingLibrary.remark(chosen).ifPresent(terminal::complain);
        }
        return chosen;
      }
      Backends.ensureAvailable(id);
      return Backends.available().stream()
          .filter(backend -> backend.id().equals(id))
          .findFirst()
          .orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  BackendInfo openBackend(String id) {
    return openBackend(id, terminal);
  }

  private static boolean isDemanded() {
    String setting = Diagnosis.activeSettings().get("coterie.backend");
    return setting != null && !setting.strip().equals("auto");
  }

  /** Returns the name of the file of answers, for people. */
  String sourceName() {
    return file.equals(TextSource.STANDARD_INPUT) ? "standard input" : file;
  }

  /** Returns the argument that names the file of answers. */
  String fileName() {
    return file;
  }

  /** Opens the file of answers. */
  TextSource open() {
    return open(file);
  }

  TextSource open(String name) {
    return TextSource.open(name, terminal.in());
  }

  /** Reads labels of tasks; without a name there are none. */
  LabelFile labels(String name) {
    return name == null
        ? null
        : LabelFile.read(open(name), inputOptions.delimiter(), inputOptions.columns());
  }

  Progress progress() {
    boolean shown =
        terminal.interactive() && (outputOptions == null || outputOptions.showsProgress());
    return new Progress(shown ? terminal.err() : null, control);
  }

  /** Warns of a fit that reached its limit. */
  void warnOfLimit(String method, boolean converged, long iterations) {
    if (!converged) {
      complain(
          method
              + ": not converged after "
              + Counted.of(iterations, "iteration")
              + "; raise --max-iterations");
    }
  }

  /** Writes a result wherever the options say. */
  void write(Results results) throws IOException {
    if (outputOptions.isResultOnStandardOutput()) {
      Writer writer =
          new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
      result(cancellable(writer), ',', results);
      writer.flush();
    }
    try (OutputFile result = outputOptions.output();
        OutputFile skills = skills(results)) {
      if (result != null) {
        result(cancellable(result.open()), delimiter(result), results);
        result.finish();
      }
      if (skills != null) {
        results.experts(cancellable(skills.open()), delimiter(skills));
        skills.finish();
      }
      if (control.isCancelled()) {
        throw new CancellationException();
      }
      if (skills != null) {
        skills.commit();
      }
      if (result != null) {
        result.commit();
      }
    }
  }

  private OutputFile skills(Results results) {
    if (results.hasExperts()) {
      return outputOptions.skills();
    }
    if (outputOptions.demandsSkills()) {
      throw new InputException(
          "--skills: this result says nothing about experts; leave it out, or take a method and a"
              + " file that know experts");
    }
    return null;
  }

  private Writer cancellable(Writer writer) {
    return new CancellableWriter(writer, control);
  }

  private void result(Writer writer, char delimiter, Results results) throws IOException {
    if (outputOptions.isJson()) {
      results.json(writer);
    } else {
      results.csv(writer, delimiter);
    }
  }

  private static char delimiter(OutputFile file) {
    return file.target().toString().endsWith(".tsv") ? '\t' : ',';
  }
}
