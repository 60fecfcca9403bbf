package dev.coterie.spi;

/**
 * The columns of a table of texts, in the canonical order of docs/text.md. Arrays are borrowed and
 * not changed.
 *
 * @param rows the number of texts
 * @param tasks the number of tasks
 * @param experts the number of experts
 * @param task the task of each row, never falling
 * @param expert the expert of each row
 * @param confidence the confidence of each row, from 0 to 1
 * @param tokenOffset where each row's tokens begin, and behind the last row their end
 * @param token the ids of the tokens, numbered apart in each task
 * @param vocabulary the number of ids of each task
 * @param symbolOffset where each row's symbols begin, or null when no measure needs them
 * @param symbol the symbols, or null
 * @param dimension the length of an embedding, 0 when there are none
 * @param embedding the embeddings, row by row, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record TextColumns(
    int rows,
    int tasks,
    int experts,
    int[] task,
    int[] expert,
    double[] confidence,
    int[] tokenOffset,
    int[] token,
    int[] vocabulary,
    int[] symbolOffset,
    int[] symbol,
    int dimension,
    float[] embedding) {

  /** Returns where each task's rows begin, and behind the last task their end. */
  public int[] taskOffset() {
    int[] offset = new int[tasks + 1];
    for (int i = 0; i < rows; i++) {
      offset[task[i] + 1]++;
    }
    for (int t = 0; t < tasks; t++) {
      offset[t + 1] += offset[t];
    }
    return offset;
  }
}
