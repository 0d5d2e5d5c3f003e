# Sourced by the install scripts: a cache outside the checkout in which each part is built once a machine.
# A part is built in a partial folder and renamed when it is whole, so that an interrupted build leaves nothing behind
# that looks finished; a lock keeps two builds of one part apart.
set -euo pipefail

WF_CACHE="${WF_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wf}"
mkdir -p "$WF_CACHE"

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# run_quietly LABEL COMMAND…: the output is shown only when the command fails.
run_quietly() {
  local label=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    fail "$label failed (the last lines of its output are above)"
  fi
  rm -f "$log"
}

# need_packages PACKAGE…: installs the Debian packages that are missing; who is not root is told what to install.
need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    fail "these Debian packages are missing; install them and try again: sudo apt-get install ${missing[*]}"
  fi
  say "installing with apt: ${missing[*]}"
  # One apt at a time: the scripts may run side by side.
  exec 8>"$WF_CACHE/.apt.lock"
  flock 8
  run_quietly "apt-get update" apt-get update -q
  run_quietly "apt-get install" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
  exec 8>&-
}

# build_part NAME FUNCTION: calls FUNCTION with an empty folder to fill, and makes it $WF_CACHE/NAME.
build_part() {
  local name=$1 build=$2 partial
  exec 9>"$WF_CACHE/.$name.lock"
  flock 9
  if [ -d "$WF_CACHE/$name" ]; then
    say "already there: $WF_CACHE/$name"
    return
  fi
  rm -rf "$WF_CACHE/.$name.partial".*
  partial=$(mktemp -d "$WF_CACHE/.$name.partial.XXXXXX")
  # shellcheck disable=SC2064  # the folder of now is meant
  trap "rm -rf '$partial'" EXIT
  trap 'exit 130' INT TERM
  chmod 755 "$partial"
  "$build" "$partial"
  mv "$partial" "$WF_CACHE/$name"
  say "ready: $WF_CACHE/$name"
}
