package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/** Pairs of numbers, numbered in the order of their first appearance. Used by one thread. */
final class GramTable {
  /** The pair's number plus one, or 0; a power of two long and at most half full. */
  private int[] slots = new int[1 << 12];

  private long[] key = new long[1 << 11];
  private int size;

  int size() {
    return size;
  }

  /** Returns the number of a pair, or -1 when it is not known. */
  int find(int a, int b) {
    return slots[slot(((long) a << 32) | b)] - 1;
  }

  /** Returns the number of a pair, adding it when it is new. */
  int intern(int a, int b) {
    long pair = ((long) a << 32) | b;
    int slot = slot(pair);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == key.length) {
      key = Arrays.copyOf(key, HeapLimits.check(2L * size, "the pairs of words of a task"));
      slots = new int[HeapLimits.check(2L * key.length, "the pairs of words of a task")];
      for (int i = 0; i < size; i++) {
        slots[slot(key[i])] = i + 1;
      }
      slot = slot(pair);
    }
    key[size++] = pair;
    slots[slot] = size;
    return size - 1;
  }

  /** Returns the first number of a pair. */
  int first(int number) {
    return (int) (key[number] >>> 32);
  }

  /** Returns the second number of a pair. */
  int second(int number) {
    return (int) key[number];
  }

  private int slot(long pair) {
    long hash = (pair ^ (pair >>> 29)) * 0x9E3779B97F4A7C15L;
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && key[slots[slot] - 1] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
