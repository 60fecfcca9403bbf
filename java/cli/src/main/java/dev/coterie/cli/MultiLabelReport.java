package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.cli.measure.MultiLabelTruth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.MultiLabelConsensus;
import dev.coterie.consensus.MultiLabelTable;
import java.util.ArrayList;
import java.util.List;

/** What a run over sets of labels tells people. */
final class MultiLabelReport extends Report {
  private final MultiLabelTable table;
  private final List<String> labels;
  private final long[] answers;
  private final MultiLabelTruth truth;

  /** Makes a report; {@code truth} may be null. */
  MultiLabelReport(
      MultiLabelTable table, List<String> labels, long[] answers, MultiLabelTruth truth, int top) {
    super(top);
    this.table = table;
    this.labels = labels;
    this.answers = answers;
    this.truth = truth;
  }

  /** Says what was read. */
  void read(String name, long opening, long reading) {
    times(opening, reading);
    text.append(name).append(": ").append(Counted.of(table.answers(), "set"));
    text.append(" of labels of ").append(Counted.of(table.expertNames().size(), "expert"));
    text.append(" to ").append(Counted.of(table.taskNames().size(), "task"));
    text.append(", ").append(Counted.of(labels.size(), "label")).append('\n');
    if (truth != null) {
      text.append("Truth: ").append(truth.remark()).append('\n');
    }
    text.append('\n');
  }

  /** Returns the comparison of several methods. */
  String comparison(List<Fit<MultiLabelConsensus>> fits, BackendInfo backend) {
    methods(fits);
    return end(backend, fits);
  }

  /** Returns the report of one method. */
  String single(Fit<MultiLabelConsensus> fit, BackendInfo backend) {
    methods(List.of(fit));
    experts(fit);
    tasks(fit.result());
    return end(backend, List.of(fit));
  }

  private void methods(List<Fit<MultiLabelConsensus>> fits) {
    TextTable rows =
        truth == null
            ? new TextTable("Method", ">Labels a task", ">Seconds")
            : new TextTable("Method", ">Exact", ">Jaccard", ">F1", ">Labels a task", ">Seconds");
    for (Fit<MultiLabelConsensus> fit : fits) {
      List<String> row = new ArrayList<>();
      row.add(fit.method());
      if (truth != null) {
        MultiLabelTruth.Nearness near = truth.of(fit.result());
        row.add(TextTable.fixed(near.exact(), 3));
        row.add(TextTable.fixed(near.jaccard(), 3));
        row.add(TextTable.fixed(near.f1(), 3));
      }
      long holding = 0;
      for (String task : table.taskNames()) {
        holding += fit.result().labels(task).size();
      }
      row.add(TextTable.fixed((double) holding / table.taskNames().size(), 2));
      row.add(seconds(fit.nanos()));
      rows.add(row.toArray(new String[0]));
    }
    text.append(rows);
  }

  private void experts(Fit<MultiLabelConsensus> fit) {
    List<String> names = table.expertNames();
    double[] skills = new double[names.size()];
    for (int i = 0; i < skills.length; i++) {
      String name = names.get(i);
      skills[i] =
          labels.stream().mapToDouble(label -> fit.result().skill(name, label)).sum()
              / labels.size();
    }
    List<Integer> least = first(skills.length, 2 * top(), expert -> skills[expert]);
    if (least.isEmpty()) {
      return;
    }
    text.append("\nLeast trusted experts, by the mean of their skills\n");
    TextTable rows = new TextTable(">Skill", ">Answers", "Expert");
    for (int expert : least) {
      String skill = TextTable.fixed(skills[expert], 3);
      rows.add(skill, Long.toString(answers[expert]), names.get(expert));
    }
    text.append(rows);
  }

  private void tasks(MultiLabelConsensus consensus) {
    List<String> names = table.taskNames();
    String[] doubtful = new String[names.size()];
    double[] certainty = new double[names.size()];
    for (int i = 0; i < doubtful.length; i++) {
      certainty[i] = 2;
      for (String label : labels) {
        double probability = consensus.probability(names.get(i), label);
        double sure = Math.max(probability, 1 - probability);
        if (sure < certainty[i]) {
          certainty[i] = sure;
          doubtful[i] = label;
        }
      }
    }
    List<Integer> least = first(doubtful.length, top(), task -> certainty[task]);
    if (least.isEmpty()) {
      return;
    }
    text.append("\nLeast certain tasks, by their most doubtful label\n");
    TextTable rows = new TextTable(">Posterior", "Doubtful", "Labels that hold", "Task");
    for (int task : least) {
      String name = names.get(task);
      rows.add(
          TextTable.fixed(consensus.probability(name, doubtful[task]), 3),
          doubtful[task],
          holding(consensus, name),
          name);
    }
    text.append(rows);
  }

  private String holding(MultiLabelConsensus consensus, String task) {
    List<String> holding = new ArrayList<>(labels);
    holding.retainAll(consensus.labels(task));
    return holding.isEmpty() ? "-" : String.join(", ", holding);
  }
}
