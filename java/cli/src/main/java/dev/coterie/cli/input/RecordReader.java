package dev.coterie.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the records of a delimited text as slices of one byte buffer.
 *
 * <p>The format is RFC 4180: a field that begins with a quote ends with one, contains delimiters
 * and line ends freely and quotes doubled. A line ends with LF, CRLF or CR; blank lines are
 * skipped; a byte order mark is skipped; a quote inside a field that does not begin with one is
 * text. The text must be UTF-8.
 */
public final class RecordReader implements AutoCloseable {
  /** The longest record; a longer one is most likely a quote that is never closed. */
  static final int MOST_BYTES = 1 << 26;

  private static final int FIRST_BYTES = 1 << 18;

  private final TextSource source;
  private final InputStream stream;
  private final byte delimiter;

  private byte[] buffer = new byte[FIRST_BYTES];
  private int position;
  private int limit;
  private boolean ended;

  /** The place of {@code buffer[0]} in the text. */
  private long offset;

  private long line;
  private long nextLine = 1;

  private int fields;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] doubled = new boolean[16];

  /** Where the record under the scan ends, and what it holds. */
  private int scanned;

  private int lineEnds;
  private boolean quoted;
  private int bits;

  /**
   * Starts to read.
   *
   * @param source the text; closed with this
   * @param delimiter the byte between fields, or 0 to find out: a tab when the source's name says
   *     so, otherwise the first of comma, tab and semicolon that the first line has
   * @throws InputException when the text cannot be read or is UTF-16
   */
  public RecordReader(TextSource source, byte delimiter) {
    this.source = source;
    this.stream = source.stream();
    while (limit < 3 && !ended) {
      fill();
    }
    skipByteOrderMark();
    if (delimiter != 0) {
      this.delimiter = delimiter;
    } else {
      this.delimiter = source.tabs() ? (byte) '\t' : sniff();
    }
  }

  private void skipByteOrderMark() {
    int first = limit < 2 ? 0 : (buffer[0] & 0xff) << 8 | (buffer[1] & 0xff);
    if (first == 0xfeff || first == 0xfffe) {
      throw new InputException(
          name(), 1, "the text is UTF-16; convert it, for example with iconv -f utf-16 -t utf-8");
    }
    if (first == 0xefbb && limit > 2 && (buffer[2] & 0xff) == 0xbf) {
      position = 3;
    }
  }

  private byte sniff() {
    while (lineEnd() == limit && !ended && limit < FIRST_BYTES) {
      fill();
    }
    int end = lineEnd();
    for (char candidate : new char[] {',', '\t', ';'}) {
      for (int i = position; i < end; i++) {
        if (buffer[i] == candidate) {
          return (byte) candidate;
        }
      }
    }
    return ',';
  }

  /** Returns where the first line that is not blank ends. */
  private int lineEnd() {
    int at = position;
    while (at < limit && (buffer[at] == '\n' || buffer[at] == '\r')) {
      at++;
    }
    while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
      at++;
    }
    return at;
  }

  /**
   * Returns the name of the source.
   *
   * @return the name for messages
   */
  public String name() {
    return source.name();
  }

  /**
   * Returns the line on which the current record begins.
   *
   * @return the line, from 1
   */
  public long line() {
    return line;
  }

  /**
   * Returns the number of fields of the current record.
   *
   * @return at least 1
   */
  public int fields() {
    return fields;
  }

  /**
   * Returns the text of a field of the current record.
   *
   * @param field the field, from 0
   * @return the text, without the quotes around it
   */
  public String text(int field) {
    return new String(buffer, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
  }

  /** Returns the bytes in which {@link #start} and {@link #end} count, until the next record. */
  byte[] bytes() {
    return buffer;
  }

  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  /** Returns whether a field has nothing but spaces and tabs. */
  boolean isBlank(int field) {
    for (int i = starts[field]; i < ends[field]; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Makes an exception for the current record. */
  InputException wrong(String message) {
    return new InputException(name(), line, message);
  }

  /**
   * Moves to the next record.
   *
   * @return false at the end of the text
   * @throws InputException when the text cannot be read on or breaks the format
   */
  public boolean next() {
    do {
      line = nextLine;
      if (position == limit && !ended) {
        fill();
      }
      if (position == limit && ended) {
        return false;
      }
      while (!scan()) {
        fill();
      }
      if (bits < 0) {
        checkUtf8();
      }
      position = scanned;
      nextLine += lineEnds;
    } while (fields == 1 && starts[0] == ends[0] && !quoted);
    for (int i = 0; i < fields; i++) {
      if (doubled[i]) {
        halveQuotes(i);
      }
    }
    return true;
  }

  /** Scans the record at the position; returns false when more bytes are needed to do so. */
  private boolean scan() {
    fields = 0;
    lineEnds = 0;
    quoted = false;
    bits = 0;
    int at = position;
    while (true) {
      if (at < limit && buffer[at] == '"') {
        at = scanQuoted(at);
      } else {
        int from = at;
        int seen = 0;
        while (at < limit) {
          byte b = buffer[at];
          if (b == delimiter || b == '\n' || b == '\r') {
            break;
          }
          seen |= b;
          at++;
        }
        bits |= seen;
        addField(from, at, false);
      }
      if (at < 0 || (at == limit && !ended)) {
        return false;
      }
      if (at == limit) {
        scanned = at;
        return true;
      }
      byte b = buffer[at];
      if (b != delimiter) {
        return scanLineEnd(at);
      }
      at++;
    }
  }

  private boolean scanLineEnd(int at) {
    if (buffer[at] == '\r') {
      if (at + 1 == limit && !ended) {
        return false;
      }
      if (at + 1 < limit && buffer[at + 1] == '\n') {
        at++;
      }
    }
    lineEnds++;
    scanned = at + 1;
    return true;
  }

  /** Scans a quoted field; returns where it ends, or -1 when more bytes are needed. */
  private int scanQuoted(int open) {
    int lineOfQuote = lineEnds;
    boolean pair = false;
    int at = open + 1;
    while (true) {
      if (at == limit || (at + 1 == limit && !ended)) {
        if (ended) {
          throw new InputException(
              name(),
              line + lineOfQuote,
              "the quote that opens field "
                  + (fields + 1)
                  + " is never closed; close it, or double each quote that belongs to the text");
        }
        return -1;
      }
      byte b = buffer[at];
      if (b == '"') {
        if (at + 1 == limit || buffer[at + 1] != '"') {
          break;
        }
        pair = true;
        at++;
      } else if (b == '\n' || (b == '\r' && (at + 1 == limit || buffer[at + 1] != '\n'))) {
        lineEnds++;
      }
      bits |= b;
      at++;
    }
    quoted = true;
    addField(open + 1, at, pair);
    at++;
    if (at < limit && buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
      throw new InputException(
          name(),
          line + lineEnds,
          "text follows the closing quote of field "
              + fields
              + "; quote the whole field, and double each quote that belongs to the text");
    }
    return at;
  }

  private void addField(int from, int to, boolean pair) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      doubled = Arrays.copyOf(doubled, fields * 2);
    }
    starts[fields] = from;
    ends[fields] = to;
    doubled[fields] = pair;
    fields++;
  }

  private void halveQuotes(int field) {
    int to = starts[field];
    for (int from = to; from < ends[field]; from++) {
      if (buffer[from] == '"') {
        from++;
      }
      buffer[to++] = buffer[from];
    }
    ends[field] = to;
  }

  private void checkUtf8() {
    int broken = Utf8.firstBroken(buffer, position, scanned);
    if (broken < 0) {
      return;
    }
    long brokenLine = line;
    int lineStart = position;
    for (int i = position; i < broken; i++) {
      boolean ends = buffer[i] == '\n' || (buffer[i] == '\r' && buffer[i + 1] != '\n');
      if (ends) {
        brokenLine++;
        lineStart = i + 1;
      }
    }
    throw new InputException(
        name(),
        brokenLine,
        "byte "
            + (broken - lineStart + 1)
            + " of the line (0x"
            + Integer.toHexString(buffer[broken] & 0xff)
            + ", byte "
            + (offset + broken + 1)
            + " of the text) is not UTF-8; convert the file, for example with iconv -f latin1 -t"
            + " utf-8");
  }

  /** Reads more bytes, after room has been made for them. */
  private void fill() {
    if (limit == buffer.length) {
      if (position > 0) {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        offset += position;
        limit -= position;
        position = 0;
      } else if (buffer.length < MOST_BYTES) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      } else {
        throw wrong(
            "the record that begins here is longer than "
                + (MOST_BYTES >> 20)
                + " MiB; check whether all its quotes are closed");
      }
    }
    try {
      int read = stream.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    } catch (IOException e) {
      throw TextSource.unreadable(name(), nextLine, e);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
