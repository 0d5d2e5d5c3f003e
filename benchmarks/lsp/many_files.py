"""A workspace of a thousand files: how long until all are checked, and what an editor notices of it meanwhile."""

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.language.documents import workflow
from benchmarks.lsp.run_beside import p95
from benchmarks.lsp.servers import Editor, editing
from benchmarks.report import Promise

FILES, LINES, EDITS = 1_000, 100, 80
WRONG = "w999__workflow__yaml"
"""A file with a mistake: it is said when all are checked."""


def promises() -> Iterator[Promise]:
    """Of a workspace that is read."""
    files = {f"w{n}__workflow__yaml": workflow(LINES, f"w{n}") for n in range(FILES)}
    files[WRONG] = files[WRONG].replace("taskRef: get-user", "taskRef: get-usr", 1)
    with editing(**files) as editor:
        start = time.perf_counter()
        line = files[WRONG].count("\n", 0, files[WRONG].index("one more"))
        first = editor.open("w1.workflow.yaml", files["w1__workflow__yaml"])
        editor.ask("hover", first, line, 8)  # by then all is loaded
        opening = time.perf_counter()
        uri = editor.open("w500.workflow.yaml", files["w500__workflow__yaml"])
        editor.ask("hover", uri, line, 8)
        opened = time.perf_counter() - opening
        meanwhile = editor.keystrokes(uri, line, len("      description: one more"), EDITS)
        editor.settled()
        taken = time.perf_counter() - start
        notes = _notes(editor)
        alone = editor.keystrokes(uri, line, len("      description: one more"), EDITS, EDITS + 2)
    assert any("get-usr" in str(note) for note in notes), "the file with a mistake was not checked"
    kinds = [note["params"]["value"]["kind"] for note in notes if note["method"] == "$/progress"]
    yield Promise(f"{FILES:,} files of {LINES} lines, read and checked, s", taken, 5)
    yield Promise("progress bars that are missing", 0 if kinds[:1] == ["begin"] and kinds[-1:] == ["end"] else 1, 0)
    yield Promise("a document opened meanwhile, until it is answered, ms", opened * 1e3, 300)
    ratio = p95(meanwhile) / p95(alone)
    yield Promise("edit → completion p95 meanwhile, of what it is alone", ratio, 2)


def _notes(editor: Editor) -> list[dict[str, Any]]:
    notes = []
    while not editor.client.notes.empty():
        notes.append(editor.client.notes.get())
    return notes
