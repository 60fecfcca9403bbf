package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.cli.input.LabelSetFile;
import dev.coterie.cli.input.MultiLabelFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.measure.MultiLabelTruth;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.MultiLabelOutput;
import dev.coterie.consensus.BinaryRelevance;
import dev.coterie.consensus.MultiLabelConsensus;
import dev.coterie.consensus.MultiLabelTable;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run of {@code coterie consensus} over sets of labels: reads, fits, writes, reports. */
final class MultiLabelRun {
  private final Session session;
  private final String truthFile;
  private final MethodOptions methodOptions;
  private final LabelOrder order;

  MultiLabelRun(Session session, String truthFile, MethodOptions methodOptions, LabelOrder order) {
    this.session = session;
    this.truthFile = truthFile;
    this.methodOptions = methodOptions;
    this.order = order;
  }

  void run() throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      long start = System.nanoTime();
      BackendInfo backend = session.openBackend(methodOptions.backend());
      long begin = System.nanoTime();
      LabelSetFile truthSets = sets(truthFile);
      LabelSetFile gold = sets(methodOptions.gold());
      MultiLabelFile answers = read();
      interruption.busy();
      List<String> labels = answers.labels(order);
      MultiLabelTable table = answers.toTable();
      MultiLabelTruth truth =
          truthSets == null ? null : new MultiLabelTruth(truthSets, table, session.sourceName());
      long[] counts = answers.answersByExpert();
      MultiLabelReport report =
          new MultiLabelReport(table, labels, counts, truth, session.outputs().top());
      report.read(session.sourceName(), begin - start, System.nanoTime() - begin);
      Settings settings = methodOptions.settings().withGold(known(gold, table));
      try (Fits<BinaryRelevance, MultiLabelConsensus> fits =
          new Fits<>(
              session, methodOptions, settings, method -> method.fit(table, session.control()))) {
        for (Fit<MultiLabelConsensus> fit : fits.all()) {
          warnOfLimit(fit);
        }
        if (methodOptions.compares()) {
          session.print(report.comparison(fits.all(), backend));
          return;
        }
        Fit<MultiLabelConsensus> fit = fits.all().get(0);
        boolean posteriors = session.outputs().posteriors();
        Map<String, Object> options = settings.described(methodOptions.chosen().get(0));
        MultiLabelOutput output = new MultiLabelOutput(fit.result(), labels, counts, posteriors);
        session.write(new Written(output, fit.method(), options));
        if (session.outputs().showsTable()) {
          session.print(report.single(fit, backend));
        }
      }
    }
  }

  private void warnOfLimit(Fit<MultiLabelConsensus> fit) {
    if (!fit.result().converged()) {
      session.complain(fit.method() + ": not converged for every label; raise --max-iterations");
    }
  }

  private LabelSetFile sets(String name) {
    return name == null
        ? null
        : LabelSetFile.read(
            session.open(name), session.inputs().delimiter(), session.inputs().columns());
  }

  private MultiLabelFile read() {
    try (Progress progress = session.progress()) {
      return MultiLabelFile.read(
          session.open(), session.inputs().delimiter(), session.inputs().columns(), progress);
    }
  }

  /** Returns the known sets by task; {@code file} may be null. */
  private static Map<String, Set<String>> known(LabelSetFile file, MultiLabelTable table) {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    if (file == null) {
      return known;
    }
    Set<String> tasks = Set.copyOf(table.taskNames());
    Set<String> labels = Set.copyOf(table.labelNames());
    file.entries()
        .forEach(
            (task, entry) -> {
              if (!tasks.contains(task)) {
                throw file.wrong(
                    entry.line(),
                    "task " + Quoted.text(task) + " has no answers; correct it or delete the line");
              }
              entry
                  .labels()
                  .forEach(
                      (label, line) -> {
                        if (!labels.contains(label)) {
                          throw file.wrong(
                              line,
                              "no expert ever gave label "
                                  + Quoted.text(label)
                                  + "; correct it or delete the line");
                        }
                      });
              known.put(task, entry.set());
            });
    return known;
  }

  /** The result in its forms. */
  private record Written(MultiLabelOutput output, String method, Map<String, Object> options)
      implements Results {
    @Override
    public void json(Writer writer) throws IOException {
      output.json(writer, method, options);
    }

    @Override
    public void csv(Writer writer, char delimiter) throws IOException {
      output.tasks(writer, delimiter);
    }

    @Override
    public boolean hasExperts() {
      return true;
    }

    @Override
    public void experts(Writer writer, char delimiter) throws IOException {
      output.experts(writer, delimiter);
    }
  }
}
