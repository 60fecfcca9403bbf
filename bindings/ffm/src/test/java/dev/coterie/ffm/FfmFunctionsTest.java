package dev.coterie.ffm;

import dev.coterie.contract.NativeFunctionsContract;
import dev.coterie.contract.TestSetting;
import dev.coterie.spi.NativeFunctions;

/** Tests {@link FfmFunctions}. */
final class FfmFunctionsTest extends NativeFunctionsContract {
  @Override
  protected NativeFunctions functions() {
    return FfmFunctions.load(TestSetting.library());
  }
}
