package dev.coterie.vectorapi;

import dev.coterie.spi.JavaBackend;
import java.util.Optional;

/** What the virtual machine must have before a class of the Vector API may be touched. */
final class Requirements {
  /**
   * Set to {@code true}, it lets the backend run on a virtual machine that it was not tested on.
   */
  static final String FORCE = "coterie.vectorapi.force";

  private static final String MODULE = "jdk.incubator.vector";

  /** The Java versions that the tests run on; the Vector API may change between versions. */
  private static final int OLDEST = 17;

  private static final int NEWEST = 25;

  private Requirements() {}

  /** Returns what is unmet and what cures it, or null. */
  static String unmet() {
    return unmet(
        hasModule(),
        Runtime.version().feature(),
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.info", ""),
        "true".equalsIgnoreCase(JavaBackend.setting(FORCE)));
  }

  static String unmet(boolean module, int feature, String vmName, String vmInfo, boolean force) {
    if (!module) {
      return "the module " + MODULE + " is missing: start Java with --add-modules " + MODULE;
    }
    if (force) {
      return null;
    }
    String forced = ", or force its use with -D" + FORCE + "=true";
    if (feature < OLDEST || feature > NEWEST) {
      return ("Java %d is outside the range %d to %d that the Vector API was tested on: use one of"
              + " these%s")
          .formatted(feature, OLDEST, NEWEST, forced);
    }
    if (!vmName.contains("HotSpot") && !vmName.contains("OpenJDK")) {
      return ("\"%s\" is not a HotSpot virtual machine, without whose C2 compiler vectors are slow:"
              + " use one%s")
          .formatted(vmName, forced);
    }
    if (vmInfo.contains("emulated-client") || vmInfo.contains("interpreted mode")) {
      return ("the C2 compiler is off (%s) and vectors are slow without it: start Java without"
              + " -Xint and -XX:TieredStopAtLevel%s")
          .formatted(vmInfo, forced);
    }
    return null;
  }

  private static boolean hasModule() {
    return Optional.ofNullable(Requirements.class.getModule().getLayer())
        .orElse(ModuleLayer.boot())
        .findModule(MODULE)
        .isPresent();
  }
}
