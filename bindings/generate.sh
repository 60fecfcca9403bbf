#!/bin/sh
# Regenerates what is made from the native library's sources: the header and the low-level FFM class.
set -eu

usage() {
  cat <<'TEXT'
Usage: bindings/generate.sh [--check] [--help]

Regenerates, and leaves unchanged what is up to date:
  bindings/coterie.h                 from native/src/abi, by cbindgen (0.29 or newer)
  bindings/ffm/src/main/generated    from coterie.h and includes.txt, by jextract
  bindings/ffm/coterie.h.sha256      the hash of the header that the FFM class was made from

  --check   change nothing; fail when something is out of date
  --help    print this text

Environment:
  CBINDGEN  the cbindgen to run; default: the one on PATH
  JEXTRACT  the jextract to run; default: the one on PATH

Without cbindgen the header is taken as it is. Without jextract the FFM class is only checked: it is up to date when
its recorded hash is that of the header. A new function, constant or struct also needs a line in includes.txt.
TEXT
}

check=false
for argument in "$@"; do
  case $argument in
    --check) check=true ;;
    --help | -h) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
  esac
done

root=$(cd "$(dirname "$0")/.." && pwd)
header=bindings/coterie.h
generated=bindings/ffm/src/main/generated
recorded=bindings/ffm/coterie.h.sha256
package=dev.coterie.ffm.generated
cd "$root"

say() { echo "generate.sh: $*"; }
fail() { echo "generate.sh: $*" >&2 && exit 1; }

# Prints "<hash>  coterie.h", the format that sha256sum --check reads.
header_hash() {
  if command -v sha256sum >/dev/null; then (cd bindings && sha256sum coterie.h); else (cd bindings && shasum -a 256 coterie.h); fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cbindgen=$(command -v "${CBINDGEN:-cbindgen}" || true)
if [ -z "$cbindgen" ]; then
  say "no cbindgen (set CBINDGEN): $header is taken as it is"
elif $check; then
  "$cbindgen" --quiet --config bindings/cbindgen.toml --output "$header" --verify native ||
    fail "$header is out of date: run bindings/generate.sh"
  say "$header is up to date"
else
  "$cbindgen" --quiet --config bindings/cbindgen.toml --output "$header" native
  say "$header written"
fi

jextract=$(command -v "${JEXTRACT:-jextract}" || true)
if [ -z "$jextract" ]; then
  say "no jextract (set JEXTRACT): the FFM class is only checked"
  [ "$(header_hash)" = "$(cat "$recorded")" ] ||
    fail "the FFM class was made from another $header: run bindings/generate.sh where there is a jextract"
  say "the FFM class was made from this $header"
  exit 0
fi
case $jextract in /*) ;; *) jextract=$root/$jextract ;; esac

# jextract reads compile_flags.txt in the working directory. On Windows C's long has 32 bits, so that with this target
# 64-bit types become C_LONG_LONG, which has 64 bits everywhere; with a Unix target they would become C_LONG, and the
# class could not be initialised on Windows. Freestanding keeps the system's headers out.
cp "$header" "$work/coterie.h"
printf '%s\n' --target=x86_64-pc-windows-msvc -ffreestanding >"$work/compile_flags.txt"
(cd "$work" && "$jextract" "@$root/bindings/includes.txt" --output out --target-package "$package" \
  --header-class-name CoterieH coterie.h)

# Replaces a line of jextract's output by exactly one occurrence of a pattern, or fails when jextract has changed.
edit() {
  [ "$(grep -c "$2" "$1")" = 1 ] || fail "jextract's output has changed: no single line with $2 in ${1##*/}"
  sed "$3" "$1" >"$work/edited" && mv "$work/edited" "$1"
}
output=$work/out/$(echo "$package" | tr . /)
# The header has no C long, but jextract declares it anyway, as 64 bits.
# shellcheck disable=SC2016
edit "$output/CoterieH\$shared.java" ' C_LONG = ' '/ C_LONG = /d'
# jextract can name a library only at generation time, or look in those of System.load, of which a JVM loads one file
# only once: a second class loader, as in an application server, would fail. The file is known at run time.
edit "$output/CoterieH.java" 'SymbolLookup\.loaderLookup()' \
  's/SymbolLookup\.loaderLookup()/dev.coterie.ffm.LoadedLibrary.symbols()/'
if grep -rq 'C_LONG\>' "$output"; then
  fail "jextract's output uses C's long, which has no fixed width"
fi

if $check; then
  [ "$(header_hash)" = "$(cat "$recorded")" ] || fail "the FFM class was made from another $header"
  diff -r "$work/out" "$generated" || fail "the FFM class is out of date: run bindings/generate.sh"
  say "the FFM class is up to date"
else
  rm -rf "$generated"
  mkdir -p "$generated"
  cp -R "$work/out/." "$generated"
  header_hash >"$recorded"
  say "$generated and $recorded written"
fi
