# Installs what is missing, on Debian and its kin. Sourced after common.sh, jdk.sh and rust.sh.
# shellcheck shell=bash

APT_UPDATED=false

# apt_install PACKAGE...: installs packages as root or through sudo; says whether that worked.
apt_install() {
  local -a as_root=()
  if [[ ${COTERIE_OFFLINE:-} == 1 ]] || ! have apt-get; then
    return 1
  fi
  if ((EUID != 0)); then
    have sudo || return 1
    as_root=(sudo)
  fi
  if ! $APT_UPDATED; then
    note "apt-get update"
    log_run "$ROOT/target/scripts/apt-update.log" "${as_root[@]}" apt-get update || true
    APT_UPDATED=true
  fi
  note "apt-get install $*"
  log_run "$ROOT/target/scripts/apt-install.log" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# A JDK to build with, 17 or newer, in BUILD_JDK; and Maven.
setup_java() {
  BUILD_JDK=$(jdk_newest 17)
  if [[ -z $BUILD_JDK ]]; then
    say "Installing a JDK"
    apt_install openjdk-17-jdk-headless || fail "no JDK 17 or newer: install one, or set COTERIE_JDK to its home"
    BUILD_JDK=$(jdk_newest 17)
  fi
  BUILD_FEATURE=$(jdk_feature "$BUILD_JDK")
  export JAVA_HOME=$BUILD_JDK
  if ! have mvn; then
    say "Installing Maven"
    apt_install maven || fail "no mvn: install Maven 3.8 or newer"
  fi
  # What Maven's own libraries do is not ours to be warned of.
  if ((BUILD_FEATURE >= 24)); then
    MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    export MAVEN_OPTS
  fi
}

# Says whether the native library can be built, and installs what that needs.
setup_rust() {
  [[ ${COTERIE_RUST:-} != none ]] || return 1
  if ! rust_find; then
    say "Installing Rust (at least $(rust_wanted)${RUST_TOO_OLD:+; found $RUST_TOO_OLD, which is too old})"
    # Debian keeps a newer Rust beside its own for building browsers.
    apt_install cargo-web rustc-web || apt_install cargo rustc || true
    rust_find || return 1
  fi
  if ! have gcc || ! have objdump; then
    say "Installing a C compiler, which Rust links with"
    apt_install gcc libc6-dev binutils || return 1
  fi
}
