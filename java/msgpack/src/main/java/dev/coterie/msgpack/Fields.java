package dev.coterie.msgpack;

/** The keys of a map and the places of their values. */
final class Fields {
  /** The most keys of a map. */
  private static final int MOST_KEYS = 64;

  private final Value map;
  private final String[] keys;
  private final int[] places;

  Fields(Value map) {
    Head head = map.head();
    if (head.family() != Family.MAP) {
      throw map.refused(WireReason.WRONG_TYPE);
    } else if (head.length() > MOST_KEYS) {
      throw map.refused(WireReason.TOO_MANY_KEYS);
    }
    this.map = map;
    this.keys = new String[(int) head.length()];
    this.places = new int[keys.length];
    Value key = map.at(head.start());
    for (int i = 0; i < keys.length; i++) {
      String name = key.text();
      for (int j = 0; j < i; j++) {
        if (keys[j].equals(name)) {
          throw key.refused(WireReason.DUPLICATE_KEY);
        }
      }
      keys[i] = name;
      places[i] = key.end();
      key = map.at(Bytes.skip(map.data(), places[i]));
    }
  }

  /** Returns the value of a field, whose key is the last part of its path. */
  Value required(String field) {
    Value value = find(field);
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  /** Returns the value of a field, or null where it is missing or nil. */
  Value optional(String field) {
    Value value = find(field);
    return value == null || value.head().family() == Family.NIL ? null : value;
  }

  WireException missing(String field) {
    return new WireException(map.at(), field, WireReason.MISSING_KEY);
  }

  private Value find(String field) {
    int length = field.length() - field.lastIndexOf('.') - 1;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].length() == length && field.endsWith(keys[i])) {
        return new Value(map.data(), places[i], field);
      }
    }
    return null;
  }
}
