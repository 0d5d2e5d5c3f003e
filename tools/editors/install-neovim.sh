#!/usr/bin/env bash
# Puts Neovim 0.12, which Debian 12 does not have, into the cache: a minimal tree of Debian's suite forky, run on this host
# through its own loader, so that it can start the host's language server. Start it with $WF_CACHE/neovim-forky/nvim.
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$(dirname "${BASH_SOURCE[0]}")/forky.sh"

write_launcher() {
  cat >"$1/nvim" <<'LAUNCHER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
libraries=$(dirname "$(find "$here/usr/lib" -maxdepth 2 -name 'libluajit-5.1.so.2' -print -quit)")
loader=$(find "$here/usr/lib" -maxdepth 2 -name 'ld-linux*.so.*' -print -quit)
export VIMRUNTIME="$here/usr/share/nvim/runtime"
exec "$loader" --library-path "$libraries" "$here/usr/bin/nvim" "$@"
LAUNCHER
  chmod +x "$1/nvim"
}

build() {
  unpack_forky neovim "$1"
  write_launcher "$1"
  "$1/nvim" --version >/dev/null || fail "the unpacked Neovim does not start"
}

build_forky_part neovim-forky build
