# Counts tests. Sourced after common.sh.
# shellcheck shell=bash

PASSED=0 FAILED=0 SKIPPED=0 TALLY=''

# tally OUTCOME COUNT NAME REMARK: one line of the table.
tally() {
  case $1 in
    passed) tally_row "$3" "$2" 0 0 "$4" ;;
    failed) tally_row "$3" 0 "$2" 0 "$4" ;;
    skipped) tally_row "$3" 0 0 "$2" "$4" && note "skipped: $3: $4" ;;
  esac
}

# tally_row NAME PASSED FAILED SKIPPED REMARK
tally_row() {
  PASSED=$((PASSED + $2)) FAILED=$((FAILED + $3)) SKIPPED=$((SKIPPED + $4))
  TALLY+=$(printf '%-42s %7d %7d %8d  %s' "$1" "$2" "$3" "$4" "$5")$'\n'
  (($3 == 0)) || note "FAILED: $1: $5"
}

# tally_sums NAME PASSED FAILED SKIPPED CODE LOG: a run whose exit code says failure counts at least one, and a run without
# any test is a failure too.
tally_sums() {
  local failed=$3
  if (($5 != 0 && failed == 0)) || (($2 + $3 + $4 == 0)); then
    failed=1
  fi
  if ((failed > 0)); then
    tally_row "$1" "$2" "$failed" "$4" "$6"
  else
    tally_row "$1" "$2" 0 "$4" ""
  fi
}

# tally_cargo NAME LOG CODE
tally_cargo() {
  local sums
  sums=$(awk '/^test result:/ { passed += $4; failed += $6; ignored += $8 } END { print passed + 0, failed + 0, ignored + 0 }' "$2")
  # shellcheck disable=SC2086
  tally_sums "$1" $sums "$3" "${2#"$ROOT"/}"
}

# tally_surefire NAME CODE LOG: all reports of the last Maven run.
tally_surefire() {
  local sums
  sums=$(find "$ROOT/java" "$ROOT/bindings" "$ROOT/tests" -path '*/target/surefire-reports/TEST-*.xml' \
    -exec grep -h -m 1 '<testsuite ' {} + | awk '
      function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
      { bad = value("failures") + value("errors"); failed += bad; skipped += value("skipped")
        passed += value("tests") - bad - value("skipped") }
      END { print passed + 0, failed + 0, skipped + 0 }')
  # shellcheck disable=SC2086
  tally_sums "$1" $sums "$2" "$3"
}

# tally_junit NAME LOG CODE: the summary of JUnit's console launcher.
tally_junit() {
  local sums
  sums=$(awk '
    / tests successful / { passed = $2 } / tests failed / { failed = $2 }
    / tests skipped / { skipped += $2 } / tests aborted / { skipped += $2 }
    END { print passed + 0, failed + 0, skipped + 0 }' "$2")
  # shellcheck disable=SC2086
  tally_sums "$1" $sums "$3" "${2#"$ROOT"/}"
}

# tally_lines NAME FILE LOG: lines "passed|failed|skipped <what>".
tally_lines() {
  local file=$2 sums
  [[ -e $file ]] || file=/dev/null
  sums=$(awk '{ n[$1]++ } END { print n["passed"] + 0, n["failed"] + 0, n["skipped"] + 0 }' "$file")
  # shellcheck disable=SC2086
  tally_sums "$1" $sums 0 "$3"
}

# Prints the table and the last line; fails when a test failed.
tally_print() {
  printf '\n%-42s %7s %7s %8s\n%s\n' "" passed failed skipped "$TALLY"
  printf '%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  ((FAILED == 0))
}
