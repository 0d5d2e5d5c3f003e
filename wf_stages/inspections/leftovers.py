"""Gate 1: what a template left behind and nobody filled in."""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from wf_stages.errors import StageError
from wf_stages.repository import PROOFS, Repository
from wf_stages.settings import load_settings

PATTERNS = (
    r"\{\{-?\s*(?:cookiecutter|copier)\.",
    r"\{\{\s*(?:project|package|app)_name\s*\}\}",
    r"<(?:PROJECT|PACKAGE|APP|AUTHOR|YOUR|STAGE)[_ -][A-Z_ -]+>",
    r"\b(?:YOUR|MY)_[A-Z_]+_HERE\b",
    r"\bCHANGE[_-]?ME\b",
    r"\[(?:STAGE|PROJECT|FEATURE)[_ ](?:NAME|NUMBER|DESCRIPTION)\]",
    r"(?i)\blorem ipsum\b",
)
_LARGEST = 1_000_000


def leftovers(root: Path, _arguments: Sequence[str]) -> tuple[list[str], int]:
    """`file:line: text` of each leftover, and how many files were read."""
    data = load_settings(root).data.get("leftovers", {})
    patterns = [_compiled(each) for each in [*PATTERNS, *data.get("patterns", [])]]
    exclude = [f"{PROOFS}/*", "stages.yaml", *data.get("exclude", [])]
    found: list[str] = []
    count = 0
    for path in Repository(root).files():
        name = path.relative_to(root).as_posix()
        if any(fnmatchcase(name, glob) for glob in exclude):
            continue
        text = _text(path)
        if text is not None:
            count += 1
            found += _found(name, text, patterns)
    return found, count


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise StageError(f"stages.yaml: leftovers/patterns: {pattern!r} is no regular expression: {error}") from error


def _text(path: Path) -> str | None:
    if path.stat().st_size > _LARGEST:
        return None
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def _found(name: str, text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[str]:
    if any(pattern.search(name) for pattern in patterns):
        yield f"{name}: the file's name"
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)}"
