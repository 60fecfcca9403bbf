/** The Vector API kernels of the pure-Java engines. */
module dev.coterie.vectorapi {
  requires dev.coterie.core;
  // Static, so that the module loads and explains itself where the incubator module is missing.
  requires static jdk.incubator.vector;

  provides dev.coterie.spi.BackendProvider with
      dev.coterie.vectorapi.VectorApiBackendProvider;
}
