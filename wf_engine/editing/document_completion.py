"""Completion where a document of ours is only just begun."""

import re

from wf_engine.editing.items import Completions, Item, Kind
from wf_engine.editing.snippets import document_snippets
from wf_engine.language import API_VERSION
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument

_BEGUN = re.compile(r"\ufeff?(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r)|---[ \t]*+(?:\r\n|\n|\r))*+(\w*+)\s*+")


def new_document(source: SourceDocument, offset: int) -> Completions | None:
    """Whole documents for one that holds no more than a word; None where there is more. Offsets are the document's."""
    text = source.tree.text
    match = _BEGUN.fullmatch(text)
    if match is None or (match[1] and not match.start(1) <= offset <= match.end(1)):
        return None
    start = match.start(1) if match[1] else offset
    if text[:start].rpartition("\n")[2].strip("\ufeff"):
        return None
    version = Item("apiVersion", Kind.FIELD, f"apiVersion: {API_VERSION}", "the language's version", rank=2)
    found = sorted((*document_snippets(source.path), version), key=lambda item: item.rank)
    return Completions(Span(start, offset), tuple(found))
