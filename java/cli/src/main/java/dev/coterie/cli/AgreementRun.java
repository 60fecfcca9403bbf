package dev.coterie.cli;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.cli.input.Numbers;
import dev.coterie.cli.input.Quoted;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Repeats;
import dev.coterie.consensus.agreement.Agreement;
import dev.coterie.consensus.agreement.AlphaOptions;
import dev.coterie.consensus.agreement.CohenKappas;
import dev.coterie.consensus.agreement.FleissKappa;
import dev.coterie.consensus.agreement.KrippendorffAlpha;
import dev.coterie.consensus.agreement.MeanOf;
import dev.coterie.consensus.agreement.ObservedAgreement;
import dev.coterie.consensus.agreement.Scale;
import dev.coterie.consensus.agreement.Weighting;
import java.io.IOException;
import java.io.StringWriter;

/** One run of {@code coterie agreement}: reads, measures, prints. */
final class AgreementRun {
  /** Beyond this the pairs of experts take more memory than their mean is worth. */
  private static final int MOST_EXPERTS_FOR_PAIRS = 5000;

  private final Session session;
  private final String backend;
  private final Scale scale;
  private final AlphaOptions alphaOptions;
  private final LabelOrder order;
  private final Repeats repeats;

  AgreementRun(
      Session session,
      String backend,
      Scale scale,
      AlphaOptions alphaOptions,
      LabelOrder order,
      Repeats repeats) {
    this.session = session;
    this.backend = backend;
    this.scale = scale;
    this.alphaOptions = alphaOptions;
    this.order = order;
    this.repeats = repeats;
  }

  void run(boolean json, int top) throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      session.openBackend(backend);
      AnswerFile answers =
          AnswerFile.read(
              session.open(), session.inputs().delimiter(), session.inputs().columns(), rows -> {});
      interruption.busy();
      AnswerTally tally = new AnswerTally(null);
      AnswerTable.Builder builder = AnswerTable.builder().backend(backend);
      try (AnswerTable table = answers.toTable(builder, order, tally)) {
        AgreementReport report = new AgreementReport(table, tally, scale, measure(table));
        if (json) {
          StringWriter writer = new StringWriter();
          report.json(writer);
          session.print(writer.toString());
        } else {
          session.print(report.text(session.sourceName(), top));
        }
      }
    }
  }

  private Measured measure(AnswerTable table) {
    double[] values = values(table);
    Agreement agreement =
        Agreement.of(table).backend(backend).repeats(repeats).control(session.control());
    try {
      AlphaOptions options =
          scale == Scale.NOMINAL ? alphaOptions : alphaOptions.labelValues(values);
      return new Measured(
          agreement.alpha(options),
          agreement.fleissKappa(),
          cohen(agreement, table, values),
          agreement.observedAgreement(),
          agreement.uncertaintyByTask(),
          agreement.uncertaintyByExpert(),
          agreement.consistency());
    } catch (IllegalArgumentException e) {
      throw new InputException(session.sourceName() + ": " + e.getMessage());
    }
  }

  private CohenKappas cohen(Agreement agreement, AnswerTable table, double[] values) {
    if (table.experts() > MOST_EXPERTS_FOR_PAIRS) {
      session.complain(
          "Cohen's kappa is left out, for there are more than "
              + MOST_EXPERTS_FOR_PAIRS
              + " experts");
      return null;
    }
    return switch (scale) {
      case NOMINAL -> agreement.cohenKappas(Weighting.NONE);
      case ORDINAL -> agreement.cohenKappas(Weighting.LINEAR, values);
      case INTERVAL, RATIO -> agreement.cohenKappas(Weighting.QUADRATIC, values);
    };
  }

  /** Returns the value of each label on the scale. */
  private double[] values(AnswerTable table) {
    double[] values = new double[table.labels()];
    boolean numbers = scale == Scale.INTERVAL || scale == Scale.RATIO;
    for (int label = 0; label < values.length; label++) {
      String name = table.labelName(label);
      values[label] = numbers ? Numbers.parse(name) : label;
      if (Double.isNaN(values[label]) || (scale == Scale.RATIO && values[label] < 0)) {
        throw new InputException(
            session.sourceName()
                + ": label "
                + Quoted.text(name)
                + (scale == Scale.RATIO ? " is not a number of 0 or more" : " is not a number")
                + "; correct it, or use --level "
                + (Double.isNaN(values[label]) ? "ordinal" : "interval"));
      }
    }
    return values;
  }

  /** Everything that is measured; {@code cohen} may be null. */
  record Measured(
      KrippendorffAlpha alpha,
      FleissKappa fleiss,
      CohenKappas cohen,
      ObservedAgreement observed,
      MeanOf tasks,
      MeanOf experts,
      MeanOf consistency) {}
}
