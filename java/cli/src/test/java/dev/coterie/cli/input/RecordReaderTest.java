package dev.coterie.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of delimited text, in pieces of every size. */
class RecordReaderTest {
  /** Hands out at most so many bytes at once. */
  private static final class Trickle extends FilterInputStream {
    private final int most;

    Trickle(byte[] bytes, int most) {
      super(new ByteArrayInputStream(bytes));
      this.most = most;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return super.read(to, offset, Math.min(length, most));
    }
  }

  private static List<String> read(InputStream stream, byte delimiter) {
    List<String> records = new ArrayList<>();
    try (RecordReader reader =
        new RecordReader(new TextSource("x.csv", stream, false), delimiter)) {
      while (reader.next()) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < reader.fields(); i++) {
          fields.add(reader.text(i));
        }
        records.add(reader.line() + String.join("|", fields));
      }
    }
    return records;
  }

  private static List<String> read(String text) {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), (byte) 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1 << 20})
  void readsEveryFormInPiecesOfAnySize(int most) {
    String text =
        "\ufefftask,label\r\n\r\na,1\n\"b, \"\"c\"\"\",2\r\"two\r\nlines\",é\n\n\n,\nend,\"\"";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of("1task|label", "3a|1", "4b, \"c\"|2", "5two\r\nlines|é", "9|", "10end|"),
        read(new Trickle(bytes, most), (byte) 0));
  }

  @Test
  void readsBackWhatItsOwnRulesQuote() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] parts = {"a", "\"", ",", "\n", "\r", "\r\n", "é", "😀", " ", ";", "bc"};
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder("h,h,h\n");
      List<String> expected = new ArrayList<>();
      for (int record = 0; record < 5; record++) {
        List<String> fields = new ArrayList<>();
        for (int field = 0; field < 3; field++) {
          StringBuilder value = new StringBuilder();
          for (int i = random.nextInt(5); i > 0; i--) {
            value.append(parts[random.nextInt(parts.length)]);
          }
          fields.add(value.toString());
          text.append(field == 0 ? "" : ",");
          text.append('"').append(value.toString().replace("\"", "\"\"")).append('"');
        }
        expected.add(String.join("|", fields));
        text.append(random.nextBoolean() ? "\n" : "\r\n");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      List<String> read = read(new Trickle(bytes, 1 + random.nextInt(40)), (byte) ',');
      List<String> texts =
          read.subList(1, read.size()).stream().map(r -> r.replaceFirst("^[0-9]+", "")).toList();
      assertEquals(expected, texts, () -> "seed " + seed);
    }
  }

  @Test
  void findsOutTheDelimiter() {
    assertEquals(List.of("1a|b", "2c,d|e"), read("a\tb\nc,d\te\n"));
    assertEquals(List.of("1a|b", "2c|d"), read("a;b\nc;d\n"));
    assertEquals(List.of("1a|b\tc", "2c|d"), read("a,b\tc\nc,d\n"));
    assertEquals(List.of("1a", "2b"), read("a\nb"));
    assertEquals(List.of(), read(""));
  }

  @Test
  void readsRecordsLongerThanTheBuffer() {
    String longText = "x".repeat(1_000_000);
    List<String> records = read("a,b\n" + longText + ",\"" + longText + "\"\nc,d\n");
    assertEquals(3, records.size());
    assertEquals("2" + longText + "|" + longText, records.get(1));
    assertEquals("3c|d", records.get(2));
  }

  @Test
  void keepsQuotesInsideAField() {
    assertEquals(List.of("1a|b", "2x\"y|\" z"), read("a,b\nx\"y,\"\"\" z\"\n"));
  }

  private static void assertMessage(String message, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int most : new int[] {1, 1 << 20}) {
      InputException e =
          assertThrows(InputException.class, () -> read(new Trickle(bytes, most), (byte) ','));
      assertEquals(message, e.getMessage());
    }
  }

  @Test
  void saysWhereAQuoteIsNotClosed() {
    assertMessage(
        "x.csv:3: the quote that opens field 2 is never closed; close it, or double each quote that"
            + " belongs to the text",
        "a,b\nc,d\ne,\"f\ng,h\n");
    assertMessage(
        "x.csv:3: the quote that opens field 2 is never closed; close it, or double each quote that"
            + " belongs to the text",
        "a,b\n\"c\nc\",\"d\"\"");
  }

  @Test
  void saysWhereTextFollowsAQuote() {
    assertMessage(
        "x.csv:3: text follows the closing quote of field 1; quote the whole field, and double each"
            + " quote that belongs to the text",
        "a,b\n\"c\nc\"d,e\n");
  }

  @Test
  void saysWhichByteIsNotUtf8() {
    assertMessage(
        "x.csv:3: byte 4 of the line (0xe9, byte 12 of the text) is not UTF-8; convert the file,"
            + " for example with iconv -f latin1 -t utf-8",
        "a,b\nc,d\ncaf\u00e9,x\n");
    assertMessage(
        "x.csv:4: byte 2 of the line (0xff, byte 13 of the text) is not UTF-8; convert the file,"
            + " for example with iconv -f latin1 -t utf-8",
        "a,b\nc,d\n\"x\ny\u00ff\",x\n");
    assertMessage(
        "x.csv:1: the text is UTF-16; convert it, for example with iconv -f utf-16 -t utf-8",
        "\u00ff\u00fea\0,\0");
  }

  @Test
  void refusesARecordWithoutEnd() {
    InputStream endless =
        new InputStream() {
          private boolean open;

          @Override
          public int read() {
            boolean first = !open;
            open = true;
            return first ? '"' : 'x';
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            java.util.Arrays.fill(to, offset, offset + length, (byte) 'x');
            if (!open) {
              to[offset] = '"';
              open = true;
            }
            return length;
          }
        };
    InputException e = assertThrows(InputException.class, () -> read(endless, (byte) ','));
    assertEquals(
        "x.csv:1: the record that begins here is longer than 64 MiB; check whether all its quotes"
            + " are closed",
        e.getMessage());
  }
}
