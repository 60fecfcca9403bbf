package dev.coterie.cli;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.CostFile;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.input.TaskFile;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.PlanOutput;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.online.Acquisition;
import dev.coterie.consensus.online.OnlineConsensus;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One run of {@code coterie ask}: reads, judges the answers, plans, writes, reports. */
final class AskRun {
  private final Session session;
  private final Acquisition.Builder acquisition;
  private final double confidence;
  private final int threads;
  private final String backend;
  private CostFile costs;
  private List<String> tasks = List.of();
  private long start;
  private long begin;
  private long read;

  AskRun(
      Session session,
      Acquisition.Builder acquisition,
      double confidence,
      int threads,
      String backend) {
    this.session = session;
    this.acquisition = acquisition;
    this.confidence = confidence;
    this.threads = threads;
    this.backend = backend;
  }

  /** Reads what is known besides the answers; a name may be null. */
  void also(String costFile, String taskFile) {
    byte delimiter = session.inputs().delimiter();
    if (costFile != null) {
      costs = CostFile.read(session.open(costFile), delimiter, session.inputs().columns());
      costs.entries().forEach((expert, entry) -> acquisition.cost(expert, entry.cost()));
    }
    if (taskFile != null) {
      tasks = TaskFile.read(session.open(taskFile), delimiter, session.inputs().columns());
    }
  }

  /** Plans from a model that was saved. */
  void state(StateFile file, PlanFiles files, int top) throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      open();
      interruption.busy();
      try (OnlineConsensus model = file.load(backend)) {
        read = System.nanoTime();
        plan(model, files, top);
      }
    }
  }

  /** Plans from a model of all answers. */
  void online(PlanFiles files, int top) throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      open();
      AnswerFile answers = read();
      interruption.busy();
      try (OnlineConsensus model =
          OnlineConsensus.builder().threads(threads).backend(backend).build()) {
        model.addAll(answers.toAnswers());
        refit(model);
        plan(model, files, top);
      }
    }
  }

  private void refit(OnlineConsensus model) {
    try (Progress progress = session.progress()) {
      progress.fitting(AskCommand.ONLINE);
      model.refit(session.control());
    }
  }

  private void plan(OnlineConsensus model, PlanFiles files, int top) throws IOException {
    try {
      model.declare(tasks, costs == null ? List.of() : costs.entries().keySet());
    } catch (IllegalStateException e) {
      throw new InputException(session.sourceName() + ": " + e.getMessage());
    }
    if (model.answers() == 0) {
      throw new InputException(
          session.sourceName() + ": the model has no answers yet; add some with coterie online");
    }
    Acquisition.Plan plan = acquisition.build().plan(model);
    try (Consensus consensus = model.snapshot()) {
      tell(AskCommand.ONLINE, plan, consensus, files, top);
    }
  }

  /** Plans from the result of a method. */
  void method(Method<?> method, PlanFiles files, int top) throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      open();
      AnswerFile answers = read();
      interruption.busy();
      AnswerTable.Builder builder = AnswerTable.builder();
      if (backend != null) {
        builder.backend(backend);
      }
      try (AnswerTable table = answers.toTable(builder, LabelOrder.SORTED, new AnswerTally(null))) {
        checkExperts(table, method.id());
        try (Consensus consensus = fit(method, table)) {
          session.warnOfLimit(method.id(), consensus.converged(), consensus.iterations());
          if (!consensus.hasConfusion()) {
            throw new InputException(
                method.id()
                    + " has no confusion matrices, which a plan needs; take online, auto or"
                    + " dawid-skene");
          }
          tell(method.id(), acquisition.build().plan(consensus), consensus, files, top);
        }
      }
    }
  }

  private Consensus fit(Method<?> method, AnswerTable table) {
    try (Progress progress = session.progress()) {
      progress.fitting(method.id());
      Settings settings = new Settings(Map.of(), threads, backend);
      return ((ConsensusMethod) method.build(settings)).fit(table, session.control());
    } catch (IllegalArgumentException e) {
      throw Fits.refusal(method, e);
    }
  }

  private void checkExperts(AnswerTable table, String method) {
    if (costs == null) {
      return;
    }
    costs
        .entries()
        .forEach(
            (expert, entry) -> {
              if (table.indexOfExpert(expert) < 0) {
                throw costs.wrong(
                    entry,
                    "expert "
                        + Quoted.text(expert)
                        + " has no answers, and "
                        + method
                        + " cannot judge such; delete the line, or take --method online");
              }
            });
  }

  private void open() {
    start = System.nanoTime();
    session.openBackend(backend);
    begin = System.nanoTime();
  }

  private AnswerFile read() {
    try (Progress progress = session.progress()) {
      AnswerFile answers =
          AnswerFile.read(
              session.open(), session.inputs().delimiter(), session.inputs().columns(), progress);
      read = System.nanoTime();
      return answers;
    }
  }

  private void tell(
      String method, Acquisition.Plan plan, Consensus consensus, PlanFiles files, int top)
      throws IOException {
    long nanos = System.nanoTime() - read;
    files.write(session, new PlanOutput(plan, consensus), method, confidence);
    if (files.showsTable()) {
      AskReport report = new AskReport(plan, consensus, top);
      report.times(begin - start, read - begin);
      session.print(
          report.of(session.sourceName(), confidence, new Fit<>(method, consensus, nanos)));
    }
  }
}
