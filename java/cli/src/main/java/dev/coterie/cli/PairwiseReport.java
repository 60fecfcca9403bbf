package dev.coterie.cli;

import dev.coterie.cli.measure.HeldOut;
import dev.coterie.cli.measure.PairwiseTruth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import java.util.ArrayList;
import java.util.List;

/** What a run over comparisons tells people. */
final class PairwiseReport extends Report {
  private final ComparisonTable table;
  private final long ties;
  private final PairwiseTruth truth;
  private final HeldOut heldOut;

  /** Makes a report; {@code truth} and {@code heldOut} may be null. */
  PairwiseReport(ComparisonTable table, long ties, PairwiseTruth truth, HeldOut heldOut, int top) {
    super(top);
    this.table = table;
    this.ties = ties;
    this.truth = truth;
    this.heldOut = heldOut;
  }

  /** Says what was read. */
  void read(String name, long opening, long reading) {
    times(opening, reading);
    text.append(name).append(": ").append(Counted.of(table.comparisons(), "comparison"));
    if (table.experts() > 0) {
      text.append(" by ").append(Counted.of(table.experts(), "expert"));
    }
    text.append(" of ").append(Counted.of(table.items(), "item")).append(", ");
    text.append(Counted.of(ties, "tie")).append('\n');
    if (truth != null) {
      text.append("Truth: the score of ").append(Counted.of(truth.known(), "item"));
      text.append(" is known\n");
    }
    if (heldOut != null) {
      text.append("Held out: ").append(heldOut.remark()).append('\n');
    }
  }

  /** Returns the comparison of several methods. */
  String comparison(List<Fit<PairwiseConsensus>> fits) {
    text.append('\n');
    methods(fits);
    return end(fits.get(0).result().backend(), fits);
  }

  /** Returns the report of one method. */
  String single(Fit<PairwiseConsensus> fit) {
    text.append('\n');
    methods(List.of(fit));
    parameters(fit.result());
    items(fit.result());
    experts(fit.result());
    return end(fit.result().backend(), List.of(fit));
  }

  private void methods(List<Fit<PairwiseConsensus>> fits) {
    List<String> titles = new ArrayList<>(List.of("Method"));
    if (truth != null) {
      titles.addAll(List.of(">Spearman", ">Kendall"));
    }
    if (heldOut != null) {
      titles.addAll(List.of(">Held-out accuracy", ">Held-out log-loss"));
    }
    titles.addAll(List.of(">Iterations", ">Objective", ">Seconds"));
    TextTable methods = new TextTable(titles.toArray(new String[0]));
    for (Fit<PairwiseConsensus> fit : fits) {
      PairwiseConsensus consensus = fit.result();
      List<String> row = new ArrayList<>(List.of(fit.method()));
      if (truth != null) {
        PairwiseTruth.Correlations correlations = truth.correlations(consensus);
        row.add(TextTable.fixed(correlations.spearman(), 4));
        row.add(TextTable.fixed(correlations.kendall(), 4));
      }
      if (heldOut != null) {
        HeldOut.Foretold foretold = heldOut.foretold(consensus);
        row.add(TextTable.fixed(foretold.accuracy(), 4));
        row.add(TextTable.fixed(foretold.logLoss(), 4));
      }
      String limit = consensus.converged() ? "" : " (limit)";
      row.add(consensus.iterations() == 0 ? "-" : consensus.iterations() + limit);
      row.add(TextTable.fixed(consensus.objective(), 3));
      row.add(seconds(fit.nanos()));
      methods.add(row.toArray(new String[0]));
    }
    text.append(methods);
  }

  private void parameters(PairwiseConsensus consensus) {
    if (!consensus.isComparable()) {
      text.append("Not all scores can be compared: ");
      text.append(Counted.of(consensus.strongComponents(), "group"));
      text.append(" of items, whose ranks alone say which is better\n");
    }
    parameter("Tie parameter", consensus.tieParameter(), consensus.tieParameterError());
    parameter("Order effect", consensus.orderEffect(), consensus.orderEffectError());
    parameter("Mean skill", consensus.meanSkill(), Double.NaN);
  }

  private void parameter(String name, double value, double error) {
    if (!Double.isNaN(value)) {
      text.append(name).append(": ").append(TextTable.fixed(value, 4));
      String plusMinus = " (standard error " + TextTable.fixed(error, 4) + ")";
      text.append(Double.isNaN(error) ? "" : plusMinus).append('\n');
    }
  }

  private void items(PairwiseConsensus consensus) {
    int most = table.items();
    if (2L * top() >= most) {
      items("Items, the best first", consensus, first(most, most, consensus::rank));
      return;
    }
    items("Best items", consensus, first(most, top(), consensus::rank));
    items("Last items", consensus, first(most, top(), item -> -consensus.rank(item)));
  }

  private void items(String title, PairwiseConsensus consensus, List<Integer> items) {
    if (items.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append('\n');
    List<String> titles = new ArrayList<>(List.of(">Rank", ">Score", ">Standard error"));
    if (truth != null) {
      titles.add(">Truth");
    }
    titles.add("Item");
    TextTable rows = new TextTable(titles.toArray(new String[0]));
    for (int item : items) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(consensus.rank(item)));
      row.add(TextTable.fixed(consensus.score(item), 3));
      row.add(TextTable.fixed(consensus.standardError(item), 3));
      if (truth != null) {
        row.add(TextTable.fixed(truth.score(item), 3));
      }
      row.add(table.itemName(item));
      rows.add(row.toArray(new String[0]));
    }
    text.append(rows);
  }

  private void experts(PairwiseConsensus consensus) {
    if (!consensus.hasSkills() || top() == 0) {
      return;
    }
    text.append("\nLeast skilled experts\n");
    TextTable rows = new TextTable(">Skill", ">Bias to the left", "Expert");
    for (int expert : first(table.experts(), top(), consensus::skill)) {
      rows.add(
          TextTable.fixed(consensus.skill(expert), 3),
          TextTable.fixed(consensus.bias(expert), 3),
          table.expertName(expert));
    }
    text.append(rows);
  }
}
