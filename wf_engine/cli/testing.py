"""`wf test`."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.figures import duration
from wf_engine.cli.options import Given, Json, command
from wf_engine.session import Project, opened_history, stamps
from wf_engine.testing import (
    Case,
    Coverage,
    Result,
    cases_of,
    coverage_of,
    in_words,
    junit,
    run_cases,
    saved_test,
)
from wf_engine.text import Severity, WfError

_FAILED = 1
_LOOKS_S = 0.3
"""Seconds between two looks at the files while watching."""


@command("env", "limits", "history")
def run_tests(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH…", help="Files and folders; without one, the current folder.", show_default=False),
    ] = None,
    chosen: Annotated[
        str | None, typer.Option("--only", "-k", metavar="TEXT", help="Only cases whose name has this in it.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write the results as JUnit XML.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Run again whenever a file changes.")] = False,
    save: Annotated[
        str | None, typer.Option(metavar="ID", help="Print this run as a WorkflowTest, and run nothing.")
    ] = None,
    as_json: Json = False,
    *,
    settings: Given,
) -> int:
    """Run tests of workflows: WorkflowTests, and the examples of workflows and tasks. Nothing is sent.

    Exits with 0 where all pass, with 1 where one does not, with 2 where there is nothing to run.
    """
    if save is not None:
        return _save(save, settings)
    places = list(paths or [Path()])
    if watch and (report is not None or as_json):
        raise WfError("--watch shows results to people alone.", hint="Leave --watch out, or --junit and --json.")
    if watch:
        return _watch(places, chosen, settings)
    results, coverage = _run(places, chosen, settings)
    if report is not None:
        _write(report, junit(results))
    if as_json:
        terminal.print_json(_body(results, coverage))
    else:
        _print(results, coverage)
    return 0 if all(result.passed for result in results) else _FAILED


def _run(places: Sequence[Path], chosen: str | None, settings: Given) -> tuple[list[Result], list[Coverage]]:
    results: list[Result] = []
    for project, cases in _projects(places, settings):
        wanted = [case for case in cases if chosen is None or chosen.lower() in case.id.lower()]
        results += asyncio.run(_all(project, wanted))
    if not results:
        where = f" has `{chosen}` in its name" if chosen else ""
        message = f"There is no test case{' that' if chosen else ''}{where}."
        raise WfError(message, hint="Cases stand in documents of `kind: WorkflowTest` and under `examples`.")
    return results, coverage_of(results)


def _projects(places: Sequence[Path], settings: Given) -> list[tuple[Project, list[Case]]]:
    """Each project that the places are in, with the cases of those of its files."""
    found: dict[Path, tuple[Project, set[str]]] = {}
    for place in places:
        project = Project.open(place, settings=settings)
        path = str(place.resolve())
        files = {each for each in project.workspace.files if each == path or Path(path) in Path(each).parents}
        found.setdefault(project.root, (project, set()))[1].update(files)
    return [(project, cases_of(project.workspace, sorted(files))) for project, files in found.values()]


async def _all(project: Project, cases: Sequence[Case]) -> list[Result]:
    runnable: list[Result] = []
    good = [case for case in cases if not _broken(project, case, runnable)]
    return [*runnable, *[result async for result in run_cases(project.workspace, good)]]


def _broken(project: Project, case: Case, results: list[Result]) -> bool:
    """Whether the document of a case, or what it runs, has an error: then that is its result."""
    found = next((d for d in project.diagnostics([case.location.path]) if d.severity is Severity.ERROR), None)
    error = f"{found.code}: {found.message}" if found is not None else None
    if error is None and case.target is not None and case.kind != "taskExample":
        try:
            project.require_ready(case.target)
        except WfError as refused:
            error = str(refused)
    if error is not None:
        results.append(Result(case, error=error))
    return error is not None


def _save(beginning: str, settings: Given) -> int:
    opened = opened_history(settings=settings)
    if opened is None:
        raise WfError("Nothing has been run yet.", hint="`wf run FILE` runs a workflow.")
    with opened:
        print(saved_test(opened.events(beginning)), end="")
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WfError(f"The report {path} cannot be written: {error.strerror}.") from error


def _watch(places: Sequence[Path], chosen: str | None, settings: Given) -> int:
    """Until Ctrl-C."""
    seen: list[dict[str, int]] | None = None
    try:
        while True:
            now = [stamps(place) for place in places]
            if now != seen:
                seen = now
                try:
                    _print(*_run(places, chosen, settings))
                except WfError as error:
                    terminal.stdout().print(Text(str(error), terminal.BAD))
                terminal.stdout().print(Text("\nWaiting for a change; Ctrl-C ends it.", terminal.QUIET))
            time.sleep(_LOOKS_S)
    except KeyboardInterrupt:
        return 0


def _body(results: Sequence[Result], coverage: Sequence[Coverage]) -> dict[str, Any]:
    return {
        "passed": sum(result.passed and result.note is None for result in results),
        "notJudged": sum(result.note is not None for result in results),
        "failed": sum(not result.passed for result in results),
        "cases": [
            {
                "group": result.case.group,
                "name": result.case.name,
                "kind": result.case.kind,
                "path": result.case.location.path,
                "passed": result.passed,
                "durationMs": result.duration_ms,
                "error": result.error,
                "mismatches": [
                    {
                        "what": each.what,
                        "at": each.at,
                        "expected": each.expected,
                        "actual": each.actual,
                        "text": in_words(each),
                    }
                    for each in result.mismatches
                ],
                "note": result.note,
            }
            for result in results
        ],
        "coverage": [each.to_json() for each in coverage],
    }


def _print(results: Sequence[Result], coverage: Sequence[Coverage]) -> None:
    out = terminal.stdout()
    group = None
    for result in results:
        if result.case.group != group:
            group = result.case.group
            out.print(Text(terminal.visible(group), "bold"))
        mark, style = _mark(result)
        name = terminal.visible(result.case.name)
        out.print(Text.assemble((f"  {mark} ", style), name, (f"  {duration(result.duration_ms)}", terminal.QUIET)))
        for said in ([result.error] if result.error else []) + [in_words(each) for each in result.mismatches]:
            for line in said.split("\n"):
                out.print(Text(f"      {terminal.visible(line)}", terminal.BAD))
        if result.note:
            out.print(Text(f"      {terminal.visible(result.note)}", terminal.QUIET))
    _print_coverage(coverage)
    failed = sum(not result.passed for result in results)
    unjudged = sum(result.note is not None for result in results)
    parts = [f"{len(results) - failed - unjudged} passed"]
    parts += [f"{count} {what}" for count, what in ((unjudged, "not judged"), (failed, "failed")) if count]
    took = duration(sum(result.duration_ms for result in results))
    out.print(Text(f"\n{', '.join(parts)} in {took}", terminal.BAD if failed else terminal.GOOD))


def _mark(result: Result) -> tuple[str, str]:
    if not result.passed:
        return "✗", terminal.BAD
    return ("–", terminal.QUIET) if result.note else ("✓", terminal.GOOD)


def _print_coverage(coverage: Sequence[Coverage]) -> None:
    for each in coverage:
        if each.missed:
            places = len(each.places)
            head = (
                f"{each.workflow}: {places - len(each.missed)} of {places} steps and branches reached; no case reaches"
            )
            terminal.stdout().print(Text(f"\n{head}", terminal.CAUTION))
            for path, branch in each.missed:
                terminal.stdout().print(f"  {path}  {branch}", markup=False)
