package dev.coterie.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as they need, numbers to the right. */
public final class TextTable {
  private final String[] header;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * Makes an empty table.
   *
   * @param header the titles; one that begins with {@code >} has its column to the right
   */
  public TextTable(String... header) {
    this.header = new String[header.length];
    this.right = new boolean[header.length];
    for (int i = 0; i < header.length; i++) {
      right[i] = header[i].startsWith(">");
      this.header[i] = right[i] ? header[i].substring(1) : header[i];
    }
  }

  /**
   * Adds a row.
   *
   * @param cells as many as there are columns; control characters are replaced
   */
  public void add(String... cells) {
    String[] row = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      StringBuilder cell = new StringBuilder();
      cells[i].codePoints().forEach(c -> cell.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
      row[i] = cell.toString();
    }
    rows.add(row);
  }

  /**
   * Returns the lines, each indented and ended by a line feed.
   *
   * @return the header and the rows
   */
  @Override
  public String toString() {
    int[] widths = new int[header.length];
    measure(widths, header);
    rows.forEach(row -> measure(widths, row));
    StringBuilder text = new StringBuilder();
    line(text, widths, header);
    rows.forEach(row -> line(text, widths, row));
    return text.toString();
  }

  private static void measure(int[] widths, String[] row) {
    for (int i = 0; i < row.length; i++) {
      widths[i] = Math.max(widths[i], length(row[i]));
    }
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private void line(StringBuilder text, int[] widths, String[] row) {
    for (int i = 0; i < row.length; i++) {
      String padding = " ".repeat(widths[i] - length(row[i]));
      text.append("  ").append(right[i] ? padding + row[i] : row[i]);
      if (!right[i] && i < row.length - 1) {
        text.append(padding);
      }
    }
    text.append('\n');
  }

  /**
   * Returns a number with so many digits after the point.
   *
   * @param value the number
   * @param digits how many digits
   * @return the text, or a hyphen for NaN
   */
  public static String fixed(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "-";
    }
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
