package dev.coterie.spi;

/**
 * What ROVER aggregates, as {@code coterie_text_rover_problem_t} describes it. Arrays are borrowed
 * and not changed.
 *
 * @param reliability whether to build around the text most similar to the others and to weigh votes
 * @param tasks the number of tasks, at least 1
 * @param experts the number of experts, at least 1
 * @param words the size of the vocabulary, at least 1; the numbers of words ascend with the number
 *     of their code points, then with the code points; 0 is the empty word
 * @param task the task of each row
 * @param expert the expert of each row
 * @param length how many words each row has
 * @param word the words of all rows one after another
 * @param confidence the confidence of each row, or null when all are 1
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record RoverProblem(
    boolean reliability,
    int tasks,
    int experts,
    int words,
    int[] task,
    int[] expert,
    int[] length,
    int[] word,
    double[] confidence) {

  /** Returns the number of rows. */
  public int rows() {
    return task.length;
  }
}
