"""Document links: addresses, the definitions that references name, schemas in modelines, pages of diagnostics."""

from collections.abc import Iterator
from typing import NamedTuple

import re2

from wf_engine.analysis import nested, uses
from wf_engine.editing.segments import placed_segments
from wf_engine.language import WorkflowDocument
from wf_engine.text import Location, Span
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

_ADDRESS = re2.compile(r"""https?://[^\s"'<>{}|\\^`\[\]]+""")
_MODELINE = re2.compile(r"#\s*(?:yaml-language-server\s*:\s*)?\$schema\s*[=:]\s*(\S+)")
_CODE = re2.compile(r"#\s*wf-ignore:?\s*(WF\d{3}(?:[\s,]+WF\d{3})*)")
_ONE_CODE = re2.compile(r"WF\d{3}")
_BEHIND = ".,;:!?)"
"""What ends a sentence about an address and not the address."""


class Link(NamedTuple):
    """A range of a file and where it leads: a `location`, an `address` as it is written, or the page of a `code`."""

    span: Span
    location: Location | None = None
    address: str | None = None
    code: str | None = None


def links(workspace: Workspace, path: str) -> tuple[Link, ...]:
    """The links of a file, in the order of the text."""
    file = workspace.files.get(path)
    found = (
        (link for source in file.documents if source.ours for link in _document(workspace, file, source))
        if file
        else ()
    )
    return tuple(sorted(found, key=lambda link: link.span))


def _document(workspace: Workspace, file: SourceFile, source: SourceDocument) -> Iterator[Link]:
    for place in placed_segments(file, source):
        memo = place.segment.memo
        if "links" not in memo:
            memo["links"] = tuple(_written(place.segment.text))
        for link in memo["links"]:
            yield link._replace(span=link.span.shift(place.offset))
    yield from _references(workspace, file, source)


def _written(text: str) -> Iterator[Link]:
    """The links that a piece of text shows by itself."""
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            address = match[0].rstrip(_BEHIND)
            end = match.start() + len(address)
            if not text.startswith("{", match.end()):  # a template goes on with it
                yield Link(Span(match.start(), end), address=address)
    if "$schema" in text:
        for match in _MODELINE.finditer(text):
            if "://" not in match[1]:
                yield Link(Span(*match.span(1)), address=match[1])
    if "wf-ignore" in text:
        for match in _CODE.finditer(text):
            for code in _ONE_CODE.finditer(match[1]):
                yield Link(Span(*code.span()).shift(match.start(1)), code=code[0])


def _references(workspace: Workspace, file: SourceFile, source: SourceDocument) -> Iterator[Link]:
    model, definition = source.model, source.definition
    if not isinstance(model, WorkflowDocument) or definition is None or model.spec is None:
        return
    namespace = definition.key.namespace
    for use in (use for step in nested(model.spec.tasks or ()) for use in uses(step)):
        find = workspace.task if use.kind == "WorkflowTask" else workspace.workflow
        target = find(use.ref, namespace)
        if use.node is None or target is None:
            continue
        where = target.name_place
        location = workspace.location(target.source, where) if where else Location(target.path, Span(0, 0))
        yield Link(file.span(source.index, use.node.place), location=location)
