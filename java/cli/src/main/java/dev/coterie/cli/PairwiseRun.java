package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.PairFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.input.ScoreFile;
import dev.coterie.cli.measure.HeldOut;
import dev.coterie.cli.measure.PairwiseTruth;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.output.PairwiseOutput;
import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import dev.coterie.consensus.pairwise.PairwiseMethod;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** One run of {@code coterie consensus} over comparisons: reads, fits, writes, reports. */
final class PairwiseRun {
  private final Session session;
  private final String truthFile;
  private final String heldOutFile;
  private final MethodOptions methodOptions;

  PairwiseRun(Session session, String truthFile, String heldOutFile, MethodOptions methodOptions) {
    this.session = session;
    this.truthFile = truthFile;
    this.heldOutFile = heldOutFile;
    this.methodOptions = methodOptions;
  }

  void run() throws IOException {
    if (session.outputs().posteriors()) {
      throw new InputException(
          "--posteriors mean nothing to pairwise methods; leave it out, or take a categorical one");
    }
    try (Interruption interruption = new Interruption(session.control())) {
      long start = System.nanoTime();
      session.openBackend(methodOptions.backend());
      long begin = System.nanoTime();
      Map<String, Double> scores = scores();
      PairFile heldOutPairs = heldOutFile == null ? null : read(heldOutFile);
      PairFile pairs = read(session.fileName());
      interruption.busy();
      ComparisonTable.Builder builder = ComparisonTable.builder().backend(methodOptions.backend());
      try (ComparisonTable table = pairs.toTable(builder, (answer, expert) -> true)) {
        PairwiseTruth truth = truthFile == null ? null : truth(scores, table);
        HeldOut heldOut = heldOutPairs == null ? null : new HeldOut(heldOutPairs, table);
        PairwiseReport report =
            new PairwiseReport(table, pairs.ties(), truth, heldOut, session.outputs().top());
        report.read(session.sourceName(), begin - start, System.nanoTime() - begin);
        try (Fits<PairwiseMethod, PairwiseConsensus> fits =
            new Fits<>(
                session,
                methodOptions,
                methodOptions.settings(),
                method -> method.fit(table, session.control()))) {
          tell(report, fits.all());
        }
      }
    }
  }

  private void tell(PairwiseReport report, List<Fit<PairwiseConsensus>> fits) throws IOException {
    for (Fit<PairwiseConsensus> fit : fits) {
      PairwiseConsensus consensus = fit.result();
      session.warnOfLimit(fit.method(), consensus.converged(), consensus.iterations());
    }
    if (methodOptions.compares()) {
      session.print(report.comparison(fits));
      return;
    }
    session.write(new Written(methodOptions.chosen().get(0), fits.get(0).result()));
    if (session.outputs().showsTable()) {
      session.print(report.single(fits.get(0)));
    }
  }

  private PairFile read(String name) {
    try (Progress progress = session.progress()) {
      return PairFile.read(
          session.open(name), session.inputs().delimiter(), session.inputs().columns(), progress);
    }
  }

  private Map<String, Double> scores() {
    return truthFile == null
        ? Map.of()
        : ScoreFile.read(session.open(truthFile), session.inputs().delimiter());
  }

  private PairwiseTruth truth(Map<String, Double> scores, ComparisonTable table) {
    PairwiseTruth truth = new PairwiseTruth(scores, table);
    if (truth.known() == 0 && !scores.isEmpty()) {
      throw new InputException(
          truthFile
              + ": no item of the truth was compared: this file has items such as "
              + Quoted.text(scores.keySet().iterator().next())
              + ", "
              + session.sourceName()
              + " such as "
              + Quoted.text(table.itemName(0))
              + "; make their names agree");
    }
    return truth;
  }

  /** The result in its forms. */
  private final class Written implements Results {
    private final Method<?> method;
    private final PairwiseConsensus consensus;

    Written(Method<?> method, PairwiseConsensus consensus) {
      this.method = method;
      this.consensus = consensus;
    }

    @Override
    public void json(Writer writer) throws IOException {
      Map<String, Object> options = methodOptions.settings().described(method);
      PairwiseOutput.json(writer, method.id(), options, consensus);
    }

    @Override
    public void csv(Writer writer, char delimiter) throws IOException {
      PairwiseOutput.items(writer, delimiter, consensus);
    }

    @Override
    public boolean hasExperts() {
      return consensus.hasSkills();
    }

    @Override
    public void experts(Writer writer, char delimiter) throws IOException {
      PairwiseOutput.experts(writer, delimiter, consensus);
    }
  }
}
