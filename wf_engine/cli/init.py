"""`wf init`."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from wf_engine.cli import terminal
from wf_engine.cli.options import Json, command
from wf_engine.text import WfError

_STARTER = "starter"


@command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; made where there is none.")] = Path(),
    as_json: Json = False,
) -> int:
    """Start a project: settings, a task, and a workflow that runs against `wf test-api`. Never overwrites a file."""
    made = [(path, _create(path, text)) for path, text in _contents(files(__package__) / _STARTER, folder)]
    if as_json:
        terminal.print_json(
            {
                "created": [terminal.relative(path) for path, is_new in made if is_new],
                "kept": [terminal.relative(path) for path, is_new in made if not is_new],
            }
        )
    else:
        _show(made, folder)
    return 0


def _show(made: Sequence[tuple[Path, bool]], folder: Path) -> None:
    out = terminal.stdout()
    for path, is_new in made:
        said = ("created  ", terminal.GOOD) if is_new else ("is there ", terminal.QUIET)
        out.print(Text.assemble(said, terminal.relative(path)))
    workflow = terminal.relative(folder / "workflows" / "hello.workflow.yaml")
    out.print("\nTry it: `wf test-api` in one terminal, and in another")
    out.print(Text(f"  wf run {workflow}\n  wf trace", terminal.NOTE))


def _contents(source: Traversable, target: Path) -> Iterator[tuple[Path, str]]:
    for each in sorted(source.iterdir(), key=lambda entry: (entry.is_dir(), entry.name)):
        if each.is_dir():
            yield from _contents(each, target / each.name)
        else:
            yield target / each.name, each.read_text("utf-8")


def _create(path: Path, text: str) -> bool:
    """Writes a file that is not there; False where it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if path.parent.is_dir():
            return False
        raise WfError(f"{path.parent} is not a folder.") from None
    except OSError as error:
        raise WfError(f"{path} cannot be written: {error.strerror}.") from None
    return True
