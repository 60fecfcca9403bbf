package dev.coterie.cli;

import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.measure.NumericTruth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.numeric.NumericConsensus;
import dev.coterie.consensus.numeric.NumericTable;
import java.util.ArrayList;
import java.util.List;

/** What a run over numbers tells people. */
final class NumericReport extends Report {
  private final NumericTable table;
  private final AnswerTally tally;
  private final NumericTruth truth;

  /** Makes a report; {@code truth} may be null. */
  NumericReport(NumericTable table, AnswerTally tally, NumericTruth truth, int top) {
    super(top);
    this.table = table;
    this.tally = tally;
    this.truth = truth;
  }

  /** Says what was read. */
  void read(String name, long opening, long reading) {
    times(opening, reading);
    text.append(name).append(": ");
    text.append(Counted.of(table.answers(), "number")).append(" of ");
    text.append(Counted.of(table.experts(), "expert")).append(" for ");
    text.append(Counted.of(table.tasks(), "task")).append('\n');
    if (truth != null) {
      text.append("Truth: ").append(truth.remark()).append('\n');
    }
  }

  /** Returns the comparison of several methods. */
  String comparison(List<Fit<NumericConsensus>> fits) {
    text.append('\n');
    methods(fits);
    return end(fits.get(0).result().backend(), fits);
  }

  /** Returns the report of one method. */
  String single(Fit<NumericConsensus> fit) {
    text.append('\n');
    methods(List.of(fit));
    experts(fit.result());
    tasks(fit.result());
    return end(fit.result().backend(), List.of(fit));
  }

  private void methods(List<Fit<NumericConsensus>> fits) {
    List<String> titles = new ArrayList<>(List.of("Method"));
    if (truth != null) {
      titles.addAll(List.of(">MAE", ">RMSE", ">Pearson"));
    }
    titles.addAll(List.of(">Iterations", ">Objective", ">Seconds"));
    TextTable methods = new TextTable(titles.toArray(new String[0]));
    for (Fit<NumericConsensus> fit : fits) {
      NumericConsensus consensus = fit.result();
      List<String> row = new ArrayList<>(List.of(fit.method()));
      if (truth != null) {
        NumericTruth.Errors errors = truth.errors(consensus);
        row.add(TextTable.fixed(errors.meanAbsolute(), 4));
        row.add(TextTable.fixed(errors.rootMeanSquare(), 4));
        row.add(TextTable.fixed(errors.pearson(), 4));
      }
      String limit = consensus.converged() ? "" : " (limit)";
      row.add(consensus.iterations() == 0 ? "-" : consensus.iterations() + limit);
      row.add(TextTable.fixed(consensus.objective(), 3));
      row.add(seconds(fit.nanos()));
      methods.add(row.toArray(new String[0]));
    }
    text.append(methods);
  }

  private void experts(NumericConsensus consensus) {
    int most = table.experts();
    if (2L * top() >= most) {
      experts("Experts, the least weighty first", consensus, first(most, most, consensus::weight));
      return;
    }
    experts("Least weighty experts", consensus, first(most, top(), consensus::weight));
    List<Integer> best = first(most, top(), expert -> -consensus.weight(expert));
    experts("Most weighty experts", consensus, best);
  }

  private void experts(String title, NumericConsensus consensus, List<Integer> experts) {
    if (experts.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append('\n');
    TextTable rows = new TextTable(">Weight", ">Bias", ">Deviation", ">Answers", "Expert");
    for (int expert : experts) {
      rows.add(
          TextTable.fixed(consensus.weight(expert), 4),
          TextTable.fixed(consensus.bias(expert), 3),
          TextTable.fixed(consensus.deviation(expert), 3),
          Long.toString(tally.answers(expert)),
          table.expertName(expert));
    }
    text.append(rows);
  }

  private void tasks(NumericConsensus consensus) {
    List<Integer> tasks = first(table.tasks(), top(), task -> -known(consensus, task));
    if (tasks.isEmpty()) {
      return;
    }
    text.append("\nLeast certain tasks\n");
    List<String> titles = new ArrayList<>(List.of(">Estimate", ">Standard error", ">Spread"));
    if (truth != null) {
      titles.add(">Truth");
    }
    titles.add("Task");
    TextTable rows = new TextTable(titles.toArray(new String[0]));
    for (int task : tasks) {
      List<String> row = new ArrayList<>();
      row.add(TextTable.fixed(consensus.estimate(task), 3));
      row.add(TextTable.fixed(consensus.standardError(task), 3));
      row.add(TextTable.fixed(consensus.spread(task), 3));
      if (truth != null) {
        row.add(TextTable.fixed(truth.value(task), 3));
      }
      row.add(table.taskName(task));
      rows.add(row.toArray(new String[0]));
    }
    text.append(rows);
  }

  /** An error that is not known is the largest one. */
  private static double known(NumericConsensus consensus, int task) {
    double error = consensus.standardError(task);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }
}
