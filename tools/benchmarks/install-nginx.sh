#!/usr/bin/env bash
# Installs what the engine benchmarks call and are measured with: nginx-light with the echo module, and wrk.
set -euo pipefail

packages=(nginx-light libnginx-mod-http-echo libnginx-mod-http-ndk wrk)

if command -v nginx wrk >/dev/null && [ -e /usr/lib/nginx/modules/ngx_http_echo_module.so ]; then
  echo "ready: nginx and wrk are installed"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "error: not root; install these first: apt-get install --no-install-recommends ${packages[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# A started service of the system would hold port 80 and a core; only the program is wanted.
RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
echo "ready: nginx and wrk are installed"
