package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.measure.Truth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/** What a run tells people. */
final class Report {
  /** Whose experts are shown when methods are compared: it needs the fewest answers per expert. */
  private static final String METHOD_OF_EXPERTS = "one-coin-dawid-skene";

  private static final double NANOS = 1e9;

  private final AnswerTable table;
  private final AnswerTally tally;
  private final Truth truth;
  private final int top;
  private final StringBuilder text = new StringBuilder();
  private long openNanos;
  private long readNanos;

  /** Makes a report; {@code truth} may be null. */
  Report(AnswerTable table, AnswerTally tally, Truth truth, int top) {
    this.table = table;
    this.tally = tally;
    this.truth = truth;
    this.top = top;
  }

  /** Says what was read. */
  void read(String name, long opening, long reading) {
    openNanos = opening;
    readNanos = reading;
    text.append(name).append(": ");
    text.append(Counted.of(table.answers(), "answer")).append(" of ");
    text.append(Counted.of(table.experts(), "expert")).append(" to ");
    text.append(Counted.of(table.tasks(), "task")).append(", ");
    text.append(Counted.of(table.labels(), "label")).append('\n');
    if (truth != null) {
      text.append("Truth: ").append(truth.remark()).append('\n');
    }
  }

  /** Returns the comparison of several methods. */
  String comparison(List<Fit> fits) {
    text.append('\n');
    methods(fits);
    for (Fit fit : fits) {
      if (fit.method().equals(METHOD_OF_EXPERTS)) {
        experts(fit);
      }
    }
    end(fits);
    return text.toString();
  }

  /** Returns the report of one method. */
  String single(Fit fit) {
    text.append('\n');
    methods(List.of(fit));
    experts(fit);
    tasks(fit.consensus());
    end(List.of(fit));
    return text.toString();
  }

  private void methods(List<Fit> fits) {
    TextTable methods =
        truth == null
            ? new TextTable("Method", ">Iterations", ">Log-likelihood", ">Seconds")
            : new TextTable("Method", ">Accuracy", ">Iterations", ">Log-likelihood", ">Seconds");
    for (Fit fit : fits) {
      Consensus consensus = fit.consensus();
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

  private void experts(Fit fit) {
    Consensus consensus = fit.consensus();
    List<Integer> least = first(table.experts(), top, consensus::skill);
    List<Integer> most = first(table.experts(), top, expert -> -consensus.skill(expert));
    if (2L * top >= table.experts()) {
      experts(
          "Experts, the least trusted first",
          fit,
          first(table.experts(), 2 * top, consensus::skill));
      return;
    }
    experts("Least trusted experts", fit, least);
    experts("Most trusted experts", fit, most);
  }

  private void experts(String title, Fit fit, List<Integer> experts) {
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
      row.add(TextTable.fixed(fit.consensus().skill(expert), 3));
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
    List<Integer> tasks = first(table.tasks(), top, consensus::confidence);
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

  private void end(List<Fit> fits) {
    long fitNanos = fits.stream().mapToLong(Fit::nanos).sum();
    text.append("\nBackend: ").append(described(fits.get(0).consensus().backend())).append('\n');
    text.append("Time: ").append(seconds(openNanos + readNanos + fitNanos));
    text.append(" s (opening the backend ").append(seconds(openNanos));
    text.append(", reading ").append(seconds(readNanos));
    text.append(", fitting ").append(seconds(fitNanos)).append(")\n");
  }

  /** Says in words what a backend is; the doctor says more. */
  static String described(BackendInfo backend) {
    if (backend.abiVersion() != null) {
      String version = backend.libraryVersion() == null ? "" : " " + backend.libraryVersion();
      return backend.id() + " (native library" + version + ", " + backend.isa() + ")";
    }
    return backend.id().equals("scalar")
        ? "scalar (plain Java)"
        : backend.id() + " (Java, " + backend.isa() + ")";
  }

  private static String seconds(long nanos) {
    return TextTable.fixed(nanos / NANOS, 3);
  }

  /** Returns the indices with the lowest values, the lowest first, ties by index. */
  private static List<Integer> first(int size, int most, IntToDoubleFunction value) {
    record Scored(int index, double score) {}
    Comparator<Scored> order =
        Comparator.comparingDouble(Scored::score).thenComparingInt(Scored::index);
    PriorityQueue<Scored> kept = new PriorityQueue<>(order.reversed());
    for (int i = 0; i < size && most > 0; i++) {
      Scored scored = new Scored(i, value.applyAsDouble(i));
      if (kept.size() < most) {
        kept.add(scored);
      } else if (order.compare(scored, kept.peek()) < 0) {
        kept.poll();
        kept.add(scored);
      }
    }
    List<Scored> sorted = new ArrayList<>(kept);
    sorted.sort(order);
    List<Integer> indices = new ArrayList<>();
    sorted.forEach(scored -> indices.add(scored.index()));
    return indices;
  }
}
