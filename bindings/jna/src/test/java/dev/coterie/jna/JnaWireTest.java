package dev.coterie.jna;

import dev.coterie.contract.TestSetting;
import dev.coterie.contract.WireContract;
import dev.coterie.spi.NativeFunctions;

/** Compares the readers of the wire form through {@link JnaFunctions}. */
final class JnaWireTest extends WireContract {
  @Override
  protected NativeFunctions functions() {
    return JnaFunctions.load(TestSetting.library());
  }
}
