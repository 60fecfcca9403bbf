package dev.coterie.cli.input;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names as UTF-8 bytes in the order of their first appearance, each kept once. A name that has been
 * seen before is found without making a string of it.
 */
final class ByteNames {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] names = new byte[16][];
  private int[] hashes = new int[16];
  private int size;

  /** The index of a name plus one, or 0; a power of two long and at most half full. */
  private int[] slots = new int[64];

  int size() {
    return size;
  }

  byte[] utf8(int index) {
    return names[index];
  }

  String name(int index) {
    return new String(names[index], StandardCharsets.UTF_8);
  }

  /** Returns the index of the name in a slice of an array, adding it when it is new. */
  int intern(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      int index = slots[at] - 1;
      byte[] name = names[index];
      if (hashes[index] == hash && Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return index;
      }
      at = (at + 1) & mask;
    }
    if (size == names.length) {
      int larger = size + (size >> 1);
      names = Arrays.copyOf(names, larger);
      hashes = Arrays.copyOf(hashes, larger);
    }
    names[size] = Arrays.copyOfRange(bytes, from, to);
    hashes[size] = hash;
    slots[at] = ++size;
    if (size > slots.length / 2 && slots.length < 1 << 30) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    int[] larger = new int[slots.length * 2];
    int mask = larger.length - 1;
    for (int i = 0; i < size; i++) {
      int at = hashes[i] & mask;
      while (larger[at] != 0) {
        at = (at + 1) & mask;
      }
      larger[at] = i + 1;
    }
    slots = larger;
  }

  private static int hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(bytes, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    hash = mix(hash ^ rest);
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return mixed * 0xD6E8FEB86659FD93L;
  }
}
