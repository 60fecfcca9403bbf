/** The JNA binding of the native library: the backend {@code jna}, where there is no Panama. */
module dev.coterie.jna {
  requires com.sun.jna;
  requires dev.coterie.core;

  provides dev.coterie.spi.BackendProvider with
      dev.coterie.jna.JnaBackendProvider;
}
