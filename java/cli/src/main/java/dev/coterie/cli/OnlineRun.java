package dev.coterie.cli;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.measure.Truth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.CsvResult;
import dev.coterie.cli.output.JsonResult;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.online.Answer;
import dev.coterie.consensus.online.OnlineBuilder;
import dev.coterie.consensus.online.OnlineConsensus;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** One run of {@code coterie online}: restores or makes the model, adds, saves, reports. */
final class OnlineRun {
  private static final String METHOD = "online";

  private final Session session;
  private final String stateName;
  private final StateFile state;
  private final boolean adds;
  private final String truthFile;
  private final String backend;

  /** Makes a run; {@code truthFile} may be null. */
  OnlineRun(
      Session session,
      String stateName,
      StateFile state,
      boolean adds,
      String truthFile,
      String backend) {
    this.session = session;
    this.stateName = stateName;
    this.state = state;
    this.adds = adds;
    this.truthFile = truthFile;
    this.backend = backend;
  }

  /** Makes a model of the answers and fits it. */
  void create(OnlineBuilder builder) throws IOException {
    run(builder::build, true);
  }

  /** Goes on with the model of the file. */
  void go(boolean refit) throws IOException {
    run(() -> state.load(backend), refit);
  }

  private void run(Supplier<OnlineConsensus> source, boolean refit) throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      long start = System.nanoTime();
      session.openBackend(backend);
      long begin = System.nanoTime();
      LabelFile truth = session.labels(truthFile);
      AnswerFile answers = adds ? read() : null;
      interruption.busy();
      try (OnlineConsensus model = source.get()) {
        long read = System.nanoTime();
        StringBuilder remark = new StringBuilder();
        if (adds) {
          add(model, answers, remark);
        }
        if (refit) {
          refit(model, remark);
        }
        long nanos = System.nanoTime() - read;
        if (adds || refit) {
          save(model);
          remark.append("Saved in ").append(stateName).append('\n');
        }
        try (Consensus consensus = snapshot(model);
            AnswerTable table = consensus.table()) {
          AnswerTally tally = AnswerTally.of(truth, table);
          Truth accuracy = truth == null ? null : new Truth(truth, table, stateName);
          CategoricalReport report =
              new CategoricalReport(table, tally, accuracy, session.outputs().top());
          report.read(stateName, begin - start, read - begin);
          report.remark(remark.toString());
          session.write(new Written(consensus, tally, adds ? answers.answers() : 0, refit));
          if (session.outputs().showsTable()) {
            session.print(report.single(new Fit<>(METHOD, consensus, nanos)));
          }
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

  private void add(OnlineConsensus model, AnswerFile file, StringBuilder remark) {
    long answers = model.answers();
    int tasks = model.tasks();
    int experts = model.experts();
    List<Answer> added = file.toAnswers();
    try {
      model.addAll(added);
    } catch (IllegalArgumentException e) {
      file.requireLabels(model.labelNames(), "the labels of the model");
      throw new InputException(session.sourceName() + ": " + e.getMessage());
    } catch (IllegalStateException e) {
      throw new InputException(stateName + ": " + e.getMessage());
    }
    long replaced = added.size() - (model.answers() - answers);
    remark.append("Added ").append(Counted.of(added.size(), "answer"));
    remark.append(" with ").append(Counted.of(model.tasks() - tasks, "new task"));
    remark.append(" and ").append(Counted.of(model.experts() - experts, "new expert"));
    if (replaced > 0) {
      remark.append("; ").append(replaced).append(replaced == 1 ? " replaces" : " replace");
      remark.append(" an earlier one");
    }
    remark.append('\n');
  }

  private void refit(OnlineConsensus model, StringBuilder remark) {
    if (model.answers() == 0) {
      throw noAnswers();
    }
    try (Progress progress = session.progress()) {
      progress.fitting(METHOD);
      OnlineConsensus.Refit done = model.refit(session.control());
      remark.append("Fitted all answers\n");
      session.warnOfLimit(METHOD, done.converged(), done.iterations());
    }
  }

  private void save(OnlineConsensus model) throws IOException {
    if (session.control().isCancelled()) {
      throw new CancellationException();
    }
    state.save(model);
  }

  private Consensus snapshot(OnlineConsensus model) {
    if (model.answers() == 0) {
      throw noAnswers();
    }
    return model.snapshot();
  }

  private InputException noAnswers() {
    return new InputException(
        stateName + ": the model has no answers yet; add some: coterie online STATE FILE");
  }

  /** The result in its forms. */
  private final class Written implements Results {
    private final Consensus consensus;
    private final AnswerTally tally;
    private final Map<String, Object> steps = new LinkedHashMap<>();

    Written(Consensus consensus, AnswerTally tally, long added, boolean refit) {
      this.consensus = consensus;
      this.tally = tally;
      steps.put("added", added);
      steps.put("refit", refit);
    }

    @Override
    public void json(Writer writer) throws IOException {
      JsonResult.write(writer, METHOD, steps, consensus, tally, session.outputs().posteriors());
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
