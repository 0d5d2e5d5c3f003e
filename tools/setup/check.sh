#!/usr/bin/env bash
# Says what a fresh machine lacks, before anything fails halfway.
set -u
python=$1
missing=()
command -v "$python" >/dev/null || missing+=("python3.11 with venv")
command -v node >/dev/null || missing+=("nodejs 20")
command -v npm >/dev/null || missing+=("npm")
if [ ${#missing[@]} -gt 0 ]; then
  echo "wf: this machine lacks: ${missing[*]}" >&2
  echo "    on Debian, as root: apt-get install python3.11 python3.11-venv nodejs npm" >&2
  exit 2
fi
