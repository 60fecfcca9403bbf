package dev.coterie.vectorapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendUnavailableException;
import dev.coterie.spi.Availability;
import dev.coterie.spi.Isa;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs with the incubator module and without it. */
class RequirementsTest {
  private static final String HOTSPOT = "OpenJDK 64-Bit Server VM";
  private static final String MIXED = "mixed mode, sharing";

  private final VectorApiBackendProvider provider = new VectorApiBackendProvider();

  @AfterEach
  void forgetSettings() {
    System.clearProperty(Isa.SETTING);
  }

  @Test
  void theModuleDecides() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    Availability availability = provider.availability();
    assertEquals(module, availability.available(), availability.reason());
    if (!module) {
      assertTrue(availability.reason().contains("--add-modules jdk.incubator.vector"));
      BackendUnavailableException thrown =
          assertThrows(BackendUnavailableException.class, provider::open);
      assertEquals(availability.reason(), thrown.getMessage());
    }
  }

  @Test
  void testedVirtualMachinesPass() {
    assertNull(Requirements.unmet(true, 17, HOTSPOT, MIXED, false));
    assertNull(Requirements.unmet(true, 25, "Java HotSpot(TM) 64-Bit Server VM", MIXED, false));
  }

  @Test
  void otherVirtualMachinesAreRefusedUnlessForced() {
    assertRefused(26, HOTSPOT, MIXED, "Java 26");
    assertRefused(16, HOTSPOT, MIXED, "Java 16");
    assertRefused(21, "Eclipse OpenJ9 VM", "JIT enabled", "OpenJ9");
    assertRefused(21, HOTSPOT, "mixed mode, emulated-client", "C2");
    assertRefused(21, HOTSPOT, "interpreted mode", "C2");
  }

  private static void assertRefused(int feature, String name, String info, String word) {
    String reason = Requirements.unmet(true, feature, name, info, false);
    assertTrue(reason.contains(word), reason);
    assertTrue(reason.contains("-Dcoterie.vectorapi.force=true"), reason);
    assertNull(Requirements.unmet(true, feature, name, info, true));
  }

  @Test
  void scalarIsRefused() {
    System.setProperty(Isa.SETTING, "scalar");
    Availability availability = provider.availability();
    assertFalse(availability.available());
    assertTrue(availability.reason().contains("coterie.isa=scalar"), availability.reason());
  }

  @Test
  void foreignInstructionSetsAreRefused() {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    System.setProperty(Isa.SETTING, arm ? "avx2" : "neon");
    assertFalse(provider.availability().available());
  }

  @Test
  void unknownInstructionSetsAreRefused() {
    System.setProperty(Isa.SETTING, "sse9");
    Availability availability = provider.availability();
    assertFalse(availability.available());
    assertTrue(availability.reason().contains("sse9"), availability.reason());
  }
}
