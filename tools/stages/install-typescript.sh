#!/usr/bin/env bash
# Puts the tools of the small TypeScript project under tests/fixtures into the cache; its node_modules leads there.
source "$(dirname "${BASH_SOURCE[0]}")/../editors/cache.sh"

tools=(typescript@6.0.3 oxlint@1.94.0 eslint@10.15.0 typescript-eslint@8.73.0 vitest@4.1.12 @vitest/coverage-v8@4.1.12
  typedoc@0.28.20)

build() {
  cd "$1"
  say "installing TypeScript, oxlint, ESLint, Vitest and TypeDoc from npm"
  echo '{"private": true}' >package.json
  run_quietly "npm install" npm install --ignore-scripts --no-fund --no-audit --no-package-lock --save-exact "${tools[@]}"
}

command -v npm >/dev/null || fail "Node 20 with npm is missing; install it (Debian: nodejs, npm) and try again"
build_part typescript-tools-1 build
