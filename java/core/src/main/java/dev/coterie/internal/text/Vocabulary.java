package dev.coterie.internal.text;

import dev.coterie.internal.table.HeapLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tokens of one task by number: the stop words, then the others in the order of their first
 * appearance. A hash table with linear probing over the first eight bytes of a token, which are the
 * whole of most; the rest is in an arena. Used by one thread.
 */
final class Vocabulary {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int HEAD = 8;

  /** The id of a token plus one, or 0; a power of two long and at most half full. */
  private int[] slots = new int[1 << 10];

  private long[] head = new long[512];
  private int[] length = new int[512];
  private int[] tail = new int[512];
  private byte[] arena = new byte[1 << 10];
  private int arenaSize;
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
    arenaSize = 0;
    size = StopWords.COUNT;
    for (int id = 0; id < size; id++) {
      // Stop words have at most eight bytes, so nothing of them is in the arena.
      slots[freeSlot(hash(head[id], length[id]))] = id + 1;
    }
  }

  /**
   * Returns the number of a token, adding it when it is new.
   *
   * @param token its bytes, in an array with eight bytes of room behind them, which are overwritten
   */
  int intern(byte[] token, int bytes) {
    LONG.set(token, bytes, 0L);
    long first = (long) LONG.get(token, 0);
    long hash = hash(first, bytes);
    for (int at = HEAD; at < bytes; at += HEAD) {
      hash = (Long.rotateLeft(hash, 29) ^ (long) LONG.get(token, at)) * MIX;
    }
    int mask = slots.length - 1;
    int slot = ((int) (hash >>> 33)) & mask;
    for (int id = slots[slot]; id != 0; id = slots[slot]) {
      if (head[id - 1] == first && length[id - 1] == bytes && sameTail(id - 1, token, bytes)) {
        return id - 1;
      }
      slot = (slot + 1) & mask;
    }
    return add(slot, token, bytes, first);
  }

  private static long hash(long first, int bytes) {
    return ((first + bytes) * MIX) ^ ((first >>> 29) * 0xBF58476D1CE4E5B9L);
  }

  private boolean sameTail(int id, byte[] token, int bytes) {
    return bytes <= HEAD
        || Arrays.equals(token, HEAD, bytes, arena, tail[id], tail[id] + bytes - HEAD);
  }

  private int add(int slot, byte[] token, int bytes, long first) {
    if (size == head.length) {
      int more = HeapLimits.check(2L * size, "the tokens of a task");
      head = Arrays.copyOf(head, more);
      length = Arrays.copyOf(length, more);
      tail = Arrays.copyOf(tail, more);
    }
    int id = size++;
    head[id] = first;
    length[id] = bytes;
    tail[id] = arenaSize;
    if (bytes > HEAD) {
      keep(token, bytes);
    }
    slots[slot] = id + 1;
    if (size > slots.length / 2) {
      rehash();
    }
    return id;
  }

  private void keep(byte[] token, int bytes) {
    int rest = bytes - HEAD;
    if (arena.length - arenaSize < rest) {
      long wanted = Math.max(2L * arena.length, (long) arenaSize + rest);
      arena = Arrays.copyOf(arena, HeapLimits.check(wanted, "the long tokens of a task"));
    }
    System.arraycopy(token, HEAD, arena, arenaSize, rest);
    arenaSize += rest;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    byte[] token = new byte[2 * HEAD];
    for (int id = 0; id < size; id++) {
      int bytes = length[id];
      long hash = hash(head[id], bytes);
      if (bytes > HEAD) {
        if (token.length < bytes + HEAD) {
          token = new byte[2 * bytes + HEAD];
        }
        System.arraycopy(arena, tail[id], token, HEAD, bytes - HEAD);
        LONG.set(token, bytes, 0L);
        for (int at = HEAD; at < bytes; at += HEAD) {
          hash = (Long.rotateLeft(hash, 29) ^ (long) LONG.get(token, at)) * MIX;
        }
      }
      slots[freeSlot(hash)] = id + 1;
    }
  }

  private int freeSlot(long hash) {
    int mask = slots.length - 1;
    int slot = ((int) (hash >>> 33)) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Returns the bytes of a token. */
  byte[] bytes(int id) {
    byte[] bytes = new byte[length[id]];
    for (int i = 0; i < Math.min(bytes.length, HEAD); i++) {
      bytes[i] = (byte) (head[id] >>> (8 * i));
    }
    if (bytes.length > HEAD) {
      System.arraycopy(arena, tail[id], bytes, HEAD, bytes.length - HEAD);
    }
    return bytes;
  }
}
