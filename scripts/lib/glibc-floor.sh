# Lowers the glibc that a library needs. Sourced after common.sh.
# shellcheck shell=bash
#
# A library is bound to the newest version of each C function that the machine which links it has, and then does not
# load on older systems. The machine's own C library still holds the older versions. So the library is linked with
# stand-ins for the C libraries that hold nothing but names: each function in its newest version up to the floor.
# docs/decisions/06-glibc-floor.md has the whole story.

# glibc_stubs FOLDER FLOOR: writes libc.so, libpthread.so, libdl.so and stat.o, and prints the arguments for the linker.
glibc_stubs() {
  local folder=$1 floor=$2 libc
  libc=$(gcc -print-file-name=libc.so.6)
  [[ -e $libc ]] || return 1
  rm -rf "$folder"
  mkdir -p "$folder"
  # Lines "<library> <version> <name>". What glibc 2.34 moved from libpthread and libdl into libc goes back to where
  # older systems have it.
  objdump -T "$libc" | sed -nE 's/^.* \(?GLIBC_([0-9.]+)\)? +([A-Za-z0-9_]+)$/\1 \2/p' |
    sort -u -k2,2 -k1,1V | awk -v floor="$floor" '
      function number(version,   part) { split(version, part, "."); return part[1] * 1000000 + part[2] * 1000 + part[3] }
      $2 != name { if (best != "") print best, name; name = $2; best = "" }
      number($1) <= number(floor) { best = $1 }
      END { if (best != "") print best, name }
    ' | awk '
      $2 ~ /^(pthread|sem)_/ { print "pthread", $0; next }
      $2 ~ /^dl(open|sym|vsym|close|error|addr|info|mopen)[1]?$/ { print "dl", $0; next }
      { print "c", $0 }
    ' >"$folder/symbols"
  glibc_stub "$folder" c libc.so.6 || return 1
  glibc_stub "$folder" pthread libpthread.so.0 || return 1
  glibc_stub "$folder" dl libdl.so.2 || return 1
  # Before 2.33 these were not exported but linked in, as a call of another function.
  cat >"$folder/stat.c" <<'C'
struct stat64;
extern int __xstat64(int version, const char *path, struct stat64 *out);
extern int __fxstat64(int version, int file, struct stat64 *out);
extern int __lxstat64(int version, const char *path, struct stat64 *out);
#ifdef __aarch64__
#define VERSION 0
#else
#define VERSION 1
#endif
#define HIDDEN __attribute__((visibility("hidden")))
HIDDEN int stat64(const char *path, struct stat64 *out) { return __xstat64(VERSION, path, out); }
HIDDEN int fstat64(int file, struct stat64 *out) { return __fxstat64(VERSION, file, out); }
HIDDEN int lstat64(const char *path, struct stat64 *out) { return __lxstat64(VERSION, path, out); }
C
  gcc -O2 -fPIC -c "$folder/stat.c" -o "$folder/stat.o" || return 1
  printf '%s\n' "-Clink-arg=$folder/stat.o" "-Clink-arg=-L$folder" \
    -Clink-arg=-Wl,--as-needed -Clink-arg=-lpthread -Clink-arg=-ldl
}

# glibc_stub FOLDER NAME SONAME: one library of nothing but names.
glibc_stub() {
  local folder=$1 name=$2 soname=$3
  awk -v library="$name" '
    $1 == library {
      printf ".globl s%d\n.type s%d,@function\ns%d: .byte 0\n.symver s%d,%s@@GLIBC_%s,remove\n", NR, NR, NR, NR, $3, $2
    }' "$folder/symbols" >"$folder/$name.s"
  awk -v library="$name" '$1 == library { print $2 }' "$folder/symbols" | sort -uV |
    awk '{ printf "GLIBC_%s { };\n", $1 }' >"$folder/$name.map"
  gcc -nostdlib -shared -Wl,-soname,"$soname" -Wl,--version-script,"$folder/$name.map" \
    "$folder/$name.s" -o "$folder/lib$name.so"
}
