package dev.coterie.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The layout of tables. */
class TextTableTest {
  @Test
  void alignsColumns() {
    TextTable table = new TextTable("Name", ">N", "Last");
    table.add("a", "10", "x\ny");
    table.add("longer", "7", "z");
    assertEquals(
        """
          Name     N  Last
          a       10  x y
          longer   7  z
        """,
        table.toString());
  }

  @Test
  void roundsHalvesToEvenByTheExactValue() {
    assertEquals("0.12", TextTable.fixed(0.125, 2));
    assertEquals("1.00", TextTable.fixed(0.999, 2));
    assertEquals("-", TextTable.fixed(Double.NaN, 2));
  }
}
