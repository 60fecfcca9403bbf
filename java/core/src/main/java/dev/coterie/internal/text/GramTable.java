package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/** Keys, numbered in the order of their first appearance. Used by one thread. */
final class GramTable {
  /** A key's number plus one, or 0; a power of two long and at most half full. */
  private int[] slots = new int[1 << 12];

  private long[] key = new long[1 << 11];
  private int size;

  int size() {
    return size;
  }

  /** Returns the key of two numbers of at least 0. */
  static long key(int a, int b) {
    return ((long) a << 32) | b;
  }

  /** Returns the number of a key, or -1 when it is not known. */
  int find(long wanted) {
    return slots[slot(wanted)] - 1;
  }

  /** Returns the number of a key, adding it when it is new. */
  int intern(long wanted) {
    int slot = slot(wanted);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == key.length) {
      key = Arrays.copyOf(key, HeapLimits.check(2L * size, "the runs of a task"));
      slots = new int[HeapLimits.check(2L * key.length, "the runs of a task")];
      for (int i = 0; i < size; i++) {
        slots[slot(key[i])] = i + 1;
      }
      slot = slot(wanted);
    }
    key[size++] = wanted;
    slots[slot] = size;
    return size - 1;
  }

  /** Returns the first of the two numbers of a key. */
  int first(int number) {
    return (int) (key[number] >>> 32);
  }

  /** Returns the second of the two numbers of a key. */
  int second(int number) {
    return (int) key[number];
  }

  private int slot(long wanted) {
    long hash = (wanted ^ (wanted >>> 29)) * 0x9E3779B97F4A7C15L;
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && key[slots[slot] - 1] != wanted) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
