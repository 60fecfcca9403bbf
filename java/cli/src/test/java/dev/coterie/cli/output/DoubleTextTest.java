package dev.coterie.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of numbers, which is that of {@code Double.toString} since JDK 19 on every JDK. */
class DoubleTextTest {
  private static final int ROUNDS = 60_000;

  private final DoubleText numbers = new DoubleText();

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "0.1, 0.1",
    "0.001, 0.001",
    "0.00012, 1.2E-4",
    "1.0E-5, 1.0E-5",
    "1234567.0, 1234567.0",
    "1.0E7, 1.0E7",
    "123456.75, 123456.75",
    "-10333.195, -10333.195",
    // JDK 17 itself writes 1.9999999999999998E23 and 8.409999999999999E21.
    "2.0E23, 2.0E23",
    "8.41E21, 8.41E21",
    "2.2250738585072014E-308, 2.2250738585072014E-308",
    "4.9E-324, 4.9E-324",
    "9.9E-324, 9.9E-324",
    "1.5E-323, 1.5E-323",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void knownNumbers(String number, String text) {
    assertEquals(text, numbers.text(Double.parseDouble(number)));
  }

  @Test
  void readsBackTheSameAndIsShortest() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    boolean shortest = Runtime.version().feature() >= 19;
    for (int i = 0; i < ROUNDS; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      double part = random.nextDouble();
      double power = Math.scalb(1.0, random.nextInt(2098) - 1074);
      double decimal = random.nextInt(1_000_000) / 1000.0;
      for (double number : new double[] {any, part, power, decimal, 1 - part * 1e-12}) {
        String text = numbers.text(number);
        assertTrue(
            Double.isNaN(number)
                || Double.doubleToRawLongBits(Double.parseDouble(text))
                    == Double.doubleToRawLongBits(number),
            () -> "seed " + seed + ": " + Double.toHexString(number) + " became " + text);
        if (shortest) {
          assertEquals(Double.toString(number), text, () -> "seed " + seed);
        }
      }
    }
  }
}
