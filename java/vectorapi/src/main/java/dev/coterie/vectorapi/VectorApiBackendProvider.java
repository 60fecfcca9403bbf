package dev.coterie.vectorapi;

import dev.coterie.BackendInfo;
import dev.coterie.BackendUnavailableException;
import dev.coterie.spi.Availability;
import dev.coterie.spi.Backend;
import dev.coterie.spi.BackendProvider;
import dev.coterie.spi.Isa;
import dev.coterie.spi.JavaBackend;

/**
 * Provides the backend over the Vector API. This class needs nothing of the incubator module, so
 * that it loads everywhere and can say what is missing.
 */
public final class VectorApiBackendProvider implements BackendProvider {

  /** Makes the provider, as the service loader does. */
  public VectorApiBackendProvider() {}

  @Override
  public String id() {
    return "vectorapi";
  }

  @Override
  public Availability availability() {
    try {
      int isa = Isa.checkSetting(JavaBackend.setting(Isa.SETTING));
      if (isa == Isa.NAMES.indexOf("scalar")) {
        return Availability.no(
            "coterie.isa=scalar rules vectors out: use the backend scalar", null);
      }
      String unmet = Requirements.unmet();
      if (unmet == null) {
        unmet = Width.unmet(isa);
      }
      return unmet == null
          ? Availability.yes("Vector API, " + Width.describe())
          : Availability.no(unmet, null);
    } catch (RuntimeException | LinkageError e) {
      return Availability.no("the Vector API cannot be used: " + e, e);
    }
  }

  @Override
  public Backend open() {
    Availability availability = availability();
    if (!availability.available()) {
      throw new BackendUnavailableException(availability.reason(), availability.cause());
    }
    return new JavaBackend(BackendInfo.ofJava(id(), Width.describe()), new VectorKernels());
  }
}
