"""What the deciding core and the shell say to each other, and the state of a run between two such words."""

from collections import deque
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from wf_engine.execution.graph import Graph

Status = Literal["succeeded", "failed", "skipped", "cancelled"]
Reason = Literal["condition", "dependencyFailed", "scopeFailed", "cancelled", "timedOut", "limitExceeded"]
Stopped = Literal["cancelled", "timedOut", "limitExceeded"]
Ending = Literal["succeeded", "failed", "cancelled", "timedOut"]


class State(IntEnum):
    """Where a step is."""

    PENDING = 0
    """Waits for others."""
    OFFERED = 1
    """`Open` was offered."""
    OPENING = 2
    """The shell finds out what the step is to do."""
    QUEUED = 3
    """Waits for a slot."""
    GRANTED = 4
    """Holds a slot; `Attempt` was offered."""
    CALLING = 5
    """Holds a slot; an attempt is in flight."""
    WAITING = 6
    """Waits to try again."""
    INSIDE = 7
    """Its own scope runs."""
    ENDED = 8


class Node:
    """One step in one run. `tag` belongs to the shell."""

    __slots__ = ("index", "inner", "scope", "state", "tag", "waits")

    def __init__(self, scope: "Scope", index: int, waits: int) -> None:
        self.scope = scope
        self.index = index
        self.waits = waits
        self.state: State = State.PENDING
        self.inner: Scope | None = None
        self.tag: Any = None


class Scope:
    """Steps that succeed or fail together: an execution, a block, a branch. `tag` belongs to the shell."""

    __slots__ = ("active", "closed", "cut", "dependents", "failed", "halted", "nodes", "owner", "tag", "unended")

    def __init__(self, graph: Graph, owner: Node | None = None, tag: Any = None) -> None:
        self.nodes = [Node(self, index, waits) for index, waits in enumerate(graph.waits)]
        self.dependents = graph.dependents
        self.owner = owner
        self.tag = tag
        self.unended = len(self.nodes)
        self.active = 0
        """Steps that are neither pending nor ended."""
        self.failed = False
        self.halted = False
        """Nothing new starts here."""
        self.cut = False
        """A step was given up."""
        self.closed = False

    @property
    def members(self) -> "list[Node]":
        """The steps that there are by now."""
        return self.nodes


class Loop(Scope):
    """The iterations of a step, at most `width` of them at once: each is a node that exists only while it runs.

    `tolerant`: a failed iteration does not end the loop.
    """

    __slots__ = ("begun", "count", "live", "tolerant", "width")

    def __init__(self, owner: Node, count: int, width: int, *, tolerant: bool, tag: Any = None) -> None:
        super().__init__(_NO_STEPS, owner, tag)
        self.count = self.unended = count
        self.width = width
        self.tolerant = tolerant
        self.begun = 0
        self.live: dict[Node, None] = {}

    @property
    def members(self) -> list[Node]:
        """The iterations that are running."""
        return list(self.live)


_NO_STEPS = Graph((), ())


class Run:
    """An execution. `slots` is the number of calls that may be in flight at once, in all of its scopes together."""

    __slots__ = ("actions", "ended", "free", "queue", "root")

    def __init__(self, graph: Graph, slots: int, tag: Any = None) -> None:
        self.root = Scope(graph, tag=tag)
        self.free = slots
        self.queue: deque[Node] = deque()
        self.ended = False
        self.actions: list[Action] = []


class Begin(NamedTuple):
    """The execution starts."""


class Skipped(NamedTuple):
    """The step's condition does not hold."""

    node: Node


class Called(NamedTuple):
    """The step is a call and wants a slot."""

    node: Node


class Entered(NamedTuple):
    """The step goes on in a scope of its own; `tag` becomes the scope's."""

    node: Node
    graph: Graph
    tag: Any


class Looped(NamedTuple):
    """The step goes on as a loop of so many iterations, at most `width` at once; `tag` becomes the loop's."""

    node: Node
    iterations: int
    width: int
    tolerant: bool
    tag: Any


class Replaced(NamedTuple):
    """The step has an error, and another scope takes its place; where nothing new may start, it has failed."""

    node: Node
    graph: Graph
    tag: Any


class Succeeded(NamedTuple):
    """The step has its output."""

    node: Node


class Failed(NamedTuple):
    """The step has an error that no further attempt will mend."""

    node: Node


class Broke(NamedTuple):
    """The attempt failed, and another one is due after `delay` seconds."""

    node: Node
    delay: float


class Woke(NamedTuple):
    """The wait before the next attempt is over."""

    node: Node


class Expired(NamedTuple):
    """The step has taken longer than its own timeout. Where there is a `graph`, that scope takes its place."""

    node: Node
    graph: Graph | None = None
    tag: Any = None


class Stop(NamedTuple):
    """The whole execution is to end now."""

    status: Stopped


Event = Begin | Skipped | Called | Entered | Looped | Replaced | Succeeded | Failed | Broke | Woke | Expired | Stop


class Open(NamedTuple):
    """An offer: find out what the step is to do, and answer Skipped, Called, Entered, Looped, Succeeded or Failed."""

    node: Node


class Attempt(NamedTuple):
    """An offer: make the call, and answer Succeeded, Failed or Broke."""

    node: Node


class Wait(NamedTuple):
    """Answer Woke after `delay` seconds, unless the step has ended."""

    node: Node
    delay: float


class Abort(NamedTuple):
    """Give up the attempt in flight; its answer counts no more."""

    node: Node


class Close(NamedTuple):
    """The step's own scope has ended: answer Succeeded, or Failed (always where `ok` is false)."""

    node: Node
    inner: Scope
    ok: bool


class End(NamedTuple):
    """The step has ended; said once of every step."""

    node: Node
    status: Status
    reason: Reason | None


class Finish(NamedTuple):
    """Every step has ended; said once, last."""

    status: Ending


Action = Open | Attempt | Wait | Abort | Close | End | Finish
