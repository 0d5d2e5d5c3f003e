"""docs/cli.md, made from the commands themselves."""

import inspect
from collections.abc import Iterator

import typer

from wf_engine.cli.commands import COMMANDS
from wf_engine.cli.group import click_command
from wf_engine.cli.help import Row, paragraphs, sections, usage
from wf_engine.workspace.settings import settings_table

_HEAD = """\
# The command line

`wf COMMAND --help` says the same as this page. Every command that answers with facts also answers with `--json`.
Colours are for terminals only (`--color always|auto|never`, `WF_COLOR`, `NO_COLOR`). Nothing is ever sent anywhere but
where the requests of a workflow go.

| command | |
|---|---|
"""

_EXIT_CODES = """\
## Exit codes

| code | |
|---|---|
| 0 | All went well. |
| 1 | `wf validate`: there are findings at or above `--fail-on`. `wf run`: the execution did not succeed. `wf fmt`, `wf migrate`: a file was left alone or, with `--check`, one would change. |
| 2 | Nothing was run: wrong usage, an invalid document, an invalid input, a file that cannot be read. |
| 70 | A fault of wf itself; `WF_DEBUG=1` shows the traceback. Please report it. |
| 130 | Ctrl-C. A run is cancelled by it, and recorded as cancelled. After SIGTERM it is 143. |
| 141 | Whoever read the output closed it. |
"""

_INPUTS = """\
### Inputs

- `--input userId=1` is read by the type of the parameter: text for a `string`, else a number, a boolean or JSON.
- `--input 'filter:={"status": "open"}'` is a JSON value, whatever the type.
- `--input @order.json` is a JSON file (or a YAML file, by its ending) with an object of inputs, `@-` standard input.

Inputs that come later win. Parameters that are left out have their defaults; unknown ones are refused.
"""

_EVENTS = """\
### For programs

`wf run --json` prints the execution: `{executionId, workflowName, version, status, output, errors, durationMs, tasks}`.
`wf run --events` prints a line `{"event": {…}}` for each event as soon as it is recorded, and `{"execution": {…}}` as
the last one.

`wf run --stdin` takes one JSON object from standard input, so that an editor can run what is not saved yet:

| key | |
|---|---|
| `path` | The file that the workflow is in. The only key that must be there. |
| `root` | The workspace's root, which other paths are relative to; without it, the file's own. |
| `workflow` | The workflow's name, where the file has more than one. |
| `input` | An object of inputs. |
| `documents` | Texts by path, which hold instead of what is on disk. |
| `mode` | `live`; `mock`, where answers are made up from `seed`; `replay`, where those of `executionId` come again. |
| `dryRun` | With `true`, nothing is called, and the answer is a line `{"plan": {…}}` with what `wf plan --json` says. |
| `attached` | With `true`, standard input is kept open by whoever asks, and its end cancels the run. |

It prints what `--events` prints. Where nothing is run, it prints `{"error": {message, hint}}`, with `diagnostics` where
documents have errors, and exits with 2. SIGINT and SIGTERM cancel the run, which is then printed as `cancelled`.
"""

_FINDINGS = """\
### Formats

- `text`: for people, each finding with its line.
- `json`: `[{path, range, code, name, severity, message, hint, docs, related, fixes}]`. Lines and columns are from 1,
  columns count code points, a range ends behind its last character. A fix is
  `{title, edits: [{path, range, newText}]}`.
- `sarif`: SARIF 2.1.0, for code scanning.
- `github`: workflow commands that GitHub Actions shows on a pull request.
"""

_PYTHON = """\
## From Python

What the commands do is there as values:

```python
from wf_engine.session import Project

project = Project.open("examples")
for diagnostic in project.diagnostics():
    print(diagnostic.code, diagnostic.message)
execution = project.run("user-profile", {"userId": "1"})
print(execution["status"], execution["output"])
```

`Project.open(path)` finds the root as the commands do. `run` gives what `wf run --json` prints, records it in the same
history, and raises `WfError` (`message`, `location`, `hint`) where nothing was run: `InvalidInput`, `InvalidDocuments`.
`execute` is the same within an event loop; `plan`, `diagnostics`, `fixed`, `save` and `history` are the other commands.
"""

_MORE = {"validate": _FINDINGS, "run": f"{_INPUTS}\n{_EVENTS}"}


def reference() -> str:
    """The whole page as Markdown."""
    table = "".join(f"| [`wf {name}`](#wf-{name}) | {entry.summary} |\n" for name, entry in COMMANDS.items())
    pages = "\n".join(_command(name) for name in COMMANDS)
    settings = f"## Settings\n\n{_SETTINGS}\n{settings_table()}"
    return "\n".join([_HEAD + table, pages, _EXIT_CODES, settings, _PYTHON])


_SETTINGS = """\
Options hold over the environment, the environment over `wf.toml` (or `[tool.wf]` in pyproject.toml) at the root of the
workspace. An option that takes a list may be given more than once; a variable has commas between the items.
"""


def _command(name: str) -> str:
    if COMMANDS[name].own_arguments:
        return f"## wf {name}\n\n{COMMANDS[name].summary} `wf {name} --help` says more.\n"
    command = click_command(name)
    with typer.Context(command, info_name=f"wf {name}") as context:
        said = [f"## wf {name}", *paragraphs(inspect.cleandoc(command.help or "")), f"`{usage(context)}`"]
        tables = [_table(rows) for title, rows in sections(context) if not title.startswith("Settings")]
    return "\n\n".join([*said, *tables, *([_MORE[name].rstrip()] if name in _MORE else [])]) + "\n"


def _table(rows: list[Row]) -> str:
    return "\n".join(["| | |", "|---|---|", *_cells(rows)])


def _cells(rows: list[Row]) -> Iterator[str]:
    for option, words in (row for row in rows if row[0] != "--help"):
        yield f"| `{option.replace('|', chr(92) + '|')}` | {words.replace('|', chr(92) + '|')} |"
