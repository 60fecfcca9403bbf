package dev.coterie.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads lines that end with LF, of UTF-8, with or without a byte order mark. */
final class LineReader implements AutoCloseable {
  private static final int FIRST_BYTES = 1 << 16;

  private final TextSource source;
  private final InputStream stream;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int position;
  private int limit;
  private boolean ended;
  private long line;

  /** Starts to read; the source is closed with this. */
  LineReader(TextSource source) {
    this.source = source;
    this.stream = source.stream();
    while (limit < 3 && !ended) {
      fill();
    }
    int first = limit < 2 ? 0 : (buffer[0] & 0xff) << 8 | (buffer[1] & 0xff);
    if (first == 0xfeff || first == 0xfffe) {
      throw new InputException(
          name(), 1, "the text is UTF-16; convert it, for example with iconv -f utf-16 -t utf-8");
    }
    if (first == 0xefbb && limit > 2 && (buffer[2] & 0xff) == 0xbf) {
      position = 3;
    }
  }

  String name() {
    return source.name();
  }

  /** Returns the number of the current line, from 1. */
  long line() {
    return line;
  }

  /** Returns the next line without its end, or null. */
  String next() {
    line++;
    int at = position;
    while (true) {
      while (at < limit && buffer[at] != '\n') {
        at++;
      }
      if (at < limit || ended) {
        break;
      }
      int scanned = at - position;
      fill();
      at = position + scanned;
    }
    if (at == position && at == limit) {
      return null;
    }
    int broken = Utf8.firstBroken(buffer, position, at);
    if (broken >= 0) {
      throw new InputException(
          name(),
          line,
          "byte "
              + (broken - position + 1)
              + " of the line (0x"
              + Integer.toHexString(buffer[broken] & 0xff)
              + ") is not UTF-8; convert the file, for example with iconv -f latin1 -t utf-8");
    }
    String text = new String(buffer, position, at - position, StandardCharsets.UTF_8);
    position = Math.min(at + 1, limit);
    return text;
  }

  /** Reads more bytes, after room has been made for them. */
  private void fill() {
    if (limit == buffer.length) {
      if (position > 0) {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
      } else if (buffer.length < RecordReader.MOST_BYTES) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      } else {
        throw new InputException(
            name(),
            line,
            "the line is longer than "
                + (RecordReader.MOST_BYTES >> 20)
                + " MiB; write one object a line");
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
      throw TextSource.unreadable(name(), Math.max(1, line), e);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
