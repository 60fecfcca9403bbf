package dev.coterie.ffm;

import dev.coterie.contract.BackendContract;

/** Tests the backend {@code ffm}. */
final class FfmBackendTest extends BackendContract {
  FfmBackendTest() {
    super("ffm");
  }
}
