"""`wf explain`."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

import wf_engine
from wf_engine.checks import BY_CODE, BY_NAME, CHECKS, Check
from wf_engine.cli import terminal
from wf_engine.cli.options import Json, command
from wf_engine.text import Severity, WfError, did_you_mean

_PAGES = "diagnostics"
"""The folder of the pages within the installed package."""

_CHECKOUT = Path(wf_engine.__file__).parents[1]
_STYLES = {Severity.ERROR: terminal.BAD, Severity.WARNING: terminal.CAUTION, Severity.HINT: terminal.NOTE}
_WIDEST = 100


def _names(incomplete: str) -> list[tuple[str, str]]:
    return [(name, each.summary) for each in CHECKS for name in (each.code, each.name) if name.startswith(incomplete)]


@command()
def explain(
    diagnostic: Annotated[
        str | None,
        typer.Argument(metavar="CODE|NAME", help="Such as WF301 or unknown-task.", autocompletion=_names),
    ] = None,
    as_json: Json = False,
) -> int:
    """Explain a diagnostic: what it means, an example, and how to mend it. Without a code, list all there are."""
    if diagnostic is None:
        _list(as_json=as_json)
        return 0
    check = BY_CODE.get(diagnostic.upper()) or BY_NAME.get(diagnostic.lower())
    if check is None:
        near = did_you_mean(diagnostic, [*BY_CODE, *BY_NAME])
        raise WfError(f"There is no diagnostic `{diagnostic}`.{near}", hint="`wf explain` lists them all.")
    text = page(check)
    if as_json:
        terminal.print_json({**_record(check), "page": text})
    else:
        _show(check, text)
    return 0


def page(check: Check) -> str | None:
    """The documentation page of a diagnostic, as Markdown; None where it does not come with this installation."""
    packaged = files(wf_engine) / _PAGES / f"{check.code}.md"
    for place in (packaged, _CHECKOUT / check.page):
        if place.is_file():
            return place.read_text("utf-8")
    return None


def _record(check: Check) -> dict[str, Any]:
    severity = check.severity.label
    return {"code": check.code, "name": check.name, "severity": severity, "summary": check.summary, "docs": check.page}


def _list(*, as_json: bool) -> None:
    checks = sorted(CHECKS, key=lambda each: each.code)
    if as_json:
        terminal.print_json([_record(check) for check in checks])
        return
    width = max(len(check.name) for check in checks)
    for check in checks:
        named = (f"{check.name.ljust(width)}  ", "bold")
        level = (f"{check.severity.label:8}  ", _STYLES[check.severity])
        terminal.stdout().print(Text.assemble((f"{check.code}  ", terminal.NOTE), named, level, check.summary))


def _show(check: Check, text: str | None) -> None:
    out = terminal.stdout()
    if text is None:
        out.print(Text.assemble((f"{check.code} {check.name}", "bold"), f"\n\n{check.summary}"))
    elif out.is_terminal:
        from rich.markdown import Markdown  # a pipe gets the Markdown itself

        out.print(Markdown(text), width=min(out.width, _WIDEST), soft_wrap=False)
    else:
        out.print(Text(text.rstrip()))
