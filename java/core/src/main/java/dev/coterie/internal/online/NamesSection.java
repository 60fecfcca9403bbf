package dev.coterie.internal.online;

import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.Names;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The names of tasks, experts and labels, as the section of a model's file that belongs to its
 * writer. A model without names has an empty section.
 */
public final class NamesSection {
  private static final int GROWING = 1;
  private static final int DECLARED = 2;

  private NamesSection() {}

  /** Three lists of names, and whether the labels were declared beforehand. */
  public record Content(
      NameTable tasks, NameTable experts, NameTable labels, boolean labelsDeclared) {}

  /** Returns where the section of a checked file begins. */
  private static int start(byte[] state) {
    long length = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    return (int) (state.length - 4 - length);
  }

  /** Returns the section's bytes. */
  public static byte[] write(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    putInt(out, content.labelsDeclared() ? DECLARED : GROWING);
    for (Names names : new Names[] {content.tasks(), content.experts(), content.labels()}) {
      putInt(out, names.size());
      for (int i = 0; i < names.size(); i++) {
        byte[] name = encode(names.name(i));
        putInt(out, name.length);
        out.write(name, 0, name.length);
      }
    }
    return out.toByteArray();
  }

  private static byte[] encode(String name) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      byte[] result = new byte[bytes.remaining()];
      bytes.get(result);
      return result;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(
          "the name \"" + name + "\" has half a surrogate pair and cannot be saved", e);
    }
  }

  private static void putInt(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }

  /**
   * Reads the section of a file whose other parts were checked.
   *
   * @return the names, or null when the model has none
   * @throws IllegalArgumentException with the position and the reason when they are not usable
   */
  public static Content read(byte[] state, int tasks, int experts, int labels) {
    int start = start(state);
    if (start == state.length - 4) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(state, 0, state.length - 4).order(ByteOrder.LITTLE_ENDIAN);
    in.position(start);
    int kind = number(in);
    if (kind != GROWING && kind != DECLARED) {
      throw StateFile.refused(start, "names of kind " + kind + " are unknown");
    }
    NameTable taskNames = list(in, "tasks", tasks, tasks);
    NameTable expertNames = list(in, "experts", experts, experts);
    // A model has one label from its start, which may not have a name yet.
    NameTable labelNames = list(in, "labels", labels, labels == 1 ? 0 : labels);
    if (in.hasRemaining()) {
      throw StateFile.refused(in.position(), "something follows the names");
    }
    return new Content(taskNames, expertNames, labelNames, kind == DECLARED);
  }

  private static int number(ByteBuffer in) {
    if (in.remaining() < 4) {
      throw StateFile.refused(in.position(), "the names end here");
    }
    return in.getInt();
  }

  private static NameTable list(ByteBuffer in, String kind, int most, int least) {
    int at = in.position();
    int count = number(in);
    if (count < least || count > most) {
      throw StateFile.refused(
          at, Integer.toUnsignedString(count) + " names of " + kind + " for " + most);
    }
    NameTable names = new NameTable(kind);
    for (int i = 0; i < count; i++) {
      int place = in.position();
      int length = number(in);
      if (length < 0 || length > in.remaining()) {
        throw StateFile.refused(place, "a name is longer than what is left");
      }
      ByteBuffer bytes = in.slice().limit(length);
      in.position(in.position() + length);
      String name;
      try {
        name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      } catch (CharacterCodingException e) {
        throw StateFile.refused(place + 4L, "a name is not UTF-8");
      }
      if (names.intern(name) != i) {
        throw StateFile.refused(place, "the name \"" + name + "\" is there twice");
      }
    }
    return names;
  }
}
