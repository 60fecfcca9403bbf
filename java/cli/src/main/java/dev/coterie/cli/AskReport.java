package dev.coterie.cli;

import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.DoubleText;
import dev.coterie.cli.output.PlanOutput;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.online.Acquisition;
import dev.coterie.consensus.online.Acquisition.TaskState;
import java.util.List;

/** What a plan tells people. */
final class AskReport extends Report {
  private final Acquisition.Plan plan;
  private final Consensus consensus;
  private final AnswerTable table;

  AskReport(Acquisition.Plan plan, Consensus consensus, int top) {
    super(top);
    this.plan = plan;
    this.consensus = consensus;
    this.table = consensus.table();
  }

  /** Returns the whole report. */
  String of(String name, double confidence, Fit<Consensus> fit) {
    text.append(name).append(": ").append(Counted.of(table.answers(), "answer"));
    text.append(" of ").append(Counted.of(table.experts(), "expert"));
    text.append(" to ").append(Counted.of(table.tasks(), "task")).append(", ");
    text.append(Counted.of(table.labels(), "label")).append(" (").append(fit.method());
    text.append(")\n\n");
    TextTable states = new TextTable(">Tasks", "State", "Meaning");
    for (TaskState state : TaskState.values()) {
      if (plan.count(state) > 0) {
        states.add(
            Integer.toString(plan.count(state)),
            PlanOutput.word(state),
            meaning(state, number(confidence)));
      }
    }
    text.append(states);
    asks();
    done();
    return end(consensus.backend(), List.of(fit));
  }

  private static String meaning(TaskState state, String confidence) {
    return switch (state) {
      case NO_CANDIDATE -> "everybody has answered";
      case REACHED -> "the answer has the confidence of " + confidence;
      case ASK -> "in this plan";
      case NOT_WORTH -> "no answer is worth its cost";
      case OVER_BUDGET -> "the best answer costs more than is left";
      case WAITING -> "worth asking about after this plan";
    };
  }

  private void asks() {
    if (plan.asks().isEmpty()) {
      text.append("\nNothing to ask\n");
      return;
    }
    text.append("\nAsk next, for ").append(number(plan.cost())).append(" in all\n");
    TextTable rows = new TextTable(">Cost", ">Gain", ">Answers left", "Expert", "Task");
    for (Acquisition.Ask ask : plan.asks()) {
      rows.add(
          number(ask.cost()),
          TextTable.fixed(ask.gain(), 4),
          TextTable.fixed(ask.expectedAnswers(), 1),
          ask.expert(),
          ask.task());
    }
    text.append(rows);
  }

  private void done() {
    List<Integer> done =
        first(
            table.tasks(),
            top(),
            task -> plan.state(task) == TaskState.REACHED ? consensus.confidence(task) : 2);
    done.removeIf(task -> plan.state(task) != TaskState.REACHED);
    if (done.isEmpty()) {
      return;
    }
    text.append("\nTasks that are done, the least certain first\n");
    TextTable rows = new TextTable(">Posterior", "Answer", "Task");
    for (int task : done) {
      rows.add(
          TextTable.fixed(consensus.confidence(task), 3),
          table.labelName(consensus.answer(task)),
          table.taskName(task));
    }
    text.append(rows);
  }

  private static String number(double value) {
    String digits = new DoubleText().text(value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }
}
