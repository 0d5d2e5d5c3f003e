"""textDocument/documentLink."""

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from wf_engine.editing import Link, links
from wf_lsp.convert import Json, page_uri, path_of, range_of, uri_of
from wf_lsp.projects import is_file

if TYPE_CHECKING:
    from wf_lsp.server import WfServer


def document_link(server: "WfServer", params: types.DocumentLinkParams) -> list[Json]:
    """The links of a document, each with where it leads."""
    session = server.session
    path = path_of(params.text_document.uri)
    text = session.text(path)
    found: list[Json] = []
    for link in links(session.workspace(path), path) if text is not None else ():
        target = _target(server, path, link)
        if target is not None and text is not None:
            item: Json = {"range": range_of(text, link.span, session.encoding), "target": target}
            if session.client.link_tooltips and (said := _said(link)):
                item["tooltip"] = said
            found.append(item)
    return found


def _target(server: "WfServer", path: str, link: Link) -> str | None:
    if link.location is not None:
        text = server.session.text(link.location.path)
        line = text.position(link.location.span.start).line + 1 if text is not None else 1
        return f"{server.session.uri(link.location.path)}#L{line}"
    if link.code is not None:
        return page_uri(link.code)
    if link.address is None or "://" in link.address:
        return link.address
    return uri_of(str((Path(path).parent / link.address).resolve())) if is_file(path) else None


def _said(link: Link) -> str:
    if link.code is not None:
        return f"What {link.code} means"
    return f"Where it is defined: {Path(link.location.path).name}" if link.location is not None else ""
