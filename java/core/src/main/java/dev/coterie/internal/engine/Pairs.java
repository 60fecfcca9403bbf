package dev.coterie.internal.engine;

import java.util.Arrays;

/**
 * The pairs of experts who answered tasks in common, and how far the two agree:
 * docs/methods/mmsr.md. Every pair stands twice, among those of either expert, which are in the
 * order of the others.
 */
final class Pairs {
  /** Twenty bytes each, so 2.5 GiB. */
  private static final int MOST_PAIRS = 1 << 27;

  /** Where each expert's pairs begin, and where those of the last one end. */
  final int[] offsets;

  /** The other expert. */
  final int[] other;

  /** The weight of the common tasks. */
  final double[] common;

  /** How much more often than by chance the two agree: 1 always, 0 as by chance. */
  final double[] covariance;

  private final Poll poll;
  private final Index index;

  /** Whether an answer is the last one of its expert to its task: only those count. */
  private final boolean[] last;

  /** The last answers by expert, their places, and where each expert's begin. */
  private final int[] ownOffsets;

  private final int[] ownAnswers;
  private final int[] ownPlaces;

  Pairs(Poll poll) {
    this.poll = poll;
    index = poll.index;
    last = new boolean[index.answers];
    ownOffsets = new int[poll.experts + 1];
    findLast();
    ownAnswers = new int[ownOffsets[poll.experts]];
    ownPlaces = new int[ownOffsets[poll.experts]];
    groupByExpert();
    offsets = countPairs();
    int pairs = offsets[poll.experts];
    other = new int[pairs];
    common = new double[pairs];
    covariance = new double[pairs];
    compare();
  }

  int degree(int expert) {
    return offsets[expert + 1] - offsets[expert];
  }

  private void findLast() {
    int[] seen = new int[poll.experts];
    for (int place = 0; place < index.tasks; place++) {
      for (int i = index.offsets[place + 1] - 1; i >= index.offsets[place]; i--) {
        int e = index.expert[i];
        last[i] = seen[e] != place + 1;
        seen[e] = place + 1;
        if (last[i]) {
          ownOffsets[e + 1]++;
        }
      }
    }
    for (int e = 0; e < poll.experts; e++) {
      ownOffsets[e + 1] += ownOffsets[e];
    }
  }

  private void groupByExpert() {
    int[] next = Arrays.copyOf(ownOffsets, poll.experts);
    for (int place = 0; place < index.tasks; place++) {
      for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
        if (last[i]) {
          int at = next[index.expert[i]]++;
          ownAnswers[at] = i;
          ownPlaces[at] = place;
        }
      }
    }
  }

  /** Returns where each expert's pairs begin; refuses more than can be kept. */
  private int[] countPairs() {
    int[] result = new int[poll.experts + 1];
    int[] seen = new int[poll.experts];
    for (int e = 0; e < poll.experts; e++) {
      poll.team.checkCancelled();
      long pairs = result[e];
      for (int own = ownOffsets[e]; own < ownOffsets[e + 1]; own++) {
        int answer = ownAnswers[own];
        int place = ownPlaces[own];
        for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
          int neighbour = index.expert[i];
          if (meets(answer, i) && seen[neighbour] != e + 1) {
            seen[neighbour] = e + 1;
            pairs++;
          }
        }
      }
      if (pairs > MOST_PAIRS) {
        throw new UnsupportedOperationException(
            "mmsr compares every two experts with a task in common, and of those there are more than "
                + MOST_PAIRS / 2
                + " pairs: fit fewer experts, or choose a method that compares no experts, such as"
                + " one-coin-dawid-skene");
      }
      result[e + 1] = (int) pairs;
    }
    return result;
  }

  private boolean meets(int own, int answer) {
    return answer != own && last[answer] && poll.weight(own) * poll.weight(answer) > 0.0;
  }

  private void compare() {
    double[] weights = new double[poll.experts];
    double[] same = new double[poll.experts];
    double scale = poll.k / (poll.k - 1.0);
    double shift = 1.0 / (poll.k - 1.0);
    for (int e = 0; e < poll.experts; e++) {
      poll.team.checkCancelled();
      int end = offsets[e];
      for (int own = ownOffsets[e]; own < ownOffsets[e + 1]; own++) {
        int answer = ownAnswers[own];
        int place = ownPlaces[own];
        for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
          if (meets(answer, i)) {
            int neighbour = index.expert[i];
            double weight = poll.weight(answer) * poll.weight(i);
            if (weights[neighbour] == 0.0) {
              other[end++] = neighbour;
            }
            weights[neighbour] = weights[neighbour] + weight;
            if (index.label[i] == index.label[answer]) {
              same[neighbour] = same[neighbour] + weight;
            }
          }
        }
      }
      Arrays.sort(other, offsets[e], end);
      for (int pair = offsets[e]; pair < end; pair++) {
        int neighbour = other[pair];
        common[pair] = weights[neighbour];
        covariance[pair] = (same[neighbour] / weights[neighbour]) * scale - shift;
        weights[neighbour] = 0.0;
        same[neighbour] = 0.0;
      }
    }
  }
}
