package dev.coterie.internal.text;

import java.util.Arrays;

/** Runs of words of one length: how many texts inside and outside of a cluster have each. */
final class Grams {
  int[] inside = new int[64];
  int[] outside = new int[64];

  /** The first text inside that has the run, plus one. */
  int[] row = new int[64];

  /** The run's first place in that text. */
  int[] place = new int[64];

  /** Whether a longer run says the same. */
  boolean[] covered = new boolean[64];

  /** The text that was counted last, plus one. */
  private int[] latest = new int[64];

  /** Notes that a text inside has a run. */
  void inside(int gram, int text, int at) {
    if (gram >= inside.length) {
      grow(gram);
    }
    if (latest[gram] != text + 1) {
      latest[gram] = text + 1;
      inside[gram]++;
      if (row[gram] == 0) {
        row[gram] = text + 1;
        place[gram] = at;
      }
    }
  }

  /** Notes that a text outside has a run that is known. */
  void outside(int gram, int text) {
    if (latest[gram] != text + 1) {
      latest[gram] = text + 1;
      outside[gram]++;
    }
  }

  private void grow(int gram) {
    int more = Math.max(gram + 1, 2 * inside.length);
    inside = Arrays.copyOf(inside, more);
    outside = Arrays.copyOf(outside, more);
    row = Arrays.copyOf(row, more);
    place = Arrays.copyOf(place, more);
    covered = Arrays.copyOf(covered, more);
    latest = Arrays.copyOf(latest, more);
  }
}
