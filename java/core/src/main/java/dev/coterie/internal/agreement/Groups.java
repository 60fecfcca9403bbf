package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import java.util.Arrays;

/**
 * Answers in groups: each with its expert, its item (a label or a category) and its place in the
 * table. Immutable.
 */
final class Groups {
  /** Where each group begins, and where the last one ends. */
  final int[] offsets;

  /** The expert of each answer kept; may be longer. */
  final int[] expert;

  /** The item of each answer kept; may be longer. */
  final int[] item;

  /** The place in the table of each answer kept; may be longer. */
  final int[] row;

  private Groups(int[] offsets, int[] expert, int[] item, int[] row) {
    this.offsets = offsets;
    this.expert = expert;
    this.item = item;
    this.row = row;
  }

  /** Groups a table by task, in table order inside a task. */
  static Groups byTask(Columns.Heap table, int[] items, boolean lastWins) {
    int n = table.size();
    int[] offsets = offsets(table.task(), n, table.tasks());
    int[] next = Arrays.copyOf(offsets, table.tasks());
    int[] expert = new int[n];
    int[] item = new int[n];
    int[] row = new int[n];
    for (int i = 0; i < n; i++) {
      int at = next[table.task()[i]]++;
      expert[at] = table.expert()[i];
      item[at] = items[i];
      row[at] = i;
    }
    Groups groups = new Groups(offsets, expert, item, row);
    if (lastWins) {
      groups.keepLast(table.experts());
    }
    return groups;
  }

  private static int[] offsets(int[] group, int n, int groups) {
    int[] offsets = new int[groups + 1];
    for (int i = 0; i < n; i++) {
      offsets[group[i] + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      offsets[g + 1] += offsets[g];
    }
    return offsets;
  }

  private void keepLast(int experts) {
    int[] seen = new int[experts];
    int kept = 0;
    int begin = 0;
    for (int g = 0; g + 1 < offsets.length; g++) {
      int end = offsets[g + 1];
      for (int i = end - 1; i >= begin; i--) {
        int e = expert[i];
        if (seen[e] == g + 1) {
          row[i] = -1;
        } else {
          seen[e] = g + 1;
        }
      }
      for (int i = begin; i < end; i++) {
        if (row[i] >= 0) {
          expert[kept] = expert[i];
          item[kept] = item[i];
          row[kept] = row[i];
          kept++;
        }
      }
      offsets[g + 1] = kept;
      begin = end;
    }
  }

  /** Returns the same answers grouped by expert, task by task. */
  Groups byExpert(int experts) {
    int n = offsets[offsets.length - 1];
    int[] starts = offsets(expert, n, experts);
    int[] next = Arrays.copyOf(starts, experts);
    int[] experts2 = new int[n];
    int[] items = new int[n];
    int[] rows = new int[n];
    for (int i = 0; i < n; i++) {
      int at = next[expert[i]]++;
      experts2[at] = expert[i];
      items[at] = item[i];
      rows[at] = row[i];
    }
    return new Groups(starts, experts2, items, rows);
  }

  /** Returns the number of groups, empty ones included. */
  int count() {
    return offsets.length - 1;
  }

  /** Returns the number of answers in a group. */
  int size(int group) {
    return offsets[group + 1] - offsets[group];
  }
}
