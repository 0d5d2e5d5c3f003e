#!/usr/bin/env bash
# Puts Neovim 0.12, which Debian 12 does not have, into the cache: a minimal tree of Debian's suite forky, run on this host
# through its own loader, so that it can start the host's language server. Start it with $WF_CACHE/neovim-forky/nvim.
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"

part=neovim-forky

# The mirror that apt of this machine uses for Debian itself.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' | awk '$2 == "Debian" && !found { print $1; found = 1 }'
}

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
  local folder=$1 mirror
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    run_quietly "apt-get update" apt-get update -q
    mirror=$(debian_mirror)
  fi
  [ -n "$mirror" ] || fail "apt is not configured with a Debian mirror, so there is nowhere to take Neovim from"
  say "unpacking Neovim from Debian forky (debootstrap)"
  run_quietly debootstrap debootstrap --variant=minbase --include=neovim forky "$folder" "$mirror" sid
  rm -rf "$folder/var/cache/apt" "$folder/var/lib/apt/lists" "$folder/usr/share/doc" "$folder/usr/share/locale"
  write_launcher "$folder"
  "$folder/nvim" --version >/dev/null || fail "the unpacked Neovim does not start"
}

if [ ! -d "$WF_CACHE/$part" ]; then
  if [ "$(id -u)" -ne 0 ]; then
    fail "debootstrap needs root; run once: sudo apt-get install debootstrap && sudo WF_CACHE='$WF_CACHE' '$(readlink -f "${BASH_SOURCE[0]}")'"
  fi
  need_packages debootstrap
fi
build_part "$part" build
