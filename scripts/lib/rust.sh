# Finds Rust. Sourced after common.sh.
# shellcheck shell=bash

# The least Rust that the crate accepts, from its manifest.
rust_wanted() { sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "$ROOT/native/Cargo.toml"; }

# The Rust that was found but is too old; empty when none was found.
RUST_TOO_OLD=''

# Puts a cargo that is new enough on PATH, if there is one; says whether there is.
# COTERIE_RUST=none makes the scripts behave as on a machine without Rust.
rust_find() {
  local wanted folder version
  [[ ${COTERIE_RUST:-} != none ]] || return 1
  wanted=$(rust_wanted)
  RUST_TOO_OLD=''
  for folder in '' "${CARGO_HOME:-$HOME/.cargo}/bin" /usr/lib/rust-web/bin; do
    if [[ -n $folder ]]; then
      [[ -x $folder/cargo ]] || continue
      PATH=$folder:$PATH
    fi
    if ! have cargo || ! have rustc; then continue; fi
    version=$(rustc --version 2>/dev/null | cut -d' ' -f2) || continue
    if [[ -n $version ]] && at_least "$version" "$wanted"; then
      export PATH
      return 0
    fi
    RUST_TOO_OLD=${version:-$RUST_TOO_OLD}
  done
  return 1
}

# In words: what Rust is wanted and which one was found.
rust_missing() {
  echo "no Rust $(rust_wanted) or newer${RUST_TOO_OLD:+ (found $RUST_TOO_OLD, which is too old)}"
}
