package dev.coterie.text;

import java.util.List;

/**
 * Texts of one task that say alike.
 *
 * @param medoid the text that stands for them
 * @param members all of them, unmodifiable, in the table's canonical order: by text, never empty
 * @param support their share of the task's votes, from 0 to 1
 */
public record TextCluster(Response medoid, List<Response> members, double support) {
  /**
   * Returns the number of texts.
   *
   * @return at least 1
   */
  public int size() {
    return members.size();
  }
}
