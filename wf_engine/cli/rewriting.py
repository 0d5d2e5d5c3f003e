"""`wf fmt` and `wf migrate`: files put into another form that says the same."""

import sys
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from typing import Annotated

import typer

from wf_engine.cli import terminal
from wf_engine.cli.options import Given, command
from wf_engine.cli.validate import STDIN, UNNAMED, read_stdin, require_files
from wf_engine.session import Selection, selected
from wf_engine.session.rewriting import LeftAlone, Rewritten, laid_out, migrated
from wf_engine.text import WfError
from wf_engine.workspace import Workspace

UNFINISHED = 1
"""Exit code where a file was left alone, or, with --check, where one would change."""

_Rewrite = Callable[[Workspace, Sequence[str]], Rewritten]
_Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or `-` for standard input.")]
_Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 where a file would change.")]
_Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")]
_Name = Annotated[str | None, typer.Option(metavar="PATH", help="The file that standard input is to be taken for.")]


@command("format")
def fmt(
    paths: _Paths, check: _Check = False, diff: _Diff = False, stdin_filename: _Name = None, *, settings: Given
) -> int:
    """Lay workflow files out: indentation, spaces, blank lines. No value, comment or anchor changes.

    A file that cannot be read is left alone. `-` prints the result.
    """
    return _rewritten(laid_out, "laid out", paths, check=check, diff=diff, name=stdin_filename, settings=settings)


@command()
def migrate(paths: _Paths, check: _Check = False, diff: _Diff = False, stdin_filename: _Name = None) -> int:
    """Write old spellings as they are written today. What files say stays the same, comments and layout too.

    `wf explain WF901` and the codes after it tell what the old spellings are. `-` prints the result.
    """
    return _rewritten(migrated, "rewritten", paths, check=check, diff=diff, name=stdin_filename, settings={})


def _rewritten(
    rewrite: _Rewrite,
    done: str,
    paths: list[str],
    *,
    check: bool,
    diff: bool,
    name: str | None,
    settings: Given,
) -> int:
    if STDIN in paths and len(paths) > 1:
        raise WfError("`-` stands alone: the result is what is printed.")
    given = name or UNNAMED
    texts = {given: read_stdin()} if STDIN in paths else {}
    chosen = list(selected([given] if texts else paths, settings=settings, texts=texts))
    require_files(chosen, paths)
    changed, left, files = 0, 0, 0
    for selection, path_results in _results(rewrite, chosen):
        files += len(selection.paths)
        left += len(path_results.left)
        _say_left(path_results.left, selection)
        found = list(_changes(selection, path_results.workspace))
        changed += len(found)
        _put(selection, path_results.workspace, found, check=check, diff=diff, printed=bool(texts))
    if not texts:
        _sum(changed, files, left, done if not (check or diff) else f"would be {done}")
    return UNFINISHED if left or (check and changed) else 0


def _results(rewrite: _Rewrite, chosen: Sequence[Selection]) -> Iterator[tuple[Selection, Rewritten]]:
    for selection in chosen:
        project, paths = selection
        readable = [path for path in paths if path not in project.unreadable]
        yield selection, rewrite(project.workspace, readable)


def _changes(selection: Selection, after: Workspace) -> Iterator[str]:
    before = selection.project.workspace.files
    return (path for path in selection.paths if before[path].text != after.files[path].text)


def _put(selection: Selection, after: Workspace, changed: list[str], *, check: bool, diff: bool, printed: bool) -> None:
    """Writes the files, or prints what they would be."""
    before = selection.project.workspace
    if diff:
        for path in changed:
            _print_diff(path, before.files[path].text.value, after.files[path].text.value)
    elif check:
        for path in changed:
            terminal.stdout().print(terminal.visible(terminal.relative(path)))
    elif printed:
        sys.stdout.buffer.write(after.files[selection.paths[0]].text.value.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
    else:
        selection.project.with_workspace(after).save(changed)


def _print_diff(path: str, before: str, after: str) -> None:
    shown = terminal.relative(path)
    for line in unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), shown, shown):
        style = {"+": terminal.GOOD, "-": terminal.BAD, "@": terminal.NOTE}.get(line[:1], "")
        terminal.stdout().print(terminal.visible(line.rstrip("\r\n")), style=style)


def _say_left(left: Sequence[LeftAlone], selection: Selection) -> None:
    for location, reason in left:
        position = selection.project.workspace.files[location.path].text.position(location.span.start)
        place = f"{terminal.relative(location.path)}:{position.line + 1}:{position.column + 1}"
        terminal.stderr().print(f"{terminal.visible(place)}: {terminal.visible(reason)}", style=terminal.CAUTION)


def _sum(changed: int, files: int, left: int, done: str) -> None:
    said = f"{_count(changed)} {done}, {files - changed - left} unchanged"
    terminal.stderr().print(said + (f", {left} left alone." if left else "."))


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"
