package dev.coterie.cli;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.measure.NumericTruth;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.NumericOutput;
import dev.coterie.consensus.numeric.NumericConsensus;
import dev.coterie.consensus.numeric.NumericMethod;
import dev.coterie.consensus.numeric.NumericTable;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of {@code coterie consensus} over numbers: reads, fits, writes, reports. */
final class NumericRun {
  private final Session session;
  private final String truthFile;
  private final MethodOptions methodOptions;

  NumericRun(Session session, String truthFile, MethodOptions methodOptions) {
    this.session = session;
    this.truthFile = truthFile;
    this.methodOptions = methodOptions;
  }

  void run() throws IOException {
    if (session.outputs().posteriors()) {
      throw new InputException(
          "--posteriors mean nothing to numeric methods; leave it out, or take a categorical one");
    }
    try (Interruption interruption = new Interruption(session.control())) {
      long start = System.nanoTime();
      session.openBackend(methodOptions.backend());
      long begin = System.nanoTime();
      LabelFile truthLabels = session.labels(truthFile);
      LabelFile gold = session.labels(methodOptions.gold());
      AnswerTally tally = new AnswerTally(null);
      AnswerFile answers = read();
      interruption.busy();
      try (NumericTable table = table(answers, tally)) {
        NumericTruth truth =
            truthLabels == null ? null : new NumericTruth(truthLabels, table, session.sourceName());
        NumericReport report = new NumericReport(table, tally, truth, session.outputs().top());
        report.read(session.sourceName(), begin - start, System.nanoTime() - begin);
        Settings settings = methodOptions.settings().withGold(known(gold, table));
        try (Fits<NumericMethod, NumericConsensus> fits =
            new Fits<>(
                session, methodOptions, settings, method -> method.fit(table, session.control()))) {
          tell(report, fits.all(), settings, tally);
        }
      }
    }
  }

  private void tell(
      NumericReport report, List<Fit<NumericConsensus>> fits, Settings settings, AnswerTally tally)
      throws IOException {
    for (Fit<NumericConsensus> fit : fits) {
      NumericConsensus consensus = fit.result();
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
      return AnswerFile.readNumbers(
          session.open(), session.inputs().delimiter(), session.inputs().columns(), progress);
    }
  }

  private NumericTable table(AnswerFile answers, AnswerTally tally) {
    NumericTable.Builder builder = NumericTable.builder().backend(methodOptions.backend());
    return answers.toNumericTable(builder, tally, (answer, expert) -> true);
  }

  private static Map<String, Double> known(LabelFile file, NumericTable table) {
    Map<String, Double> known = new LinkedHashMap<>();
    if (file != null) {
      file.entries()
          .forEach(
              (task, entry) -> {
                if (table.indexOfTask(task) < 0) {
                  throw file.wrong(
                      entry,
                      "task "
                          + Quoted.text(task)
                          + " has no answers; correct it or delete the line");
                }
                known.put(task, file.valueOf(task));
              });
    }
    return known;
  }

  /** The result in its forms. */
  private static final class Written implements Results {
    private final Method<?> method;
    private final Settings settings;
    private final NumericConsensus consensus;
    private final AnswerTally tally;

    Written(Method<?> method, Settings settings, NumericConsensus consensus, AnswerTally tally) {
      this.method = method;
      this.settings = settings;
      this.consensus = consensus;
      this.tally = tally;
    }

    @Override
    public void json(Writer writer) throws IOException {
      NumericOutput.json(writer, method.id(), settings.described(method), consensus, tally);
    }

    @Override
    public void csv(Writer writer, char delimiter) throws IOException {
      NumericOutput.tasks(writer, delimiter, consensus);
    }

    @Override
    public boolean hasExperts() {
      return true;
    }

    @Override
    public void experts(Writer writer, char delimiter) throws IOException {
      NumericOutput.experts(writer, delimiter, consensus, tally);
    }
  }
}
