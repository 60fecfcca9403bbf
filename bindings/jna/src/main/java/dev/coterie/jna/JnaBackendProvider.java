package dev.coterie.jna;

import com.sun.jna.Native;
import dev.coterie.spi.NativeBackendProvider;
import dev.coterie.spi.NativeFunctions;
import java.nio.file.Path;
import java.util.Optional;

/** Provides the backend {@code jna}. */
public final class JnaBackendProvider extends NativeBackendProvider {

  /** Makes the provider; for the service loader. */
  public JnaBackendProvider() {
    super("jna");
  }

  @Override
  protected Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  protected NativeFunctions load(Path library) {
    return JnaFunctions.load(library);
  }

  @Override
  protected Module nativeCaller() {
    return Native.class.getModule();
  }
}
