"""Gate 19: dependencies that are more than one major version behind."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wf_stages.errors import StageError

BEHIND = 1


def freshness(_root: Path, arguments: Sequence[str]) -> tuple[list[str], int]:
    """Reads what `pip list`, `npm outdated` or `dotnet list package` said in JSON, with `--outdated`."""
    try:
        report = json.loads(Path(arguments[0]).read_text("utf-8"))
        entries = list(_outdated(report))
        behind = {name: _major(latest) - _major(have) for name, have, latest in entries}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StageError(f"{Path(arguments[0]).name} is no list of outdated dependencies: {error}") from error
    found = [
        f"{name}: {have} is {behind[name]} majors behind {latest}"
        for name, have, latest in entries
        if behind[name] > BEHIND
    ]
    return found, len(entries)


def _outdated(report: Any) -> Iterator[tuple[str, str, str]]:
    """Name, version installed and newest version of each."""
    if isinstance(report, list):
        yield from ((each["name"], each["version"], each["latest_version"]) for each in report)
    elif "projects" in report:
        for package in _packages(report):
            yield package["id"], package["resolvedVersion"], package["latestVersion"]
    elif "error" in report:
        raise ValueError(report["error"])
    else:
        # What is not installed at all is as old as what was asked for.
        yield from ((name, each.get("current", each["wanted"]), each["latest"]) for name, each in report.items())


def _packages(report: Any) -> Iterator[Any]:
    for project in report["projects"]:
        for framework in project.get("frameworks", []):
            yield from framework.get("topLevelPackages", [])


def _major(version: str) -> int:
    # An epoch (1!2.0) stands before what counts.
    found = re.match(r"v?(?:\d+!)?(\d+)", version)
    if found is None:
        raise ValueError(f"{version!r} is no version")
    return int(found.group(1))
