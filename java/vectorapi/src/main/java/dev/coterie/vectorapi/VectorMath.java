package dev.coterie.vectorapi;

import static dev.coterie.spi.Elementary.E0;
import static dev.coterie.spi.Elementary.E1;
import static dev.coterie.spi.Elementary.E2;
import static dev.coterie.spi.Elementary.E3;
import static dev.coterie.spi.Elementary.E4;
import static dev.coterie.spi.Elementary.E5;
import static dev.coterie.spi.Elementary.E6;
import static dev.coterie.spi.Elementary.E7;
import static dev.coterie.spi.Elementary.E8;
import static dev.coterie.spi.Elementary.E9;
import static dev.coterie.spi.Elementary.EXP_NORMAL;
import static dev.coterie.spi.Elementary.INV_LN2;
import static dev.coterie.spi.Elementary.L0;
import static dev.coterie.spi.Elementary.L1;
import static dev.coterie.spi.Elementary.L2;
import static dev.coterie.spi.Elementary.L3;
import static dev.coterie.spi.Elementary.L4;
import static dev.coterie.spi.Elementary.L5;
import static dev.coterie.spi.Elementary.L6;
import static dev.coterie.spi.Elementary.LN2_HI;
import static dev.coterie.spi.Elementary.LN2_LO;
import static dev.coterie.spi.Elementary.LOG_BIAS;
import static dev.coterie.spi.Elementary.LOG_SHIFT;
import static dev.coterie.spi.Elementary.MANTISSA;
import static dev.coterie.spi.Elementary.ROUND;
import static dev.coterie.spi.Elementary.SQRT_HALF_BITS;
import static dev.coterie.spi.Elementary.TWO_52;
import static dev.coterie.spi.Elementary.TWO_52_BITS;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.coterie.spi.Elementary;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops over the first n elements of arrays, at the preferred width and with scalar tails. */
final class VectorMath {
  private static final VectorSpecies<Long> LONGS = Width.SPECIES_OF_LONGS;

  // C2 does not know the class of a vector that was reinterpreted, and a call on it keeps all
  // vectors around it on the heap. So these constants, whose class it knows, are the receivers.
  private static final LongVector EXP_EXPONENT =
      LongVector.broadcast(LONGS, 1023 - Double.doubleToRawLongBits(ROUND));
  private static final LongVector LOG_SHIFTS = LongVector.broadcast(LONGS, LOG_SHIFT);
  private static final DoubleVector MINUS_TWO_52 = DoubleVector.broadcast(Width.SPECIES, -TWO_52);
  private static final DoubleVector MINUS_ONE = DoubleVector.broadcast(Width.SPECIES, -1.0);

  private VectorMath() {}

  /** Replaces the elements by their exponentials. */
  static void exp(double[] x, int n) {
    int i = 0;
    for (; i <= n - Width.LENGTH; i += Width.LENGTH) {
      DoubleVector v = DoubleVector.fromArray(Width.SPECIES, x, i);
      if (!v.abs().compare(LE, EXP_NORMAL).allTrue()) {
        wideExp(x, i);
        continue;
      }
      DoubleVector t = v.mul(INV_LN2).add(ROUND);
      DoubleVector m = t.sub(ROUND);
      DoubleVector hi = v.sub(m.mul(LN2_HI));
      DoubleVector lo = m.mul(LN2_LO);
      DoubleVector r = hi.sub(lo);
      DoubleVector z = r.mul(r);
      DoubleVector even = z.mul(E8).add(E6).mul(z).add(E4).mul(z).add(E2).mul(z).add(E0);
      DoubleVector odd = z.mul(E9).add(E7).mul(z).add(E5).mul(z).add(E3).mul(z).add(E1);
      DoubleVector q = even.add(r.mul(odd));
      DoubleVector y = hi.add(z.mul(q).sub(lo)).add(1.0);
      // The result is a normal number, so one multiplication gives what the specification's two do.
      DoubleVector power =
          EXP_EXPONENT.add(t.reinterpretAsLongs()).lanewise(LSHL, 52).reinterpretAsDoubles();
      y.mul(power).intoArray(x, i);
    }
    for (; i < n; i++) {
      x[i] = Elementary.exp(x[i]);
    }
  }

  /** The exponentials of one vector of any values. */
  private static void wideExp(double[] x, int at) {
    for (int i = at; i < at + Width.LENGTH; i++) {
      x[i] = Elementary.exp(x[i]);
    }
  }

  /** Replaces the elements by their natural logarithms. */
  static void log(double[] x, int n) {
    int i = 0;
    for (; i <= n - Width.LENGTH; i += Width.LENGTH) {
      DoubleVector v = DoubleVector.fromArray(Width.SPECIES, x, i);
      if (v.compare(GE, Double.MIN_NORMAL).and(v.compare(LE, Double.MAX_VALUE)).allTrue()) {
        log(v).intoArray(x, i);
      } else {
        scalarLog(x, i, i + Width.LENGTH);
      }
    }
    scalarLog(x, i, n);
  }

  private static void scalarLog(double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = Elementary.log(x[i]);
    }
  }

  private static DoubleVector log(DoubleVector x) {
    LongVector u = LOG_SHIFTS.add(x.reinterpretAsLongs());
    DoubleVector exponent = u.lanewise(LSHR, 52).lanewise(OR, TWO_52_BITS).reinterpretAsDoubles();
    DoubleVector mantissa = u.lanewise(AND, MANTISSA).add(SQRT_HALF_BITS).reinterpretAsDoubles();
    DoubleVector d = MINUS_TWO_52.add(exponent).sub(LOG_BIAS);
    DoubleVector f = MINUS_ONE.add(mantissa);
    DoubleVector s = f.div(f.add(2.0));
    DoubleVector z = s.mul(s);
    DoubleVector w = z.mul(z);
    DoubleVector odd = w.mul(L5).add(L3).mul(w).add(L1).mul(w);
    DoubleVector even = w.mul(L6).add(L4).mul(w).add(L2).mul(w).add(L0).mul(z);
    DoubleVector half = f.mul(0.5).mul(f);
    DoubleVector tail = s.mul(half.add(odd.add(even))).add(d.mul(LN2_LO));
    return d.mul(LN2_HI).sub(half.sub(tail).sub(f));
  }

  /** Divides the elements of {@code x} by those of {@code y}. */
  static void divide(double[] x, double[] y, int n) {
    int i = 0;
    for (; i <= n - Width.LENGTH; i += Width.LENGTH) {
      DoubleVector.fromArray(Width.SPECIES, x, i)
          .div(DoubleVector.fromArray(Width.SPECIES, y, i))
          .intoArray(x, i);
    }
    for (; i < n; i++) {
      x[i] = x[i] / y[i];
    }
  }
}
