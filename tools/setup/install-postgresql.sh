#!/usr/bin/env bash
# Prints the folder of PostgreSQL's programs, installing Debian's package where there is none.
set -euo pipefail
find_it() {
  local found
  if found=$(command -v initdb) && command -v postgres >/dev/null; then dirname "$found"; return 0; fi
  for found in /usr/lib/postgresql/*/bin; do
    if [ -x "$found/initdb" ]; then echo "$found"; return 0; fi
  done
  return 1
}
find_it && exit 0

# shellcheck source=tools/editors/cache.sh
source "$(dirname "${BASH_SOURCE[0]}")/../editors/cache.sh"
need_packages postgresql
find_it
