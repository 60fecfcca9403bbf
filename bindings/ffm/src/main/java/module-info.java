/**
 * The Panama binding of the native library: the backend {@code ffm} and memory segments, on JDK 23
 * and newer.
 */
module dev.coterie.ffm {
  requires transitive dev.coterie.core;

  exports dev.coterie.ffm;

  provides dev.coterie.spi.BackendProvider with
      dev.coterie.ffm.FfmBackendProvider;
}
