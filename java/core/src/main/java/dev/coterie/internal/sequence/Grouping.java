package dev.coterie.internal.sequence;

import dev.coterie.spi.RoverProblem;

/**
 * Rows by task, those of a task in the order of the table. A <em>place</em> is an index into this
 * order.
 */
final class Grouping {
  /** The first place of each task, and the end. */
  final int[] start;

  /** The row at each place. */
  final int[] row;

  /** Where the words of each place begin, and the end. */
  final int[] from;

  /** The words in the order of places. */
  final int[] word;

  /** Groups the rows; empty words are kept only when they are wanted. */
  Grouping(RoverProblem problem, boolean emptyToo) {
    int rows = problem.rows();
    start = new int[problem.tasks() + 1];
    for (int task : problem.task()) {
      start[task + 1]++;
    }
    for (int task = 0; task < problem.tasks(); task++) {
      start[task + 1] += start[task];
    }
    int[] next = start.clone();
    row = new int[rows];
    int[] first = new int[rows];
    int words = 0;
    for (int r = 0; r < rows; r++) {
      row[next[problem.task()[r]]++] = r;
      first[r] = words;
      words += problem.length()[r];
    }
    from = new int[rows + 1];
    word = new int[words];
    int written = 0;
    for (int place = 0; place < rows; place++) {
      int r = row[place];
      for (int i = first[r]; i < first[r] + problem.length()[r]; i++) {
        if (emptyToo || problem.word()[i] != Network.BLANK) {
          word[written++] = problem.word()[i];
        }
      }
      from[place + 1] = written;
    }
  }
}
