#!/usr/bin/env bash
# Puts Emacs 30, which Debian 12 does not have, into the cache, as install-neovim.sh does with Neovim. Start it with
# $WF_CACHE/emacs-forky/emacs.
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$(dirname "${BASH_SOURCE[0]}")/forky.sh"

write_launcher() {
  cat >"$1/emacs" <<'LAUNCHER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
libraries=$(dirname "$(find "$here/usr/lib" -maxdepth 2 -name 'libgmp.so.10' -print -quit)")
loader=$(find "$here/usr/lib" -maxdepth 2 -name 'ld-linux*.so.*' -print -quit)
dump=$(find "$here/usr/libexec/emacs" -name 'emacs-*.pdmp' -print -quit)
of_share() { find "$here/usr/share/emacs" -path "$1" -type d -printf '%p:' | sed 's/:$//'; }
EMACSLOADPATH=$(of_share '*/[0-9]*/lisp*')
EMACSDATA=$(of_share '*/[0-9]*/etc')
EMACSPATH=$(dirname "$dump")
export EMACSLOADPATH EMACSDATA EMACSPATH
exec "$loader" --library-path "$libraries" "$here/usr/bin/emacs-nox" --dump-file="$dump" "$@"
LAUNCHER
  chmod +x "$1/emacs"
}

build() {
  unpack_forky emacs-nox "$1"
  write_launcher "$1"
  "$1/emacs" -Q --batch --eval "(require 'eglot)" 2>/dev/null || fail "the unpacked Emacs does not start"
}

build_forky_part emacs-forky build
