/**
 * The bundled native library, as a resource. Provides a service only so that the module is resolved
 * wherever core is and this one lies on the module path.
 */
module dev.coterie.natives {
  requires dev.coterie.core;

  provides dev.coterie.spi.NativeBundle with
      dev.coterie.natives.Bundle;
}
