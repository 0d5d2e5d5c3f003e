"""The state of a stage: one file, one schema through its whole life, locked while it changes."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wf_stages.documents import check, parse_yaml, to_yaml, write_atomically
from wf_stages.errors import StageError
from wf_stages.repository import PROOFS, Repository

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_IGNORED = "# Locks, and what a run that was stopped left.\n.stage-state.lock\n.raw/\n"


def now() -> str:
    """The time, UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class StageStore:
    """The folder `stage-proofs/stage-N` of one stage and the state in it."""

    def __init__(self, root: Path, stage: str) -> None:
        if not _NAME.fullmatch(stage) or stage.endswith(".lock"):
            raise StageError(f"{stage!r} is no name of a stage", "letters, digits, `.`, `_` and `-`, as in 9.7")
        self.stage = stage
        self.root = root
        self.folder = root / PROOFS / f"stage-{stage}"
        self.path = self.folder / ".stage-state.yaml"
        self.proof = self.folder / f"STAGE_{stage}_PROOF.md"
        self.review = self.folder / "review.yaml"

    def exists(self) -> bool:
        """Whether the stage was begun."""
        return self.path.exists()

    def read(self) -> dict[str, Any]:
        """The state; a StageError where there is none or it is damaged, which nothing here repairs by itself."""
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            hint = f'`wf stage init --stage {self.stage} --name "…"` begins it'
            raise StageError(f"there is no stage {self.stage} here", hint) from None
        except (OSError, UnicodeDecodeError) as error:
            raise StageError(f"{self.path} cannot be read: {error}") from error
        state = parse_yaml(text, str(self.path))
        check("stage-state", state, str(self.path))
        found: dict[str, Any] = state
        return found

    def create(self, state: dict[str, Any]) -> None:
        """Begins the stage; a StageError where it was begun before."""
        check("stage-state", state, "the new state")
        (self.folder / "reports").mkdir(parents=True, exist_ok=True)
        ignored = self.root / PROOFS / ".gitignore"
        if not ignored.exists():
            write_atomically(ignored, _IGNORED.encode())
        with self.locked():
            if self.exists():
                raise StageError(f"stage {self.stage} was begun before", "its state is never written from nothing")
            write_atomically(self.path, to_yaml(state).encode())

    @contextmanager
    def change(self) -> Iterator[dict[str, Any]]:
        """The state as it is now, under a lock; what was done to it is checked and written at the end."""
        with self.locked():
            state = self.read()
            yield state
            check("stage-state", state, "the changed state")
            write_atomically(self.path, to_yaml(state).encode())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else changes the stage meanwhile, in this process or another."""
        if not self.folder.is_dir():
            self.read()  # says what is wrong
        handle = os.open(self.folder / ".stage-state.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def stages(root: Path) -> list[str]:
    """The stages of a checkout, in natural order: 9.7 before 9.10."""
    found = (each.parent.name.removeprefix("stage-") for each in (root / PROOFS).glob("stage-*/.stage-state.yaml"))
    return sorted(found, key=natural)


def folders(repository: Repository) -> list[str]:
    """Every stage of which there is a folder, here or in the commit that is checked out, whatever is left of it."""
    here = [each.name for each in (repository.root / PROOFS).glob("stage-*") if each.is_dir()]
    names = (each.removeprefix("stage-") for each in {*here, *repository.folders_committed(PROOFS)})
    return sorted((each for each in names if _NAME.fullmatch(each)), key=natural)


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key that reads runs of digits as numbers."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|\D+", name)]


def stage_of_branch(branch: str, known: list[str]) -> str | None:
    """The stage that a branch `stage-*` is for: `stage-9.7` or `stage-9.7-what-it-does`, begun already or not."""
    if not branch.startswith("stage-"):
        return None
    name = branch.removeprefix("stage-")
    fitting = [each for each in known if name == each or name.startswith(f"{each}-")]
    number = re.match(r"\d+(?:\.\d+)*(?=-)", name)
    return max(fitting, key=len, default=number.group() if number else name)
