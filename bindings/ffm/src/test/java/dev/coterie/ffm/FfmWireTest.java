package dev.coterie.ffm;

import dev.coterie.contract.TestSetting;
import dev.coterie.contract.WireContract;
import dev.coterie.spi.NativeFunctions;

/** Compares the readers of the wire form through {@link FfmFunctions}. */
final class FfmWireTest extends WireContract {
  @Override
  protected NativeFunctions functions() {
    return FfmFunctions.load(TestSetting.library());
  }
}
