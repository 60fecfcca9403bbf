package dev.coterie.internal.engine;

import dev.coterie.spi.ScalarRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the main model begins, and which of the modes that it comes to are kept. Used for one fit.
 */
final class AutoStarts {
  /** The starts from all answers: shares, one coin, MACE. */
  private static final int WHOLE = 3;

  /** The last of these. */
  static final int MACE = 2;

  private final AutoField field;
  private final AutoPulled model;
  private final AutoGold known;

  /** The experts who answered. */
  final int[] answering;

  /** Where the answers of each task begin in the order of tasks; one more element than tasks. */
  final int[] first;

  /** How far each start from all answers has left the votes. */
  final double[] drifts = new double[WHOLE];

  /** The posteriors of MACE; null where they are of no use to a pool or to known labels. */
  double[] mace;

  private AutoMode spare;

  /** How the modes were found: {@link AutoPool#COMBINED} or what stands for them. */
  int kind;

  AutoStarts(AutoField field, AutoPulled model, AutoGold known) {
    this.field = field;
    this.known = known;
    this.model = model;
    boolean[] seen = new boolean[field.experts];
    for (int i = 0; i < field.index.answers; i++) {
      seen[field.index.expert[i]] = true;
    }
    answering = IntStream.range(0, seen.length).filter(e -> seen[e]).toArray();
    first = new int[field.tasks + 1];
    for (int place = 0; place < field.tasks; place++) {
      first[field.index.task(place) + 1] =
          field.index.offsets[place + 1] - field.index.offsets[place];
    }
    for (int t = 0; t < field.tasks; t++) {
      first[t + 1] += first[t];
    }
  }

  /** Returns the modes that the main model comes to, best first. */
  List<AutoMode> modes() {
    boolean many = answering.length >= AutoConstants.LEAST_EXPERTS;
    int starts = WHOLE + (many ? AutoConstants.SINGLES + AutoConstants.GROUPS : 0);
    List<AutoMode> kept = new ArrayList<>();
    for (int number = 0; number < starts; number++) {
      AutoMode mode = spare == null ? field.mode() : spare;
      spare = null;
      start(number, mode);
      if (number < WHOLE) {
        drifts[number] = field.drift(mode.sums);
      }
      if (number == MACE
          && (drifts[MACE] <= AutoConstants.MACE_DRIFT || known.judges(drifts[MACE]))) {
        mace = mode.rows.clone();
      }
      model.run(mode, AutoConstants.steps(0));
      keep(kept, mode, AutoConstants.most(0));
    }
    for (int round = 1; round < AutoConstants.rounds(); round++) {
      List<AutoMode> before = kept;
      kept = new ArrayList<>();
      for (AutoMode mode : before) {
        model.run(mode, AutoConstants.steps(round));
        keep(kept, mode, AutoConstants.most(round));
      }
    }
    kind = AutoPool.COMBINED;
    if (kept.isEmpty()) {
      kept.add(fallback());
    }
    return kept;
  }

  private AutoMode fallback() {
    int number = 0;
    kind = AutoPool.BY_SHARES;
    if (drifts[MACE] <= AutoConstants.MODE_DRIFT) {
      number = MACE;
      kind = AutoPool.BY_MACE;
    } else if (drifts[1] <= AutoConstants.MODE_DRIFT) {
      number = 1;
      kind = AutoPool.BY_COIN;
    }
    AutoMode mode = spare == null ? field.mode() : spare;
    start(number, mode);
    mode.drift = drifts[number];
    return mode;
  }

  /** Fills a mode with a start. */
  private void start(int number, AutoMode mode) {
    mode.start = number;
    if (number >= WHOLE) {
      partial(chosen(number - WHOLE), mode.rows);
      field.count(mode);
      return;
    }
    field.team.run(
        field.spans.count(),
        (span, workspace) -> {
          int from = field.spans.first(span);
          int to = field.spans.last(span);
          int at = from * field.k;
          Shares.compute(field.index, null, from, to, field.k, mode.rows, at, workspace.lanes);
        });
    field.count(mode);
    if (number == 0) {
      System.arraycopy(mode.sums, 0, field.shares, 0, field.k);
    } else if (number == 1) {
      field.coin(mode, AutoConstants.COIN_START, false);
    } else {
      field.mace(mode, AutoConstants.MACE_START);
    }
    mode.restart();
  }

  /** Returns which experts a partial start has. */
  private boolean[] chosen(int number) {
    boolean[] chosen = new boolean[field.experts];
    if (number < AutoConstants.SINGLES) {
      double u = new SplitMix64(field.seed + AutoConstants.SEED_EXPERTS).skip(number).unit();
      chosen[expert((int) (u * field.index.answers))] = true;
      return chosen;
    }
    long seed = field.seed + AutoConstants.SEED_GROUPS + number;
    double[] order = new double[answering.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = new SplitMix64(seed).skip(answering[i]).unit();
    }
    double[] sorted = order.clone();
    Arrays.sort(sorted);
    int most = Math.max(order.length / AutoConstants.GROUP_SHARE, 1);
    double last = sorted[most - 1];
    int left = most;
    for (double x : order) {
      left -= x < last ? 1 : 0;
    }
    // Of those that equal the last number, the lowest experts.
    for (int i = 0; i < order.length; i++) {
      if (order[i] < last || (order[i] == last && left-- > 0)) {
        chosen[answering[i]] = true;
      }
    }
    return chosen;
  }

  /** Returns the expert of an answer of this number in the order of tasks. */
  private int expert(int number) {
    for (int place = 0; place < field.tasks; place++) {
      int task = field.index.task(place);
      if (first[task] <= number && number < first[task + 1]) {
        return field.index.expert[field.index.offsets[place] + (number - first[task])];
      }
    }
    throw new AssertionError("answer " + number + " is of no task");
  }

  /** Writes the smoothed shares of some experts' answers. */
  private void partial(boolean[] chosen, double[] rows) {
    int k = field.k;
    Index index = field.index;
    field.team.run(
        field.spans.count(),
        (span, workspace) -> {
          for (int place = field.spans.first(span); place < field.spans.last(span); place++) {
            int row = place * k;
            Arrays.fill(rows, row, row + k, AutoConstants.PARTIAL / k);
            for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
              if (chosen[index.expert[i]]) {
                int at = row + index.label[i];
                rows[at] = rows[at] + field.weight(i);
              }
            }
            double total = ScalarRows.sum(rows, row, k, workspace.lanes);
            for (int j = row; j < row + k; j++) {
              rows[j] = rows[j] / total;
            }
          }
        });
  }

  /** Adds a mode to the best ones so far, unless it has left the votes or is near a better one. */
  private void keep(List<AutoMode> kept, AutoMode mode, int most) {
    model.weigh(mode);
    spare = mode;
    if (mode.drift > AutoConstants.MODE_DRIFT) {
      return;
    }
    int place = 0;
    while (place < kept.size()
        && mode.evidence <= kept.get(place).evidence + AutoConstants.SAME_EVIDENCE) {
      if (near(mode, kept.get(place))) {
        return;
      }
      place++;
    }
    if (place == most) {
      return;
    }
    spare = null;
    for (int at = place; at < kept.size(); ) {
      if (near(mode, kept.get(at))) {
        spare = kept.remove(at);
      } else {
        at++;
      }
    }
    kept.add(place, mode);
    if (kept.size() > most) {
      spare = kept.remove(most);
    }
  }

  private boolean near(AutoMode a, AutoMode b) {
    return field.distance(a.rows, b.rows) <= AutoConstants.NEAR;
  }
}
