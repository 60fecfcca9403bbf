package dev.coterie.cli.output;

import java.io.IOException;
import java.io.Writer;

/**
 * Writes JSON. Objects and arrays are opened on one line or over several; the caller says in which
 * way, so that long documents have a line for each thing.
 */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final Writer writer;
  private final DoubleText numbers = new DoubleText();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder layout = new StringBuilder();
  private boolean empty = true;
  private boolean named;

  /**
   * Starts a document.
   *
   * @param writer where it goes
   */
  public JsonText(Writer writer) {
    this.writer = writer;
  }

  /**
   * Opens an object or array whose elements have a line each.
   *
   * @param bracket <code>{</code> or {@code [}
   * @return this
   */
  public JsonText openLines(char bracket) {
    return open(bracket, 'L');
  }

  /**
   * Opens an object or array on one line.
   *
   * @param bracket <code>{</code> or {@code [}
   * @return this
   */
  public JsonText openInline(char bracket) {
    return open(bracket, 'I');
  }

  private JsonText open(char bracket, char kind) {
    separate();
    text.append(bracket);
    layout.append(kind);
    empty = true;
    return this;
  }

  /**
   * Closes what was opened last.
   *
   * @param bracket <code>}</code> or {@code ]}
   * @return this
   * @throws IOException when what has been collected cannot be written
   */
  public JsonText close(char bracket) throws IOException {
    boolean lines = layout.charAt(layout.length() - 1) == 'L';
    layout.setLength(layout.length() - 1);
    if (lines && !empty) {
      newLine();
    }
    text.append(bracket);
    empty = false;
    if (layout.length() == 0) {
      text.append('\n');
    }
    if (text.length() > 1 << 12 || layout.length() == 0) {
      writer.append(text);
      text.setLength(0);
    }
    return this;
  }

  /**
   * Names the member that follows.
   *
   * @param name the name
   * @return this
   */
  public JsonText name(String name) {
    separate();
    string(name);
    text.append(": ");
    named = true;
    return this;
  }

  /**
   * Writes a string, or null.
   *
   * @param value the string
   * @return this
   */
  public JsonText value(String value) {
    separate();
    if (value == null) {
      text.append("null");
    } else {
      string(value);
    }
    return this;
  }

  /**
   * Writes a number; null when it is NaN or infinite, which JSON does not have.
   *
   * @param value the number
   * @return this
   */
  public JsonText value(double value) {
    separate();
    if (Double.isFinite(value)) {
      numbers.append(text, value);
    } else {
      text.append("null");
    }
    return this;
  }

  /**
   * Writes a whole number.
   *
   * @param value the number
   * @return this
   */
  public JsonText value(long value) {
    separate();
    text.append(value);
    return this;
  }

  /**
   * Writes true or false.
   *
   * @param value which
   * @return this
   */
  public JsonText value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  private void separate() {
    if (named || layout.length() == 0) {
      named = false;
      return;
    }
    if (!empty) {
      text.append(',');
    }
    if (layout.charAt(layout.length() - 1) == 'L') {
      newLine();
    } else if (!empty) {
      text.append(' ');
    }
    empty = false;
  }

  private void newLine() {
    text.append('\n');
    for (int i = 0; i < layout.length(); i++) {
      text.append("  ");
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
