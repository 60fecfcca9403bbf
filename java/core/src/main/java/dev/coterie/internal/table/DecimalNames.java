package dev.coterie.internal.table;

/** Names that are the decimal indices themselves, made when they are asked for. */
public record DecimalNames(int size) implements Names {
  @Override
  public String name(int index) {
    return Integer.toString(index);
  }

  @Override
  public int indexOf(String name) {
    int length = name.length();
    if (length == 0 || length > 10 || (length > 1 && name.charAt(0) == '0')) {
      return -1;
    }
    long index = 0;
    for (int i = 0; i < length; i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      index = index * 10 + (digit - '0');
    }
    return index < size ? (int) index : -1;
  }
}
