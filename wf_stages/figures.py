"""Reading a gate's figures from what its tools wrote."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from wf_stages.model import Figure, Step


def read_figures(step: Step, folder: Path, log: str, skips: Sequence[str]) -> dict[str, float | None]:
    """Every figure of the step; None where it cannot be read. `skips` are the tests whose skipping has a reason."""
    found: dict[str, float | None] = {}
    for figure in step.figures:
        several = _each(figure, folder, log) if figure.read == "json-each" else {}
        found |= several or {figure.name: read_figure(figure, folder, log, skips)}
    return found


def _each(figure: Figure, folder: Path, log: str) -> dict[str, float | None]:
    """The figures of a list of objects, such as the benchmarks of a run; none where the list cannot be read."""
    try:
        text = (folder / (figure.file or log)).read_text("utf-8", errors="replace")
        values = [(each[figure.key], _members_at([each], figure.value)) for each in _json_values(text, figure.at)]
        return {f"{figure.name}: {key}": float(value) * figure.scale + figure.offset for key, [value] in values}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def read_figure(figure: Figure, folder: Path, log: str, skips: Sequence[str]) -> float | None:
    """One figure from its file in the folder, the step's log where it names none; None where it is not there."""
    try:
        text = (folder / (figure.file or log)).read_text("utf-8", errors="replace")
        value = _READERS[figure.read](text, figure.at, skips) if figure.read in _READERS else None
        return None if value is None else value * figure.scale + figure.offset
    except (OSError, ValueError, KeyError, TypeError, ET.ParseError):
        return None


def _pattern(text: str, at: str, _skips: Sequence[str]) -> float | None:
    found = list(re.finditer(at, text))
    # The last one: tools sum up at the end.
    return float(found[-1].group(1).replace(",", "")) if found else None


def _count(text: str, at: str, _skips: Sequence[str]) -> float:
    return sum(1 for _ in re.finditer(at, text))


def _json(text: str, at: str, _skips: Sequence[str]) -> float | None:
    values = _json_values(text, at)
    return float(values[0]) if len(values) == 1 else None


def _json_count(text: str, at: str, _skips: Sequence[str]) -> float:
    return len(_json_values(text, at))


def _json_values(text: str, at: str) -> list[Any]:
    """What the path leads to. Its head must be there: a report without it does not say that nothing was found."""
    return _members_at([json.loads(text)], at)


def _members_at(values: Sequence[Any], at: str) -> list[Any]:
    head, *rest = at.split(".")
    values = _members(values, head, required=True)
    for part in rest:
        values = _members(values, part, required=False)
    return list(values)


def _members(values: Sequence[Any], part: str, *, required: bool) -> list[Any]:
    key = part.removesuffix("[]")
    inner = [each[key] for each in values if required or (isinstance(each, Mapping) and key in each)]
    if not part.endswith("[]"):
        return inner
    return [value for each in inner for value in (each.values() if isinstance(each, Mapping) else each)]


def _junit(text: str, at: str, skips: Sequence[str]) -> float:
    cases = list(ET.fromstring(text).iter("testcase"))  # noqa: S314 - written by the project's own test run
    if at == "tests":
        return len(cases)
    if at == "failed":
        return sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    skipped = [
        f"{case.get('classname', '')}::{case.get('name', '')}" for case in cases if case.find("skipped") is not None
    ]
    if at == "skipped":
        return len(skipped)
    if at == "unexplained":
        return sum(1 for name in skipped if not any(fnmatchcase(name, known) for known in skips))
    raise ValueError(at)


_READERS = {"pattern": _pattern, "count": _count, "json": _json, "json-count": _json_count, "junit": _junit}
