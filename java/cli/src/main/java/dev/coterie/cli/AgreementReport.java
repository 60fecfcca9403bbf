package dev.coterie.cli;

import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.JsonText;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.agreement.Coefficient;
import dev.coterie.consensus.agreement.KrippendorffAlpha;
import dev.coterie.consensus.agreement.MeanOf;
import dev.coterie.consensus.agreement.Scale;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The agreement of experts, for people and as JSON. */
final class AgreementReport {
  private final AnswerTable table;
  private final AnswerTally tally;
  private final Scale scale;
  private final AgreementRun.Measured measured;

  /** Makes a report; */
  AgreementReport(
      AnswerTable table, AnswerTally tally, Scale scale, AgreementRun.Measured measured) {
    this.table = table;
    this.tally = tally;
    this.scale = scale;
    this.measured = measured;
  }

  private static double known(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }

  private String level() {
    return scale.name().toLowerCase(Locale.ROOT);
  }

  /** Returns tables for people. */
  String text(String source, int top) {
    StringBuilder text = new StringBuilder(source).append(": ");
    text.append(Counted.of(table.answers(), "answer")).append(" of ");
    text.append(Counted.of(table.experts(), "expert")).append(" to ");
    text.append(Counted.of(table.tasks(), "task")).append(", ");
    text.append(Counted.of(table.labels(), "label")).append('\n');
    if (scale == Scale.ORDINAL) {
      text.append("Order of the labels: ")
          .append(String.join(" < ", table.labelNames()))
          .append('\n');
    }
    text.append('\n').append(measures());
    undefined(text, measured.alpha());
    undefined(text, measured.fleiss());
    experts(text, top);
    tasks(text, top);
    return text.toString();
  }

  private TextTable measures() {
    KrippendorffAlpha alpha = measured.alpha();
    TextTable rows = new TextTable("Measure", ">Value", "Of");
    String shared = Counted.of(alpha.tasks(), "task") + " with two answers or more";
    row(rows, "Krippendorff's alpha, " + level(), alpha.orElse(Double.NaN), shared);
    if (alpha.lower().isPresent()) {
      String draws = Counted.of(alpha.replicates(), "draw");
      row(rows, "  lower end of its interval", known(alpha.lower()), draws);
      row(rows, "  upper end of its interval", known(alpha.upper()), draws);
    }
    row(rows, "Fleiss' kappa", measured.fleiss().orElse(Double.NaN), shared);
    row(rows, "Free-marginal kappa", known(measured.fleiss().freeMarginal()), shared);
    if (measured.cohen() != null) {
      String pairs = Counted.of(measured.cohen().definedPairs(), "pair") + " of experts";
      row(rows, "Cohen's kappa, mean", known(measured.cohen().mean()), pairs);
    }
    row(rows, "Observed agreement", measured.observed().orElse(Double.NaN), shared);
    mean(rows, "Uncertainty of tasks, mean", measured.tasks(), "task");
    mean(rows, "Uncertainty of experts, mean", measured.experts(), "expert");
    mean(rows, "Consistency, mean", measured.consistency(), "task");
    return rows;
  }

  private static void row(TextTable rows, String name, double value, String of) {
    rows.add(name, TextTable.fixed(value, 4), of);
  }

  private static void mean(TextTable rows, String name, MeanOf mean, String noun) {
    row(rows, name, mean.mean(), Counted.of(mean.count(), noun));
  }

  /** Says why a coefficient has no value. */
  private static void undefined(StringBuilder text, Coefficient coefficient) {
    if (!coefficient.isDefined()) {
      text.append("  ").append(coefficient).append('\n');
    }
  }

  private void experts(StringBuilder text, int top) {
    KrippendorffAlpha alpha = measured.alpha();
    List<Integer> least =
        Report.first(table.experts(), top, expert -> alpha.ofExpert(expert).orElse(2));
    if (least.isEmpty()) {
      return;
    }
    text.append("\nExperts who agree least with the others\n");
    TextTable rows = new TextTable(">Alpha", ">Uncertainty", ">Answers", "Expert");
    for (int expert : least) {
      rows.add(
          TextTable.fixed(known(alpha.ofExpert(expert)), 4),
          TextTable.fixed(known(measured.experts().of(expert)), 4),
          Long.toString(tally.answers(expert)),
          table.expertName(expert));
    }
    text.append(rows);
  }

  private void tasks(StringBuilder text, int top) {
    List<Integer> most =
        Report.first(table.tasks(), top, task -> -measured.tasks().of(task).orElse(-1));
    if (most.isEmpty()) {
      return;
    }
    text.append("\nMost uncertain tasks\n");
    TextTable rows = new TextTable(">Uncertainty", ">Consistency", "Task");
    for (int task : most) {
      rows.add(
          TextTable.fixed(known(measured.tasks().of(task)), 4),
          TextTable.fixed(known(measured.consistency().of(task)), 4),
          table.taskName(task));
    }
    text.append(rows);
  }

  /** Writes one JSON document; what is undefined is null. */
  void json(Writer writer) throws IOException {
    KrippendorffAlpha alpha = measured.alpha();
    JsonText json = new JsonText(writer);
    json.openLines('{').name("level").value(level());
    json.name("answers").value(table.answers());
    json.name("alpha").openInline('{').name("value").value(alpha.orElse(Double.NaN));
    json.name("observed_disagreement").value(known(alpha.observedDisagreement()));
    json.name("expected_disagreement").value(known(alpha.expectedDisagreement()));
    json.name("tasks").value(alpha.tasks()).name("answers").value(alpha.answers());
    json.name("lower").value(known(alpha.lower())).name("upper").value(known(alpha.upper()));
    json.name("draws").value(alpha.replicates()).close('}');
    json.name("fleiss_kappa").value(measured.fleiss().orElse(Double.NaN));
    json.name("free_marginal_kappa").value(known(measured.fleiss().freeMarginal()));
    boolean pairs = measured.cohen() != null;
    json.name("cohen_kappa").openInline('{').name("mean");
    json.value(pairs ? known(measured.cohen().mean()) : Double.NaN);
    json.name("pairs").value(pairs ? measured.cohen().definedPairs() : 0).close('}');
    json.name("observed_agreement").value(measured.observed().orElse(Double.NaN));
    json.name("uncertainty_of_tasks").value(measured.tasks().mean());
    json.name("uncertainty_of_experts").value(measured.experts().mean());
    json.name("consistency").value(measured.consistency().mean());
    labels(json, alpha);
    json.name("tasks").openLines('[');
    for (int task = 0; task < table.tasks(); task++) {
      json.openInline('{').name("task").value(table.taskName(task));
      json.name("uncertainty").value(known(measured.tasks().of(task)));
      json.name("agreement").value(known(measured.observed().ofTask(task)));
      json.name("consistency").value(known(measured.consistency().of(task))).close('}');
    }
    json.close(']').name("experts").openLines('[');
    for (int expert = 0; expert < table.experts(); expert++) {
      json.openInline('{').name("expert").value(table.expertName(expert));
      json.name("answers").value(tally.answers(expert));
      json.name("alpha").value(known(alpha.ofExpert(expert)));
      json.name("uncertainty").value(known(measured.experts().of(expert))).close('}');
    }
    json.close(']').close('}');
  }

  private void labels(JsonText json, KrippendorffAlpha alpha) throws IOException {
    json.name("labels").openLines('[');
    for (int label = 0; label < table.labels(); label++) {
      json.openInline('{').name("label").value(table.labelName(label));
      if (scale == Scale.NOMINAL) {
        json.name("alpha").value(known(alpha.ofLabel(label)));
      }
      json.close('}');
    }
    json.close(']');
  }
}
