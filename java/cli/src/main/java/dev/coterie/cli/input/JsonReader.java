package dev.coterie.cli.input;

/**
 * Reads the one JSON value (RFC 8259) of a line, strictly: nothing beyond the standard, no lone
 * surrogates, and no deeper than {@link #MOST_DEPTH}. The caller asks for what it expects.
 */
final class JsonReader {
  /** How deep arrays and objects may lie in each other. */
  static final int MOST_DEPTH = 64;

  private static final int MOST_SHOWN = 20;

  private final String name;
  private final long line;
  private final String text;
  private int at;
  private int depth;

  /** Reads the value of a member, all of it. */
  interface Members {
    void read(String key);
  }

  JsonReader(String name, long line, String text) {
    this.name = name;
    this.line = line;
    this.text = text;
  }

  /** Returns the place of the next value, for {@link #wrong}. */
  int place() {
    blanks();
    return at;
  }

  /** Makes an exception for a place in the line. */
  InputException wrong(int place, String message) {
    int column = text.codePointCount(0, place) + 1;
    return new InputException(name + ":" + line + ":" + column + ": " + message);
  }

  /** Reads an object. */
  void object(Members members) {
    open('{', "an object, such as {\"expert\": \"Ann\", \"text\": \"Paris\"}");
    if (!closes('}')) {
      do {
        String key = string("the name of a member, a string");
        expect(':', "a colon after the name of a member");
        members.read(key);
      } while (another('}'));
    }
    depth--;
  }

  /** Reads an array; {@code element} reads each of its values. */
  void array(Runnable element) {
    open('[', "an array");
    if (!closes(']')) {
      do {
        element.run();
      } while (another(']'));
    }
    depth--;
  }

  private void open(char bracket, String what) {
    int place = place();
    expect(bracket, what);
    if (++depth > MOST_DEPTH) {
      throw wrong(
          place, "arrays and objects lie more than " + MOST_DEPTH + " deep; flatten the line");
    }
  }

  private boolean closes(char bracket) {
    blanks();
    if (at < text.length() && text.charAt(at) == bracket) {
      at++;
      return true;
    }
    return false;
  }

  private boolean another(char bracket) {
    if (closes(bracket)) {
      return false;
    }
    expect(',', "a comma or " + bracket);
    return true;
  }

  /** Reads null, where that is the next value. */
  boolean isNull() {
    blanks();
    if (text.startsWith("null", at)) {
      at += 4;
      return true;
    }
    return false;
  }

  /** Reads a string; {@code what} says what it is to be. */
  String string(String what) {
    int open = place();
    expect('"', what);
    StringBuilder value = new StringBuilder();
    while (true) {
      if (at == text.length()) {
        throw wrong(open, "the string that begins here is never closed; close it on this line");
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c < 0x20) {
        throw wrong(at, "a control character in a string; write it as an escape, such as \\t");
      }
      if (c == '\\') {
        escape(value);
      } else {
        value.append(c);
        at++;
      }
    }
  }

  private void escape(StringBuilder value) {
    int place = at;
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      value.append("\"\\/\b\f\n\r\t".charAt(plain));
      at += 2;
      return;
    }
    char unit = unit(place);
    value.append(unit);
    if (Character.isHighSurrogate(unit) && text.startsWith("\\u", at)) {
      char low = unit(at);
      value.append(low);
      if (Character.isLowSurrogate(low)) {
        return;
      }
    }
    if (Character.isSurrogate(unit)) {
      throw wrong(place, "half of a surrogate pair; write the character itself, or both halves");
    }
  }

  /** Reads four hexadecimal digits after a backslash and u. */
  private char unit(int place) {
    int unit = 0;
    boolean known = text.startsWith("\\u", place) && place + 6 <= text.length();
    for (int i = place + 2; known && i < place + 6; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      known = digit >= 0;
      unit = unit << 4 | digit;
    }
    if (!known) {
      throw wrong(
          place,
          "an escape that JSON does not have; double the backslash, or write \\u and 4 digits");
    }
    at = place + 6;
    return (char) unit;
  }

  /** Reads a number; {@code what} says what it is to be. It may be too large to be finite. */
  String number(String what) {
    int from = place();
    take('-');
    boolean known = take('0') || digits();
    if (known && take('.')) {
      known = digits();
    }
    if (known && (take('e') || take('E'))) {
      if (!take('+')) {
        take('-');
      }
      known = digits();
    }
    if (!known) {
      at = from;
      throw wrong(from, expected(what));
    }
    return text.substring(from, at);
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at > from;
  }

  /** Reads any value, and forgets it. */
  void skip() {
    blanks();
    char c = at < text.length() ? text.charAt(at) : 0;
    switch (c) {
      case '{' -> object(key -> skip());
      case '[' -> array(this::skip);
      case '"' -> string("a string");
      default -> {
        for (String word : new String[] {"true", "false", "null"}) {
          if (text.startsWith(word, at)) {
            at += word.length();
            return;
          }
        }
        number("a value of JSON");
      }
    }
  }

  /** Refuses whatever follows. */
  void end() {
    blanks();
    if (at < text.length()) {
      throw wrong(at, expected("nothing after the object; write one object a line"));
    }
  }

  private void expect(char c, String what) {
    blanks();
    if (!take(c)) {
      throw wrong(at, expected(what));
    }
  }

  private String expected(String what) {
    if (at == text.length()) {
      return "the line ends here, but must have " + what;
    }
    int end = at + Character.charCount(text.codePointAt(at));
    while (end < text.length() && end - at < MOST_SHOWN && isWord(end - 1) && isWord(end)) {
      end++;
    }
    return "here is " + Quoted.text(text.substring(at, end)) + ", but must be " + what;
  }

  private boolean isWord(int place) {
    return Character.isLetterOrDigit(text.charAt(place));
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
