package dev.coterie.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokeniser of docs/text.md: one pass over the UTF-8 bytes of a text, eight bytes of ASCII at a
 * time. Used by one thread.
 */
public final class Tokens {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The upper bit of every byte. */
  private static final long HIGH = 0x8080808080808080L;

  private static final long ONES = 0x0101010101010101L;

  /** Room behind a text for reading eight bytes, and behind a token for writing them. */
  private static final int ROOM = 16;

  private final Vocabulary vocabulary = new Vocabulary();

  /** The text at hand, with room behind it. */
  private byte[] text = new byte[1 << 12];

  private int end;

  /** The folded bytes of the token at hand. */
  private byte[] token = new byte[64];

  private int length;

  /** Begins another task: forgets all tokens but the stop words. */
  void clear() {
    vocabulary.clear();
  }

  /** Returns the number of ids that have been given in this task, the stop words' among them. */
  int vocabulary() {
    return vocabulary.size();
  }

  /** Appends the ids of the tokens of a text. */
  void scan(byte[] given, IntList out) {
    take(given);
    length = 0;
    int at = 0;
    while (at < end) {
      long bytes = (long) LONG.get(text, at);
      long letters = letters(bytes);
      long word = letters | digits(bytes);
      // The bytes behind the text are 0, which ends a token.
      int run = Long.numberOfTrailingZeros(~word & HIGH) >>> 3;
      if (run > 0) {
        append(bytes | (letters >>> 2), run);
        at += run;
        if (run < 8 && plain(text[at])) {
          finish(out);
          at++;
        }
      } else {
        at = other(at, bytes, word, out);
      }
    }
    finish(out);
  }

  private void take(byte[] given) {
    end = given.length;
    if (text.length < end + ROOM) {
      text = new byte[end + end / 2 + ROOM];
    }
    System.arraycopy(given, 0, text, 0, end);
    Arrays.fill(text, end, end + ROOM, (byte) 0);
  }

  /** Returns the upper bit of every byte that is a letter of ASCII. */
  private static long letters(long bytes) {
    long low = (bytes & ~HIGH) | (0x20 * ONES);
    return (low + (0x80 - 'a') * ONES) & ~(low + (0x7F - 'z') * ONES) & ~bytes & HIGH;
  }

  /** Returns the upper bit of every byte that is a digit of ASCII. */
  private static long digits(long bytes) {
    long low = bytes & ~HIGH;
    return (low + (0x80 - '0') * ONES) & ~(low + (0x7F - '9') * ONES) & ~bytes & HIGH;
  }

  /** Returns whether a byte ends a token whatever follows it. */
  private static boolean plain(byte b) {
    return b >= 0 && b != '\'';
  }

  /** Appends the first bytes of eight to the token. */
  private void append(long bytes, int run) {
    if (length + ROOM > token.length) {
      token = Arrays.copyOf(token, 2 * token.length);
    }
    LONG.set(token, length, bytes);
    length += run;
  }

  /** Takes what is no letter or digit of ASCII, and returns the place behind it. */
  private int other(int at, long bytes, long word, IntList out) {
    byte b = text[at];
    if (plain(b)) {
      finish(out);
      // Beyond a separator all is separators up to a letter, a digit or a byte beyond ASCII.
      int skipped = Long.numberOfTrailingZeros((word | bytes) & HIGH) >>> 3;
      return at + skipped;
    }
    int decoded = Utf8.decode(text, at, end);
    int next = at + (decoded >>> 24);
    int c = decoded & 0xFFFFFF;
    int kind = CodePoints.kind(c);
    if (kind == CodePoints.WORD) {
      appendCodePoint(CodePoints.fold(c));
    } else if (kind == CodePoints.APOSTROPHE && length > 0 && wordAt(next)) {
      appendCodePoint('\'');
    } else {
      finish(out);
      if (kind == CodePoints.SINGLE) {
        appendCodePoint(c);
        finish(out);
      }
    }
    return next;
  }

  private void appendCodePoint(int c) {
    append(0, 0);
    length = Utf8.encode(c, token, length);
  }

  private boolean wordAt(int at) {
    return at < end && CodePoints.kind(Utf8.decode(text, at, end) & 0xFFFFFF) == CodePoints.WORD;
  }

  private void finish(IntList out) {
    if (length > 0) {
      out.add(vocabulary.intern(token, length));
      length = 0;
    }
  }

  /** Returns the tokens of a text, each as its bytes. */
  static List<byte[]> of(byte[] text) {
    Tokens tokens = new Tokens();
    IntList ids = new IntList("tokens", 64);
    tokens.scan(text, ids);
    List<byte[]> result = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      result.add(tokens.vocabulary.bytes(ids.get(i)));
    }
    return result;
  }

  /** Returns the tokens of a text. */
  public static List<String> of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8)).stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  /** Appends the symbols of a text: its folded code points, with white space collapsed. */
  static void symbols(byte[] text, IntList out) {
    int begin = out.size();
    int at = 0;
    while (at < text.length) {
      int decoded = Utf8.decode(text, at, text.length);
      at += decoded >>> 24;
      int c = decoded & 0xFFFFFF;
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        if (out.size() > begin && out.get(out.size() - 1) != ' ') {
          out.add(' ');
        }
      } else {
        out.add(CodePoints.fold(c));
      }
    }
    if (out.size() > begin && out.get(out.size() - 1) == ' ') {
      out.removeLast();
    }
  }
}
