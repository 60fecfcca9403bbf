package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class unless the backend that works is the one that was demanded by {@code
 * coterie.test.requireBackend} (and, where given, with the instruction set of {@code
 * coterie.test.requireIsa}): a suite that silently tests a fallback proves nothing.
 */
final class BackendDemand implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    String backend = System.getProperty("coterie.test.requireBackend");
    assertNotNull(backend, "-Dcoterie.test.requireBackend must name the backend under test");
    BackendInfo current = Backends.current();
    assertEquals(backend, current.id(), () -> "the backend under test is " + current);
    String isa = System.getProperty("coterie.test.requireIsa");
    if (isa != null) {
      assertEquals(isa, current.isa(), () -> "the backend under test is " + current);
    }
  }
}
