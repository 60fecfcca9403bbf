package dev.coterie.spi;

import java.util.List;

/** The instruction sets by number, as in {@code coterie.h}, and the setting that caps them. */
public final class Isa {
  /** The setting that caps the instruction set. */
  public static final String SETTING = "coterie.isa";

  /** The names by number. */
  public static final List<String> NAMES = List.of("scalar", "avx2", "avx512", "neon");

  private Isa() {}

  /** Returns the name of an instruction set. */
  public static String name(int isa) {
    return isa >= 0 && isa < NAMES.size() ? NAMES.get(isa) : "isa-" + isa;
  }

  /**
   * Returns the number that a value of the setting asks for, or -1 for the best one.
   *
   * @param value the value, {@code auto}, or null
   * @throws IllegalArgumentException naming the valid values when there is no such instruction set
   */
  public static int checkSetting(String value) {
    if (value == null || value.equals("auto")) {
      return -1;
    }
    int isa = NAMES.indexOf(value);
    if (isa < 0) {
      throw new IllegalArgumentException(
          "unknown instruction set \""
              + value
              + "\" in coterie.isa: valid are auto, "
              + String.join(", ", NAMES));
    }
    return isa;
  }
}
