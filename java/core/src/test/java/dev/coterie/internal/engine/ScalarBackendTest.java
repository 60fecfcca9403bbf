package dev.coterie.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.spi.Backend;
import org.junit.jupiter.api.Test;

class ScalarBackendTest extends HeapBackendContract {
  private final ScalarBackendProvider provider = new ScalarBackendProvider();

  @Override
  protected Backend backend() {
    return provider.open();
  }

  @Test
  void isAlwaysAvailable() {
    assertTrue(provider.availability().available());
    assertEquals("scalar", provider.id());
    assertEquals("scalar (scalar)", provider.open().info().toString());
  }
}
