package dev.coterie.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.spi.Storage;
import dev.coterie.testing.GoldenContract;
import org.junit.jupiter.api.Test;

class ScalarBackendTest extends GoldenContract {
  private final ScalarBackendProvider provider = new ScalarBackendProvider();

  ScalarBackendTest() {
    super("scalar");
  }

  @Test
  void isAlwaysAvailable() {
    assertTrue(provider.availability().available());
    assertEquals("scalar", provider.id());
    assertEquals("scalar (scalar)", provider.open().info().toString());
    assertEquals(Storage.HEAP, provider.open().storage());
  }
}
