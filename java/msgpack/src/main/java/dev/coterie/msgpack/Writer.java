package dev.coterie.msgpack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The canonical writer: every value in its shortest form. */
final class Writer {
  private byte[] bytes = new byte[256];
  private int length;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Returns the place of so many more bytes. */
  private int grow(long more) {
    int at = length;
    long needed = at + more;
    if (needed > Integer.MAX_VALUE) {
      throw new WireException(at, "message", WireReason.TOO_LONG);
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, 1 << 30)));
    }
    length = (int) needed;
    return at;
  }

  private void put(byte[] content) {
    int at = grow(content.length);
    System.arraycopy(content, 0, bytes, at, content.length);
  }

  /** Writes a tag, unless it is negative, and the last bytes of a number in big-endian order. */
  private void put(int tag, long value, int size) {
    int at = grow(size + (tag < 0 ? 0 : 1));
    if (tag >= 0) {
      bytes[at++] = (byte) tag;
    }
    for (int i = size - 1; i >= 0; i--) {
      bytes[at++] = (byte) (value >>> (8 * i));
    }
  }

  /** Writes a length in two or four bytes. */
  private void head(int tag, int count) {
    if (count < 1 << 16) {
      put(tag, count, 2);
    } else {
      put(tag + 1, count, 4);
    }
  }

  void array(int count) {
    if (count < 16) {
      put(-1, 0x90 | count, 1);
    } else {
      head(0xdc, count);
    }
  }

  void map(int pairs) {
    put(-1, 0x80 | pairs, 1);
  }

  void text(String text) {
    checkSurrogates(text);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (content.length < 32) {
      put(-1, 0xa0 | content.length, 1);
    } else if (content.length < 1 << 8) {
      put(0xd9, content.length, 1);
    } else {
      head(0xda, content.length);
    }
    put(content);
  }

  /** A string of Java may be no text. */
  private void checkSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          throw new WireException(length, "message", WireReason.INVALID_UTF8);
        }
        i++;
      }
    }
  }

  void bool(boolean value) {
    put(-1, value ? 0xc3 : 0xc2, 1);
  }

  void integer(int value) {
    if (value >= 0) {
      if (value < 128) {
        put(-1, value, 1);
      } else if (value < 1 << 8) {
        put(0xcc, value, 1);
      } else if (value < 1 << 16) {
        put(0xcd, value, 2);
      } else {
        put(0xce, value, 4);
      }
    } else if (value >= -32) {
      put(-1, value, 1);
    } else if (value >= Byte.MIN_VALUE) {
      put(0xd0, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      put(0xd1, value, 2);
    } else {
      put(0xd2, value, 4);
    }
  }

  /** Writes a number as binary32 where that loses nothing. */
  void number(double value) {
    float small = (float) value;
    if (Double.doubleToRawLongBits(small) == Double.doubleToRawLongBits(value)) {
      put(0xca, Float.floatToRawIntBits(small), 4);
    } else {
      put(0xcb, Double.doubleToRawLongBits(value), 8);
    }
  }

  void texts(List<String> texts) {
    array(texts.size());
    texts.forEach(this::text);
  }

  /** Writes a list of row numbers. */
  void rows(int[] rows) {
    array(rows.length);
    for (int row : rows) {
      integer(row);
    }
  }

  /** Returns the room of a bin, to be filled in little-endian order. */
  private ByteBuffer column(int count, int size) {
    long content = (long) count * size;
    if (content > Integer.MAX_VALUE) {
      throw new WireException(length, "message", WireReason.TOO_LONG);
    }
    if (content < 1 << 8) {
      put(0xc4, content, 1);
    } else {
      head(0xc5, (int) content);
    }
    int at = grow(content);
    return ByteBuffer.wrap(bytes, at, (int) content).order(ByteOrder.LITTLE_ENDIAN);
  }

  void column(int[] values) {
    column(values.length, Integer.BYTES).asIntBuffer().put(values);
  }

  void column(float[] values) {
    column(values.length, Float.BYTES).asFloatBuffer().put(values);
  }

  void column(double[] values) {
    column(values.length, Double.BYTES).asDoubleBuffer().put(values);
  }
}
