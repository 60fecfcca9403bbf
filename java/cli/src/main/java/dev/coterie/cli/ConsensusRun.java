package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.TextSource;
import dev.coterie.cli.output.CsvResult;
import dev.coterie.cli.output.JsonResult;
import dev.coterie.cli.output.OutputFile;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.FitControl;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** One run of {@code coterie consensus}: reads, fits, writes, reports. */
final class ConsensusRun {
  private final Terminal terminal;
  private final String file;
  private final String truthFile;
  private final MethodOptions methodOptions;
  private final InputOptions inputOptions;
  private final OutputOptions outputOptions;
  private final FitControl control = new FitControl();

  ConsensusRun(
      Terminal terminal,
      String file,
      String truthFile,
      MethodOptions methodOptions,
      InputOptions inputOptions,
      OutputOptions outputOptions) {
    this.terminal = terminal;
    this.file = file;
    this.truthFile = truthFile;
    this.methodOptions = methodOptions;
    this.inputOptions = inputOptions;
    this.outputOptions = outputOptions;
  }

  void run() throws IOException {
    check();
    try (Interruption interruption = new Interruption(control)) {
      long start = System.nanoTime();
      openBackend();
      long begin = System.nanoTime();
      LabelFile truth = labels(truthFile);
      LabelFile gold = labels(methodOptions.gold());
      AnswerTally tally = new AnswerTally(truth);
      AnswerFile answers = read();
      interruption.busy();
      try (AnswerTable table = table(answers, tally)) {
        Truth accuracy = truth == null ? null : new Truth(truth, table, sourceName());
        Report report = new Report(table, tally, accuracy, outputOptions.top());
        report.read(sourceName(), begin - start, System.nanoTime() - begin);
        Methods methods = new Methods(methodOptions, gold, table);
        if (methodOptions.comparesAll()) {
          compare(report, methods, table);
        } else {
          single(report, methods, table, tally);
        }
      }
    }
  }

  private void check() {
    methodOptions.check();
    inputOptions.delimiter();
    inputOptions.sorted();
    outputOptions.check(methodOptions.comparesAll(), file, truthFile, methodOptions.gold());
    int standardInputs = 0;
    for (String input : new String[] {file, truthFile, methodOptions.gold()}) {
      standardInputs += TextSource.STANDARD_INPUT.equals(input) ? 1 : 0;
    }
    if (standardInputs > 1) {
      throw new InputException(
          "standard input can be only one of FILE, --truth and --gold; give files for the others");
    }
  }

  /** Opens the backend before anything is read, so that one that does not work is told at once. */
  private void openBackend() {
    try {
      if (methodOptions.backend() == null) {
        BackendInfo chosen = Backends.current();
        if (!isDemanded()) {
          MissingLibrary.remark(chosen).ifPresent(terminal::complain);
        }
      } else {
        Backends.ensureAvailable(methodOptions.backend());
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  private static boolean isDemanded() {
    String setting = Diagnosis.activeSettings().get("coterie.backend");
    return setting != null && !setting.strip().equals("auto");
  }

  private String sourceName() {
    return file.equals(TextSource.STANDARD_INPUT) ? "standard input" : file;
  }

  private LabelFile labels(String name) {
    return name == null
        ? null
        : LabelFile.read(
            TextSource.open(name, terminal.in()), inputOptions.delimiter(), inputOptions.columns());
  }

  private Progress progress() {
    boolean shown = terminal.interactive() && outputOptions.showsProgress();
    return new Progress(shown ? terminal.err() : null, control);
  }

  private AnswerFile read() {
    try (Progress progress = progress()) {
      return AnswerFile.read(
          TextSource.open(file, terminal.in()),
          inputOptions.delimiter(),
          inputOptions.columns(),
          progress);
    }
  }

  private AnswerTable table(AnswerFile answers, AnswerTally tally) {
    AnswerTable.Builder builder = AnswerTable.builder();
    if (methodOptions.backend() != null) {
      builder.backend(methodOptions.backend());
    }
    return answers.toTable(builder, inputOptions.sorted(), tally);
  }

  private Fit fit(Methods methods, String id, AnswerTable table) {
    try (Progress progress = progress()) {
      progress.fitting(id);
      long begin = System.nanoTime();
      Consensus consensus = methods.method(id).fit(table, control);
      return new Fit(id, consensus, System.nanoTime() - begin);
    }
  }

  private void warn(Fit fit) {
    if (!fit.consensus().converged()) {
      terminal.complain(
          fit.method()
              + ": not converged after "
              + Counted.of(fit.consensus().iterations(), "iteration")
              + "; raise --max-iterations");
    }
  }

  private void compare(Report report, Methods methods, AnswerTable table) throws IOException {
    List<Fit> fits = new ArrayList<>();
    try {
      for (String id : MethodOptions.METHODS) {
        Fit fit = fit(methods, id, table);
        fits.add(fit);
        warn(fit);
      }
      terminal.print(report.comparison(fits));
    } finally {
      fits.forEach(fit -> fit.consensus().close());
    }
  }

  private void single(Report report, Methods methods, AnswerTable table, AnswerTally tally)
      throws IOException {
    String id = methodOptions.method();
    Fit fit = fit(methods, id, table);
    try (Consensus consensus = fit.consensus()) {
      warn(fit);
      write(consensus, methods, tally);
      if (outputOptions.showsTable()) {
        terminal.print(report.single(fit));
      }
    }
  }

  private void write(Consensus consensus, Methods methods, AnswerTally tally) throws IOException {
    if (outputOptions.isResultOnStandardOutput()) {
      Writer writer =
          new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
      result(cancellable(writer), ',', consensus, methods, tally);
      writer.flush();
    }
    try (OutputFile result = outputOptions.output();
        OutputFile skills = outputOptions.skills()) {
      if (result != null) {
        result(cancellable(result.open()), delimiter(result), consensus, methods, tally);
        result.finish();
      }
      if (skills != null) {
        CsvResult.experts(cancellable(skills.open()), delimiter(skills), consensus, tally);
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

  private Writer cancellable(Writer writer) {
    return new CancellableWriter(writer, control);
  }

  private void result(
      Writer writer, char delimiter, Consensus consensus, Methods methods, AnswerTally tally)
      throws IOException {
    if (outputOptions.isJson()) {
      String id = methodOptions.method();
      JsonResult.write(
          writer, id, methods.described(id), consensus, tally, outputOptions.posteriors());
    } else {
      CsvResult.tasks(writer, delimiter, consensus, outputOptions.posteriors());
    }
  }

  private static char delimiter(OutputFile file) {
    return file.target().toString().endsWith(".tsv") ? '\t' : ',';
  }
}
