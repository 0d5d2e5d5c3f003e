"""The `wf stage` command. Exit codes: 0 passed, 1 a gate failed or a proof does not hold, 2 usage, 3 a gate not run."""

import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from wf_stages.arguments import parser
from wf_stages.commands import COMMANDS
from wf_stages.errors import StageError
from wf_stages.repository import PROOFS, Repository

INTERRUPTED = 130
_ENDS = (signal.SIGTERM, signal.SIGHUP)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs `wf stage` with these arguments in the current folder. Gives the exit code; raises nothing."""
    try:
        arguments = parser().parse_args(list(sys.argv[1:] if argv is None else argv))
    except SystemExit as ended:
        return int(ended.code or 0)
    before = _on_termination()
    try:
        return COMMANDS[arguments.command](arguments, _repository(arguments.command))
    except StageError as error:
        sys.stderr.write(f"error: {error}\n" + (f"hint: {error.hint}\n" if error.hint else ""))
        return 2
    except OSError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; `wf stage gates --resume` goes on from here\n")
        return INTERRUPTED
    finally:
        before()


def _repository(command: str) -> Repository:
    """The work tree. What was copied without its history can still be verified as far as files go."""
    here = Path.cwd()
    if command == "verify" and (here / PROOFS).is_dir() and not (here / ".git").exists():
        return Repository(here)
    return Repository.around(here)


def _on_termination() -> Callable[[], object]:
    """Makes a request to end, or a terminal that closes, like Ctrl-C, so that no tool outlives us. Gives what undoes it."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = {number: signal.signal(number, stop) for number in _ENDS if signal.getsignal(number) != signal.SIG_IGN}
    except ValueError:  # not the main thread: whoever runs us there ends us there
        return lambda: None
    return lambda: [signal.signal(number, handler) for number, handler in before.items()]


if __name__ == "__main__":
    sys.exit(main())
