package dev.coterie.internal.table;

import java.util.List;

/**
 * The names of tasks, experts or labels by their indices. Safe for use by many threads once
 * complete.
 */
public interface Names {

  /** Returns the number of names. */
  int size();

  /** Returns a name; the index is checked by the caller. */
  String name(int index);

  /** Returns the index of a name, or -1. */
  int indexOf(String name);

  /** Returns an unmodifiable view of the names. */
  default List<String> asList() {
    return new NameList(this);
  }
}
