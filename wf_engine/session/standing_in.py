"""Who answers in the place of services: a mock, or an earlier run."""

from collections.abc import Mapping
from typing import Any

from wf_engine.execution import Answers, MockAnswers, Mode, ReplayAnswers
from wf_engine.history import History
from wf_engine.text import WfError


def answers_for(history: History, mode: Mode, seed: int, replay: str | None) -> Answers | None:
    """The answers of a mode, None for a live run. Raises WfError where the run to be replayed is not there."""
    if mode == "mock":
        return MockAnswers(seed)
    if mode == "replay":
        if replay is None:
            message = "A replay needs the execution whose answers are given again."
            raise WfError(message, hint="`wf history` lists the executions there are.")
        return ReplayAnswers(history.events(replay))
    return None


def recorded_input(history: History, replay: str) -> Mapping[str, Any]:
    """The input of an earlier run."""
    given = history.events(replay)[0].get("input")
    return given if isinstance(given, Mapping) else {}
