package dev.coterie.msgpack;

/**
 * The beginning of a value.
 *
 * @param family what it is
 * @param length the bytes of the content; for an array its values, for a map its pairs
 * @param start where the content begins
 */
record Head(Family family, long length, int start) {

  /** Returns the head of the value at a place. */
  static Head of(byte[] data, int at) {
    if (at >= data.length) {
      throw truncated(at);
    }
    int tag = data[at] & 0xFF;
    if (tag < 0x80 || tag >= 0xe0) {
      return new Head(Family.INTEGER, 0, at + 1);
    } else if (tag < 0x90) {
      return new Head(Family.MAP, tag & 15, at + 1);
    } else if (tag < 0xa0) {
      return new Head(Family.ARRAY, tag & 15, at + 1);
    } else if (tag < 0xc0) {
      return new Head(Family.TEXT, tag & 31, at + 1);
    }
    return switch (tag) {
      case 0xc0 -> new Head(Family.NIL, 0, at + 1);
      case 0xc1 -> throw new WireException(at, "message", WireReason.RESERVED_BYTE);
      case 0xc2, 0xc3 -> new Head(Family.BOOL, 0, at + 1);
      case 0xc4, 0xc5, 0xc6 -> sized(Family.BINARY, data, at, 1 << (tag - 0xc4), 0);
      // The type of an extension counts as its first byte.
      case 0xc7, 0xc8, 0xc9 -> sized(Family.EXTENSION, data, at, 1 << (tag - 0xc7), 1);
      case 0xca, 0xcb -> new Head(Family.FLOAT, 4 << (tag - 0xca), at + 1);
      case 0xcc, 0xcd, 0xce, 0xcf -> new Head(Family.INTEGER, 1 << (tag - 0xcc), at + 1);
      case 0xd0, 0xd1, 0xd2, 0xd3 -> new Head(Family.INTEGER, 1 << (tag - 0xd0), at + 1);
      case 0xd9, 0xda, 0xdb -> sized(Family.TEXT, data, at, 1 << (tag - 0xd9), 0);
      case 0xdc, 0xdd -> sized(Family.ARRAY, data, at, 2 << (tag - 0xdc), 0);
      case 0xde, 0xdf -> sized(Family.MAP, data, at, 2 << (tag - 0xde), 0);
      default -> new Head(Family.EXTENSION, 1 + (1 << (tag - 0xd4)), at + 1);
    };
  }

  /** A length of so many bytes follows the tag. */
  private static Head sized(Family family, byte[] data, int at, int size, int more) {
    if (data.length - at - 1 < size) {
      throw truncated(at);
    }
    return new Head(family, Bytes.bigEndian(data, at + 1, size) + more, at + 1 + size);
  }

  static WireException truncated(int at) {
    return new WireException(at, "message", WireReason.TRUNCATED);
  }

  /** Returns the values that follow the head of an array or map, or -1 for anything else. */
  long values() {
    return switch (family) {
      case ARRAY -> length;
      case MAP -> length * 2;
      default -> -1;
    };
  }
}
