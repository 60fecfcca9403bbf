package dev.coterie.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tokeniser of docs/text.md: one pass over the UTF-8 bytes of a text. Used by one thread. */
public final class Tokens {
  /** What a byte of ASCII stands for: its folded form, 0 for a separator, or the apostrophe. */
  private static final byte[] ASCII = new byte[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = (byte) (CodePoints.kind(c) == CodePoints.SEPARATOR ? 0 : CodePoints.fold(c));
    }
  }

  /** Room for the longest code point and the eight bytes that the vocabulary overwrites. */
  private static final int ROOM = 12;

  private final Vocabulary vocabulary = new Vocabulary();
  private byte[] token = new byte[64];

  /** Begins another task: forgets all tokens but the stop words. */
  void clear() {
    vocabulary.clear();
  }

  /** Returns the number of ids that have been given in this task, the stop words' among them. */
  int vocabulary() {
    return vocabulary.size();
  }

  /** Appends the ids of the tokens of a text. */
  void scan(byte[] text, IntList out) {
    int length = 0;
    int at = 0;
    while (at < text.length) {
      byte b = text[at];
      if (length + ROOM > token.length) {
        token = Arrays.copyOf(token, 2 * token.length);
      }
      int c = b >= 0 ? ASCII[b] : -1;
      if (c > '\'') {
        token[length++] = (byte) c;
        at++;
      } else if (c == 0) {
        length = end(length, out);
        at++;
      } else {
        int decoded = Utf8.decode(text, at, text.length);
        at += decoded >>> 24;
        length = other(decoded & 0xFFFFFF, text, at, length, out);
      }
    }
    end(length, out);
  }

  /** Takes an apostrophe, or a code point beyond ASCII, and returns the new length of the token. */
  private int other(int c, byte[] text, int next, int length, IntList out) {
    int kind = CodePoints.kind(c);
    if (kind == CodePoints.WORD) {
      return Utf8.encode(CodePoints.fold(c), token, length);
    }
    if (kind == CodePoints.APOSTROPHE && length > 0 && wordAt(text, next)) {
      token[length] = '\'';
      return length + 1;
    }
    end(length, out);
    if (kind == CodePoints.SINGLE) {
      end(Utf8.encode(c, token, 0), out);
    }
    return 0;
  }

  private static boolean wordAt(byte[] text, int at) {
    return at < text.length
        && CodePoints.kind(Utf8.decode(text, at, text.length) & 0xFFFFFF) == CodePoints.WORD;
  }

  private int end(int length, IntList out) {
    if (length > 0) {
      out.add(vocabulary.intern(token, length));
    }
    return 0;
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
