package dev.coterie.jna;

import dev.coterie.contract.BackendContract;

/** Tests the backend {@code jna}. */
final class JnaBackendTest extends BackendContract {
  JnaBackendTest() {
    super("jna");
  }
}
