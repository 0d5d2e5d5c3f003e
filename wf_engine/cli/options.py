"""Options that every command shares, and an option for each setting, made from the settings themselves."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import typer

from wf_engine.cli import terminal
from wf_engine.workspace.settings import SETTINGS, Setting

Given = Mapping[str, Any]
"""Settings given as options, by setting name; None is one that was not given."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

Here = Annotated[bool, typer.Option("--here", help="Only runs of the project that the current folder is in.")]

_PANEL = "Settings (each also in wf.toml and in the environment)"
_LISTS = ("texts", "hosts", "scalars", "severities")


def command(*sections: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Makes a function a command: adds `--color`, and an option for each setting of these sections (`env` for its own).

    The function gets what was given of the settings as `settings`.
    """
    chosen = [each for each in SETTINGS.values() if _section(each) in sections]

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def called(color: str | None = None, **arguments: Any) -> int:
            if color is not None:
                terminal.choose_color(color)  # type: ignore[arg-type] # Typer has checked it
            if sections:
                arguments["settings"] = {each.name: arguments.pop(_parameter(each)) for each in chosen}
            return function(**arguments)

        own = [each for each in inspect.signature(function).parameters.values() if each.name != "settings"]
        _replace_parameters(called, [*own, _color(), *map(_option, chosen)])
        return called

    return decorate


def _section(setting: Setting) -> str:
    return setting.name.partition(".")[0] if "." in setting.name else "env"


def _parameter(setting: Setting) -> str:
    return "setting_" + setting.name.replace(".", "_")


def _replace_parameters(function: Any, parameters: list[inspect.Parameter]) -> None:
    """Typer reads a command's signature and annotations."""
    keyword_only = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    function.__signature__ = inspect.Signature(keyword_only, return_annotation=int)
    function.__annotations__ = {each.name: each.annotation for each in parameters} | {"return": int}


def _color() -> inspect.Parameter:
    option = typer.Option("--color", help="When to use colours: `auto` is on a terminal.", show_default=False)
    return _keyword("color", Annotated[Literal["auto", "always", "never"] | None, option])


def _option(setting: Setting) -> inspect.Parameter:
    flag, _, metavar = setting.option.partition(" ")
    words = f"{setting.documentation} [{setting.variable}]"
    if setting.kind == "boolean":
        option = typer.Option(f"{flag}/--no-{flag[2:]}", help=words, rich_help_panel=_PANEL)
        return _keyword(_parameter(setting), Annotated[bool | None, option])
    many = setting.kind in _LISTS
    shown = metavar or ("|".join(setting.choices) if setting.choices else setting.kind.removesuffix("s").upper())
    option = typer.Option(flag, help=words, metavar=shown, rich_help_panel=_PANEL)
    return _keyword(_parameter(setting), Annotated[list[str] | None if many else str | None, option])


def _keyword(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
