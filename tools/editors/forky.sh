# Sourced by the install scripts, after cache.sh: programs of Debian's suite forky in a tree of their own.

# The mirror that apt of this machine uses for Debian itself.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' | awk '$2 == "Debian" && !found { print $1; found = 1 }'
}

# unpack_forky PACKAGE FOLDER: a minimal tree with the package in it.
unpack_forky() {
  local package=$1 folder=$2 mirror
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    run_quietly "apt-get update" apt-get update -q
    mirror=$(debian_mirror)
  fi
  [ -n "$mirror" ] || fail "apt is not configured with a Debian mirror, so there is nowhere to take $package from"
  say "unpacking $package from Debian forky (debootstrap)"
  run_quietly debootstrap debootstrap --variant=minbase --include="$package" forky "$folder" "$mirror" sid
  rm -rf "$folder/var/cache/apt" "$folder/var/lib/apt/lists" "$folder/usr/share/doc" "$folder/usr/share/locale"
}

# build_forky_part NAME FUNCTION: as build_part; who is not root is told what to run once.
build_forky_part() {
  if [ ! -d "$WF_CACHE/$1" ]; then
    if [ "$(id -u)" -ne 0 ]; then
      fail "debootstrap needs root; run once: sudo apt-get install debootstrap && sudo WF_CACHE='$WF_CACHE' '$(readlink -f "$0")'"
    fi
    need_packages debootstrap
  fi
  build_part "$1" "$2"
}
