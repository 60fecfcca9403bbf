package dev.coterie.vectorapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.spi.Availability;
import dev.coterie.spi.BackendProvider;
import dev.coterie.spi.Storage;
import dev.coterie.testing.GoldenContract;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VectorBackendTest extends GoldenContract {
  private final BackendProvider provider = new VectorApiBackendProvider();

  VectorBackendTest() {
    super("vectorapi");
  }

  @Test
  void isAvailableAndSaysItsWidth() {
    Availability availability = provider.availability();
    assertTrue(availability.available(), availability.reason());
    assertEquals("vectorapi", provider.open().info().id());
    assertEquals(Width.describe(), provider.open().info().isa());
    assertEquals(Storage.HEAP, provider.open().storage());
  }

  @Test
  void isAService() {
    assertTrue(
        ServiceLoader.load(BackendProvider.class).stream()
            .anyMatch(service -> service.type() == VectorApiBackendProvider.class));
  }
}
