package dev.coterie.internal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void namesKeepTheOrderOfFirstAppearance() {
    NameTable names = new NameTable("tasks");
    Map<String, Integer> expected = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String name = "t" + random.nextInt(20_000);
      Integer known = expected.putIfAbsent(name, expected.size());
      assertEquals(known == null ? expected.size() - 1 : known, names.intern(name));
    }
    assertEquals(expected.size(), names.size());
    expected.forEach(
        (name, index) -> {
          assertEquals(index, names.indexOf(name));
          assertEquals(name, names.name(index));
        });
    assertEquals(-1, names.indexOf("absent"));
  }

  @Test
  void namesWithEqualHashesStayApart() {
    NameTable names = new NameTable("labels");
    String[] equal = {"AaAa", "BBBB", "AaBB", "BBAa"};
    for (int i = 0; i < equal.length; i++) {
      assertEquals(i, names.intern(equal[i]));
    }
    for (int i = 0; i < equal.length; i++) {
      assertEquals(i, names.indexOf(equal[i]));
    }
    assertEquals(0, new NameTable("x").intern(""));
  }

  @Test
  void decimalNamesAreExactlyTheIndices() {
    DecimalNames names = new DecimalNames(1000);
    assertEquals("17", names.name(17));
    assertEquals(0, names.indexOf("0"));
    assertEquals(999, names.indexOf("999"));
    for (String wrong :
        new String[] {"", "1000", "-1", "+1", "01", "1a", " 1", "99999999999", "١"}) {
      assertEquals(-1, names.indexOf(wrong), wrong);
    }
    assertEquals(Integer.MAX_VALUE - 1, new DecimalNames(Integer.MAX_VALUE).indexOf("2147483646"));
  }

  @Test
  void lengthsBeyondAnArrayNameTheNativeBackends() {
    assertEquals(HeapLimits.LONGEST, HeapLimits.check(HeapLimits.LONGEST, "answers"));
    for (long length : new long[] {HeapLimits.LONGEST + 1L, Long.MAX_VALUE}) {
      UnsupportedOperationException e =
          assertThrows(
              UnsupportedOperationException.class, () -> HeapLimits.check(length, "answers"));
      assertTrue(e.getMessage().contains("ffm or jna"), e.getMessage());
    }
    assertEquals(Long.MAX_VALUE, HeapLimits.times(1L << 40, 1L << 40));
    assertEquals(Long.MAX_VALUE, HeapLimits.times(1L << 32, 1L << 31));
    assertEquals(1L << 62, HeapLimits.times(1L << 31, 1L << 31));
  }
}
