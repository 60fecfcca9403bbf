package dev.coterie.internal.text;

/**
 * The tokens of one task's texts as sets: of each text its distinct ids, ascending, with counts;
 * and of each id the texts that have it, ascending. Made by counting, in time linear in the number
 * of tokens.
 */
final class Profiles {
  /** The number of texts. */
  final int rows;

  /** Where each text's distinct ids begin in {@link #id}, and behind the last text their end. */
  final int[] offset;

  /** Distinct ids. */
  final int[] id;

  /** How often the text has the id. */
  final int[] count;

  /** Where each id's texts begin in {@link #text}, and behind the last id their end. */
  final int[] postings;

  /** Texts, numbered from 0 in the task. */
  final int[] text;

  /** How often a posting's text has the id. */
  final int[] occurrences;

  /**
   * Makes the profiles of some rows.
   *
   * @param tokenOffset where each row's tokens begin
   * @param token ids from 0 to {@code vocabulary - 1}
   * @param first the first row
   */
  Profiles(int[] tokenOffset, int[] token, int first, int rows, int vocabulary) {
    this.rows = rows;
    postings = new int[vocabulary + 1];
    offset = new int[rows + 1];
    int tokens = tokenOffset[first + rows] - tokenOffset[first];
    int[] distinct = new int[tokens];
    int[] times = new int[tokens];
    count(tokenOffset, token, first, distinct, times);
    int size = offset[rows];
    text = new int[size];
    occurrences = new int[size];
    fillPostings(distinct, times);
    id = new int[size];
    count = new int[size];
    fillSets();
  }

  /** Lists each row's distinct ids in the order of their appearance, and how often it has them. */
  private void count(int[] tokenOffset, int[] token, int first, int[] distinct, int[] times) {
    // Where the id was listed last, plus one: not in this row unless that is behind its begin.
    int[] place = new int[postings.length - 1];
    int size = 0;
    for (int r = 0; r < rows; r++) {
      int begin = size;
      for (int i = tokenOffset[first + r]; i < tokenOffset[first + r + 1]; i++) {
        int t = token[i];
        int at = place[t] - 1;
        if (at >= begin) {
          times[at]++;
        } else {
          distinct[size] = t;
          times[size] = 1;
          place[t] = ++size;
          postings[t + 1]++;
        }
      }
      offset[r + 1] = size;
    }
    for (int t = 0; t < place.length; t++) {
      postings[t + 1] += postings[t];
    }
  }

  /** Writes each id's texts and how often they have it. */
  private void fillPostings(int[] distinct, int[] times) {
    int[] end = postings.clone();
    for (int r = 0; r < rows; r++) {
      for (int i = offset[r]; i < offset[r + 1]; i++) {
        int p = end[distinct[i]]++;
        text[p] = r;
        occurrences[p] = times[i];
      }
    }
  }

  /** Writes each text's ids: the postings of ascending ids, dealt out to their texts. */
  private void fillSets() {
    int[] end = offset.clone();
    for (int t = 0; t < postings.length - 1; t++) {
      for (int p = postings[t]; p < postings[t + 1]; p++) {
        int at = end[text[p]]++;
        id[at] = t;
        count[at] = occurrences[p];
      }
    }
  }

  /** Returns the number of distinct ids of a text. */
  int size(int row) {
    return offset[row + 1] - offset[row];
  }

  /** Returns the number of texts that have an id. */
  int frequency(int t) {
    return postings[t + 1] - postings[t];
  }
}
