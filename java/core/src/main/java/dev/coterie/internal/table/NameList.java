package dev.coterie.internal.table;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** Names as a list that cannot be changed; a name is looked up by its hash. */
final class NameList extends AbstractList<String> implements RandomAccess {
  private final Names names;

  NameList(Names names) {
    this.names = names;
  }

  @Override
  public String get(int index) {
    return names.name(Objects.checkIndex(index, names.size()));
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public int indexOf(Object name) {
    return name instanceof String text ? names.indexOf(text) : -1;
  }

  /** Each name is there once. */
  @Override
  public int lastIndexOf(Object name) {
    return indexOf(name);
  }

  @Override
  public boolean contains(Object name) {
    return indexOf(name) >= 0;
  }
}
