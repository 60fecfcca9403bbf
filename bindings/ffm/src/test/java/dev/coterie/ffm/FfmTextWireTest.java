package dev.coterie.ffm;

import dev.coterie.contract.TestSetting;
import dev.coterie.contract.TextWireContract;
import dev.coterie.spi.NativeFunctions;

/** Has messages answered through {@link FfmFunctions}. */
final class FfmTextWireTest extends TextWireContract {
  @Override
  protected NativeFunctions functions() {
    return FfmFunctions.load(TestSetting.library());
  }
}
