package dev.coterie.natives;

import dev.coterie.spi.NativeBundle;

/** Stands for this module's resources. */
public final class Bundle implements NativeBundle {
  /** Makes a bundle. */
  public Bundle() {}
}
