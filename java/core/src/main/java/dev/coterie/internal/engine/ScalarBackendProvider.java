package dev.coterie.internal.engine;

import dev.coterie.BackendInfo;
import dev.coterie.spi.Availability;
import dev.coterie.spi.Backend;
import dev.coterie.spi.BackendProvider;
import dev.coterie.spi.JavaBackend;

/** Provides the backend in plain Java, which runs everywhere. */
public final class ScalarBackendProvider implements BackendProvider {

  /** Makes the provider, as the service loader does. */
  public ScalarBackendProvider() {}

  @Override
  public String id() {
    return "scalar";
  }

  @Override
  public Availability availability() {
    return Availability.yes("plain Java");
  }

  @Override
  public Backend open() {
    return new JavaBackend(BackendInfo.ofJava(id(), "scalar"), new ScalarKernels());
  }
}
