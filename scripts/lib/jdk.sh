# Finds JDKs. Sourced after common.sh.
# shellcheck shell=bash

# The feature number of a JDK's home, from its release file and without starting it; nothing when it is no JDK.
jdk_feature() {
  local line
  [[ -x $1/bin/javac && -r $1/release ]] || return 0
  while IFS= read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"(1\.)?([0-9]+) ]]; then
      echo "${BASH_REMATCH[2]}"
      return 0
    fi
  done <"$1/release"
}

# All JDKs of this machine as lines "<feature> <home>", the newest first, each home once.
jdk_list() {
  local home path seen=' ' feature
  {
    for path in "${COTERIE_JDK:-}" "${JAVA_HOME:-}"; do [[ -z $path ]] || echo "$path"; done
    path=$(command -v javac || true)
    if [[ -n $path ]]; then
      path=$(readlink -f "$path")
      echo "${path%/bin/javac}"
    fi
    for path in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
      "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* "$HOME"/.jabba/jdk/*; do
      [[ ! -d $path ]] || echo "$path"
    done
  } | while IFS= read -r home; do
    home=$(readlink -f "$home" || true)
    [[ $seen != *" $home "* ]] || continue
    seen+="$home "
    feature=$(jdk_feature "$home")
    [[ -z $feature ]] || echo "$feature $home"
  done | sort -s -k1,1nr
}

# jdk_newest LEAST [BELOW]: the home of the newest JDK from LEAST and below BELOW; nothing when there is none.
# COTERIE_JDK, a home, comes before all others.
jdk_newest() {
  local least=$1 below=${2:-999} feature home own=''
  if [[ -n ${COTERIE_JDK:-} ]]; then
    own=$(jdk_feature "$COTERIE_JDK")
    [[ -n $own ]] || fail "COTERIE_JDK=$COTERIE_JDK is no JDK"
    if ((own >= least && own < below)); then
      echo "$COTERIE_JDK"
      return 0
    fi
  fi
  while read -r feature home; do
    if ((feature >= least && feature < below)); then
      echo "$home"
      return 0
    fi
  done < <(jdk_list)
}
