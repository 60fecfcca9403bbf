package dev.coterie.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void blankPropertiesAreAbsent() {
    String name = "coterie.test.setting";
    assertNull(Settings.get(name));
    System.setProperty(name, "  ");
    assertNull(Settings.get(name));
    System.setProperty(name, " x ");
    assertEquals("x", Settings.get(name));
    System.clearProperty(name);
    assertEquals("COTERIE_LIBRARY_PATH", Settings.environmentName("coterie.library.path"));
  }
}
