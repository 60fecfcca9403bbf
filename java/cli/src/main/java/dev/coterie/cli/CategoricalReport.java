package dev.coterie.cli;

import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.measure.Truth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Auto;
import dev.coterie.consensus.Consensus;
import java.util.ArrayList;
import java.util.List;

/** What a run over labels tells people. */
final class CategoricalReport extends Report {
  /** Whose experts are shown when methods are compared: it needs the fewest answers per expert. */
  private static final String METHOD_OF_EXPERTS = "one-coin-dawid-skene";

  private final AnswerTable table;
  private final AnswerTally tally;
  private final Truth truth;

  /** Makes a report; {@code truth} may be null. */
  CategoricalReport(AnswerTable table, AnswerTally tally, Truth truth, int top) {
    super(top);
    this.table = table;
    this.tally = tally;
    this.truth = truth;
  }

  /** Says what was read. */
  void read(String name, long opening, long reading) {
    times(opening, reading);
    text.append(name).append(": ");
    text.append(Counted.of(table.answers(), "answer")).append(" of ");
    text.append(Counted.of(table.experts(), "expert")).append(" to ");
    text.append(Counted.of(table.tasks(), "task")).append(", ");
    text.append(Counted.of(table.labels(), "label")).append('\n');
    if (truth != null) {
      text.append("Truth: ").append(truth.remark()).append('\n');
    }
  }

  /** Adds lines about what came before the result. */
  void remark(String lines) {
    text.append(lines);
  }

  /** Returns the comparison of several methods. */
  String comparison(List<Fit<Consensus>> fits) {
    text.append('\n');
    methods(fits);
    fits.forEach(this::explain);
    for (Fit<Consensus> fit : fits) {
      if (fit.method().equals(METHOD_OF_EXPERTS)) {
        experts(fit);
      }
    }
    return end(fits.get(0).result().backend(), fits);
  }

  /** Returns the report of one method. */
  String single(Fit<Consensus> fit) {
    text.append('\n');
    methods(List.of(fit));
    explain(fit);
    experts(fit);
    tasks(fit.result());
    return end(fit.result().backend(), List.of(fit));
  }

  /** Says how a result of auto came about, and what the answers cannot tell. */
  private void explain(Fit<Consensus> fit) {
    if (fit.method().equals("auto")) {
      text.append("\nHow auto came to its result\n");
      Auto.report(fit.result()).explain().strip().lines().forEach(this::sentence);
    }
  }

  private void sentence(String line) {
    text.append("  ").append(line).append('\n');
  }

  private void methods(List<Fit<Consensus>> fits) {
    TextTable methods =
        truth == null
            ? new TextTable("Method", ">Iterations", ">Log-likelihood", ">Seconds")
            : new TextTable("Method", ">Accuracy", ">Iterations", ">Log-likelihood", ">Seconds");
    for (Fit<Consensus> fit : fits) {
      Consensus consensus = fit.result();
      List<String> row = new ArrayList<>();
      row.add(fit.method());
      if (truth != null) {
        row.add(TextTable.fixed(truth.accuracy(consensus), 3));
      }
      String limit = consensus.converged() ? "" : " (limit)";
      row.add(consensus.iterations() == 0 ? "-" : consensus.iterations() + limit);
      row.add(TextTable.fixed(consensus.logLikelihood(), 3));
      row.add(seconds(fit.nanos()));
      methods.add(row.toArray(new String[0]));
    }
    text.append(methods);
  }

  private void experts(Fit<Consensus> fit) {
    Consensus consensus = fit.result();
    List<Integer> least = first(table.experts(), top(), consensus::skill);
    List<Integer> most = first(table.experts(), top(), expert -> -consensus.skill(expert));
    if (2L * top() >= table.experts()) {
      experts(
          "Experts, the least trusted first",
          fit,
          first(table.experts(), 2 * top(), consensus::skill));
      return;
    }
    experts("Least trusted experts", fit, least);
    experts("Most trusted experts", fit, most);
  }

  private void experts(String title, Fit<Consensus> fit, List<Integer> experts) {
    if (experts.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append(" (").append(fit.method()).append(")\n");
    TextTable rows =
        truth == null
            ? new TextTable(">Skill", ">Answers", "Expert")
            : new TextTable(">Skill", ">Accuracy", ">Answers", "Expert");
    for (int expert : experts) {
      List<String> row = new ArrayList<>();
      row.add(TextTable.fixed(fit.result().skill(expert), 3));
      if (truth != null) {
        row.add(TextTable.fixed(tally.accuracy(expert), 3));
      }
      row.add(Long.toString(tally.answers(expert)));
      row.add(table.expertName(expert));
      rows.add(row.toArray(new String[0]));
    }
    text.append(rows);
  }

  private void tasks(Consensus consensus) {
    List<Integer> tasks = first(table.tasks(), top(), consensus::confidence);
    if (tasks.isEmpty()) {
      return;
    }
    text.append("\nLeast certain tasks\n");
    TextTable rows =
        truth == null
            ? new TextTable(">Posterior", "Answer", "Runner-up", "Task")
            : new TextTable(">Posterior", "Answer", "Runner-up", "Right", "Task");
    for (int task : tasks) {
      List<String> row = new ArrayList<>();
      row.add(TextTable.fixed(consensus.confidence(task), 3));
      row.add(label(consensus.answer(task)));
      row.add(label(consensus.runnerUp(task)));
      if (truth != null) {
        Boolean right = truth.isRight(consensus, task);
        row.add(right == null ? "-" : right ? "yes" : "no");
      }
      row.add(table.taskName(task));
      rows.add(row.toArray(new String[0]));
    }
    text.append(rows);
  }

  private String label(int label) {
    return label < 0 ? "-" : table.labelName(label);
  }
}
