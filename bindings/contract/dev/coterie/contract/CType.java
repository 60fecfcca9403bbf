package dev.coterie.contract;

import java.util.Map;

/**
 * A type of the C interface, as far as a binding must agree with it.
 *
 * @param kind what it is
 * @param bytes its size on 64-bit platforms, which is also its alignment
 * @param pointee the name of the type that a pointer points to, otherwise null
 */
public record CType(Kind kind, int bytes, String pointee) {
  private static final Map<String, CType> NAMED =
      Map.of(
          "uint8_t", new CType(Kind.INTEGER, 1, null),
          "int32_t", new CType(Kind.INTEGER, 4, null),
          "uint32_t", new CType(Kind.INTEGER, 4, null),
          "int64_t", new CType(Kind.INTEGER, 8, null),
          "uint64_t", new CType(Kind.INTEGER, 8, null),
          "float", new CType(Kind.FLOATING, 4, null),
          "double", new CType(Kind.FLOATING, 8, null));

  /** What a type is. */
  public enum Kind {
    INTEGER,
    FLOATING,
    POINTER
  }

  /**
   * Parses a type such as {@code const double *}; any other than those of fixed width is an error.
   */
  static CType parse(String text) {
    String name = text.replace("const ", "").replace("*", "").strip();
    long stars = text.chars().filter(c -> c == '*').count();
    if (stars == 1) {
      return new CType(Kind.POINTER, 8, name);
    }
    CType type = NAMED.get(name);
    if (stars != 0 || type == null) {
      throw new IllegalArgumentException("not a type of fixed width: " + text);
    }
    return type;
  }

  /** Returns whether this is a pointer to elements of the given type. */
  public boolean pointsTo(String name) {
    return kind == Kind.POINTER && pointee.equals(name);
  }

  /** Returns whether a Java type of a native signature carries this one. */
  public boolean isCarriedBy(Class<?> type) {
    return switch (kind) {
      case INTEGER -> bytes == 4 ? type == int.class : type == long.class;
      case FLOATING -> bytes == 4 ? type == float.class : type == double.class;
      case POINTER -> type == long.class || (type == double[].class && pointsTo("double"));
    };
  }
}
