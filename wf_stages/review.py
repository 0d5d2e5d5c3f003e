"""The author's words on a stage: `review.yaml`, written by a person, read by the proof."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wf_stages.documents import check, read_yaml
from wf_stages.errors import StageError

RECOMMENDATIONS = ("PROCEED", "PROCEED WITH CAUTION", "REVISIT")
PLACEHOLDER = "<to be written>"
_PLACEHOLDERS = re.compile(
    r"<[^<>\n]*to be [^<>\n]*>|\b(?:TBD|TODO|FIXME|XXX|lorem ipsum)\b|\[[A-Z_ ]*PLACEHOLDER[A-Z_ ]*\]|^\W*$",
    re.IGNORECASE,
)

TEMPLATE = f"""# yaml-language-server: $schema=../../schemas/stages.schema.json#/$defs/review
# Your words; the figures come from the evidence. Gate 8 fails while a placeholder is left.
summary: {PLACEHOLDER}
value: {PLACEHOLDER}
goesWell:
- {PLACEHOLDER}
risks:
- {PLACEHOLDER}
recommendation: {PLACEHOLDER}  # {", ".join(RECOMMENDATIONS)}
# Explained warnings of recommended gates, by gate number:
warnings: {{}}
"""


def read_review(path: Path) -> dict[str, Any]:
    """The review; a StageError where it is missing or not of its form."""
    found = read_yaml(path)
    check("stage-review", found, path.name)
    review: dict[str, Any] = found
    return review


def missing(review: Mapping[str, Any], deliverables: list[Mapping[str, Any]]) -> Iterator[str]:
    """What keeps the words from being complete, one sentence each."""
    for field, text in _texts(review):
        if _PLACEHOLDERS.search(text):
            yield f"review.yaml: {field}: a placeholder is left: {text.strip()[:60]!r}"
    if review["recommendation"] not in RECOMMENDATIONS:
        yield f"review.yaml: recommendation: must be one of {', '.join(RECOMMENDATIONS)}"
    if not deliverables:
        yield "the stage has no deliverable: `wf stage deliverable NAME --status done`"
    for each in deliverables:
        if each["status"] == "planned":
            yield f"deliverable {each['name']!r} is still planned"
        elif _PLACEHOLDERS.search(each["name"]):
            yield f"deliverable {each['name']!r} is a placeholder"


def problems(path: Path, deliverables: list[Mapping[str, Any]]) -> list[str]:
    """The same of a file that may be missing or damaged."""
    try:
        return list(missing(read_review(path), deliverables))
    except StageError as error:
        return [str(error)]


def _texts(review: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("summary", "value", "recommendation"):
        yield field, review[field]
    for field in ("goesWell", "risks"):
        for place, text in enumerate(review[field]):
            yield f"{field}/{place}", text
    for number, text in review.get("warnings", {}).items():
        yield f"warnings/{number}", text
