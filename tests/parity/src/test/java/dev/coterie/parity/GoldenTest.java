package dev.coterie.parity;

import dev.coterie.testing.GoldenContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** The golden vectors on the demanded backend. */
@ExtendWith(BackendDemand.class)
class GoldenTest extends GoldenContract {
  GoldenTest() {
    super(System.getProperty("coterie.test.requireBackend", "none was demanded"));
  }
}
