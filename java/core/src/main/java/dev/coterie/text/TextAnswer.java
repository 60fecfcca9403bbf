package dev.coterie.text;

import java.util.List;

/**
 * The consensus of one task.
 *
 * @param task the task's name
 * @param supporters the winning cluster; its medoid is the answer
 * @param confidence how sure that is, from 0 to 1
 * @param dissent the other clusters, most supported first, unmodifiable; empty when all agree
 * @param themes what the supporters share and the others do not have, strongest first, unmodifiable
 */
public record TextAnswer(
    String task,
    TextCluster supporters,
    double confidence,
    List<TextCluster> dissent,
    List<Theme> themes) {

  /**
   * Returns the answer: one of the texts that were given.
   *
   * @return its text
   */
  public String text() {
    return supporters.medoid().text();
  }

  /**
   * Returns the response whose text is the answer.
   *
   * @return one of the table's responses
   */
  public Response chosen() {
    return supporters.medoid();
  }

  /**
   * Returns the supporters' share of the votes.
   *
   * @return from 0 to 1
   */
  public double support() {
    return supporters.support();
  }
}
