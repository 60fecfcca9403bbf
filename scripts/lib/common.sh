# Shared by all scripts: sourced, never run. Sets ROOT and defines what speaks to the user.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export ROOT
SCRIPT=${0##*/}

if [[ -t 2 && -z ${NO_COLOR:-} ]]; then
  BOLD=$'\e[1m' PLAIN=$'\e[0m'
else
  BOLD='' PLAIN=''
fi

# Progress and warnings go to standard error; standard output is for results.
say() { printf '%s==>%s %s\n' "$BOLD" "$PLAIN" "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
fail() {
  printf '%s: %s\n' "$SCRIPT" "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# For a wrong command line: what is wrong, where help is, exit code 2.
bad_usage() {
  printf '%s: %s (see --help)\n' "$SCRIPT" "$*" >&2
  exit 2
}

# at_least HAVE WANTED: compares dotted versions.
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

# log_run LOG COMMAND...: runs a command with its output in a file; shows the end of it when the command fails.
log_run() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    note "the whole log: $log"
    return 1
  fi
}

# stale STAMP PATH...: whether a file below the paths is newer than the stamp, or there is no stamp. A file that was
# removed shows in the time of its folder, which counts below src.
stale() {
  local stamp=$1
  shift
  [[ ! -e $stamp ]] || [[ -n $(find "$@" -name target -prune -o \( -type f -o -path '*/src/*' \) -newer "$stamp" \
    -not -name .flattened-pom.xml -print -quit 2>/dev/null) ]]
}
