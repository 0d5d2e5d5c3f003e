"""`wf` itself: finds the command that is meant, imports it and turns every way to end into an exit code."""

import inspect
import os
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from wf_engine.cli import errors, terminal
from wf_engine.cli.commands import COMMANDS
from wf_engine.cli.help import HelpfulCommand, print_group_help
from wf_engine.text import WfError, did_you_mean

_NAME = "wf"
_COMPLETE = "_WF_COMPLETE"
_LONE = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes of an argument that are no UTF-8."""
_BUG = 70
"""Exit code of a fault of wf itself (EX_SOFTWARE)."""


class _Commands(TyperGroup):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the base's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the base's signature
        return click_command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            message = f"There is no command `{args[0]}`.{did_you_mean(args[0], COMMANDS)}"
            raise WfError(message, hint="`wf --help` lists the commands.")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the base's signature
        print_group_help(ctx, inspect.getdoc(_root) or "")


def call(arguments: list[str]) -> int:
    """Runs a command by its arguments. Errors are printed; gives the exit code. Lets KeyboardInterrupt pass."""
    terminal.choose_color("auto")
    try:
        code = _call(arguments or ["--help"])
    except WfError as error:
        errors.show(error)
        code = errors.NOT_RUN
    except TyperException as error:
        errors.show_usage(error)
        code = error.exit_code
    except typer.Exit as stop:
        code = stop.exit_code
    except SystemExit as stop:  # Typer's own options, such as --show-completion, end so
        code = stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours, which the user is told in a sentence
        errors.show_fault(error)
        code = _BUG
    return code


def _call(arguments: list[str]) -> int:
    _require_text(arguments)
    command = typer.main.get_command(_app())
    if _COMPLETE in os.environ:
        command.main(arguments, prog_name=_NAME, complete_var=_COMPLETE)
    with command.make_context(_NAME, arguments) as context:
        return command.invoke(context) or 0


def _require_text(arguments: list[str]) -> None:
    """Raises WfError for an argument that is no text; a file may be called so all the same."""
    for each in arguments:
        if not each.isprintable() and _LONE.search(each) and not os.path.lexists(each):
            raise WfError(f"The argument `{each}` is no text in UTF-8.", hint="Is it from another encoding?")


def _app() -> typer.Typer:
    app = typer.Typer(cls=_Commands, add_completion=True, pretty_exceptions_enable=False)
    app.callback()(_root)
    return app


def click_command(name: str) -> Any:
    """A command as Typer makes it from its function."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    if COMMANDS[name].own_arguments:
        passing_on = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
        app.command(name, help=COMMANDS[name].summary, context_settings=passing_on)(_passing_on(name))
    else:
        app.command(name, cls=HelpfulCommand)(COMMANDS[name].load())
    return typer.main.get_command(app)


def _passing_on(name: str) -> Callable[[typer.Context], int]:
    def call_it(context: typer.Context) -> int:
        code: int = COMMANDS[name].load()(context.args)
        return code

    return call_it


def _print_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        terminal.stdout().print(f"wf {version('wf')}")
        raise typer.Exit


def _root(
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
    color: Annotated[
        Literal["auto", "always", "never"], typer.Option("--color", help="When to use colours.", envvar="WF_COLOR")
    ] = "auto",
) -> None:
    """Workflows in YAML: write them, check them, run them, see what happened."""
    if color != "auto":
        terminal.choose_color(color)
