package dev.coterie.vectorapi;

import dev.coterie.spi.Isa;
import dev.coterie.spi.JavaBackend;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of the vectors: what the machine prefers, capped by {@code coterie.isa}. Constants,
 * because only a species that the compiler knows gives code without allocation.
 */
final class Width {
  /** The species of loops over contiguous elements. */
  static final VectorSpecies<Double> SPECIES = choose();

  /** The species of the bits of such vectors. */
  static final VectorSpecies<Long> SPECIES_OF_LONGS =
      VectorSpecies.of(long.class, SPECIES.vectorShape());

  /** The elements of a vector of {@link #SPECIES}. */
  static final int LENGTH = SPECIES.length();

  /** Whether four doubles fit in one vector. */
  static final boolean HAS_FOUR = LENGTH >= 4;

  private Width() {}

  private static VectorSpecies<Double> choose() {
    int isa = Isa.checkSetting(JavaBackend.setting(Isa.SETTING));
    int machine = machineBits();
    int bits = isa < 0 ? machine : Math.min(bitsOf(Isa.name(isa)), machine);
    return VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
  }

  /** Returns the bits of the widest vectors that the machine is good at. */
  private static int machineBits() {
    // Scalable vectors may be wider than any vector that the loops have.
    return Math.min(Integer.highestOneBit(DoubleVector.SPECIES_PREFERRED.vectorBitSize()), 512);
  }

  private static int bitsOf(String isa) {
    return switch (isa) {
      case "avx2" -> 256;
      case "avx512" -> 512;
      case "neon" -> 128;
      default -> throw new IllegalArgumentException("no vectors in instruction set " + isa);
    };
  }

  /**
   * Returns why the machine cannot do what is asked for, or null.
   *
   * @param isa the number of an instruction set with vectors, or -1 for the best one
   */
  static String unmet(int isa) {
    int machine = machineBits();
    if (machine < 128) {
      return "the virtual machine has no vectors of at least 128 bits on this machine";
    }
    if (isa < 0) {
      return null;
    }
    String name = Isa.name(isa);
    boolean right = name.equals("neon") ? isArm() : isX86();
    return right && machine >= bitsOf(name)
        ? null
        : "coterie.isa=%s is asked for, but this machine has %s: set coterie.isa=auto"
            .formatted(name, nameOf(machine));
  }

  /** Returns the name of the instruction set in use, or the bits of a vector. */
  static String describe() {
    return nameOf(SPECIES.vectorBitSize());
  }

  private static String nameOf(int bits) {
    if (isX86() && bits == 256) {
      return "avx2";
    }
    if (isX86() && bits == 512) {
      return "avx512";
    }
    return isArm() && bits == 128 ? "neon" : bits + "-bit";
  }

  private static boolean isX86() {
    String arch = System.getProperty("os.arch", "");
    return arch.equals("amd64") || arch.equals("x86_64");
  }

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }
}
