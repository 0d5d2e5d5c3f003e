"""A run of a loop of 1,000 items, started from the editor: what a keystroke costs meanwhile."""

import queue
from collections.abc import Iterator

from benchmarks.lsp.keystrokes import EDITS
from benchmarks.lsp.servers import FIXED, editing
from benchmarks.report import Promise
from wf_engine.testapi import running

ITEMS = 1_000
DELAY_MS = 400
LOOP = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {{name: wait}}
spec:
  type: http
  inputSchema: {{type: object, properties: {{number: {{type: integer}}}}}}
  http: {{method: GET, url: "{url}/users/1", headers: {{X-Test-Delay: "{delay}"}}}}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {{name: loop}}
spec:
  input: {{items: {{type: array, items: {{type: integer}}, required: true}}}}
  tasks:
    - id: each
      taskRef: wait
      input: {{number: "{{{{forEach.item}}}}"}}
      forEach: {{items: "{{{{input.items}}}}", maxParallel: 20}}
"""


def promises() -> Iterator[Promise]:
    """The p95 of keystrokes while the run is in progress, of what it is alone."""
    import sys

    sys.path.insert(0, str(FIXED))
    from doc import workflow

    text = workflow(125)
    line = text.count("\n", 0, text.index("description: one more", len(text) // 2))
    column = len("      description: one more")
    with running() as url, editing(loop__wf__yaml=LOOP.format(url=url, delay=DELAY_MS)) as editor:
        uri = editor.open("big.workflow.yaml", text)
        loop = editor.open("loop.wf.yaml", (editor.folder / "loop.wf.yaml").read_text())
        editor.published(loop, 1)
        editor.settled()
        editor.keystrokes(uri, line, column, 4)
        alone = editor.keystrokes(uri, line, column, 3 * EDITS, 10)
        client = editor.client
        answer: queue.Queue[dict[str, object]] = queue.Queue()
        client.id += 1
        client.waiting[client.id] = answer
        argument = {"uri": loop, "input": {"items": list(range(ITEMS))}}
        params = {"command": "wf.run", "arguments": [argument]}
        client._send({"jsonrpc": "2.0", "id": client.id, "method": "workspace/executeCommand", "params": params})  # noqa: SLF001 - the fixed client would wait
        client.wait_note(lambda note: note["method"] == "wf/event" and "attempt" in str(note), 60)
        meanwhile = editor.keystrokes(uri, line, column, 3 * EDITS, 1_000)
        assert answer.empty(), f"the run ended too early: {answer.get()}"
        client.request("workspace/executeCommand", {"command": "wf.cancel", "arguments": [{}]}, 60)
    ratio = p95(meanwhile) / p95(alone)
    yield Promise(f"edit → completion p95 while a run of {ITEMS:,} items is in progress, of what it is alone", ratio, 2)


def p95(found: list[float]) -> float:
    """What nineteen of twenty are below."""
    return sorted(found)[int(0.95 * len(found))]
