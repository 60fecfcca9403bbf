package dev.coterie.cli.output;

import java.io.IOException;
import java.io.Writer;

/** Writes records of RFC 4180 that end with LF; fields are quoted where they must be. */
final class CsvText {
  private final Writer writer;
  private final char delimiter;
  private final DoubleText numbers = new DoubleText();
  private final StringBuilder record = new StringBuilder();
  private boolean first = true;

  CsvText(Writer writer, char delimiter) {
    this.writer = writer;
    this.delimiter = delimiter;
  }

  private void next() {
    if (!first) {
      record.append(delimiter);
    }
    first = false;
  }

  CsvText field(String text) {
    next();
    if (mustQuote(text)) {
      record.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      record.append(text);
    }
    return this;
  }

  CsvText field(double number) {
    next();
    numbers.append(record, number);
    return this;
  }

  /** Writes a number, or nothing when it is not known. */
  CsvText known(double number) {
    return Double.isNaN(number) ? empty() : field(number);
  }

  CsvText field(long number) {
    next();
    record.append(number);
    return this;
  }

  CsvText empty() {
    next();
    return this;
  }

  void end() throws IOException {
    writer.append(record.append('\n'));
    record.setLength(0);
    first = true;
  }

  private boolean mustQuote(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
