#!/usr/bin/env bash
# Installs Debian's chromium and fonts, and puts playwright-core, which drives it, into the cache.
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"

version=1.65.1

build() {
  cd "$1"
  say "installing playwright-core $version from npm"
  echo '{"private": true}' >package.json
  run_quietly "npm install" npm install --ignore-scripts --no-fund --no-audit --no-package-lock "playwright-core@$version"
}

command -v npm >/dev/null || fail "Node 20 with npm is missing; install it (Debian: nodejs, npm) and try again"
need_packages chromium fonts-dejavu-core fonts-liberation
build_part "playwright-core-$version" build
