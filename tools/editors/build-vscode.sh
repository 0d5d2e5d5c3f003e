#!/usr/bin/env bash
# Checks the types of the VS Code extension and packages it as editors/vscode/dist/wf.vsix.
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"

cd "$(dirname "${BASH_SOURCE[0]}")/../../editors/vscode"
command -v npm >/dev/null || fail "Node 20 with npm is missing; install it (Debian: nodejs, npm) and try again"

exec 9>"$WF_CACHE/.build-vscode.lock"
flock 9
# npm writes this file last, so that it is older than the lock file or absent where an installation is not whole.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing the extension's development dependencies from npm"
  run_quietly "npm ci" npm ci --ignore-scripts --no-fund --no-audit
  touch node_modules/.package-lock.json
fi
run_quietly "checking the extension's types" npm run --silent check
run_quietly "packaging the extension" npm run --silent package
say "ready: $PWD/dist/wf.vsix"
