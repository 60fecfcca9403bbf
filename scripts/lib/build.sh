# Builds what is out of date. Sourced after common.sh, jdk.sh, rust.sh, natives.sh, setup.sh and maven.sh.
# shellcheck shell=bash

BUILD_STAMP=$ROOT/target/scripts/jars.stamp

# What the jars were built from besides their sources: the JDK, and whether there was a native library.
build_inputs() { echo "$1 $([[ -e $NATIVE_LIBRARY ]] && echo natives || echo no-natives)"; }

# Whether the jars are older than their sources, or were built by another JDK or with another library.
jars_stale() {
  local jdk=$1
  local -a sources=("$ROOT/pom.xml" "$ROOT/java" "$ROOT/bindings")
  [[ ! -e $NATIVE_LIBRARY ]] || sources+=("$NATIVE_LIBRARY")
  [[ -e $BUILD_STAMP && $(<"$BUILD_STAMP") == "$(build_inputs "$jdk")" ]] || return 0
  [[ -d $ROOT/java/cli/target/coterie/lib ]] || return 0
  stale "$BUILD_STAMP" "${sources[@]}"
}

# Builds the jars of the command line and of all it needs.
build_jars() {
  local started
  mkdir -p "$(dirname "$BUILD_STAMP")"
  # Sources that change during the build count as newer.
  started=$(mktemp "$(dirname "$BUILD_STAMP")/stamp.XXXXXX")
  build_inputs "$JAVA_HOME" >"$started"
  log_run "$ROOT/target/scripts/build.log" \
    maven -q -P '!quality' -Dmaven.test.skip=true -pl java/cli -am package || {
    rm -f "$started"
    return 1
  }
  mv "$started" "$BUILD_STAMP"
}
