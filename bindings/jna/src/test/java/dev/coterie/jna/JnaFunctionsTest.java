package dev.coterie.jna;

import dev.coterie.contract.NativeFunctionsContract;
import dev.coterie.contract.TestSetting;
import dev.coterie.spi.NativeFunctions;

/** Tests {@link JnaFunctions}. */
final class JnaFunctionsTest extends NativeFunctionsContract {
  @Override
  protected NativeFunctions functions() {
    return JnaFunctions.load(TestSetting.library());
  }
}
