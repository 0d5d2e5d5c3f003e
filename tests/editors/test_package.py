"""The packaged extension: whole, self-contained, and with what its manifest promises."""

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

EXTENSION = Path(__file__).resolve().parents[2] / "editors" / "vscode"


@pytest.fixture(scope="module")
def package(vscode: dict[str, str]) -> zipfile.ZipFile:
    return zipfile.ZipFile(vscode["WF_VSIX"])


def read_json(path: str) -> Any:
    return json.loads((EXTENSION / path).read_text(encoding="utf-8"))


def test_everything_that_the_manifest_names_is_in_the_package(package: zipfile.ZipFile) -> None:
    manifest = read_json("package.json")
    contributed = manifest["contributes"]
    named = [manifest["main"], manifest["icon"]]
    named += [grammar["path"] for grammar in contributed["grammars"]]
    named += [snippets["path"] for snippets in contributed["snippets"]]
    named += [language["configuration"] for language in contributed["languages"]]
    missing = {f"extension/{name.removeprefix('./')}" for name in named} - set(package.namelist())
    assert not missing


def test_the_extension_needs_no_node_modules(package: zipfile.ZipFile) -> None:
    assert not [name for name in package.namelist() if "node_modules" in name]
    bundle = package.read("extension/dist/extension.js").decode()
    required = set(re.findall(r"\brequire\(\"([^\"]+)\"\)", bundle)) - {"vscode"}
    script = "process.stdout.write(JSON.stringify(require('node:module').builtinModules))"
    built_in = set(json.loads(subprocess.run(["node", "-e", script], capture_output=True, check=True).stdout))
    assert {name.removeprefix("node:") for name in required} <= built_in


def test_there_are_a_dozen_snippets_with_prefixes_of_their_own() -> None:
    snippets = read_json("snippets/workflow.json").values()
    prefixes = [prefix for snippet in snippets for prefix in snippet["prefix"]]
    assert len(snippets) >= 12
    assert len(prefixes) == len(set(prefixes))


def test_the_lock_file_names_no_registry() -> None:
    packages = read_json("package-lock.json")["packages"].values()
    assert not [one for one in packages if "resolved" in one]


@pytest.mark.usefixtures("vscode")
def test_the_trace_view_shows_what_the_events_say() -> None:
    test = Path(__file__).parent / "vscode" / "trace.test.mjs"
    outcome = subprocess.run(["node", "--test", test], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout
