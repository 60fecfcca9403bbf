/**
 * Coterie as one dependency. The backends and the bundled native library are not named here: core
 * uses the services they provide, so each that is on the module path is resolved with it, and any
 * of them can be left out.
 */
module dev.coterie {
  requires transitive dev.coterie.core;
}
