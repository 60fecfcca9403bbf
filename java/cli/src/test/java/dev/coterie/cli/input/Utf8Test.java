package dev.coterie.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The check of UTF-8 against the platform's decoder. */
class Utf8Test {
  @Test
  void agreesWithTheDecoderOnAllShortSequences() {
    byte[] edges = {
      0,
      0x41,
      0x7f,
      (byte) 0x80,
      (byte) 0x8f,
      (byte) 0x90,
      (byte) 0x9f,
      (byte) 0xa0,
      (byte) 0xbf,
      (byte) 0xc0,
      (byte) 0xc1,
      (byte) 0xc2,
      (byte) 0xdf,
      (byte) 0xe0,
      (byte) 0xe1,
      (byte) 0xec,
      (byte) 0xed,
      (byte) 0xee,
      (byte) 0xef,
      (byte) 0xf0,
      (byte) 0xf1,
      (byte) 0xf3,
      (byte) 0xf4,
      (byte) 0xf5,
      (byte) 0xff
    };
    for (byte a : edges) {
      for (byte b : edges) {
        for (byte c : edges) {
          for (byte d : edges) {
            check(new byte[] {a, b, c, d});
          }
        }
      }
    }
  }

  @Test
  void agreesWithTheDecoderOnRandomBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(8)];
      random.nextBytes(bytes);
      check(bytes);
    }
  }

  private static void check(byte[] bytes) {
    CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    boolean valid =
        !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), chars, true).isError();
    int broken = Utf8.firstBroken(bytes, 0, bytes.length);
    assertEquals(valid, broken < 0, () -> java.util.HexFormat.of().formatHex(bytes));
    if (broken > 0) {
      assertEquals(-1, Utf8.firstBroken(bytes, 0, broken));
    }
  }
}
