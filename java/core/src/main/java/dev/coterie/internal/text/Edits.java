package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/**
 * Levenshtein's distance over sequences of numbers, bit-parallel (Myers, JACM 1999; in blocks,
 * Hyyrö 2003). Sequences are renumbered densely in the task; a text's table of places is made once
 * and used against all others. Values depend on the distance alone.
 */
final class Edits implements Likeness {
  private final int rows;
  private final int first;
  private final int[] offset;

  /** The symbols of the task's texts, numbered from 0 in the order of their first appearance. */
  private final int[] symbol;

  private final int alphabet;
  private final int longest;

  /** Whether the distance becomes an alignment's utility instead of a similarity. */
  private final boolean alignment;

  /** Takes the sequences of {@code rows} texts from {@code first} on. */
  Edits(int[] offset, int[] values, int first, int rows, boolean alignment) {
    this.alignment = alignment;
    this.rows = rows;
    this.first = first;
    this.offset = offset;
    int base = offset[first];
    symbol = Arrays.copyOfRange(values, base, offset[first + rows]);
    int[] distinct = symbol.clone();
    Arrays.sort(distinct);
    int size = 0;
    for (int i = 0; i < distinct.length; i++) {
      if (i == 0 || distinct[i] != distinct[i - 1]) {
        distinct[size++] = distinct[i];
      }
    }
    for (int i = 0; i < symbol.length; i++) {
      symbol[i] = Arrays.binarySearch(distinct, 0, size, symbol[i]);
    }
    alphabet = size;
    int most = 0;
    for (int r = 0; r < rows; r++) {
      most = Math.max(most, length(r));
    }
    longest = most;
  }

  private int begin(int row) {
    return offset[first + row] - offset[first];
  }

  private int length(int row) {
    return offset[first + row + 1] - offset[first + row];
  }

  @Override
  public int rows() {
    return rows;
  }

  /** The places of each symbol in one text, as bits, and the vertical differences of a column. */
  private static final class Scratch {
    final long[] places;
    final long[] up;
    final long[] down;

    Scratch(int alphabet, int blocks) {
      long words = HeapLimits.times(alphabet, blocks);
      places = new long[HeapLimits.check(words, "the places of symbols in a text")];
      up = new long[blocks];
      down = new long[blocks];
    }
  }

  @Override
  public Object scratch() {
    return new Scratch(alphabet, (longest + 63) >>> 6);
  }

  @Override
  public void compare(int row, int from, double[] out, Object scratch) {
    Scratch s = (Scratch) scratch;
    int length = length(row);
    int blocks = (length + 63) >>> 6;
    int begin = begin(row);
    for (int i = 0; i < length; i++) {
      s.places[symbol[begin + i] * blocks + (i >>> 6)] |= 1L << i;
    }
    for (int j = from; j < rows; j++) {
      out[j] = value(length, length(j), distance(length, blocks, j, s));
    }
    for (int i = 0; i < length; i++) {
      s.places[symbol[begin + i] * blocks + (i >>> 6)] = 0;
    }
  }

  private double value(long a, long b, int distance) {
    if (a + b == 0) {
      return 1.0;
    }
    return alignment
        ? Math.sqrt(1.0 - distance / (double) (a + b))
        : 1.0 - distance / (double) Math.max(a, b);
  }

  /** Returns the distance of text {@code j} and the one whose places are in the scratch. */
  private int distance(int length, int blocks, int j, Scratch s) {
    int other = length(j);
    if (length == 0) {
      return other;
    }
    Arrays.fill(s.up, 0, blocks, -1L);
    Arrays.fill(s.down, 0, blocks, 0L);
    int score = length;
    int begin = begin(j);
    int last = (length - 1) & 63;
    for (int i = 0; i < other; i++) {
      score += column(s, symbol[begin + i] * blocks, blocks, last);
    }
    return score;
  }

  /**
   * Takes the next symbol of the other text, and returns how the last cell of its column differs.
   */
  private static int column(Scratch s, int places, int blocks, int last) {
    long carryUp = 1;
    long carryDown = 0;
    long up = 0;
    long down = 0;
    for (int b = 0; b < blocks; b++) {
      long vp = s.up[b];
      long vn = s.down[b];
      long eq = s.places[places + b];
      long xv = eq | vn;
      eq |= carryDown;
      long xh = (((eq & vp) + vp) ^ vp) | eq;
      up = vn | ~(xh | vp);
      down = vp & xh;
      long shiftedUp = (up << 1) | carryUp;
      long shiftedDown = (down << 1) | carryDown;
      carryUp = up >>> 63;
      carryDown = down >>> 63;
      s.up[b] = shiftedDown | ~(xv | shiftedUp);
      s.down[b] = shiftedUp & xv;
    }
    return (int) ((up >>> last) & 1) - (int) ((down >>> last) & 1);
  }
}
