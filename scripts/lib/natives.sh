# Where the native library lies and whether it is up to date. Sourced after common.sh.
# shellcheck shell=bash

NATIVE_LIBRARY=$ROOT/native/target/release/libcoterie.so

# Whether the native library is older than its sources or than what links it.
natives_stale() {
  stale "$NATIVE_LIBRARY" "$ROOT/native/src" "$ROOT/native/Cargo.toml" "$ROOT/native/Cargo.lock" \
    "$ROOT/scripts/natives" "$ROOT/scripts/lib/glibc-floor.sh"
}
