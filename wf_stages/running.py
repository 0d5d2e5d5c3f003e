"""Running one gate: its commands, their evidence, its verdict."""

import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wf_stages import evidence
from wf_stages.baseline import read_baseline
from wf_stages.errors import StageError
from wf_stages.judging import Judgement, Verdict, judge
from wf_stages.masking import Mask, mask_for
from wf_stages.model import Gate, Step
from wf_stages.processes import Interrupted, Outcome, Place, run, tail
from wf_stages.repository import Repository
from wf_stages.settings import Settings
from wf_stages.state import StageStore, now
from wf_stages.tools import Toolbox, inspection_environment

VERSION = 1
_OF_A_RUN = ("out", "scratch", "stage", "folder")


@dataclass(slots=True)
class Runner:
    """Runs the gates of a stage. `live` takes the tools' output as it comes."""

    store: StageStore
    repository: Repository
    settings: Settings
    technology: str
    tools: Toolbox
    stop: threading.Event = field(default_factory=threading.Event)
    live: Callable[[str], object] | None = None

    def prepare(self, gates: Sequence[Gate]) -> None:
        """Begins to ask the tools of the gates for their versions, so that no gate has to wait for that.

        A StageError where a command has a name in it that stands for nothing.
        """
        for gate in gates:
            for step in gate.steps:
                self._understood(gate, step)
                if step.version and self._applies(step):
                    self.tools.ask(step.version)

    def _understood(self, gate: Gate, step: Step) -> None:
        for name in self.tools.unknown((*step.run, *step.version), _OF_A_RUN):
            hint = f"`values` in stages.yaml can; known are {', '.join(sorted({*self.tools.values, *_OF_A_RUN}))}"
            raise StageError(f"gate {gate.number}, {step.name}: nothing says what {name} stands for", hint)

    def run(self, gate: Gate) -> dict[str, Any]:
        """Runs the gate, keeps its evidence and enters the verdict into the state. Gives that entry."""
        began = time.monotonic()
        start = {"started": now(), "commit": self.repository.commit(), "clean": self.repository.is_clean()}
        folder = evidence.new_run(self.store.folder / "reports", gate.number)
        try:
            with _scratch() as scratch:
                mask = mask_for(self.repository.root, scratch)
                steps = self._steps(gate, folder, scratch, mask)
                files = evidence.keep(folder, mask)
        except Interrupted:
            shutil.rmtree(folder)
            raise
        # A gate that changes the tree, or a commit beside it, leaves evidence of no commit.
        start["clean"] = start["clean"] and self.repository.is_clean() and start["commit"] == self.repository.commit()
        return self._enter(
            gate, folder, steps, {**start, "seconds": round(time.monotonic() - began, 3), "files": files}
        )

    def _enter(self, gate: Gate, folder: Path, steps: list[dict[str, Any]], found: dict[str, Any]) -> dict[str, Any]:
        skips = self.settings.skips()
        for step in steps:
            step["figures"] = evidence.figures_of(gate, step, folder, skips)
            known = read_baseline(self.repository.root)
            step["baseline"] = {name: known[name] for name in step["figures"] if name in known}
        judgement = judge(gate, steps, list(evidence.outputs(folder, steps)))
        record = {
            "version": VERSION,
            "gate": gate.number,
            "technology": self.technology,
            **found,
            "verdict": judgement.verdict,
            "reason": judgement.reason,
            "steps": steps,
            "skips": skips,
            "definition": gate.data,
        }
        return self._remember(gate, folder, record, judgement)

    def _remember(self, gate: Gate, folder: Path, record: Mapping[str, Any], judgement: Judgement) -> dict[str, Any]:
        entry = {
            "name": gate.name,
            "tier": gate.tier.value,
            "verdict": judgement.verdict.value,
            "reason": judgement.reason,
            "at": record["started"],
            "seconds": record["seconds"],
            "commit": record["commit"],
            "clean": record["clean"],
            "evidence": folder.relative_to(self.store.folder).as_posix(),
            "record": evidence.write_record(folder, record),
        }
        figures = {
            name: value for step in record["steps"] for name, value in step["figures"].items() if value is not None
        }
        with self.store.change() as state:
            state["phase"] = "gates"
            state["gates"][gate.number] = entry
            state["times"]["gates"] = now()
            if judgement.verdict is Verdict.PASSED:
                state["metrics"] |= figures
        return entry

    def _steps(self, gate: Gate, folder: Path, scratch: Path, mask: Mask) -> list[dict[str, Any]]:
        more = {"out": [str(evidence.raw(folder))], "scratch": [str(scratch)], "stage": [self.store.stage]}
        more["folder"] = [str(self.store.folder)]
        done: list[dict[str, Any]] = []
        for place, step in enumerate(gate.steps, 1):
            if not self._applies(step):
                continue
            record = self._step(step, gate.timeout, f"{place}-{_slug(step.name)}.txt", folder, more)
            done.append(_masked(record, mask))
            if record["error"] or record["timed_out"] or record["exit_code"] not in step.passes:
                break
        return done

    def _step(
        self, step: Step, timeout: float, log: str, folder: Path, more: Mapping[str, list[str]]
    ) -> dict[str, Any]:
        command = self.tools.expand(step.run, more)
        raw = evidence.raw(folder)
        inside = inspection_environment() if step.run[0] == "{inspect}" else {}
        env = {**self.tools.environment(step.env, more), **inside}
        where = self._copied(Path(more["scratch"][0])) if step.copy else self.repository.root
        place = Place(where, env, raw / log, raw / step.stdout if step.stdout else None)
        place.log.touch()
        version = self.tools.ask(step.version) if step.version else None
        outcome = self._watched(place, self.tools.resolve(command), timeout)
        return {
            "name": step.name,
            "command": command,
            "version": version.result() if version else None,
            "version_command": self.tools.expand(step.version, more),
            "log": log,
            **_ending(outcome),
        }

    def _copied(self, scratch: Path) -> Path:
        """The project in a folder of its own, once a gate; what it has installed is led to, not copied."""
        copy = scratch / "copy"
        if copy.exists():
            return copy
        for path in self.repository.files():
            target = copy / path.relative_to(self.repository.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        for name in (".venv", "node_modules"):
            if (self.repository.root / name).exists() and not (copy / name).exists():
                (copy / name).symlink_to(self.repository.root / name)
        return copy

    def _watched(self, place: Place, command: list[str], timeout: float) -> Outcome:
        if self.live is None:
            return run(command, place, timeout, self.stop)
        ended = threading.Event()
        follower = threading.Thread(target=tail, args=(place.log, ended, self.live))
        follower.start()
        try:
            return run(command, place, timeout, self.stop)
        finally:
            ended.set()
            follower.join()

    def _applies(self, step: Step) -> bool:
        return not step.when or any(next(self.repository.root.glob(glob), None) for glob in step.when)


def _ending(outcome: Outcome) -> dict[str, Any]:
    return {
        "exit_code": outcome.exit_code,
        "seconds": round(outcome.seconds, 3),
        "timed_out": outcome.timed_out,
        "error": outcome.error,
    }


def _masked(value: Any, mask: Mask) -> Any:
    if isinstance(value, str):
        return mask.text(value)
    if isinstance(value, list):
        return [_masked(each, mask) for each in value]
    return {key: _masked(each, mask) for key, each in value.items()} if isinstance(value, dict) else value


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="stage-", ignore_cleanup_errors=True) as name:
        yield Path(name)
