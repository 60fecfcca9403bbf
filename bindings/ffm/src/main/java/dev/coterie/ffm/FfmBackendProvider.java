package dev.coterie.ffm;

import dev.coterie.spi.NativeBackendProvider;
import dev.coterie.spi.NativeFunctions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Provides the backend {@code ffm}. Compiled for JDK 17, so that an older runtime can load it and
 * be told what is missing; the classes behind it need JDK 23 and are loaded only there.
 */
@SuppressWarnings("exports") // For the service loader; users call Segments of this package only.
public final class FfmBackendProvider extends NativeBackendProvider {
  /** What the output of jextract needs. */
  private static final int LEAST_JDK = 23;

  /** Makes the provider; for the service loader. */
  public FfmBackendProvider() {
    super("ffm");
  }

  @Override
  protected Optional<String> obstacle() {
    int jdk = Runtime.version().feature();
    return jdk >= LEAST_JDK
        ? Optional.empty()
        : Optional.of(
            "it needs JDK " + LEAST_JDK + " or newer (this is " + jdk + "); JNA serves meanwhile");
  }

  @Override
  protected NativeFunctions load(Path library) {
    return FfmFunctions.load(library);
  }

  @Override
  protected Module nativeCaller() {
    return FfmBackendProvider.class.getModule();
  }
}
