package dev.coterie.vectorapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.internal.engine.HeapBackendContract;
import dev.coterie.spi.Availability;
import dev.coterie.spi.Backend;
import dev.coterie.spi.BackendProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VectorBackendTest extends HeapBackendContract {
  private final BackendProvider provider = new VectorApiBackendProvider();

  @Override
  protected Backend backend() {
    return provider.open();
  }

  @Test
  void isAvailableAndSaysItsWidth() {
    Availability availability = provider.availability();
    assertTrue(availability.available(), availability.reason());
    assertEquals("vectorapi", provider.open().info().id());
    assertEquals(Width.describe(), provider.open().info().isa());
  }

  @Test
  void isAService() {
    assertTrue(
        ServiceLoader.load(BackendProvider.class).stream()
            .anyMatch(service -> service.type() == VectorApiBackendProvider.class));
  }
}
