"""The deciding core: what starts, waits, ends and is given up (language §7). It does nothing itself and knows no clock.

`advance(run, event)` gives the actions that the event leads to; the shell does them in order and answers with events.
A run is changed in place, for a copy would cost every event the number of its steps. An event costs the number of
steps that it moves, never the number there are; only a failure or a stop looks at a whole scope, once.
"""

from collections.abc import Callable
from typing import Any, Final

from wf_engine.execution.moves import (
    Abort,
    Action,
    Attempt,
    Begin,
    Broke,
    Called,
    Close,
    End,
    Ending,
    Entered,
    Event,
    Expired,
    Failed,
    Finish,
    Loop,
    Looped,
    Node,
    Open,
    Reason,
    Replaced,
    Run,
    Scope,
    Skipped,
    State,
    Status,
    Stop,
    Stopped,
    Succeeded,
    Wait,
    Woke,
)


def advance(run: Run, event: Event) -> list[Action]:
    """What is to be done now, in this order. Events of steps that have ended change nothing."""
    actions: list[Action] = []
    run.actions = actions
    if not run.ended:
        _HANDLERS[type(event)](run, event)
    return actions


def taken(node: Node) -> bool:
    """Takes up the offer (Open, Attempt) made for the step; False where a failure has withdrawn it meanwhile."""
    if node.state is State.OFFERED:
        node.state = State.OPENING
        return True
    if node.state is State.GRANTED:
        node.state = State.CALLING
        return True
    return False


def _begin(run: Run, _event: Begin) -> None:
    _start(run, run.root)


def _start(run: Run, scope: Scope) -> None:
    for node in scope.nodes:
        if not node.waits:
            _offer(run, node)
    _settle(run, scope)


def _offer(run: Run, node: Node) -> None:
    node.state = State.OFFERED
    node.scope.active += 1
    run.actions.append(Open(node))


def _skipped(run: Run, event: Skipped) -> None:
    if event.node.state is State.OPENING:
        _pass(run, event.node, "skipped", "condition")


def _succeeded(run: Run, event: Succeeded) -> None:
    if event.node.state in _ANSWERING:
        _pass(run, event.node, "succeeded", None)


def _failed(run: Run, event: Failed) -> None:
    if event.node.state in _ANSWERING:
        _fail(run, event.node)


def _called(run: Run, event: Called) -> None:
    if event.node.state is State.OPENING:
        _queue(run, event.node)


def _woke(run: Run, event: Woke) -> None:
    if event.node.state is State.WAITING:
        _queue(run, event.node)


def _broke(run: Run, event: Broke) -> None:
    node = event.node
    if node.state is not State.CALLING:
        return
    node.state = State.WAITING
    if node.scope.halted:
        _give_up(run, node, "scopeFailed")
        _settle(run, node.scope)
    else:
        run.actions.append(Wait(node, event.delay))
    _release(run)


def _entered(run: Run, event: Entered) -> None:
    node = event.node
    if node.state is State.OPENING:
        _enter(run, node, Scope(event.graph, node, event.tag))


def _looped(run: Run, event: Looped) -> None:
    node = event.node
    if node.state is State.OPENING:
        node.state = State.INSIDE
        loop = Loop(node, event.iterations, event.width, tolerant=event.tolerant, tag=event.tag)
        node.inner = loop
        _fill(run, loop)
        _settle(run, loop)


def _fill(run: Run, loop: Loop) -> None:
    while len(loop.live) < loop.width and loop.begun < loop.count and not loop.halted:
        node = Node(loop, loop.begun, 0)
        loop.begun += 1
        loop.live[node] = None
        _offer(run, node)


def _replaced(run: Run, event: Replaced) -> None:
    if event.node.state in _ANSWERING:
        _replace(run, event.node, Scope(event.graph, event.node, event.tag))


def _expired(run: Run, event: Expired) -> None:
    node = event.node
    if State.OPENING <= node.state < State.ENDED:
        _abandon(run, node, "timedOut")
        if event.graph is None:
            _fail(run, node)
        else:
            _replace(run, node, Scope(event.graph, node, event.tag))


def _replace(run: Run, node: Node, scope: Scope) -> None:
    if node.scope.halted:
        _fail(run, node)
        return
    held = node.state in _HOLDING
    _enter(run, node, scope)
    if held:
        _release(run)


def _enter(run: Run, node: Node, scope: Scope) -> None:
    node.state = State.INSIDE
    node.inner = scope
    _start(run, scope)


def _stop(run: Run, event: Stop) -> None:
    run.queue.clear()
    _stop_scope(run, run.root, event.status)
    _finish(run, "failed" if event.status == "limitExceeded" else event.status)


def _queue(run: Run, node: Node) -> None:
    if node.scope.halted:
        _give_up(run, node, "scopeFailed")
        _settle(run, node.scope)
    elif run.free:
        run.free -= 1
        _grant(run, node)
    else:
        node.state = State.QUEUED
        run.queue.append(node)


def _grant(run: Run, node: Node) -> None:
    node.state = State.GRANTED
    run.actions.append(Attempt(node))


def _release(run: Run) -> None:
    while run.queue:
        node = run.queue.popleft()
        if node.state is State.QUEUED and not node.scope.halted:
            _grant(run, node)
            return
    run.free += 1


def _pass(run: Run, node: Node, status: Status, reason: Reason | None) -> None:
    """Ends a step after which its dependents run, or an iteration after which the next one does."""
    scope = node.scope
    _end(run, node, status, reason)
    if isinstance(scope, Loop):
        _fill(run, scope)
    elif not scope.halted:
        nodes = scope.nodes
        for index in scope.dependents[node.index]:
            dependent = nodes[index]
            dependent.waits -= 1
            if not dependent.waits:
                _offer(run, dependent)
    _settle(run, scope)


def _fail(run: Run, node: Node) -> None:
    scope = node.scope
    if isinstance(scope, Loop) and scope.tolerant:
        _pass(run, node, "failed", None)
        return
    first = not scope.halted
    scope.failed = scope.halted = True
    _end(run, node, "failed", None)
    if not isinstance(scope, Loop):
        _skip_dependents(run, node)
    if first:
        _withdraw(run, scope)
    _settle(run, scope)


def _skip_dependents(run: Run, node: Node) -> None:
    nodes = node.scope.nodes
    left = [node.index]
    while left:
        for index in node.scope.dependents[left.pop()]:
            if nodes[index].state is State.PENDING:
                _end(run, nodes[index], "skipped", "dependencyFailed")
                left.append(index)


def _withdraw(run: Run, scope: Scope) -> None:
    """Takes back what has not begun in a halted scope. What is in flight goes on; for pending steps see _settle."""
    if isinstance(scope, Loop) and scope.begun < scope.count:
        scope.cut = True
    for node in scope.members:
        inner = node.inner
        if node.state in _WITHDRAWABLE:
            _give_up(run, node, "scopeFailed")
        elif inner is not None and not inner.halted and not inner.closed:
            inner.halted = True
            _withdraw(run, inner)
            _settle(run, inner)


def _settle(run: Run, scope: Scope) -> None:
    """Closes the scope if nothing more can happen in it.

    Steps that never became ready are given up only now: a later failure may still make them `dependencyFailed`, so
    that their status does not depend on which of two failures came first.
    """
    if scope.closed or scope.active or (scope.unended and not scope.halted):
        return
    scope.closed = True
    for node in scope.nodes if scope.unended else ():
        if node.state is State.PENDING:
            _give_up(run, node, "scopeFailed")
    owner = scope.owner
    if owner is None:
        _finish(run, "failed" if scope.failed else "succeeded")
    elif scope.failed or not scope.cut:
        run.actions.append(Close(owner, scope, not scope.failed))
    else:
        _give_up(run, owner, "scopeFailed")
        _settle(run, owner.scope)


def _finish(run: Run, status: Ending) -> None:
    run.ended = True
    run.actions.append(Finish(status))


def _stop_scope(run: Run, scope: Scope, reason: Stopped) -> None:
    scope.halted = scope.closed = True
    for node in scope.members:
        if node.state is not State.ENDED:
            _abandon(run, node, reason)
            _give_up(run, node, reason)


def _abandon(run: Run, node: Node, reason: Stopped) -> None:
    """Aborts what is in flight in a step and ends the steps inside it, but not itself."""
    if node.state is State.CALLING:
        run.actions.append(Abort(node))
    elif node.inner is not None:
        _stop_scope(run, node.inner, reason)


def _give_up(run: Run, node: Node, reason: Reason) -> None:
    node.scope.cut = True
    _end(run, node, "cancelled", reason)


def _end(run: Run, node: Node, status: Status, reason: Reason | None) -> None:
    scope = node.scope
    held = node.state in _HOLDING
    if isinstance(scope, Loop):
        scope.live.pop(node, None)
    if node.state is not State.PENDING:
        scope.active -= 1
    node.state = State.ENDED
    scope.unended -= 1
    run.actions.append(End(node, status, reason))
    if held:
        _release(run)


_ANSWERING: Final = frozenset({State.OPENING, State.CALLING, State.INSIDE})
_HOLDING: Final = frozenset({State.GRANTED, State.CALLING})
_WITHDRAWABLE: Final = frozenset({State.OFFERED, State.QUEUED, State.GRANTED, State.WAITING})

_HANDLERS: dict[type[Event], Callable[[Run, Any], None]] = {
    Begin: _begin,
    Skipped: _skipped,
    Called: _called,
    Entered: _entered,
    Looped: _looped,
    Replaced: _replaced,
    Succeeded: _succeeded,
    Failed: _failed,
    Broke: _broke,
    Woke: _woke,
    Expired: _expired,
    Stop: _stop,
}
