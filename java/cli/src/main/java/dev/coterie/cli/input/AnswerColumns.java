package dev.coterie.cli.input;

import java.util.ArrayList;
import java.util.List;

/** Answers as they were read: columns of indices into names, in pieces of fixed size. */
final class AnswerColumns {
  /** The answers in a piece. */
  static final int PIECE = 1 << 16;

  private final boolean weighted;
  private final List<Piece> pieces = new ArrayList<>();
  private Piece last;
  private int used = PIECE;

  /** A piece of the columns; {@code weight} is null when there are none. */
  record Piece(int[] task, int[] expert, int[] label, float[] weight) {}

  AnswerColumns(boolean weighted) {
    this.weighted = weighted;
  }

  void add(int task, int expert, int label, float weight) {
    if (used == PIECE) {
      last =
          new Piece(
              new int[PIECE], new int[PIECE], new int[PIECE], weighted ? new float[PIECE] : null);
      pieces.add(last);
      used = 0;
    }
    last.task[used] = task;
    last.expert[used] = expert;
    last.label[used] = label;
    if (weighted) {
      last.weight[used] = weight;
    }
    used++;
  }

  long size() {
    return (pieces.size() - 1L) * PIECE + used;
  }

  int pieces() {
    return pieces.size();
  }

  Piece piece(int index) {
    return pieces.get(index);
  }

  /** Returns a piece and gives it up, so that its memory can be used again. */
  Piece take(int index) {
    return pieces.set(index, null);
  }

  int sizeOf(int index) {
    return index == pieces.size() - 1 ? used : PIECE;
  }
}
