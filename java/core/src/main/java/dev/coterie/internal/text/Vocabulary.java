package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tokens of one task by number: the stop words, then the others in the order of their first
 * appearance. A hash table with linear probing that holds the first eight bytes of each token
 * beside its number: a shorter token, padded with zeros, is told by them alone. Longer ones are in
 * an arena too. Used by one thread.
 */
final class Vocabulary {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int HEAD = 8;

  /** The id of a token plus one, or 0; a power of two long and at most half full. */
  private int[] slots = new int[1 << 12];

  /** The first eight bytes of the token in a slot. */
  private long[] heads = new long[1 << 12];

  /** The place of each token in the arena, and behind the last one the end. */
  private int[] start = new int[1 << 11];

  private byte[] arena = new byte[1 << 14];
  private int size;

  /** Makes a vocabulary of the stop words alone. */
  Vocabulary() {
    byte[] word = new byte[2 * HEAD];
    for (int id = 0; id < StopWords.COUNT; id++) {
      byte[] bytes = StopWords.bytes(id);
      System.arraycopy(bytes, 0, word, 0, bytes.length);
      intern(word, bytes.length);
    }
  }

  /** Returns the number of tokens, the stop words among them. */
  int size() {
    return size;
  }

  /** Forgets all but the stop words. */
  void clear() {
    Arrays.fill(slots, 0);
    int kept = Math.min(size, StopWords.COUNT);
    size = 0;
    for (int id = 0; id < kept; id++) {
      enter(id);
    }
    size = kept;
  }

  /**
   * Returns the number of a token, adding it when it is new.
   *
   * @param token its bytes, in an array with eight bytes of room behind them, which are overwritten
   */
  int intern(byte[] token, int bytes) {
    LONG.set(token, bytes, 0L);
    long head = (long) LONG.get(token, 0);
    int mask = slots.length - 1;
    int slot = hash(head, token, 0, bytes) & mask;
    for (int id = slots[slot]; id != 0; id = slots[slot]) {
      if (heads[slot] == head && (bytes < HEAD || same(id - 1, token, bytes))) {
        return id - 1;
      }
      slot = (slot + 1) & mask;
    }
    return add(slot, token, bytes, head);
  }

  private static int hash(long head, byte[] token, int from, int bytes) {
    long hash = head * MIX;
    for (int at = HEAD; at < bytes; at += HEAD) {
      hash = (hash ^ (long) LONG.get(token, from + at)) * MIX;
    }
    return (int) (hash >>> 33);
  }

  /** Compares by eights: both are padded with zeros, which no token has. */
  private boolean same(int id, byte[] token, int bytes) {
    int from = start[id];
    if (start[id + 1] - from != padded(bytes)) {
      return false;
    }
    for (int at = HEAD; at < bytes; at += HEAD) {
      if ((long) LONG.get(arena, from + at) != (long) LONG.get(token, at)) {
        return false;
      }
    }
    return true;
  }

  private static int padded(int bytes) {
    return (bytes + HEAD - 1) & -HEAD;
  }

  /** Tokens lie in the arena with as many zeros behind them as a hash reads. */
  private int end(int id) {
    int end = start[id + 1];
    while (arena[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private int add(int slot, byte[] token, int bytes, long head) {
    if (size + 2 > start.length) {
      start = Arrays.copyOf(start, HeapLimits.check(2L * size, "the tokens of a task"));
    }
    int id = size++;
    int from = start[id];
    int padded = padded(bytes);
    if (arena.length - from < padded) {
      long wanted = Math.max(2L * arena.length, (long) from + padded);
      arena = Arrays.copyOf(arena, HeapLimits.check(wanted, "the tokens of a task"));
    }
    System.arraycopy(token, 0, arena, from, bytes);
    Arrays.fill(arena, from + bytes, from + padded, (byte) 0);
    start[id + 1] = from + padded;
    slots[slot] = id + 1;
    heads[slot] = head;
    if (size > slots.length / 2) {
      slots = new int[HeapLimits.check(2L * slots.length, "the tokens of a task")];
      heads = new long[slots.length];
      for (int i = 0; i < size; i++) {
        enter(i);
      }
    }
    return id;
  }

  /** Puts a token that is in the arena into the table. */
  private void enter(int id) {
    int from = start[id];
    long head = (long) LONG.get(arena, from);
    int mask = slots.length - 1;
    int slot = hash(head, arena, from, end(id) - from) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = id + 1;
    heads[slot] = head;
  }

  /** Returns the bytes of a token. */
  byte[] bytes(int id) {
    return Arrays.copyOfRange(arena, start[id], end(id));
  }
}
