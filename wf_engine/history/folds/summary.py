"""An execution in one line: what lists and searches show."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from wf_engine.history.folds.events import Event, between


class ExecutionSummary(NamedTuple):
    """One execution of a list. The fields are the columns of the table `executions`, which is a cache of this fold."""

    execution_id: str
    workflow: str | None
    namespace: str | None
    version: str | None
    definition_hash: str | None
    mode: str | None
    source: str | None
    status: str
    started_at: str
    completed_at: str | None
    duration_ms: float | None
    error_code: str | None

    def to_json(self) -> dict[str, Any]:
        """The body that doors answer with, in the spelling of the others."""
        return {
            "executionId": self.execution_id,
            "workflowName": self.workflow,
            "namespace": self.namespace,
            "version": self.version,
            "definitionHash": self.definition_hash,
            "mode": self.mode,
            "source": self.source,
            "status": self.status,
            "startedAt": self.started_at,
            "completedAt": self.completed_at,
            "durationMs": self.duration_ms,
            "errorCode": self.error_code,
        }


def summary(events: Sequence[Event], source: str | None = None) -> ExecutionSummary:
    """The summary of an execution, which may still run. `source` stands in where `executionStarted` names none."""
    first, last = events[0], events[-1]
    started = first if first["type"] == "executionStarted" else {}
    finished = last if last["type"] == "executionFinished" else {}
    measured = finished.get("durationMs")
    return ExecutionSummary(
        execution_id=first["executionId"],
        workflow=started.get("workflow"),
        namespace=started.get("namespace"),
        version=started.get("version"),
        definition_hash=started.get("definitionHash"),
        mode=started.get("mode"),
        source=started.get("source") or source,
        status=finished.get("status", "running"),
        started_at=first["at"],
        completed_at=finished.get("at"),
        duration_ms=between(first["at"], finished.get("at")) if measured is None else measured,
        error_code=(finished.get("error") or {}).get("code"),
    )
