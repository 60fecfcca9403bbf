package dev.coterie.cli;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.LabelOrder;
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
import java.util.List;

/** One run of {@code coterie consensus} over labels: reads, fits, writes, reports. */
final class CategoricalRun {
  private final Session session;
  private final String truthFile;
  private final MethodOptions methodOptions;
  private final LabelOrder order;

  CategoricalRun(Session session, String truthFile, MethodOptions methodOptions, LabelOrder order) {
    this.session = session;
    this.truthFile = truthFile;
    this.methodOptions = methodOptions;
    this.order = order;
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
        CategoricalReport report =
            new CategoricalReport(table, tally, accuracy, session.outputs().top());
        report.read(session.sourceName(), begin - start, System.nanoTime() - begin);
        Settings settings = methodOptions.settings().withGold(TableChecks.gold(gold, table));
        TableChecks.priors(settings.classPriors(), table);
        try (Fits<ConsensusMethod, Consensus> fits =
            new Fits<>(
                session, methodOptions, settings, method -> method.fit(table, session.control()))) {
          tell(report, fits.all(), settings, tally);
        }
      }
    }
  }

  private void tell(
      CategoricalReport report, List<Fit<Consensus>> fits, Settings settings, AnswerTally tally)
      throws IOException {
    for (Fit<Consensus> fit : fits) {
      Consensus consensus = fit.result();
      session.warnOfLimit(fit.method(), consensus.converged(), consensus.iterations());
    }
    if (methodOptions.compares()) {
      session.print(report.comparison(fits));
      return;
    }
    Method<?> method = methodOptions.chosen().get(0);
    session.write(new Written(method, settings, fits.get(0).result(), tally));
    if (session.outputs().showsTable()) {
      session.print(report.single(fits.get(0)));
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
    return answers.toTable(builder, order, tally);
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
