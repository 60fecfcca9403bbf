# Runs Maven. Sourced after common.sh.
# shellcheck shell=bash

# maven ARGUMENT...: Maven on JAVA_HOME in the project's root, in batch mode.
maven() { (cd "$ROOT" && mvn -B -ntp "$@"); }

# The project's version.
project_version() { sed -n 's:.*<revision>\(.*\)</revision>.*:\1:p' "$ROOT/pom.xml" | head -n 1; }
