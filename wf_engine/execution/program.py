"""A workflow made ready to run, and what runs of it are made of: programs are shared, frames and step runs are not."""

from asyncio import Task, TimerHandle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from wf_engine.execution.caching import CacheUse, Lease
from wf_engine.execution.circuits import CircuitPolicy
from wf_engine.execution.clock import Clock
from wf_engine.execution.errors import Failure
from wf_engine.execution.graph import Graph
from wf_engine.execution.masking import Masker
from wf_engine.execution.moves import Node
from wf_engine.execution.recorder import Event, Recorder
from wf_engine.execution.retrying import RetryPolicy
from wf_engine.execution.tracing import Tracing
from wf_engine.execution.transport import Request, Response
from wf_engine.expressions import Expression
from wf_engine.language import TaskSpec
from wf_engine.planning import InputGate
from wf_engine.workspace.settings import Limits


class Frame:
    """What the steps of one scope see: values by root. `prefix` is what their paths begin with."""

    __slots__ = ("prefix", "roots")

    def __init__(self, prefix: str, roots: dict[str, Any]) -> None:
        self.prefix = prefix
        self.roots = roots


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What all steps of one execution share."""

    recorder: Recorder
    masker: Masker
    env: Mapping[str, Any]
    secrets: Mapping[str, str]
    execution: Mapping[str, Any]
    """The root `execution`."""
    begun: float
    """When the execution started, in seconds of the clock."""
    limits: Limits
    slots: int
    """Calls that may be in flight at once, and so the iterations of a loop that says nothing itself."""
    answers: "Answers | None" = None
    """Who answers requests in the place of services; None where they are sent."""
    recording: bool = False
    """Whether events hold whole answers, so that they can be given again."""
    tracing: Tracing | None = None
    """What requests carry on, where any are sent."""

    @property
    def clock(self) -> Clock:
        """The clock."""
        return self.recorder.clock

    def note(self, path: str) -> Callable[[str, Any], None]:
        """Records the value of each template of the step at `path`."""
        recorder, clock = self.recorder, self.recorder.clock

        def record(expression: str, value: Any) -> None:
            fields = {"expression": expression, "value": value}
            recorder.record("templateResolved", path, clock.now(), fields)

        return record


class StepRun:
    """One step, or one iteration of a step, in one execution. `frame` is what it sees."""

    __slots__ = (
        "attempts",
        "begun",
        "call",
        "ended",
        "error",
        "expiry",
        "frame",
        "input",
        "lease",
        "loop",
        "node",
        "output",
        "path",
        "permit",
        "program",
        "replaced",
        "response",
        "started",
        "task",
        "task_ref",
        "timed_out",
        "timer",
    )

    def __init__(self, node: Node, program: "StepProgram", frame: Frame, loop: "LoopRun | None" = None) -> None:
        self.node = node
        self.loop = loop
        """The loop that it is an iteration of."""
        self.program = program
        self.frame = frame
        self.path = frame.prefix + program.suffix
        self.task_ref: str | None = None
        self.input: Any = None
        self.call: Call | Compute
        self.permit: int | None = None
        """What the circuit has let the attempt in flight through with."""
        self.lease: Lease | None = None
        """Others wait for its call."""
        self.attempts = 0
        self.begun = 0.0
        """When the step started, in seconds of the clock."""
        self.started: Event | None = None
        self.ended: Event
        self.task: Task[Any] | None = None
        self.timer: TimerHandle | None = None
        """The attempt's timeout, the wait for the next one, or the timeout of the workflow that runs as the step."""
        self.expiry: TimerHandle | None = None
        """The step's own timeout."""
        self.timed_out = False
        self.replaced = False
        """Its fallback has taken its place."""
        self.output: Any = None
        self.response: dict[str, Any] | None = None
        self.error: Failure | None = None


class CircuitUse(NamedTuple):
    """The circuit that a call goes through: the task and the host that it is for, and when it opens."""

    task: str
    host: str
    policy: CircuitPolicy


class Answer(NamedTuple):
    """What a call gave; `warning` is a fault of the answer that was let pass."""

    output: Any
    warning: Failure | None


class Reader(Protocol):
    """Makes a step's output of a whole answer. `name` is the task's."""

    @property
    def name(self) -> str:
        """The task's name as the step writes it."""

    @property
    def full_name(self) -> str:
        """The task's namespace and name, as `ns/name`."""

    @property
    def spec(self) -> TaskSpec:
        """What the task says."""

    def read(self, request: Request, response: Response, now: float, mask: Callable[[str], str]) -> Answer:
        """The output. Raises StepError; `mask` makes secrets unreadable in what it says."""


@dataclass(slots=True, eq=False)
class Call:
    """An http call that a step is to make: how often, how long, and who reads the answer."""

    request: Request
    shown: dict[str, Any]
    """The request as events show it."""
    retry: RetryPolicy
    timeout_ms: int
    reader: Reader
    circuit: CircuitUse | None = None
    cache: CacheUse | None = None
    begun: float = 0.0
    """When the attempt in flight started."""


class Answers(Protocol):
    """Answers requests in the place of services: a mock, a recording."""

    @property
    def execution(self) -> Mapping[str, Any]:
        """What expressions see of the root `execution` in the place of what is so."""

    async def answer(self, step: "StepRun", call: Call) -> Response:
        """The answer to an attempt of a step. Raises StepError, TransportError."""


Tick = Callable[[], None]
"""Called now and then in long work; whatever it raises ends the work."""


@dataclass(slots=True, eq=False)
class Compute:
    """Work without a request, done when there is a slot. It raises StepError; `name` is the task's."""

    work: Callable[[Tick], Any]
    large: bool
    """Whether it may take long, so that it must not be done on the event loop."""
    timeout_ms: int | None = None
    name: str = ""
    given_up: bool = False
    """Nobody waits for it any more."""


class Give(NamedTuple):
    """The step has its output already."""

    output: Any


class Skip(NamedTuple):
    """The step does not run, since its condition does not hold."""


class Enter(NamedTuple):
    """The step goes on in a scope of its own, which may take `timeout_ms`."""

    scope: "ScopeProgram"
    frame: Frame
    timeout_ms: int | None = None
    name: str = ""
    """The workflow whose timeout it is."""


class Iterate(NamedTuple):
    """The step goes on as a loop over `items`."""

    items: Sequence[Any]


Outcome = Call | Compute | Give | Skip | Enter | Iterate


class Target(Protocol):
    """What a step runs. One class a form of step, each in its file under `kinds`."""

    @property
    def task_ref(self) -> str | None:
        """The task, as the step writes it; None for what runs no task, or does not know yet which."""

    def open(self, step: StepRun, context: Context) -> Outcome:
        """Finds out what is to be done; sets the step's `task_ref` and `input`. Raises ExpressionError, StepError."""


Condition = Expression | bool
"""What `condition.if` holds; where it is no text, it is a value itself."""


@dataclass(frozen=True, slots=True, eq=False)
class StepProgram:
    """A step made ready to run. `suffix` is what its path adds to the scope's."""

    id: str
    suffix: str
    target: Target
    condition: Condition | None = None
    otherwise: "ScopeProgram | None" = None
    timeout: float | None = None
    """Seconds."""
    waits_for: Sequence[str] = ()
    loop: "LoopProgram | None" = None
    fallback: "FallbackProgram | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class LoopProgram:
    """A step's `forEach`. `item` is what each iteration runs; `items` is an expression or the list itself."""

    items: Any
    item_var: str
    index_var: str
    width: int | None
    tolerant: bool
    item: StepProgram


@dataclass(frozen=True, slots=True, eq=False)
class FallbackProgram:
    """What takes the place of a step that failed for one of `causes`."""

    scope: "ScopeProgram"
    causes: frozenset[str]


class Result(NamedTuple):
    """What a scope gives: its output, and the response where it made exactly one call."""

    output: Any
    response: dict[str, Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class ScopeProgram:
    """Steps that run together. `result` is asked for once all have succeeded or been skipped."""

    steps: tuple[StepProgram, ...]
    graph: Graph
    result: Callable[[Frame, Sequence[StepRun], Context], Result]


@dataclass(frozen=True, slots=True, eq=False)
class ScopeRun:
    """One scope in one execution."""

    program: ScopeProgram
    frame: Frame

    def step(self, node: Node) -> StepRun:
        """The run of one of its steps."""
        return StepRun(node, self.program.steps[node.index], self.frame)


class LoopRun:
    """One loop in one execution: its items, and what came of those that have ended."""

    __slots__ = ("_root", "error", "errors", "items", "owner", "results")

    def __init__(self, owner: StepRun, items: Sequence[Any]) -> None:
        self.owner = owner
        self.items = items
        self.results: list[Any] = [None] * len(items)
        self.errors: list[dict[str, Any]] = []
        self.error: Failure | None = None
        """That of the iteration that failed first."""
        around = owner.frame.roots.get("forEach")
        self._root = None if around is None else around["$root"]

    @property
    def program(self) -> LoopProgram:
        """The loop as it is written."""
        assert self.owner.program.loop is not None
        return self.owner.program.loop

    def step(self, node: Node) -> StepRun:
        """The run of an iteration."""
        program, roots = self.program, self.owner.frame.roots
        here = {program.item_var: self.items[node.index], program.index_var: node.index}
        seen: dict[str, Any] = {**here, "$root": here if self._root is None else self._root}
        if self._root is not None:
            seen["$parent"] = roots["forEach"]
        frame = Frame(f"{self.owner.path}[{node.index}]", {**roots, "forEach": seen})
        return StepRun(node, program.item, frame, self)

    def output(self) -> dict[str, Any]:
        """The loop's output (language §4)."""
        failures = len(self.errors)
        return {
            "results": self.results,
            "itemCount": len(self.items),
            "successCount": len(self.items) - failures,
            "failureCount": failures,
            "errors": sorted(self.errors, key=lambda error: int(error["index"])),
        }


@dataclass(frozen=True, slots=True, eq=False)
class WorkflowProgram:
    """A workflow made ready to run."""

    name: str
    namespace: str
    version: str | None
    definition_hash: str
    gate: InputGate
    scope: ScopeProgram
    timeout_ms: int
    max_concurrency: int
    depth: int = 0
    """How deep workflows stand in it."""
    plan: Mapping[str, Any] = field(default_factory=dict)
    """`{parallelGroups, dependencies}` of the workflow's own steps."""
