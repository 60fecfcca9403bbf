package dev.coterie.internal.pairwise;

import java.util.Arrays;

/** A directed graph from winners to losers. */
final class Edges {
  private final int items;
  private final int[] start;
  private final int[] to;

  /** Gives edges to a sink, twice the same ones. */
  interface Source {
    void give(Sink sink);
  }

  /** Takes edges. */
  interface Sink {
    void take(int winner, int loser);
  }

  Edges(int items, Source source) {
    this.items = items;
    int[] next = new int[items + 2];
    source.give((winner, loser) -> next[winner + 2]++);
    for (int i = 2; i < next.length; i++) {
      next[i] = Math.addExact(next[i], next[i - 1]);
    }
    to = new int[next[items + 1]];
    source.give((winner, loser) -> to[next[winner + 1]++] = loser);
    start = next;
  }

  /** Returns the component of each item when edges go both ways, numbered by lowest items. */
  int[] connected() {
    int[] of = new int[items];
    Arrays.fill(of, -1);
    int[] stack = new int[items];
    int count = 0;
    for (int item = 0; item < items; item++) {
      if (of[item] >= 0) {
        continue;
      }
      int top = 0;
      stack[top++] = item;
      of[item] = count;
      while (top > 0) {
        int at = stack[--top];
        for (int i = start[at]; i < start[at + 1]; i++) {
          if (of[to[i]] < 0) {
            of[to[i]] = count;
            stack[top++] = to[i];
          }
        }
      }
      count++;
    }
    return of;
  }

  /**
   * Strongly connected components, numbered in the order of their lowest items.
   *
   * @param of the component of each item
   * @param level for each component 0 when no other one beats it, else one more than the highest
   *     level of those that do
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Strong(int[] of, int[] level) {}

  /** Tarjan's algorithm without recursion: a chain may have millions of items. */
  Strong strong() {
    int[] of = new int[items];
    Arrays.fill(of, -1);
    int[] found = new int[items];
    Arrays.fill(found, -1);
    int[] low = new int[items];
    int[] next = Arrays.copyOf(start, items);
    int[] path = new int[items];
    int[] open = new int[items];
    int openSize = 0;
    int clock = 0;
    int count = 0;
    for (int root = 0; root < items; root++) {
      if (found[root] >= 0) {
        continue;
      }
      int depth = 0;
      path[depth++] = root;
      found[root] = clock;
      low[root] = clock++;
      open[openSize++] = root;
      while (depth > 0) {
        int item = path[depth - 1];
        if (next[item] < start[item + 1]) {
          int loser = to[next[item]++];
          if (found[loser] < 0) {
            path[depth++] = loser;
            found[loser] = clock;
            low[loser] = clock++;
            open[openSize++] = loser;
          } else if (of[loser] < 0) {
            low[item] = Math.min(low[item], found[loser]);
          }
          continue;
        }
        depth--;
        if (depth > 0) {
          low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[item]);
        }
        if (low[item] == found[item]) {
          int member;
          do {
            member = open[--openSize];
            of[member] = count;
          } while (member != item);
          count++;
        }
      }
    }
    return number(of, count);
  }

  /** Numbers components that were found losers first, and finds their levels. */
  private Strong number(int[] of, int count) {
    int[] first = new int[count + 1];
    for (int component : of) {
      first[component + 1]++;
    }
    for (int i = 1; i <= count; i++) {
      first[i] += first[i - 1];
    }
    int[] members = new int[items];
    int[] next = Arrays.copyOf(first, count);
    for (int item = 0; item < items; item++) {
      members[next[of[item]]++] = item;
    }
    int[] foundLevel = new int[count];
    for (int component = count - 1; component >= 0; component--) {
      for (int m = first[component]; m < first[component + 1]; m++) {
        for (int i = start[members[m]]; i < start[members[m] + 1]; i++) {
          int other = of[to[i]];
          if (other != component) {
            foundLevel[other] = Math.max(foundLevel[other], foundLevel[component] + 1);
          }
        }
      }
    }
    int[] number = new int[count];
    Arrays.fill(number, -1);
    int[] level = new int[count];
    int given = 0;
    for (int item = 0; item < items; item++) {
      int component = of[item];
      if (number[component] < 0) {
        level[given] = foundLevel[component];
        number[component] = given++;
      }
      of[item] = number[component];
    }
    return new Strong(of, level);
  }
}
