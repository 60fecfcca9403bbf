package dev.coterie.msgpack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A value in a message that {@link Bytes#check} accepted, and the field it is read as.
 *
 * @param data the message
 * @param at where the value begins
 * @param field a path of keys, such as {@code rows.confidence}
 */
record Value(byte[] data, int at, String field) {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Up to here every integer is a binary64 number. */
  private static final long LARGEST_EXACT = 1L << 53;

  WireException refused(WireReason reason) {
    return new WireException(at, field, reason);
  }

  Value at(int place) {
    return new Value(data, place, field);
  }

  Head head() {
    return Head.of(data, at);
  }

  int end() {
    return Bytes.skip(data, at);
  }

  private Head of(Family family) {
    Head head = head();
    if (head.family() != family) {
      throw refused(WireReason.WRONG_TYPE);
    }
    return head;
  }

  String text() {
    Head head = of(Family.TEXT);
    return new String(data, head.start(), (int) head.length(), StandardCharsets.UTF_8);
  }

  boolean bool() {
    of(Family.BOOL);
    return (data[at] & 1) == 1;
  }

  /** Returns an integer; one that is larger than a long as the largest long. */
  long integer() {
    Head head = of(Family.INTEGER);
    int size = (int) head.length();
    if (size == 0) {
      return data[at];
    }
    long bits = Bytes.bigEndian(data, head.start(), size);
    if ((data[at] & 0xFF) < 0xd0) {
      return bits < 0 ? Long.MAX_VALUE : bits;
    }
    int unused = 64 - 8 * size;
    return bits << unused >> unused;
  }

  /** Returns an integer from 0 to below {@code limit}, which is at most 2^31. */
  int index(long limit) {
    long value = integer();
    if (value < 0) {
      throw refused(WireReason.OUT_OF_RANGE);
    } else if (value > Integer.MAX_VALUE) {
      throw refused(WireReason.INTEGER_TOO_LARGE);
    } else if (value >= limit) {
      throw refused(WireReason.OUT_OF_RANGE);
    }
    return (int) value;
  }

  /** Returns a finite number. */
  double number() {
    Head head = head();
    double value;
    if (head.family() == Family.INTEGER) {
      long integer = integer();
      if (integer > LARGEST_EXACT || integer < -LARGEST_EXACT) {
        throw refused(WireReason.INTEGER_TOO_LARGE);
      }
      value = integer;
    } else {
      long bits = Bytes.bigEndian(data, of(Family.FLOAT).start(), (int) head.length());
      value = head.length() == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }
    if (!Double.isFinite(value)) {
      throw refused(WireReason.NOT_FINITE);
    }
    return value;
  }

  /** Returns a number from 0 to 1. */
  double share() {
    double value = number();
    if (value < 0 || value > 1) {
      throw refused(WireReason.OUT_OF_RANGE);
    }
    return value;
  }

  /** Returns the number of elements of an array. */
  int arrayLength() {
    return (int) of(Family.ARRAY).length();
  }

  /** Visits the elements of an array. */
  void forEach(Consumer<Value> element) {
    int length = arrayLength();
    int place = head().start();
    for (int i = 0; i < length; i++) {
      element.accept(at(place));
      place = Bytes.skip(data, place);
    }
  }

  /** Returns a list of names, each there once. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    Set<String> known = new HashSet<>();
    forEach(
        element -> {
          String name = element.text();
          if (!known.add(name)) {
            throw element.refused(WireReason.DUPLICATE_NAME);
          }
          names.add(name);
        });
    return names;
  }

  /** Returns a list of rows, each below {@code limit}. */
  int[] rows(int limit) {
    int[] rows = new int[arrayLength()];
    int place = head().start();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = at(place).index(limit);
      place = Bytes.skip(data, place);
    }
    return rows;
  }

  /** Returns where a bin of {@code count} numbers, or any number for -1, begins. */
  private Head column(int size, long count) {
    Head head = of(Family.BINARY);
    if (head.length() % size != 0 || (count >= 0 && head.length() / size != count)) {
      throw refused(WireReason.WRONG_LENGTH);
    }
    return head;
  }

  /** Returns a column of integers from {@code least} to below {@code limit}; any count for -1. */
  int[] indices(long count, int least, int limit) {
    Head head = column(Integer.BYTES, count);
    int[] values = new int[(int) head.length() / Integer.BYTES];
    for (int i = 0; i < values.length; i++) {
      int place = head.start() + Integer.BYTES * i;
      values[i] = (int) INTS.get(data, place);
      if (values[i] < least || values[i] >= limit) {
        throw at(place).refused(WireReason.OUT_OF_RANGE);
      }
    }
    return values;
  }

  /** Returns a column of finite binary32 numbers, at least {@code least}. */
  float[] floats(long count, float least) {
    Head head = column(Float.BYTES, count);
    float[] values = new float[(int) head.length() / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      int place = head.start() + Float.BYTES * i;
      values[i] = Float.intBitsToFloat((int) INTS.get(data, place));
      if (!Float.isFinite(values[i])) {
        throw at(place).refused(WireReason.NOT_FINITE);
      } else if (values[i] < least) {
        throw at(place).refused(WireReason.OUT_OF_RANGE);
      }
    }
    return values;
  }

  /** Returns a column of finite binary64 numbers. */
  double[] numbers(long count) {
    Head head = column(Double.BYTES, count);
    double[] values = new double[(int) head.length() / Double.BYTES];
    for (int i = 0; i < values.length; i++) {
      int place = head.start() + Double.BYTES * i;
      values[i] = Double.longBitsToDouble((long) LONGS.get(data, place));
      if (!Double.isFinite(values[i])) {
        throw at(place).refused(WireReason.NOT_FINITE);
      }
    }
    return values;
  }
}
