"""The one fixture helper: sources with a cursor, and expectations drawn under the source they are about.

A line of carets belongs to the source line above it and marks a range of it; behind it stand a code and, where the
wording matters, a part of the message. A place of related information has `related` in the place of a code:

        taskRef: get-usr
                 ^^^^^^^ WF301 Did you mean `get-user`?

An empty range is drawn as one `|`.
"""

import re
from collections.abc import Iterable, Mapping
from textwrap import dedent, indent
from typing import NamedTuple

from wf_engine.checks import diagnostics
from wf_engine.text import Diagnostic, Edit, FileEdit, Severity, Span, Text
from wf_engine.workspace import Settings, Workspace

MAIN = "main.workflow.yaml"
_ADVICE = "WF8"
_CARETS = re.compile(r" *(\^+|\|) (\S+)(?: (.*))?")

TASKS = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec:
  type: http
  description: Reads a user.
  inputSchema:
    type: object
    required: [id]
    properties: {id: {type: string}, verbose: {type: boolean}, limit: {type: integer}}
  outputSchema:
    type: object
    required: [id, name, tags, address, manager]
    properties:
      id: {type: string}
      name: {type: string}
      age: {type: integer}
      tags: {type: array, items: {type: string}}
      address: {type: object, required: [city], properties: {city: {type: string}}, additionalProperties: false}
      manager: {type: [string, "null"]}
    additionalProperties: false
  http: {method: GET, url: "https://example.com/users/{{input.id}}"}
---
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: send-mail}
spec:
  type: http
  inputSchema:
    type: object
    required: [to, count]
    properties: {to: {type: string}, count: {type: integer}, body: {type: string}}
    additionalProperties: false
  outputSchema: {type: object, required: [sent], properties: {sent: {type: boolean}}}
  http: {method: POST, url: "https://example.com/mails", body: "{{input}}"}
  retry: {maxAttempts: 2}
"""
"""Two tasks that tests call; `send-mail` refuses unknown inputs, `get-user` declares its own and says no more."""


class Mark(NamedTuple):
    """A range that a line of carets marks; `label` is what stands behind them."""

    span: Span
    label: str


def with_cursor(text: str) -> tuple[str, int]:
    """A dedented text without its `$0`, and the offset at which that stood."""
    text = dedented(text)
    before, mark, after = text.partition("$0")
    assert mark, "no $0 in the text"
    return before + after, len(before)


def dedented(text: str) -> str:
    """A text without the indentation that it has in a test."""
    return dedent(text.removeprefix("\n"))


def workflow(spec: str, name: str = "main") -> str:
    """A Workflow with this text below `spec`, which may hold carets."""
    head = f"apiVersion: workflow.io/v1\nkind: Workflow\nmetadata:\n  name: {name}\nspec:\n"
    return head + indent(dedented(spec), "  ")


def task(spec: str, name: str = "probe") -> str:
    """A WorkflowTask with this text below `spec`, which may hold carets."""
    head = f"apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata:\n  name: {name}\nspec:\n"
    return head + indent(dedented(spec), "  ")


def marked(source: str) -> tuple[str, tuple[Mark, ...]]:
    """A source without its lines of carets, and what they mark."""
    lines: list[str] = []
    found: list[tuple[int, int, int, str]] = []
    for line in dedented(source).splitlines(keepends=True):
        carets = _CARETS.fullmatch(line.rstrip("\n"))
        if carets is None or not carets[2].startswith(("WF", "related")):
            lines.append(line)
            continue
        width = 0 if carets[1] == "|" else len(carets[1])
        found.append((len(lines) - 1, carets.start(1), width, " ".join(filter(None, carets.group(2, 3)))))
    text = Text("".join(lines))
    starts = [(text.line_start(line) + column, width, label) for line, column, width, label in found]
    return text.value, tuple(Mark(Span(start, start + width), label) for start, width, label in starts)


def drawn(source: str, marks: Iterable[Mark]) -> str:
    """A source with a line of carets below the line of each mark."""
    text = Text(source)
    below: dict[int, list[str]] = {}
    for (start, end), label in sorted(marks):
        line, column = text.position(start)
        last = text.position(end)
        width = last.column - column if last.line == line else len(text.line(line)) - column
        carets = "^" * width if end > start else "|"
        beyond = "" if last.line == line else f" … to line {last.line + 1}"
        below.setdefault(line, []).append(" " * column + f"{carets} {label}{beyond}\n")
    pieces = []
    for number, line_text in enumerate(source.splitlines(keepends=True)):
        whole = line_text if line_text.endswith("\n") or number not in below else line_text + "\n"
        pieces += [whole, *below.get(number, ())]
    return "".join(pieces)


def workspace_of(source: str, files: Mapping[str, str] | None = None, settings: Settings | None = None) -> Workspace:
    """A workspace of one file, `MAIN`, beside `TASKS` and `files`; carets are taken out of all of them."""
    texts = {"tasks.task.yaml": TASKS, **(files or {}), MAIN: source}
    return Workspace.of({path: marked(text)[0] for path, text in texts.items()}, settings)


def check_diagnostics(
    source: str, files: Mapping[str, str] | None = None, settings: Settings | None = None
) -> tuple[Diagnostic, ...]:
    """Asserts that a file has the diagnostics that are drawn in it and no others; gives them.

    Advice (WF8xx) counts only where some is drawn: what a test is not about may be left unread in its source.
    """
    text, marks = marked(source)
    found = diagnostics(workspace_of(source, files, settings), MAIN)
    if not any(mark.label.startswith(_ADVICE) for mark in marks):
        found = tuple([each for each in found if not each.code.startswith(_ADVICE)])
    actual = [_as_expected(each, marks) for each in found]
    if any(mark.label.startswith("related") for mark in marks):
        actual += [Mark(each.location.span, f"related {each.message}") for d in found for each in d.related]
    said, expected = drawn(text, actual), drawn(text, marks)
    assert said == expected, f"what is said:\n{said}"
    return found


def check_fix(source: str, fixed: str, title: str | None = None, files: Mapping[str, str] | None = None) -> None:
    """Asserts what is drawn, applies the fix of that title, or the first there is, and asserts what comes of it."""
    found = check_diagnostics(source, files)
    fixes = [fix for each in found for fix in each.fixes if title in (None, fix.title)]
    assert fixes, f"no fix {title or ''}; there are {[fix.title for each in found for fix in each.fixes]}"
    mended = applied(marked(source)[0], fixes[0].edits)
    assert mended == marked(fixed)[0], f"what the fix gives:\n{mended}"
    check_diagnostics(fixed, files)


def applied(text: str, edits: Iterable[FileEdit | Edit]) -> str:
    """A text after edits that do not overlap."""
    plain = [edit.edit if isinstance(edit, FileEdit) else edit for edit in edits]
    for (start, end), new in sorted(plain, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def errors(found: Iterable[Diagnostic]) -> list[str]:
    """The codes of the errors among diagnostics."""
    return [each.code for each in found if each.severity is Severity.ERROR]


def _as_expected(diagnostic: Diagnostic, marks: Iterable[Mark]) -> Mark:
    """A diagnostic as the mark that expects it, else with all it says."""
    for mark in marks:
        code, _, words = mark.label.partition(" ")
        said = f"{diagnostic.message} {diagnostic.hint or ''}"
        if mark.span == diagnostic.location.span and code == diagnostic.code and words.lower() in said.lower():
            return mark
    return Mark(diagnostic.location.span, f"{diagnostic.code} {diagnostic.message}")
