package dev.coterie.internal.pairwise;

import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/**
 * J. G. Kemeny, <em>Mathematics without numbers</em>, Daedalus 88, 1959: the order that contradicts
 * the least weight of comparisons. Items are split into the strong components of the majorities,
 * which an optimal order keeps together; small ones are solved exactly, large ones by moves of
 * single items.
 */
final class Kemeny {
  /** Sets of items, or moves, between two looks at the control. */
  private static final int BATCH = 1 << 12;

  private final Meetings meetings;
  private final Watch watch;

  /** The component of each item, and its place in the order of its component. */
  private final int[] of;

  private final int[] place;

  private Kemeny(Meetings meetings, int[] of, Watch watch) {
    this.meetings = meetings;
    this.watch = watch;
    this.of = of;
    place = new int[of.length];
  }

  static void fit(PairwiseProblem problem, Cells cells, PairwiseOutcome out, Watch watch) {
    int items = out.score.length;
    int limit = Math.max((int) problem.parameters()[0], 1);
    Edges.Strong found = new Edges(items, sink -> majorities(cells, sink)).strong();
    int[] of = found.of();
    int[] level = found.level();
    int[] order =
        Sorting.sorted(
            items,
            (i, j) -> {
              int levels = Integer.compare(level[of[i]], level[of[j]]);
              return levels != 0 ? levels : Integer.compare(of[i], of[j]);
            });
    Kemeny search = new Kemeny(new Meetings(cells, items), of, watch);
    out.report[PairwiseOutcome.PROVEN] = 1;
    for (int from = 0; from < items; ) {
      int to = from + 1;
      while (to < items && of[order[to]] == of[order[from]]) {
        to++;
      }
      int[] members = Arrays.copyOfRange(order, from, to);
      if (members.length == 1) {
        from = to;
        continue;
      }
      int[] best;
      if (members.length <= limit) {
        best = search.exact(members);
      } else {
        best = search.local(members, problem.maxIterations(), out);
        out.report[PairwiseOutcome.PROVEN] = 0;
        watch.report(out.iterations);
      }
      System.arraycopy(best, 0, order, from, best.length);
      from = to;
    }
    for (int at = 0; at < items; at++) {
      out.score[order[at]] = items - 1 - at;
    }
    out.objective = contradicted(cells, out.score);
  }

  private static void majorities(Cells cells, Edges.Sink sink) {
    for (int c = 0; c < cells.size(); c++) {
      if (cells.winsA[c] > cells.winsB[c]) {
        sink.take(cells.a[c], cells.b[c]);
      } else if (cells.winsA[c] < cells.winsB[c]) {
        sink.take(cells.b[c], cells.a[c]);
      }
    }
  }

  private static double contradicted(Cells cells, double[] score) {
    double sum = 0;
    for (int c = 0; c < cells.size(); c++) {
      sum = sum + (score[cells.a[c]] > score[cells.b[c]] ? cells.winsB[c] : cells.winsA[c]);
    }
    return sum;
  }

  /** Returns the best order: for each set of items the best one in which they come first. */
  private int[] exact(int[] members) {
    int m = members.length;
    // cost[j][i]: what it costs that i comes before j.
    double[][] cost = new double[m][m];
    for (int j = 0; j < m; j++) {
      for (int k = meetings.start[members[j]]; k < meetings.start[members[j] + 1]; k++) {
        int i = Arrays.binarySearch(members, meetings.opponent[k]);
        if (i >= 0) {
          cost[j][i] = meetings.won[k];
        }
      }
    }
    double[] best = new double[1 << m];
    byte[] last = new byte[1 << m];
    for (int set = 1; set < best.length; set++) {
      if (set % BATCH == 0) {
        watch.check();
      }
      best[set] = Double.POSITIVE_INFINITY;
      for (int left = set; left != 0; left &= left - 1) {
        int j = Integer.numberOfTrailingZeros(left);
        int before = set ^ (1 << j);
        double value = best[before];
        for (int bits = before; bits != 0; bits &= bits - 1) {
          value = value + cost[j][Integer.numberOfTrailingZeros(bits)];
        }
        if (value <= best[set]) {
          best[set] = value;
          last[set] = (byte) j;
        }
      }
    }
    int[] order = new int[m];
    int set = best.length - 1;
    for (int at = m - 1; at >= 0; at--) {
      order[at] = members[last[set]];
      set ^= 1 << last[set];
    }
    return order;
  }

  /** Orders by wins less losses, and then moves single items to their best places. */
  private int[] local(int[] members, int maxIterations, PairwiseOutcome out) {
    int[] order = byNetWins(members);
    for (int at = 0; at < order.length; at++) {
      place[order[at]] = at;
    }
    Near near = new Near();
    boolean moved = true;
    while (moved && out.iterations < maxIterations) {
      moved = false;
      for (int turn = 0; turn < members.length; turn++) {
        if (turn % BATCH == 0) {
          watch.check();
        }
        int at = place[members[turn]];
        int target = bestPlace(members[turn], near);
        if (target != at) {
          shift(order, at, target);
          moved = true;
        }
      }
      out.iterations++;
    }
    out.converged &= !moved;
    return order;
  }

  private int[] byNetWins(int[] members) {
    double[] net = new double[members.length];
    for (int m = 0; m < members.length; m++) {
      for (int k = meetings.start[members[m]]; k < meetings.start[members[m] + 1]; k++) {
        if (of[meetings.opponent[k]] == of[members[0]]) {
          net[m] = net[m] + (meetings.won[k] - meetings.lost[k]);
        }
      }
    }
    int[] order = Sorting.sorted(net.length, (i, j) -> Sorting.higherFirst(net[i], net[j]));
    for (int at = 0; at < order.length; at++) {
      order[at] = members[order[at]];
    }
    return order;
  }

  /** Returns the place of the least cost, its own when none is better. */
  private int bestPlace(int item, Near near) {
    int at = place[item];
    double best = 0;
    int target = at;
    for (int side = 0; side < 2; side++) {
      boolean up = side == 0;
      near.clear(meetings.start[item + 1] - meetings.start[item]);
      for (int k = meetings.start[item]; k < meetings.start[item + 1]; k++) {
        int other = meetings.opponent[k];
        if (of[other] == of[item] && (place[other] < at) == up) {
          double gain =
              up ? meetings.lost[k] - meetings.won[k] : meetings.won[k] - meetings.lost[k];
          near.add(up ? at - place[other] : place[other] - at, gain);
        }
      }
      near.sort();
      double change = 0;
      for (int i = 0; i < near.size; i++) {
        change = change + near.change(i);
        if (change < best) {
          best = change;
          target = up ? at - near.distance(i) : at + near.distance(i);
        }
      }
    }
    return target;
  }

  private void shift(int[] order, int from, int to) {
    int item = order[from];
    if (from < to) {
      System.arraycopy(order, from + 1, order, from, to - from);
    } else {
      System.arraycopy(order, to, order, to + 1, from - to);
    }
    order[to] = item;
    for (int at = Math.min(from, to); at <= Math.max(from, to); at++) {
      place[order[at]] = at;
    }
  }

  /** The meetings of all items, those of each item in the order of its opponents. */
  private static final class Meetings {
    final int[] start;
    final int[] opponent;
    final double[] won;
    final double[] lost;

    Meetings(Cells cells, int items) {
      int[] next = new int[items + 2];
      for (int c = 0; c < cells.size(); c++) {
        next[cells.a[c] + 2]++;
        next[cells.b[c] + 2]++;
      }
      for (int i = 2; i < next.length; i++) {
        next[i] = Math.addExact(next[i], next[i - 1]);
      }
      opponent = new int[next[items + 1]];
      won = new double[opponent.length];
      lost = new double[opponent.length];
      for (int c = 0; c < cells.size(); c++) {
        put(next[cells.a[c] + 1]++, cells.b[c], cells.winsA[c], cells.winsB[c]);
        put(next[cells.b[c] + 1]++, cells.a[c], cells.winsB[c], cells.winsA[c]);
      }
      start = next;
    }

    private void put(int at, int other, double wins, double losses) {
      opponent[at] = other;
      won[at] = wins;
      lost[at] = losses;
    }
  }

  /** The opponents on one side of an item, by their distance. */
  private static final class Near {
    /** The distance in the upper half, the place in {@code changes} in the lower. */
    private long[] keys = {};

    private double[] changes = {};
    private int size;

    void clear(int room) {
      size = 0;
      if (keys.length < room) {
        keys = new long[room];
        changes = new double[room];
      }
    }

    void add(int distance, double change) {
      keys[size] = (long) distance << 32 | size;
      changes[size++] = change;
    }

    void sort() {
      Arrays.sort(keys, 0, size);
    }

    int distance(int i) {
      return (int) (keys[i] >>> 32);
    }

    double change(int i) {
      return changes[(int) keys[i]];
    }
  }
}
