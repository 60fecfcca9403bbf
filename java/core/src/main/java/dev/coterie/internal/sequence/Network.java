package dev.coterie.internal.sequence;

/**
 * A word transition network: slots one after another, in each the words that hypotheses have there,
 * with their weights. Used for one task after another.
 */
final class Network {
  /** The word that stands for "no word here". */
  static final int BLANK = 0;

  /** Slots times words of one alignment: a byte each is kept. */
  private static final long MOST_CELLS = 1L << 30;

  private static final byte INSERT = 0;
  private static final byte SKIP = 1;
  private static final byte PAIR = 2;

  /** Takes a winner and its share. */
  interface Winners {
    void take(int word, double share);
  }

  /** Whether a hypothesis that begins after a blank goes there for nothing. */
  private final boolean freeStart;

  private Slots slots = new Slots();

  /** The network before the hypothesis in work. */
  private Slots before = new Slots();

  /** The weight of all hypotheses. */
  private double total;

  /** How each cell of the alignment was reached, a row for each word. */
  private byte[] steps = new byte[0];

  private int[] cost = new int[0];
  private int[] above = new int[0];

  /** The steps of the alignment, last one first. */
  private byte[] path = new byte[0];

  private int pathLength;

  Network(boolean freeStart) {
    this.freeStart = freeStart;
  }

  /** Begins anew with one hypothesis. */
  void begin(int[] word, int from, int to, double weight) {
    slots.reset(to - from, to - from);
    for (int i = from; i < to; i++) {
      slots.push(word[i], weight);
      slots.close();
    }
    total = weight;
  }

  /** Aligns a hypothesis, that of a row, with the network and adds its words. */
  void add(int[] word, int from, int to, double weight, int row, Watch watch) {
    Slots last = slots;
    slots = before;
    before = last;
    align(word, from, to, row, watch);
    trace(to - from);
    slots.reset(
        (long) before.size + to - from, (long) before.entries + before.size + 2L * (to - from));
    int slot = 0;
    int next = from;
    for (int i = pathLength - 1; i >= 0; i--) {
      byte step = path[i];
      int added = step == SKIP ? BLANK : word[next++];
      int first = slots.entries;
      if (step == INSERT) {
        slots.push(BLANK, total);
      } else {
        slots.copy(before, slot++);
      }
      slots.vote(first, added, weight);
      slots.close();
    }
    total += weight;
  }

  /**
   * Fills in how each cell is reached at the least cost: a replacement or a match before a skipped
   * slot before an insertion.
   */
  private void align(int[] word, int from, int to, int row, Watch watch) {
    int size = before.size;
    int columns = size + 1;
    long cells = (long) columns * (to - from + 1);
    if (cells > MOST_CELLS) {
      throw new IllegalArgumentException(
          "row "
              + row
              + ": "
              + (to - from)
              + " words against "
              + size
              + " places are more than "
              + MOST_CELLS
              + " to compare: cut the texts into parts");
    }
    if (steps.length < cells) {
      steps = new byte[(int) Math.min(Math.max(cells, 2L * steps.length), MOST_CELLS)];
    }
    if (cost.length < columns) {
      cost = new int[Math.max(columns, 2 * cost.length)];
      above = new int[cost.length];
    }
    cost[0] = 0;
    steps[0] = INSERT;
    for (int slot = 0; slot < size; slot++) {
      cost[slot + 1] = cost[slot] + (freeStart && before.has(slot, BLANK) ? 0 : 1);
      steps[slot + 1] = SKIP;
    }
    for (int i = from; i < to; i++) {
      watch.check();
      int[] last = cost;
      cost = above;
      above = last;
      alignWord(word[i], i - from + 1, columns);
    }
  }

  private void alignWord(int word, int number, int columns) {
    int at = number * columns;
    cost[0] = number;
    steps[at] = INSERT;
    for (int slot = 0; slot < columns - 1; slot++) {
      int best = above[slot] + (before.has(slot, word) ? 0 : 1);
      byte step = PAIR;
      int skipped = cost[slot] + (before.has(slot, BLANK) ? 0 : 1);
      if (skipped < best) {
        best = skipped;
        step = SKIP;
      }
      if (above[slot + 1] + 1 < best) {
        best = above[slot + 1] + 1;
        step = INSERT;
      }
      cost[slot + 1] = best;
      steps[at + slot + 1] = step;
    }
  }

  /** Walks back from the last cell. */
  private void trace(int words) {
    int columns = before.size + 1;
    int i = words;
    int j = before.size;
    if (path.length < (long) i + j) {
      path = new byte[Math.max(Math.addExact(i, j), 2 * path.length)];
    }
    pathLength = 0;
    while (i > 0 || j > 0) {
      byte step = steps[i * columns + j];
      path[pathLength++] = step;
      if (step != SKIP) {
        i--;
      }
      if (step != INSERT) {
        j--;
      }
    }
  }

  /**
   * Hands out the winner of each slot and its share of the weight, blanks left out. Of equal
   * weights the largest word wins, or the one that entered first.
   */
  void winners(boolean largest, Winners winners) {
    for (int slot = 0; slot < slots.size; slot++) {
      int at = slots.start[slot];
      int word = slots.word[at];
      double weight = slots.weight[at];
      for (int entry = at + 1; entry < slots.start[slot + 1]; entry++) {
        double other = slots.weight[entry];
        if (other > weight || (largest && other == weight && slots.word[entry] > word)) {
          weight = other;
          word = slots.word[entry];
        }
      }
      if (word != BLANK) {
        winners.take(word, total > 0.0 ? weight / total : 0.0);
      }
    }
  }

  /** Slots and their entries in the order in which they came. */
  private static final class Slots {
    /** Where each slot's entries begin, and the end. */
    private int[] start = new int[1];

    private int[] word = new int[0];
    private double[] weight = new double[0];
    private int size;
    private int entries;

    /** Empties this and makes room. */
    void reset(long mostSlots, long mostEntries) {
      size = 0;
      entries = 0;
      if (start.length <= mostSlots) {
        start = new int[room(mostSlots + 1, start.length)];
      }
      if (word.length < mostEntries) {
        word = new int[room(mostEntries, word.length)];
        weight = new double[word.length];
      }
      start[0] = 0;
    }

    private static int room(long least, int before) {
      return Math.toIntExact(Math.max(least, Math.min(2L * before, Integer.MAX_VALUE - 8)));
    }

    void push(int newWord, double itsWeight) {
      word[entries] = newWord;
      weight[entries++] = itsWeight;
    }

    void close() {
      start[++size] = entries;
    }

    void copy(Slots other, int slot) {
      int count = other.start[slot + 1] - other.start[slot];
      System.arraycopy(other.word, other.start[slot], word, entries, count);
      System.arraycopy(other.weight, other.start[slot], weight, entries, count);
      entries += count;
    }

    /** Adds to a word's weight among the entries from {@code first} on, or a new entry. */
    void vote(int first, int given, double itsWeight) {
      for (int entry = first; entry < entries; entry++) {
        if (word[entry] == given) {
          weight[entry] += itsWeight;
          return;
        }
      }
      push(given, itsWeight);
    }

    boolean has(int slot, int wanted) {
      for (int entry = start[slot]; entry < start[slot + 1]; entry++) {
        if (word[entry] == wanted) {
          return true;
        }
      }
      return false;
    }
  }
}
