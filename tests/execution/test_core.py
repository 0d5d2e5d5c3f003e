"""The deciding core, without a clock or a socket: examples, then any graph with any outcomes in any order."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.execution.core import advance, taken
from wf_engine.execution.graph import Graph
from wf_engine.execution.moves import (
    Abort,
    Action,
    Attempt,
    Begin,
    Broke,
    Called,
    Close,
    End,
    Entered,
    Event,
    Expired,
    Failed,
    Finish,
    Looped,
    Node,
    Open,
    Replaced,
    Run,
    Skipped,
    State,
    Stop,
    Succeeded,
    Wait,
    Woke,
)


class Shell:
    """Does the core's actions at once, except calls, which stay in flight. Checks what must always hold."""

    def __init__(self, dependencies: Sequence[Sequence[int]], slots: int = 10) -> None:
        self.run = Run(Graph.of(dependencies), slots)
        self.slots = slots
        self.flying: list[Node] = []
        self.waiting: list[Node] = []
        self.ended: dict[Node, tuple[str, str | None]] = {}
        self.log: list[str] = []
        self.finish: str | None = None
        self.conditions: dict[str, bool] = {}
        self.inner: dict[str, Sequence[Sequence[int]]] = {}
        self.broken: set[str] = set()
        self.failed_scopes: set[int] = set()

    def name(self, node: Node) -> str:
        owner = node.scope.owner
        return f"{self.name(owner)}.{node.index}" if owner else str(node.index)

    def feed(self, event: Event) -> None:
        if isinstance(event, Succeeded | Failed | Broke | Woke):
            self.flying = [node for node in self.flying if node is not event.node]
            self.waiting = [node for node in self.waiting if node is not event.node]
        todo = list(advance(self.run, event))
        while todo:
            self.do(todo.pop(0), todo)
        assert len(self.flying) <= self.slots
        assert self.run.free + len(self.flying) == self.slots or self.finish

    def do(self, action: Action, todo: list[Action]) -> None:
        assert self.finish is None, f"{action} after the end"
        match action:
            case Open(node):
                if taken(node):
                    self.check_may_start(node)
                    self.log.append(f"open {self.name(node)}")
                    todo += advance(self.run, self.opened(node))
            case Attempt(node):
                if taken(node):
                    self.check_not_halted(node)
                    self.log.append(f"attempt {self.name(node)}")
                    self.flying.append(node)
            case Wait(node):
                if node.state is State.WAITING:
                    self.waiting.append(node)
            case Abort(node):
                self.flying.remove(node)
            case Close(node, _, ok):
                todo += advance(self.run, Succeeded(node) if ok else Failed(node))
            case End(node, status, reason):
                self.end(node, status, reason)
            case Finish(status):
                self.finish = status

    def opened(self, node: Node) -> Event:
        name = self.name(node)
        if not self.conditions.get(name, True):
            return Skipped(node)
        if name in self.broken:
            return Failed(node)
        if name in self.inner:
            return Entered(node, Graph.of(self.inner[name]), None)
        return Called(node)

    def end(self, node: Node, status: str, reason: str | None) -> None:
        assert node not in self.ended, f"{self.name(node)} ended twice"
        self.ended[node] = (status, reason)
        self.log.append(f"{self.name(node)} {status}" + (f" {reason}" if reason else ""))
        assert node not in self.flying, f"{self.name(node)} ended while its attempt was in flight"
        self.waiting = [each for each in self.waiting if each is not node]
        if status == "failed":
            self.failed_scopes.add(id(node.scope))

    def check_may_start(self, node: Node) -> None:
        self.check_not_halted(node)
        for other in node.scope.nodes:
            if node.index in node.scope.dependents[other.index]:
                status, reason = self.ended[other]
                assert status == "succeeded" or reason == "condition", f"{self.name(node)} opened after {status}"

    def check_not_halted(self, node: Node) -> None:
        scope = node.scope
        while True:
            assert id(scope) not in self.failed_scopes, f"{self.name(node)} starts after a failure"
            if scope.owner is None:
                return
            scope = scope.owner.scope

    def answer(self, name: str, event: type[Succeeded] | type[Failed]) -> None:
        self.feed(event(next(node for node in self.flying if self.name(node) == name)))

    def statuses(self) -> dict[str, str]:
        return {self.name(node): status for node, (status, _) in self.ended.items()}


def test_a_step_starts_the_moment_its_last_dependency_ends() -> None:
    shell = Shell([[], [], [0], [1], [2, 3]])
    shell.feed(Begin())
    shell.answer("0", Succeeded)
    assert "attempt 2" in shell.log, "2 waits for 0 alone, not for the wave that 1 is in"
    assert "attempt 3" not in shell.log
    for name in ("2", "1", "3", "4"):
        shell.answer(name, Succeeded)
    assert shell.finish == "succeeded"


def test_slots_are_given_in_the_order_of_the_text() -> None:
    shell = Shell([[], [], [], []], slots=2)
    shell.feed(Begin())
    assert [shell.name(node) for node in shell.flying] == ["0", "1"]
    shell.answer("1", Succeeded)
    shell.answer("0", Succeeded)
    assert [shell.name(node) for node in shell.flying] == ["2", "3"]


def test_a_step_that_waits_to_retry_holds_no_slot() -> None:
    shell = Shell([[], []], slots=1)
    shell.feed(Begin())
    first = shell.flying[0]
    shell.feed(Broke(first, 1.0))
    assert [shell.name(node) for node in shell.flying] == ["1"]
    shell.feed(Woke(first))
    assert len(shell.flying) == 1, "the slot is taken"
    shell.answer("1", Succeeded)
    shell.answer("0", Succeeded)
    assert shell.finish == "succeeded"


def test_after_a_failure_nothing_new_starts_and_what_is_in_flight_ends() -> None:
    shell = Shell([[], [], [0], [1], []], slots=2)
    shell.feed(Begin())
    shell.answer("0", Failed)
    assert shell.finish is None, "1 is in flight"
    shell.answer("1", Succeeded)
    assert shell.finish == "failed"
    assert shell.statuses() == {"0": "failed", "1": "succeeded", "2": "skipped", "3": "cancelled", "4": "cancelled"}


@pytest.mark.parametrize("order", [("0", "1"), ("1", "0")])
def test_which_of_two_failures_comes_first_changes_no_status(order: tuple[str, str]) -> None:
    shell = Shell([[], [], [0], [1], [2, 3]])
    shell.feed(Begin())
    for name in order:
        shell.answer(name, Failed)
    assert shell.statuses() == {"0": "failed", "1": "failed", "2": "skipped", "3": "skipped", "4": "skipped"}


def test_a_retry_that_is_due_after_a_failure_is_cut_short() -> None:
    shell = Shell([[], [], []])
    shell.feed(Begin())
    waiting, late = shell.flying[1], shell.flying[2]
    shell.feed(Broke(waiting, 1.0))
    shell.answer("0", Failed)
    assert shell.ended[waiting] == ("cancelled", "scopeFailed")
    shell.feed(Broke(late, 1.0))
    assert shell.ended[late] == ("cancelled", "scopeFailed")
    assert shell.finish == "failed"


def test_a_skipped_step_lets_its_dependents_run() -> None:
    shell = Shell([[], [0]])
    shell.conditions = {"0": False}
    shell.feed(Begin())
    shell.answer("1", Succeeded)
    assert shell.log == ["open 0", "0 skipped condition", "open 1", "attempt 1", "1 succeeded"]
    assert shell.finish == "succeeded"


def test_a_step_that_fails_at_once_withdraws_offers_that_were_made() -> None:
    shell = Shell([[], []])
    shell.broken = {"0"}
    shell.feed(Begin())
    assert shell.log == ["open 0", "0 failed", "1 cancelled scopeFailed"]


def test_cancel_aborts_what_is_in_flight_and_ends_all() -> None:
    shell = Shell([[], [], [0]], slots=1)
    shell.feed(Begin())
    shell.feed(Stop("cancelled"))
    assert shell.flying == []
    assert set(shell.statuses().values()) == {"cancelled"}
    assert shell.finish == "cancelled"


def test_a_step_that_expires_fails_and_frees_its_slot() -> None:
    shell = Shell([[], []], slots=1)
    shell.conditions = {}
    shell.feed(Begin())
    shell.feed(Expired(shell.flying[0]))
    assert shell.statuses() == {"0": "failed", "1": "cancelled"}
    assert shell.finish == "failed"


def test_a_scope_of_its_own_fails_its_step() -> None:
    shell = Shell([[], [0]])
    shell.inner = {"0": [[], [0], []]}
    shell.feed(Begin())
    shell.answer("0.0", Failed)
    assert "0" not in shell.statuses(), "0.2 is in flight"
    shell.answer("0.2", Succeeded)
    assert shell.statuses() == {
        "0.0": "failed",
        "0.1": "skipped",
        "0.2": "succeeded",
        "0": "failed",
        "1": "skipped",
    }


def test_a_failure_outside_halts_a_scope_inside() -> None:
    shell = Shell([[], []])
    shell.inner = {"1": [[], [0]]}
    shell.feed(Begin())
    shell.answer("0", Failed)
    shell.answer("1.0", Succeeded)
    assert shell.statuses() == {"0": "failed", "1.0": "succeeded", "1.1": "cancelled", "1": "cancelled"}
    assert shell.finish == "failed"


def test_a_slot_is_never_given_to_a_step_that_was_given_up_in_the_queue() -> None:
    shell = Shell([[], []], slots=1)
    shell.inner = {"1": [[], []]}
    shell.broken = {"1.1"}
    shell.feed(Begin())
    assert shell.statuses() == {"1.0": "cancelled", "1.1": "failed", "1": "failed"}
    shell.answer("0", Succeeded)
    assert "attempt 1.0" not in shell.log
    assert shell.finish == "failed"


def test_ten_thousand_steps_cost_each_event_a_handful_of_actions() -> None:
    count = 10_000
    run = Run(Graph.of([[], *([index] for index in range(count - 1))]), 10)
    actions, most, done = advance(run, Begin()), 0, 0
    while not run.ended:
        node = next(action.node for action in actions if isinstance(action, Open))
        assert taken(node)
        actions = advance(run, Called(node))
        assert taken(node)
        actions = advance(run, Succeeded(node))
        most, done = max(most, len(actions)), done + 1
    assert done == count
    assert most == 2, "the end of one step and the offer of the next"


def loop(count: int, width: int, *, tolerant: bool = False, slots: int = 10) -> tuple[Run, list[Node], list[Action]]:
    """A run whose one step has become a loop; the iterations that were offered are taken up and in flight."""
    run = Run(Graph.of([[]]), slots)
    (opened,) = advance(run, Begin())
    assert isinstance(opened, Open)
    assert taken(opened.node)
    actions = advance(run, Looped(opened.node, count, width, tolerant, None))
    return run, take(run, actions), actions


def take(run: Run, actions: list[Action]) -> list[Node]:
    """Takes up what is offered; the nodes that are in flight then."""
    flying = []
    for action in actions:
        if isinstance(action, Open) and taken(action.node):
            flying += [each.node for each in advance(run, Called(action.node)) if isinstance(each, Attempt)]
    return [node for node in flying if taken(node)]


def test_a_loop_has_no_more_iterations_at_once_than_it_may() -> None:
    run, flying, _ = loop(5, 2)
    assert [node.index for node in flying] == [0, 1]
    actions = advance(run, Succeeded(flying[1]))
    assert [type(action) for action in actions] == [End, Open]
    assert [node.index for node in take(run, actions)] == [2]


def test_a_loop_of_nothing_ends_at_once() -> None:
    _, flying, actions = loop(0, 3)
    assert flying == []
    assert [type(action) for action in actions] == [Close]


def test_the_first_failure_ends_a_loop_when_what_is_in_flight_has_ended() -> None:
    run, flying, _ = loop(9, 2)
    assert [type(action) for action in advance(run, Failed(flying[0]))] == [End]
    (ended, closed) = advance(run, Succeeded(flying[1]))
    assert isinstance(ended, End)
    assert isinstance(closed, Close)
    assert not closed.ok


def test_a_tolerant_loop_goes_on() -> None:
    run, flying, _ = loop(2, 1, tolerant=True)
    actions = advance(run, Failed(flying[0]))
    (second,) = take(run, actions)
    (_, closed) = advance(run, Failed(second))
    assert isinstance(closed, Close)
    assert closed.ok


def test_stopping_aborts_the_iterations_in_flight_and_begins_no_other() -> None:
    run, flying, _ = loop(9, 3)
    actions = advance(run, Stop("cancelled"))
    assert [action.node for action in actions if isinstance(action, Abort)] == flying
    assert not any(isinstance(action, Open) for action in actions)
    assert isinstance(actions[-1], Finish)


def test_a_replacement_frees_the_slot_that_the_step_held() -> None:
    run = Run(Graph.of([[], []]), 1)
    flying = take(run, advance(run, Begin()))
    assert [node.index for node in flying] == [0]
    actions = advance(run, Replaced(flying[0], Graph.of([[]]), None))
    granted = [action.node for action in actions if isinstance(action, Attempt)]
    assert [node.index for node in granted] == [1]
    assert any(isinstance(action, Open) and action.node.scope.owner is flying[0] for action in actions)


def test_nothing_replaces_a_step_in_a_scope_that_has_failed() -> None:
    run = Run(Graph.of([[], []]), 2)
    first, second = take(run, advance(run, Begin()))
    advance(run, Failed(first))
    actions = advance(run, Replaced(second, Graph.of([[]]), None))
    assert [action.status for action in actions if isinstance(action, End)] == ["failed"]
    assert isinstance(actions[-1], Finish)


def test_ten_thousand_iterations_cost_each_event_a_handful_of_actions() -> None:
    run, flying, _ = loop(10_000, 100, slots=100)
    most, done = 0, 0
    while flying:
        actions = advance(run, Succeeded(flying.pop()))
        most, done = max(most, len(actions)), done + 1
        flying += take(run, actions)
    assert done == 10_000
    assert most == 2


Dependencies = list[list[int]]


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> Dependencies:
    """Any graph without cycles."""
    count = draw(st.integers(0, most))
    return [draw(st.lists(st.integers(0, index - 1), unique=True)) if index else [] for index in range(count)]


@given(st.data(), graphs(), st.integers(1, 4))
def test_any_run_keeps_the_rules(data: st.DataObject, dependencies: Dependencies, slots: int) -> None:
    shell = Shell(dependencies, slots)
    names = [str(index) for index in range(len(dependencies))]
    shell.conditions = {name: data.draw(st.integers(0, 9)) > 0 for name in names}
    shell.inner = {name: data.draw(graphs(3)) for name in names if data.draw(st.integers(0, 4)) == 0}
    names += [f"{name}.{index}" for name, inner in shell.inner.items() for index in range(len(inner))]
    shell.broken = {name for name in names if data.draw(st.integers(0, 9)) == 0}
    shell.feed(Begin())
    while shell.finish is None:
        shell.feed(data.draw(st.sampled_from(_possible(shell))))
    _check_end(shell)


def _possible(shell: Shell) -> list[Event]:
    """What may happen next; good news first, so that shrinking leaves the bad news that matters."""
    events: list[Event] = []
    for node in shell.flying:
        events += [Succeeded(node), Failed(node), Broke(node, 1.0), Expired(node)]
    events += [Woke(node) for node in shell.waiting]
    events += [Expired(node) for node in shell.waiting]
    assert events, "nothing is in flight, nothing waits, and the run has not ended"
    return [*events, Stop("cancelled")]


def _check_end(shell: Shell) -> None:
    root = shell.run.root
    assert all(node in shell.ended for node in root.nodes), "a step has no end"
    assert shell.flying == []
    for node in shell.ended:
        if node.inner is not None:
            assert all(inner in shell.ended for inner in node.inner.nodes)
    statuses = [shell.ended[node] for node in root.nodes]
    if shell.finish == "succeeded":
        assert all(status == "succeeded" or reason == "condition" for status, reason in statuses)
    elif shell.finish == "failed":
        assert ("failed", None) in statuses
    for node in root.nodes:
        _check_status(shell, node)


def _check_status(shell: Shell, node: Node) -> None:
    """`dependencyFailed` if and only if a step that it waits for failed or was skipped for that reason."""
    needed = [shell.ended[other] for other in node.scope.nodes if node.index in node.scope.dependents[other.index]]
    lost = any(status == "failed" or reason == "dependencyFailed" for status, reason in needed)
    if shell.finish == "failed" and lost:
        assert shell.ended[node] == ("skipped", "dependencyFailed")
    if not lost:
        assert shell.ended[node][1] != "dependencyFailed"
