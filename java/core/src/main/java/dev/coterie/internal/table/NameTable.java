package dev.coterie.internal.table;

import java.util.Arrays;

/**
 * Names in the order of their first appearance, each kept once: a hash table of indices with linear
 * probing. It needs 8 to 16 bytes a name beside the strings, a fraction of what a map of boxed
 * integers needs.
 */
public final class NameTable implements Names {
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final String kind;
  private String[] names = new String[16];

  /** The index of a name plus one, or 0; a power of two long and at most half full. */
  private int[] slots = new int[32];

  private int size;

  /** Makes an empty table of, say, {@code tasks}. */
  public NameTable(String kind) {
    this.kind = kind;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String name(int index) {
    return names[index];
  }

  @Override
  public int indexOf(String name) {
    return slots[slot(slots, name)] - 1;
  }

  /** Returns the index of a name, adding it when it is new. */
  public int intern(String name) {
    int slot = slot(slots, name);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, larger(names.length));
    }
    names[size++] = name;
    slots[slot] = size;
    if (size > slots.length / 2 && slots.length < 1 << 30) {
      rehash();
    }
    if (size == slots.length - 1) {
      throw new IllegalStateException("more " + kind + " than a table can hold: " + size);
    }
    return size - 1;
  }

  private int larger(int length) {
    if (length == MOST) {
      throw new IllegalStateException("more " + kind + " than a table can hold: " + length);
    }
    return (int) Math.min((long) length * 3 / 2, MOST);
  }

  private void rehash() {
    int[] larger = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      larger[slot(larger, names[i])] = i + 1;
    }
    slots = larger;
  }

  /** Returns the slot that holds the name, or the empty one where it belongs. */
  private int slot(int[] table, String name) {
    int mask = table.length - 1;
    int hash = name.hashCode() * 0x9E3779B9;
    int at = (hash ^ (hash >>> 15)) & mask;
    while (table[at] != 0 && !names[table[at] - 1].equals(name)) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
