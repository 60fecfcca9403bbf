package dev.coterie.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** Names in the order of their UTF-8 bytes, so that no order of input shows in their numbers. */
public final class TextNames {
  private final List<String> names;
  private final Map<String, Integer> index = new HashMap<>();

  /** Takes each name once. */
  public TextNames(Stream<String> given) {
    names =
        given
            .distinct()
            .map(name -> new Name(name, name.getBytes(StandardCharsets.UTF_8)))
            .sorted()
            .map(Name::name)
            .toList();
    for (int i = 0; i < names.size(); i++) {
      index.put(names.get(i), i);
    }
  }

  private record Name(String name, byte[] bytes) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }
  }

  /** Returns all names. */
  public List<String> all() {
    return names;
  }

  /**
   * Returns the number of a name.
   *
   * @throws NoSuchElementException saying which kind of name is not known
   */
  public int indexOf(String kind, String name) {
    Integer found = index.get(name);
    if (found == null) {
      throw new NoSuchElementException("the table has no " + kind + " \"" + name + "\"");
    }
    return found;
  }
}
