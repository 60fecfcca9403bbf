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

  /** The place of a posting in {@link #id}. */
  final int[] place;

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
    int[] latest = new int[vocabulary];
    postings = new int[vocabulary + 1];
    offset = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int distinct = 0;
      for (int i = tokenOffset[first + r]; i < tokenOffset[first + r + 1]; i++) {
        int t = token[i];
        if (latest[t] != r + 1) {
          latest[t] = r + 1;
          postings[t + 1]++;
          distinct++;
        }
      }
      offset[r + 1] = offset[r] + distinct;
    }
    for (int t = 0; t < vocabulary; t++) {
      postings[t + 1] += postings[t];
    }
    text = new int[offset[rows]];
    occurrences = new int[offset[rows]];
    fillPostings(tokenOffset, token, first, latest);
    id = new int[offset[rows]];
    count = new int[offset[rows]];
    place = new int[offset[rows]];
    fillSets();
  }

  /** Writes each id's texts and how often they have it. */
  private void fillPostings(int[] tokenOffset, int[] token, int first, int[] latest) {
    int[] end = latest;
    System.arraycopy(postings, 0, end, 0, end.length);
    for (int r = 0; r < rows; r++) {
      for (int i = tokenOffset[first + r]; i < tokenOffset[first + r + 1]; i++) {
        int t = token[i];
        int last = end[t] - 1;
        if (last >= postings[t] && text[last] == r) {
          occurrences[last]++;
        } else {
          text[end[t]] = r;
          occurrences[end[t]++] = 1;
        }
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
        place[p] = at;
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
