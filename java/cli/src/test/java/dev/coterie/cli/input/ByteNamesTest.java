package dev.coterie.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The interning of names. */
class ByteNamesTest {
  @Test
  void keepsEachNameOnceInOrder() {
    ByteNames names = new ByteNames();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10_000; i++) {
        byte[] name = ("x" + "n".repeat(i % 20) + i).getBytes(StandardCharsets.UTF_8);
        assertEquals(i, names.intern(name, 1, name.length));
      }
    }
    assertEquals(10_000, names.size());
    assertEquals("n".repeat(17) + 17, names.name(17));
  }
}
