"""Who answers in the place of services: a mock, or an earlier run. No secret is needed for it."""

from collections.abc import Callable, Mapping
from typing import Any

from wf_engine.execution import Answers, Masker, MockAnswers, Mode, ReplayAnswers, made_up_secrets
from wf_engine.history import History
from wf_engine.text import WfError
from wf_engine.workspace import Workspace


def secrets_for(mode: Mode, workspace: Workspace, real: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """The secrets of a mode. A mock run is the same wherever it is made; a replay may have been recorded elsewhere."""
    if mode == "mock":
        return made_up_secrets(workspace)
    return {**made_up_secrets(workspace), **real()} if mode == "replay" else real()


def answers_for(
    history: History, mode: Mode, seed: int, replay: str | None, secrets: Mapping[str, str]
) -> Answers | None:
    """The answers of a mode, None for a live run. Raises WfError where the run to be replayed is not there."""
    if mode == "mock":
        return MockAnswers(seed)
    if mode == "replay":
        if replay is None:
            message = "A replay needs the execution whose answers are given again."
            raise WfError(message, hint="`wf history` lists the executions there are.")
        return ReplayAnswers(history.events(replay), Masker(secrets))
    return None


def recorded_input(history: History, replay: str) -> Mapping[str, Any]:
    """The input of an earlier run."""
    given = history.events(replay)[0].get("input")
    return given if isinstance(given, Mapping) else {}
