"""A thousand anchors, and requests that are cancelled."""

import statistics
from collections.abc import Iterator

from benchmarks.lsp.hostile import HEAD
from benchmarks.lsp.servers import FIXED, Editor, editing
from benchmarks.report import Promise

ANCHORS, CANCELLED, EDITS = 1_000, 20, 30


def promises() -> Iterator[Promise]:
    """A keystroke in a document of anchors, and a hover behind cancelled requests."""
    with editing() as editor:
        yield Promise(f"edit → completion with {ANCHORS:,} anchors, the slowest, ms", _anchors(editor), 500)
    with editing() as editor:
        hover = _after_cancelled(editor)
        yield Promise(f"a hover after {CANCELLED} cancelled requests on 10,000 lines, ms", hover, 100)


def _anchors(editor: Editor) -> float:
    steps = (
        f"    - id: s{n}\n      taskRef: get-user\n      input: &a{n} {{id: '1'}}\n"
        f"    - id: t{n}\n      taskRef: get-user\n      input: *a{n}\n"
        for n in range(ANCHORS)
    )
    text = HEAD + "      input: {id: '1'}\n      description: x\n" + "".join(steps)
    uri = editor.open("anchors.workflow.yaml", text)
    editor.published(uri, 1)
    line = text.count("\n", 0, text.index("description: x"))
    return max(editor.keystrokes(uri, line, len("      description: x"), EDITS)[2:])


def _after_cancelled(editor: Editor) -> float:
    """The median of some, each behind an edit and requests about the whole document."""
    import sys

    sys.path.insert(0, str(FIXED))
    from doc import workflow

    text = workflow(1_250)
    uri = editor.open("big.workflow.yaml", text)
    editor.published(uri, 1)
    line = text.count("\n", 0, text.index("timeout: 30s"))
    client = editor.client
    found = []
    for number in range(7):
        editor.change(uri, number + 2, line, 16, 16, "s")
        for _ in range(CANCELLED):
            client.id += 1
            client._send({  # noqa: SLF001 - the fixed client waits for every request
                "jsonrpc": "2.0", "id": client.id, "method": "textDocument/documentSymbol",
                "params": {"textDocument": {"uri": uri}},
            })  # fmt: skip
            client.notify("$/cancelRequest", {"id": client.id})
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 8}}
        found.append(client.request("textDocument/hover", params)["_ms"])
        editor.published(uri, number + 2)
    return statistics.median(found)
