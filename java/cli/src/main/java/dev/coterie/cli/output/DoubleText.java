package dev.coterie.cli.output;

import java.math.BigInteger;

/**
 * Writes doubles as the shortest decimal that reads back as the same number, in the form of {@link
 * Double#toString}.
 *
 * <p>{@code Double.toString} itself gives other digits before JDK 19 than since (JDK-4511638), and
 * a result file must not depend on the JDK. This is the algorithm of the newer one: Raffaello
 * Giulietti, <i>The Schubfach way to render doubles</i>, 2021. Powers of ten are computed when
 * first needed. Not safe for use by several threads.
 */
public final class DoubleText {
  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int LEAST_EXPONENT = -1074;
  private static final int LEAST_POWER = -324;
  private static final int MOST_POWER = 292;
  private static final long LOW_63_BITS = Long.MAX_VALUE;

  /** Below this many units of the least subnormal number, two digits need a scaled mantissa. */
  private static final long TINY = 3;

  private final long[] high = new long[MOST_POWER - LEAST_POWER + 1];
  private final long[] low = new long[MOST_POWER - LEAST_POWER + 1];

  /**
   * Returns the text of a number.
   *
   * @param value the number; may be NaN or infinite
   * @return what {@code Double.toString} gives since JDK 19
   */
  public String text(double value) {
    StringBuilder text = new StringBuilder(24);
    append(text, value);
    return text.toString();
  }

  /**
   * Appends the text of a number.
   *
   * @param text where it goes
   * @param value the number; may be NaN or infinite
   */
  public void append(StringBuilder text, double value) {
    if (Double.isNaN(value)) {
      text.append("NaN");
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    if (bits < 0) {
      text.append('-');
    }
    int biased = (int) (bits >>> FRACTION_BITS) & 0x7ff;
    long fraction = bits & (HIDDEN_BIT - 1);
    if (biased == 0x7ff) {
      text.append("Infinity");
    } else if (biased > 0) {
      normal(text, biased + LEAST_EXPONENT - 1, HIDDEN_BIT | fraction);
    } else if (fraction >= TINY) {
      shortest(text, LEAST_EXPONENT, fraction, 0);
    } else if (fraction > 0) {
      shortest(text, LEAST_EXPONENT, 10 * fraction, -1);
    } else {
      text.append("0.0");
    }
  }

  private void normal(StringBuilder text, int exponent, long mantissa) {
    int shift = -exponent;
    if (shift > 0 && shift <= FRACTION_BITS && mantissa >> shift << shift == mantissa) {
      decimal(text, mantissa >> shift, 0);
    } else {
      shortest(text, exponent, mantissa, 0);
    }
  }

  /** Appends the shortest decimal that rounds to {@code mantissa * 2^exponent * 10^scale}. */
  private void shortest(StringBuilder text, int exponent, long mantissa, int scale) {
    int odd = (int) mantissa & 1;
    long middle = mantissa << 2;
    long above = middle + 2;
    long below;
    int power;
    if (mantissa != HIDDEN_BIT || exponent == LEAST_EXPONENT) {
      below = middle - 2;
      power = log10OfPowerOf2(exponent);
    } else {
      // The gap below a power of two is half as wide.
      below = middle - 1;
      power = log10OfThreeQuarters(exponent);
    }
    int shift = exponent + log2OfPowerOf10(-power) + 2;
    int index = power - LEAST_POWER;
    if (high[index] == 0) {
      compute(power);
    }
    long g1 = high[index];
    long g0 = low[index];
    long value = roundToOdd(g1, g0, middle << shift);
    long lower = roundToOdd(g1, g0, below << shift) + odd;
    long upper = roundToOdd(g1, g0, above << shift) - odd;
    long floor = value >> 2;
    if (floor >= 100) {
      long tens = floor / 10 * 10;
      boolean downFits = lower <= tens << 2;
      boolean upFits = (tens + 10) << 2 <= upper;
      if (downFits != upFits) {
        decimal(text, downFits ? tens : tens + 10, power + scale);
        return;
      }
    }
    boolean downFits = lower <= floor << 2;
    boolean upFits = (floor + 1) << 2 <= upper;
    boolean down;
    if (downFits != upFits) {
      down = downFits;
    } else {
      long half = value - ((2 * floor + 1) << 1);
      down = half < 0 || (half == 0 && (floor & 1) == 0);
    }
    decimal(text, down ? floor : floor + 1, power + scale);
  }

  /** Multiplies by a power of ten, keeping in the last bit whether anything was cut off. */
  private static long roundToOdd(long g1, long g0, long factor) {
    long carry = Math.multiplyHigh(g0, factor);
    long lowPart = g1 * factor;
    long highPart = Math.multiplyHigh(g1, factor);
    long sum = (lowPart >>> 1) + carry;
    return (highPart + (sum >>> 63)) | (((sum & LOW_63_BITS) + LOW_63_BITS) >>> 63);
  }

  /** Computes {@code floor(10^-power * 2^-r) + 1}, a number of 126 bits, in two parts. */
  private void compute(int power) {
    int shift = 125 - log2OfPowerOf10(-power);
    BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
    BigInteger scaled;
    if (power <= 0) {
      scaled = shift >= 0 ? ten.shiftLeft(shift) : ten.shiftRight(-shift);
    } else {
      scaled = BigInteger.ONE.shiftLeft(shift).divide(ten);
    }
    BigInteger result = scaled.add(BigInteger.ONE);
    high[power - LEAST_POWER] = result.shiftRight(63).longValueExact();
    low[power - LEAST_POWER] = result.longValue() & LOW_63_BITS;
  }

  private static int log10OfPowerOf2(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  private static int log10OfThreeQuarters(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int log2OfPowerOf10(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }

  /** Appends {@code digits * 10^exponent}. */
  private static void decimal(StringBuilder text, long digits, int exponent) {
    long stripped = digits;
    int power = exponent;
    while (stripped % 10 == 0) {
      stripped /= 10;
      power++;
    }
    String figures = Long.toString(stripped);
    int point = figures.length() + power;
    if (point > -3 && point <= 0) {
      text.append("0.").append("000", 0, -point).append(figures);
    } else if (point > 0 && point <= 7) {
      if (point >= figures.length()) {
        text.append(figures).append("000000", 0, point - figures.length()).append(".0");
      } else {
        text.append(figures, 0, point).append('.').append(figures, point, figures.length());
      }
    } else {
      text.append(figures.charAt(0)).append('.');
      text.append(figures.length() > 1 ? figures.substring(1) : "0");
      text.append('E').append(point - 1);
    }
  }
}
