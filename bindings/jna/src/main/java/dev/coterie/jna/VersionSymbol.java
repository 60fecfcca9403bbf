package dev.coterie.jna;

import com.sun.jna.Native;

/**
 * The function that is bound before all others, which a library of another version may lack: JNA
 * binds all native methods of a class at once.
 */
final class VersionSymbol {
  static {
    Native.register(VersionSymbol.class, LoadedLibrary.get());
  }

  private VersionSymbol() {}

  static native int coterie_abi_version();
}
