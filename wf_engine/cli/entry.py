"""The entry point of `wf`."""

import io
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 and the signal's number."""

_BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Runs `wf` with these arguments, else those of the process. Gives the exit code; raises nothing."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that a terminal does not know is no reason to fail
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has heard enough. What is still buffered must not fail a second time at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = _BROKEN_PIPE
    return code


def _dispatch(arguments: list[str]) -> int:
    from wf_engine.cli.commands import COMMANDS

    named = COMMANDS.get(arguments[0]) if arguments else None
    if named is not None and named.own_arguments:
        # Before Typer is imported: an editor waits for this start (see architecture, invariant 12).
        code: int = named.load()(arguments[1:])
        return code
    from wf_engine.cli.group import call
    from wf_engine.text.garbage import collect_seldom

    collect_seldom()
    return call(arguments)
