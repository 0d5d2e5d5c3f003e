#!/usr/bin/env bash
# Puts VS Code's workbench (the npm package code-server: the real workbench and extension host, in a browser) into the cache.
# Start it with: node $WF_CACHE/code-server-VERSION/out/node/entry.js --auth none --bind-addr 127.0.0.1:PORT FOLDER
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"

# The last version that runs on Node 20; it is VS Code 1.96.
version=4.96.4
part="code-server-$version"

node_headers() {
  # node-gyp would download Node's headers; most installations already have them.
  local prefix
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  [ -f "$prefix/include/node/node.h" ] && printf '%s' "$prefix"
}

build() {
  local folder=$1 headers archive
  cd "$folder"
  if headers=$(node_headers); then export npm_config_nodedir=$headers; fi
  export npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
  say "downloading code-server $version from npm"
  run_quietly "npm pack" npm pack --silent "code-server@$version"
  archive=$(echo code-server-*.tgz)
  tar -xzf "$archive" --strip-components=1
  rm "$archive"
  say "installing code-server's dependencies"
  run_quietly "npm install of code-server" npm install --omit=dev --ignore-scripts
  say "installing the workbench's dependencies"
  cd lib/vscode
  # This entry names a git address; without it npm takes the registry's release.
  node -e '
    const fs = require("node:fs");
    const lock = JSON.parse(fs.readFileSync("npm-shrinkwrap.json", "utf8"));
    delete lock.packages["node_modules/@vscode/proxy-agent"];
    fs.writeFileSync("npm-shrinkwrap.json", JSON.stringify(lock));'
  run_quietly "npm install of the workbench" npm install --omit=dev --ignore-scripts
  say "compiling its native modules"
  run_quietly "npm rebuild" npm rebuild node-pty @vscode/spdlog native-watchdog @parcel/watcher kerberos
  ln -s node_modules node_modules.asar
  # Its own ripgrep would be downloaded by an install script from outside the registry.
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -s /usr/bin/rg node_modules/@vscode/ripgrep/bin/rg
  cd ../..
  run_quietly "npm rebuild argon2" npm rebuild argon2
}

command -v node >/dev/null && command -v npm >/dev/null || fail "Node 20 with npm is missing; install it (Debian: nodejs, npm) and try again"
[ "$(node -p 'process.versions.node.split(".")[0]')" -eq 20 ] || fail "code-server $version runs on Node 20 only; this is Node $(node -v)"
if [ ! -d "$WF_CACHE/$part" ]; then need_packages g++ make python3 pkg-config libkrb5-dev ripgrep; fi
build_part "$part" build
