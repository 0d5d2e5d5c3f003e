"""`--help`, for `wf` and for each command."""

import inspect
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from rich.text import Text
from typer.core import TyperArgument, TyperCommand

from wf_engine.cli import terminal
from wf_engine.cli.commands import COMMANDS

_LONGEST = 34
"""Cells of an option; a longer one has its words below it."""

_WIDEST = 100

Row = tuple[str, str]


class HelpfulCommand(TyperCommand):
    """A command whose help is laid out here."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the base's signature
        """Prints it."""
        out = terminal.stdout()
        _print_words(self.help or "")
        out.print(Text.assemble("\n", ("Usage:", terminal.CAUTION), " ", usage(ctx)))
        for title, rows in sections(ctx):
            _print_section(title, rows)


def usage(context: Any) -> str:
    """`wf plan FILE [NAME] [OPTIONS]`."""
    arguments = [each for each in context.command.params if isinstance(each, TyperArgument)]
    words = [_argument(each) if each.required else f"[{_argument(each)}]" for each in arguments]
    return " ".join([context.command_path, *words, "[OPTIONS]"])


def sections(context: Any) -> Iterator[tuple[str, list[Row]]]:
    """Arguments and options with their words, by the panel that each belongs to."""
    panels: dict[str, list[Row]] = {}
    for each in context.command.get_params(context):
        record = each.get_help_record(context)
        if record is None:
            continue
        default = "Arguments" if isinstance(each, TyperArgument) else "Options"
        panel = getattr(each, "rich_help_panel", None) or default
        name = _argument(each) if isinstance(each, TyperArgument) else record[0]
        panels.setdefault(panel, []).append((name, record[1].replace("  [required]", "")))
    yield from panels.items()


def _argument(parameter: TyperArgument) -> str:
    return parameter.metavar or (parameter.name or "").upper()


def print_group_help(context: Any, words: str) -> None:
    """Prints the help of `wf` itself, without importing a command."""
    out = terminal.stdout()
    _print_words(words)
    out.print(Text.assemble("\n", ("Usage:", terminal.CAUTION), " wf COMMAND [ARGUMENTS] [OPTIONS]"))
    width = max(map(len, COMMANDS))
    for group, names in groupby(COMMANDS, key=lambda name: COMMANDS[name].group):
        _print_section(group, [(name.ljust(width), COMMANDS[name].summary) for name in names])
    for title, rows in sections(context):
        _print_section(title, rows)
    out.print(Text("\n`wf COMMAND --help` says more about each.", terminal.QUIET))


def paragraphs(words: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(each.split()) for each in inspect.cleandoc(words).split("\n\n")]


def _print_words(words: str) -> None:
    said = ["\n".join(wrap(each, _width())) for each in paragraphs(words)]
    terminal.stdout().print(Text("\n\n".join(said)))


def _print_section(title: str, rows: Sequence[Row]) -> None:
    out = terminal.stdout()
    out.print(Text(f"\n{title}", "bold"))
    column = 4 + max(len(name) for name, _ in rows if len(name) <= _LONGEST)
    for name, words in rows:
        first, *more = wrap(words, max(_width() - column, _LONGEST)) or [""]
        if len(name) > _LONGEST:
            out.print(Text(f"  {name}", terminal.NOTE))
            out.print(Text(" " * column + first))
        else:
            out.print(Text.assemble((f"  {name}".ljust(column), terminal.NOTE), first))
        for line in more:
            out.print(Text(" " * column + line))


def _width() -> int:
    return min(terminal.stdout().width, _WIDEST)
