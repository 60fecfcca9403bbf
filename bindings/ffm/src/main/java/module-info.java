/** The Panama binding of the native library: the backend {@code ffm}, on JDK 23 and newer. */
module dev.coterie.ffm {
  requires dev.coterie.core;

  provides dev.coterie.spi.BackendProvider with
      dev.coterie.ffm.FfmBackendProvider;
}
