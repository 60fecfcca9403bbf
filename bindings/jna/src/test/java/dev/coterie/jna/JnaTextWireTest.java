package dev.coterie.jna;

import dev.coterie.contract.TestSetting;
import dev.coterie.contract.TextWireContract;
import dev.coterie.spi.NativeFunctions;

/** Has messages answered through {@link JnaFunctions}. */
final class JnaTextWireTest extends TextWireContract {
  @Override
  protected NativeFunctions functions() {
    return JnaFunctions.load(TestSetting.library());
  }
}
