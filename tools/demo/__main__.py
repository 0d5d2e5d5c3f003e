"""`make demo`: opens a broken workflow as an editor would, fixes it, plans it, runs it, and shows the trace."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from tools.demo.editor import Editor
from wf_engine.testapi import running

ROOT = Path(__file__).resolve().parents[2]
WF = Path(sys.executable).with_name("wf")
INPUT = {"orderId": "ord-1001"}
MOST_ROUNDS = 20
HINT = 4

console = Console(highlight=False, soft_wrap=True)


def heading(number: int, text: str) -> None:
    """Tells what comes."""
    console.print(f"\n[bold cyan]{number}. {text}[/]")


def shown(editor: Editor, diagnostic: dict[str, Any]) -> None:
    """A diagnostic with its line, as an editor would underline it."""
    start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
    line = editor.text.split("\n")[start["line"]]
    width = max(end["character"] - start["character"], 1) if end["line"] == start["line"] else 1
    message = diagnostic["message"].split("\n")[0]
    console.print(f"   [red]{diagnostic['code']}[/] line {start['line'] + 1}: {message}", markup=True)
    console.print(f"      {line}", markup=False)
    console.print(" " * (6 + start["character"]) + "[red]" + "^" * width + "[/]")


def repair(editor: Editor, found: list[dict[str, Any]]) -> bool:
    """Applies one fix after the other until there is nothing left to fix."""
    for _ in range(MOST_ROUNDS):
        errors = [each for each in found if each["severity"] < HINT]
        if not errors:
            return True
        action = next((fix for each in errors for fix in editor.fixes(each)), None)
        if action is None:
            for each in errors:
                shown(editor, each)
            return False
        console.print(f"   [green]✓[/] {action['title']}", markup=True)
        editor.apply(action)
        found = editor.diagnostics()
    return False


def plan(answer: dict[str, Any]) -> None:
    """The dry run: what would run, and when."""
    for number, group in enumerate(answer["plan"]["parallelGroups"], 1):
        console.print(f"   level {number}: {', '.join(group)}")
    console.print(f"   critical path: {' → '.join(answer['plan']['criticalPath'])}")
    for each in answer["templates"][:3]:
        console.print(f"   {each['path']} = {each['display']}", markup=False)


def tour(folder: Path, environment: dict[str, str]) -> int:
    """All of it, on a copy of the examples. Returns the exit code."""
    draft = folder / "broken" / "order-dashboard.workflow.yaml"
    editor = Editor([str(WF), "lsp", "--stdio"], folder, environment)
    try:
        heading(1, f"Open {draft.relative_to(folder)} as an editor would. The language server says:")
        editor.open(draft)
        found = editor.settled()
        for each in found:
            shown(editor, each)
        heading(2, "Apply the fixes that it offers")
        if not repair(editor, found):
            return 1
        argument = {"uri": editor.uri, "input": INPUT}
        heading(3, "Dry run: the plan, without a request")
        plan(editor.command("wf.dryRun", argument))
        heading(4, "Run it, against a real HTTP service on this machine")
        execution = editor.command("wf.run", argument)
        if "error" in execution:
            console.print(f"   [red]{execution['error']['message']}[/]")
            return 1
        console.print(f"   {execution['status']} in {execution['durationMs']} ms")
        console.print_json(data=execution["output"], indent=2)
    finally:
        editor.close()
    heading(5, "The trace of the run")
    identity = execution["executionId"]
    subprocess.run([WF, "trace", identity], cwd=folder, env=environment, check=True)
    return 0 if execution["status"] == "succeeded" else 1


def main() -> int:
    """Starts the service, shows the tour, and stops what it started."""
    with tempfile.TemporaryDirectory(prefix="wf-demo-") as temporary, running() as url:
        folder = Path(temporary) / "examples"
        shutil.copytree(ROOT / "examples", folder)
        history = Path(temporary) / "history.db"
        environment = {**os.environ, "WF_ENV_API": url, "WF_HISTORY": str(history)}
        code = tour(folder, environment)
    if code == 0:
        console.print(
            "\n[bold]Try next[/]\n"
            "   .venv/bin/wf test-api                        the service, on port 8085\n"
            "   .venv/bin/wf validate examples/broken        the same findings on the command line\n"
            "   .venv/bin/wf run examples/workflows/user-profile.workflow.yaml --input userId=1\n"
            "   .venv/bin/wf trace                           the trace of the last run\n"
            "   and open examples/ in VS Code or Neovim: see README.md"
        )
    return code


if __name__ == "__main__":
    sys.exit(main())
