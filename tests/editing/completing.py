"""Asking for completion at the `$0` of a source."""

from collections.abc import Mapping
from typing import NamedTuple

from tests.support import MAIN, with_cursor, workspace_of
from wf_engine.editing import Completions, Item, completion
from wf_engine.workspace import Settings

TASKS = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec:
  type: http
  inputSchema:
    type: object
    required: [id]
    properties: {id: {type: string}, verbose: {type: boolean}, limit: {type: integer}}
  outputSchema:
    type: object
    required: [id, name, tags, address]
    properties:
      id: {type: string}
      name: {type: string, description: What to call them.}
      age: {type: integer}
      tags: {type: array, items: {type: string}}
      address: {type: object, required: [city], properties: {city: {type: string}}}
      manager: {type: [string, "null"]}
  http: {method: GET, url: "https://example.com/users/{{input.id}}"}
---
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: send-mail}
spec:
  type: http
  description: Sends a mail.
  inputSchema:
    type: object
    required: [to, count]
    properties: {to: {type: string}, count: {type: integer}, body: {type: string}}
  http: {method: POST, url: "https://example.com/mails", body: "{{input}}"}
"""


class Asked(NamedTuple):
    """What was answered at the cursor of a text."""

    text: str
    offset: int
    found: Completions

    @property
    def labels(self) -> list[str]:
        """The labels in their order."""
        return [item.label for item in self.found.items]

    def item(self, label: str) -> Item:
        """The item of that label."""
        return next(item for item in self.found.items if item.label == label)

    def chosen(self, label: str, *, stops: bool = False) -> str:
        """The text once the item is chosen; with `stops`, as a client that knows snippets gets it."""
        item = self.item(label)
        text = item.snippet if stops and item.snippet is not None else item.insert
        indent = "\n" + " " * self.found.column
        new = self.found.gap + text.replace("\n", indent)
        return self.text[: self.found.span.start] + new + self.text[self.found.span.end :]

    def line(self, label: str) -> str:
        """The cursor's line, and the ones below that come with it, once the item is chosen."""
        before = self.text[: self.offset].count("\n")
        more = self.chosen(label).count("\n") - self.text.count("\n")
        return "\n".join(self.chosen(label).split("\n")[before : before + 1 + more])


def ask(
    source: str, files: Mapping[str, str] | None = None, settings: Settings | None = None, path: str = MAIN
) -> Asked:
    """Completion at the `$0` of a file."""
    text, offset = with_cursor(source)
    workspace = workspace_of("", {"tasks.task.yaml": TASKS, **(files or {})}, settings).with_text(path, text)
    return Asked(text, offset, completion(workspace, path, offset))
