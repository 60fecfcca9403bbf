package dev.coterie.jna;

import dev.coterie.contract.ProviderContract;

/** Tests {@link JnaBackendProvider}. */
final class JnaBackendProviderTest extends ProviderContract {
  JnaBackendProviderTest() {
    super("jna");
  }
}
