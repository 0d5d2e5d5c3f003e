"""Random workflows with random faults on a virtual clock, and a simple model of what they give."""

import asyncio
import functools
import json
import random
import selectors
import zlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from wf_engine.execution import Request, TransportError, WholeAnswer

T = TypeVar("T")
MOST_ATTEMPTS = 3
FAILED = object()
"""What the model says of something that fails."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer as soon as nothing else is left to do."""

    def __init__(self) -> None:
        super().__init__(_Jumping(self))
        self.now = 0.0

    def time(self) -> float:
        return self.now


class _Jumping(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "nothing will ever happen again"
        self._loop.now += max(timeout, 0.0)
        return super().select(0)


def simulate(work: Coroutine[Any, Any, T]) -> T:
    """Runs to the end, in no time."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def virtually(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test that waits, without the waiting."""

    @functools.wraps(test)
    def run(*arguments: Any, **options: Any) -> None:
        simulate(test(*arguments, **options))

    return run


@dataclass
class World:
    """The far end: what it says depends on the seed and on the call, not on when it is asked."""

    seed: int
    counts: dict[str, int] = field(default_factory=dict)
    flying: int = 0
    holding: int = 0
    """Of those, the ones that hold a slot for certain; an answer that is renewed for the cache holds none."""
    most: int = 0

    def script(self, path: str) -> list[str]:
        """What each attempt of a call meets."""
        source = random.Random(f"{self.seed}{path}")
        return source.choices(list(_FAULTS), list(_FAULTS.values()), k=MOST_ATTEMPTS)

    def gives(self, path: str) -> Any:
        """What comes of a call in the end."""
        for said in self.script(path):
            if said == "ok":
                return _value(path)
            if said in _FINAL:
                return FAILED
        return FAILED

    async def send(self, request: Request) -> WholeAnswer:
        path = request.url.rpartition("/")[2]
        count = self.counts[path] = self.counts.get(path, 0) + 1
        shared = path.startswith(SHARED)
        assert shared or count <= MOST_ATTEMPTS, f"{path} is called {count} times"
        said = self.script(path)[(count - 1) % MOST_ATTEMPTS]
        self.flying += 1
        self.holding += not shared
        self.most = max(self.most, self.holding)
        try:
            await asyncio.sleep(1e9 if said == "hang" else random.Random(f"{self.seed}{path}{count}").uniform(0, 0.1))
        finally:
            self.flying -= 1
            self.holding -= not shared
        if said == "reset":
            raise TransportError("reset", "reset")
        if said.isdecimal():
            return WholeAnswer(int(said), {"retry-after": "0"}, b"")
        body = {"garbage": b'{"v"', "wrong": b'{"v": "x"}'}.get(said) or msgspec.json.encode(_value(path))
        return WholeAnswer(200, {"content-type": "application/json"}, body)

    async def close(self) -> None:
        """Nothing is open."""


def _value(path: str) -> Any:
    return {"v": zlib.crc32(path.encode()) % 1000}


_FAULTS = {"ok": 76, "503": 7, "429": 3, "reset": 4, "hang": 3, "404": 4, "garbage": 1, "wrong": 2}
"""What an attempt may meet, and how often."""
_FINAL = frozenset({"404", "garbage", "wrong"})
"""What no further attempt mends."""
SHARED = "shared"
"""What the paths begin with that several calls have in common, so that their answers may come out of the cache."""


@dataclass
class Target:
    """What runs: a call, a transform, a block, another workflow, or one of several by a switch.

    A call is one of the tasks in `TASKS`; where `shared` is set, its path is that.
    """

    kind: str
    id: str
    steps: "list[Step]" = field(default_factory=list)
    cases: "list[Target]" = field(default_factory=list)
    chosen: int = 0
    task: str = "far"
    shared: str = ""


@dataclass
class Step:
    """A step of a random workflow."""

    id: str
    target: Target
    needs: list[str]
    reads: list[str] = field(default_factory=list)
    """Those of `needs` whose whole output is known beforehand, errors in it included: it holds no loop."""
    condition: bool | None = None
    otherwise: Target | None = None
    items: int | None = None
    loop: str = ""
    tolerant: bool = False
    fallback: Target | str | None = None
    more: str = ""

    @property
    def plain(self) -> bool:
        """Whether its output holds no loop."""
        targets = (self.target, self.otherwise, self.fallback)
        return self.items is None and all(
            not isinstance(each, Target) or each.kind in {"call", "transform"} for each in targets
        )


class Maker:
    """Makes a random workflow. `strict` ones have no timeouts, so that what they give is known beforehand."""

    def __init__(self, seed: int, *, strict: bool) -> None:
        self._random = random.Random(seed)
        self._strict = strict
        self._count = 0

    def steps(self, depth: int) -> list[Step]:
        made: list[Step] = []
        for _ in range(self._random.randint(1, 5 if depth == 0 else 3)):
            made.append(self._step(made, depth))
        return made

    def _name(self) -> str:
        self._count += 1
        return f"s{self._count}"

    def _chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def _step(self, before: list[Step], depth: int) -> Step:
        name = self._name()
        needs = self._random.sample(before, self._random.randint(0, min(2, len(before))))
        reads = [step.id for step in needs if step.plain]
        step = Step(name, self._target(name, depth, switch=True), [each.id for each in needs], reads)
        if self._chance(20):
            step.condition = self._chance(60)
            step.otherwise = self._target(name + "e", depth) if self._chance(50) else None
        if self._chance(25):
            step.items = self._random.randint(0, 4)
            step.tolerant = self._chance(50)
            step.loop = self._random.choice(["", ", parallel: false", ", maxConcurrency: 2"])
        if self._chance(25):
            step.fallback = "value" if self._chance(50) else self._target(name + "f", depth)
        if not self._strict:
            step.more = self._limits(step)
        return step

    def _limits(self, step: Step) -> str:
        """What depends on time, and so is not known beforehand."""
        more = f", timeout: {self._random.randint(10, 400)}ms" if self._chance(15) else ""
        if step.target.kind == "call" and self._chance(20):
            more += f", retry: {{maxAttempts: {self._random.randint(1, MOST_ATTEMPTS)}, initialDelay: 5ms}}"
        if step.target.kind == "call" and self._chance(25):
            more += ", circuitBreaker: {failureThreshold: 1, breakDuration: 60ms, halfOpenRequests: 1}"
        return more

    def _target(self, name: str, depth: int, *, switch: bool = False) -> Target:
        if switch and self._chance(10):
            return Target("transform", name)
        kind = self._random.choices(["call", "block", "sub", "switch"], [60, 16, 12, 12 if switch else 0])[0]
        if depth >= 2 or kind == "call":
            if not self._strict and self._chance(20):
                return Target("call", name, task="kept", shared=f"{SHARED}{self._random.randrange(3)}")
            return Target("call", name, task="sent" if self._chance(25) else "far")
        if kind == "switch":
            cases = [self._target(f"{name}c{number}", depth) for number in range(self._random.randint(1, 3))]
            return Target("switch", name, cases=cases, chosen=self._random.randrange(len(cases)))
        return Target(kind, name, self.steps(depth + 1))


class Writer:
    """Writes workflows as YAML. `key` is the text that tells apart where a call is made: indices of the loops around."""

    def __init__(self) -> None:
        self.children: list[str] = []

    def scope(self, steps: list[Step], key: str, loops: int) -> str:
        return "[" + ", ".join(self.step(step, key, loops) for step in steps) + "]"

    def step(self, step: Step, key: str, loops: int) -> str:
        within, inside = key, loops
        parts = [f"id: {step.id}", f"dependsOn: [{', '.join(step.needs)}]"]
        if step.items is not None:
            items = ", ".join(map(str, range(step.items)))
            on_error = "continue" if step.tolerant else "fail"
            parts.append(f"forEach: {{items: [{items}], onError: {on_error}{step.loop}}}")
            within = "".join(f"-{{{{forEach.{'$parent.' * up}index}}}}" for up in range(loops, -1, -1))
            within = key.partition("{{forEach")[0].removesuffix("-") + within
            inside = loops + 1
        parts.append(self.target(step.target, within, inside, step.reads))
        if step.condition is not None:
            other = ""
            if step.otherwise is not None:
                other = f", else: {{{self.target(step.otherwise, key, loops, step.reads)}}}"
            parts.append(f'condition: {{if: "{str(step.condition).lower()}"{other}}}')
        if step.fallback == "value":
            parts.append(f'fallback: {{output: {{instead: "{step.id}"}}}}')
        elif isinstance(step.fallback, Target):
            parts.append(f"fallback: {{{self.target(step.fallback, within, inside, step.reads)}}}")
        return "{" + ", ".join(parts) + step.more + "}"

    def target(self, target: Target, key: str, loops: int, needs: list[str]) -> str:
        if target.kind == "call":
            path = target.shared or f"{target.id}{key}-{_read(needs)}"
            return f'taskRef: {target.task}, input: {{p: "{path}"}}'
        if target.kind == "transform":
            return f'input: {{k: "{target.id}{key}-{_read(needs)}"}}, transform: {{pipeline: [reverse]}}'
        if target.kind == "block":
            return f"tasks: {self.scope(target.steps, key, loops)}"
        if target.kind == "sub":
            body = self.scope(target.steps, "{{input.key}}", 0)
            outputs = ", ".join(f'{step.id}: "{{{{tasks.{step.id}.output}}}}"' for step in target.steps)
            self.children.append(_workflow(target.id, f"input: {{key: {{}}}}\n  output: {{{outputs}}}", body))
            return f'workflowRef: {target.id}, input: {{key: "{key}"}}'
        cases = ", ".join(
            f"{{match: {number}, {self.target(case, key, loops, needs)}}}" for number, case in enumerate(target.cases)
        )
        return f"switch: {{value: {target.chosen}, cases: [{cases}]}}"


def _read(needs: list[str]) -> str:
    outputs = ", ".join(f"tasks.{name}.output" for name in needs)
    return f"{{{{length(toJson([{outputs}]))}}}}"


def _workflow(name: str, more: str, steps: str, timeout: str = "5m") -> str:
    head = f"apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {{name: {name}}}\nspec:\n  timeout: {timeout}\n"
    return f"{head}  {more}\n  tasks: {steps}\n---\n"


def _task(name: str, http: str, more: str = "") -> str:
    return f"""\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {{name: {name}}}
spec:
  type: http
  timeout: 1s
  outputSchema: {{type: object, required: [v], properties: {{v: {{type: integer}}}}}}
  retry: {{maxAttempts: {MOST_ATTEMPTS}, initialDelay: 20ms}}
  http: {{{http}}}
  {more}
---
"""


_URL = 'url: "http://far.example/{{input.p}}"'
TASKS = (
    _task("far", f"method: GET, {_URL}")
    + _task("sent", f'method: POST, {_URL}, body: {{p: "{{{{input.p}}}}"}}')
    + _task("kept", f"method: GET, {_URL}", "cache: {ttl: 100ms, staleWhileRevalidate: 200ms, onlySuccess: false}")
)


def documents(steps: list[Step], slots: int, timeout: str = "5m") -> str:
    """The workflow `main` with all that it runs."""
    writer = Writer()
    outputs = ", ".join(f'{step.id}: "{{{{tasks.{step.id}.output}}}}"' for step in steps)
    main = _workflow("main", f"maxConcurrency: {slots}\n  output: {{{outputs}}}", writer.scope(steps, "", 0), timeout)
    return TASKS + "".join(writer.children) + main


class Model:
    """What a workflow gives, worked out without any notion of time: a scope fails if anything in it does."""

    def __init__(self, world: World) -> None:
        self._world = world

    def scope(self, steps: list[Step], key: str, indices: str) -> Any:
        outputs: dict[str, Any] = {}
        for step in steps:
            if all(name in outputs for name in step.needs):
                given = self._step(step, key, indices, outputs)
                if given is not FAILED:
                    outputs[step.id] = given
        return outputs if len(outputs) == len(steps) else FAILED

    def _step(self, step: Step, key: str, indices: str, seen: dict[str, Any]) -> Any:
        if step.condition is False:
            if step.otherwise is None:
                return None
            given = self._target(step.otherwise, key, indices, step.reads, seen)
            return given if step.items is not None else self._saved(step, given, key, indices, seen)
        if step.items is None:
            given = self._target(step.target, key, indices, step.reads, seen)
            return self._saved(step, given, key, indices, seen)
        results = []
        for index in range(step.items):
            within = f"{indices}-{index}"
            given = self._target(step.target, key, within, step.reads, seen)
            results.append(self._saved(step, given, key, within, seen))
        bad = [index for index, given in enumerate(results) if given is FAILED]
        return FAILED if bad and not step.tolerant else _looped(results, bad)

    def _saved(self, step: Step, given: Any, key: str, indices: str, seen: dict[str, Any]) -> Any:
        if given is not FAILED or step.fallback is None:
            return given
        if isinstance(step.fallback, Target):
            return self._target(step.fallback, key, indices, step.reads, seen)
        return {"instead": step.id}

    def _target(self, target: Target, key: str, indices: str, needs: list[str], seen: dict[str, Any]) -> Any:
        if target.kind in {"call", "transform"}:
            read = json.dumps([seen[name] for name in needs], separators=(",", ":"), ensure_ascii=False)
            text = f"{target.id}{key}{indices}-{len(read)}"
            return [{"k": text}] if target.kind == "transform" else self._world.gives(text)
        if target.kind == "block":
            return self.scope(target.steps, key, indices)
        if target.kind == "sub":
            return self.scope(target.steps, key + indices, "")
        return self._target(target.cases[target.chosen], key, indices, needs, seen)


def _looped(results: list[Any], bad: list[int]) -> dict[str, Any]:
    return {
        "results": [None if given is FAILED else given for given in results],
        "itemCount": len(results),
        "successCount": len(results) - len(bad),
        "failureCount": len(bad),
        "errors": bad,
    }


def comparable(output: Any) -> Any:
    """An output as the model gives it: of the errors of loops it knows the indices alone."""
    if isinstance(output, list):
        return [comparable(each) for each in output]
    if not isinstance(output, dict):
        return output
    known = {name: comparable(value) for name, value in output.items()}
    if "itemCount" in output:
        known["errors"] = [error["index"] for error in output["errors"]]
    return known
