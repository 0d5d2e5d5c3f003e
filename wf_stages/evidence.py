"""What a run of a gate leaves behind: a folder with everything that was said, and a record with its hashes."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wf_stages.documents import write_atomically
from wf_stages.errors import StageError
from wf_stages.figures import read_figures
from wf_stages.judging import Judgement, judge
from wf_stages.masking import Mask
from wf_stages.model import Gate, gate_of

RECORD = "record.json"
_RAW = ".raw"


def new_run(reports: Path, number: int) -> Path:
    """A new folder for a run of the gate, `gate-05/run-003`; two runs at once never get the same."""
    parent = reports / f"gate-{number:02}"
    parent.mkdir(parents=True, exist_ok=True)
    count = len(list(parent.glob("run-*")))
    while True:
        count += 1
        folder = parent / f"run-{count:03}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        (folder / _RAW).mkdir()
        return folder


def raw(folder: Path) -> Path:
    """Where the tools write while the gate runs; nothing of it is kept as it is."""
    return folder / _RAW


def keep(folder: Path, mask: Mask) -> dict[str, str]:
    """Moves what the tools wrote into the folder, masked. Gives the SHA-256 of each file by its path there."""
    found: dict[str, str] = {}
    for path in sorted(each for each in raw(folder).rglob("*") if each.is_file() and not each.is_symlink()):
        name = path.relative_to(raw(folder))
        data = mask.data(path.read_bytes())
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        found[name.as_posix()] = hashlib.sha256(data).hexdigest()
    shutil.rmtree(raw(folder))
    return found


def write_record(folder: Path, record: Mapping[str, Any]) -> str:
    """Writes the record, which makes the run count. Gives its SHA-256."""
    data = (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
    write_atomically(folder / RECORD, data)
    return hashlib.sha256(data).hexdigest()


def read_record(folder: Path) -> dict[str, Any]:
    """The record of a run; a StageError where it is missing or damaged."""
    try:
        found = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StageError(f"{folder.name}/{RECORD} is missing or damaged") from error
    if not isinstance(found, dict):
        raise StageError(f"{folder.name}/{RECORD} is no record")
    return found


def runs(stage: Path) -> list[Path]:
    """The folders of all runs of a stage that came to their end, in the order of gates and runs."""
    return [each.parent for each in sorted((stage / "reports").glob(f"gate-*/run-*/{RECORD}"))]


def digest(path: Path) -> str | None:
    """SHA-256 of a file, None where there is none. A link is none: what it leads to is not kept here."""
    if path.is_symlink():
        return None
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def judged_again(folder: Path, record: Mapping[str, Any]) -> tuple[Judgement, list[str]]:
    """The verdict found anew from the files kept, and the figures that are not what the record says."""
    gate = gate_of(record["gate"], record["definition"])
    steps, wrong = [], []
    for each in record["steps"]:
        figures = figures_of(gate, each, folder, record["skips"])
        wrong += [f"{each['name']}: {name}" for name in figures if figures[name] != each["figures"].get(name)]
        steps.append({**each, "figures": figures})
    return judge(gate, steps, list(outputs(folder, steps))), wrong


def figures_of(
    gate: Gate, step: Mapping[str, Any], folder: Path, skips: Sequence[Mapping[str, str]]
) -> dict[str, float | None]:
    """The figures of a recorded step, read from the folder."""
    known = {each.name: each for each in gate.steps}
    return read_figures(known[step["name"]], folder, step["log"], [each["test"] for each in skips])


def outputs(folder: Path, steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The log of each step."""
    for step in steps:
        path = folder / step["log"]
        yield path.read_text("utf-8", errors="replace") if path.exists() else ""
