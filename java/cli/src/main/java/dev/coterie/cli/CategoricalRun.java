package dev.coterie.cli;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.measure.Truth;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.CsvResult;
import dev.coterie.cli.output.JsonResult;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** One run of {@code coterie consensus} over labels: reads, fits, writes, reports. */
final class CategoricalRun {
  private final Session session;
  private final String truthFile;
  private final MethodOptions methodOptions;

  CategoricalRun(Session session, String truthFile, MethodOptions methodOptions) {
    this.session = session;
    this.truthFile = truthFile;
    this.methodOptions = methodOptions;
  }

  void run() throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      long start = System.nanoTime();
      session.openBackend(methodOptions.backend());
      long begin = System.nanoTime();
      LabelFile truth = session.labels(truthFile);
      LabelFile gold = session.labels(methodOptions.gold());
      AnswerTally tally = new AnswerTally(truth);
      AnswerFile answers = read();
      interruption.busy();
      try (AnswerTable table = table(answers, tally)) {
        Truth accuracy = truth == null ? null : new Truth(truth, table, session.sourceName());
        Report report = new Report(table, tally, accuracy, session.outputs().top());
        report.read(session.sourceName(), begin - start, System.nanoTime() - begin);
        Settings settings = methodOptions.settings().withGold(TableChecks.gold(gold, table));
        TableChecks.priors(settings.classPriors(), table);
        if (methodOptions.compares()) {
          compare(report, settings, table);
        } else {
          single(report, settings, table, tally);
        }
      }
    }
  }

  private AnswerFile read() {
    try (Progress progress = session.progress()) {
      return AnswerFile.read(
          session.open(), session.inputs().delimiter(), session.inputs().columns(), progress);
    }
  }

  private AnswerTable table(AnswerFile answers, AnswerTally tally) {
    AnswerTable.Builder builder = AnswerTable.builder();
    if (methodOptions.backend() != null) {
      builder.backend(methodOptions.backend());
    }
    return answers.toTable(builder, session.inputs().sorted(), tally);
  }

  /** Fits a method, which may refuse the table. */
  private Fit fit(Method<?> method, Settings settings, AnswerTable table) {
    try (Progress progress = session.progress()) {
      progress.fitting(method.id());
      ConsensusMethod built = (ConsensusMethod) method.build(settings);
      long begin = System.nanoTime();
      Consensus consensus = built.fit(table, session.control());
      return new Fit(method.id(), consensus, System.nanoTime() - begin);
    } catch (IllegalArgumentException e) {
      throw new InputException(method.id() + ": " + e.getMessage());
    }
  }

  private void warn(Fit fit) {
    Consensus consensus = fit.consensus();
    session.warnOfLimit(fit.method(), consensus.converged(), consensus.iterations());
  }

  private void compare(Report report, Settings settings, AnswerTable table) throws IOException {
    List<Fit> fits = new ArrayList<>();
    InputException refusal = null;
    try {
      for (Method<?> method : methodOptions.chosen()) {
        try {
          Fit fit = fit(method, settings, table);
          fits.add(fit);
          warn(fit);
        } catch (InputException e) {
          refusal = e;
          session.complain(e.getMessage());
        }
      }
      if (fits.isEmpty()) {
        throw refusal;
      }
      session.print(report.comparison(fits));
    } finally {
      fits.forEach(fit -> fit.consensus().close());
    }
  }

  private void single(Report report, Settings settings, AnswerTable table, AnswerTally tally)
      throws IOException {
    Method<?> method = methodOptions.chosen().get(0);
    Fit fit = fit(method, settings, table);
    try (Consensus consensus = fit.consensus()) {
      warn(fit);
      session.write(new Written(method, settings, consensus, tally));
      if (session.outputs().showsTable()) {
        session.print(report.single(fit));
      }
    }
  }

  /** The result in its forms. */
  private final class Written implements Results {
    private final Method<?> method;
    private final Settings settings;
    private final Consensus consensus;
    private final AnswerTally tally;

    Written(Method<?> method, Settings settings, Consensus consensus, AnswerTally tally) {
      this.method = method;
      this.settings = settings;
      this.consensus = consensus;
      this.tally = tally;
    }

    @Override
    public void json(Writer writer) throws IOException {
      boolean posteriors = session.outputs().posteriors();
      JsonResult.write(
          writer, method.id(), settings.described(method), consensus, tally, posteriors);
    }

    @Override
    public void csv(Writer writer, char delimiter) throws IOException {
      CsvResult.tasks(writer, delimiter, consensus, session.outputs().posteriors());
    }

    @Override
    public boolean hasExperts() {
      return true;
    }

    @Override
    public void experts(Writer writer, char delimiter) throws IOException {
      CsvResult.experts(writer, delimiter, consensus, tally);
    }
  }
}
