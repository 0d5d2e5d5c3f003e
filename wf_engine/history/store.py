"""The history of executions: recording them and reading them back."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from wf_engine.history.encoding import decode, decode_figures, decode_or_none, encode, readable
from wf_engine.history.folds import ExecutionSummary, StepFigures, step_figures, summary
from wf_engine.history.folds.events import between
from wf_engine.history.recorder import Recorder
from wf_engine.text import WfError

if TYPE_CHECKING:
    from wf_engine.history.database import Database, Segment, Write
    from wf_engine.history.search import Search
    from wf_engine.history.writer import Writer

_SHOWN = 5
"""Executions that an ambiguous beginning of an id is answered with."""


class History:
    """The executions recorded in one place. `History.open(place)`; close it, or use it in a `with`.

    Several processes may have the same place open. All reading goes to the database, so that it sees what they commit.
    """

    def __init__(self, database: "Database", spill: int | None = None) -> None:
        self._database = database
        self._spill = spill
        self._writer: Writer | None = None

    @classmethod
    def open(cls, place: str | Path, *, spill: int | None = None, retention: timedelta | None = None) -> "History":
        """Opens the history in a file (a path or `sqlite:///path`) or at `postgresql://…`; makes it where there is none.

        While PostgreSQL cannot be reached, up to `spill` bytes of events wait in a file. Runs that died without an end
        are ended as `interrupted`; those that ended longer than `retention` ago are deleted. Raises WfError for a place that is no history, is damaged, cannot be reached or
        written, or was written by a newer version.
        """
        # SQLAlchemy costs a fifth of a second, which only those pay who open a history.
        from wf_engine.history.database import Database
        from wf_engine.history.places import place_of

        history = cls(Database(place_of(str(place))), spill)
        history.recover()
        if retention is not None:
            history.prune(datetime.now(UTC) - retention)
        return history

    @staticmethod
    def exists(place: str) -> bool:
        """Whether anything may have been recorded in a place, which is not opened for it."""
        if "://" not in place:
            return Path(place).exists()
        from wf_engine.history.places import place_of

        return place_of(place).exists

    def close(self) -> None:
        """Commits what was appended and closes the database."""
        if self._writer is not None:
            self._writer.stop()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record(self, execution_id: str, source: str | None = None, definition: str | None = None) -> Recorder:
        """A recorder for a new execution.

        `source` is the workspace's root, where the events do not say it; `definition` is what is run, normalised, as
        JSON: kept once for each `definitionHash`.
        """
        if self._writer is None:
            self._writer = self._new_writer()
        return Recorder(self._writer, execution_id, source, definition)

    def _new_writer(self) -> "Writer":
        from wf_engine.history.backlog import Backlog
        from wf_engine.history.spill import LARGEST, Spill
        from wf_engine.history.writer import Writer

        folder = self._database.place.spill
        return Writer(self._database, Backlog(Spill(folder, self._spill or LARGEST) if folder else None))

    def recover(self) -> list[str]:
        """Ends every execution that has no end and that no living process runs, as `interrupted`; gives their ids."""
        if self._database.place.spill:
            from wf_engine.history.spill import replay

            replay(self._database, self._database.place.spill)
        recovered = []
        for execution_id in self._database.unfinished():
            lock = self._database.locks.acquire(execution_id)
            if lock is None:
                continue
            try:
                if self._database.end(execution_id, _interruption):
                    recovered.append(execution_id)
            finally:
                lock.release()
        return recovered

    def executions(
        self,
        workflow: str | None = None,
        status: str | None = None,
        limit: int | None = 50,
        offset: int = 0,
        *,
        source: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        input: Mapping[str, Any] | None = None,  # noqa: A002 - the language's own word
    ) -> list[ExecutionSummary]:
        """Executions, the latest first: all, or those of a workflow, a status, a workspace's root, a time, an input.

        `since` is the earliest start, `until` the first too late, both with a zone; `input` are values that the
        execution's input has, among others.
        """
        from wf_engine.history.search import Search

        search = Search(workflow, status, source, since, until, input)
        if input is None:
            return self._database.executions(search, limit, offset)
        return list(islice(self._with_input(search), offset, None if limit is None else offset + limit))

    def _with_input(self, search: "Search") -> Iterator[ExecutionSummary]:
        """What is searched by input, page by page: large inputs stand in the events alone."""
        last = None
        while page := self._database.inputs(search, last):
            large = [each.execution_id for each, given in page if given is None]
            first = self._database.first_segments(large) if large else {}
            for each, given in page:
                if given is None:
                    events = readable([first[each.execution_id]] if each.execution_id in first else [])
                    found = events[0].get("input") if events else None
                else:
                    found = decode_or_none(given)
                if search.takes(found):
                    yield each
            last = page[-1][0]

    def steps(
        self,
        workflow: str | None = None,
        *,
        source: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[list[StepFigures]]:
        """The steps of each execution that ran tasks, for `task_statistics`; what is given narrows as in `executions`."""
        from wf_engine.history.search import Search

        late: dict[str, str] = {}
        for execution_id, ended, kept in self._database.steps(Search(workflow, None, source, since, until)):
            known = None if kept is None else decode_figures(kept)
            if known is not None:
                yield known
                continue
            figures = step_figures(readable(self._database.segments(execution_id)))
            if ended:
                late[execution_id] = encode(figures)
            yield figures
        if late:
            self._database.keep_steps(late)

    def versions(self, workflow: str, namespace: str | None = None) -> list[dict[str, Any]]:
        """What a workflow was when it was run, the latest first.

        `{namespace, workflow, definitionHash, version, firstRunAt, lastRunAt, runs, definition}`: `definition` is
        normalised (fields that are not written left out), `definitionHash` its SHA-256.
        """
        return [
            {
                "namespace": each.namespace,
                "workflow": each.workflow,
                "definitionHash": each.definition_hash,
                "version": each.version,
                "firstRunAt": each.first_run_at,
                "lastRunAt": last,
                "runs": runs,
                "definition": decode(each.definition),
            }
            for each, runs, last in self._database.versions(workflow, namespace)
        ]

    def latest(self, source: str | None = None, workflow: str | None = None) -> ExecutionSummary | None:
        """The execution that was started last, None where there is none."""
        return next(iter(self.executions(workflow, limit=1, source=source)), None)

    def find(self, beginning: str) -> ExecutionSummary:
        """The one execution whose id begins so. Raises WfError where there is none, or more than one."""
        found = self._database.matching(beginning.strip().lower(), _SHOWN) if beginning.strip() else []
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(each.execution_id for each in found)
            raise WfError(f"More than one execution begins with `{beginning}`.", hint=f"Give more of the id: {ids}.")
        message = f"There is no execution `{beginning}` in {self._database.name}."
        raise WfError(message, hint="`wf history` lists the executions there are.")

    def events(self, execution_id: str) -> list[dict[str, Any]]:
        """The events of an execution in order; the beginning of its id is enough. Raises WfError as `find` does.

        What is damaged is left out, as a gap in `seq` tells. Raises WfError where nothing is left.
        """
        known = self.find(execution_id).execution_id
        found = readable(self._database.segments(known))
        if not found:
            message = f"The history {self._database.name} is damaged: no event of {known} can be read."
            raise WfError(message, hint="Restore it from a copy, or leave this run alone: the others can be read.")
        return found

    def prune(self, before: datetime) -> int:
        """Deletes the executions that ended before a time (with a zone), and says how many."""
        from wf_engine.history.search import written

        return self._database.prune(written(before))


def _interruption(row: ExecutionSummary, segments: list["Segment"]) -> "Write":
    """The end of a run whose process died. Nobody saw when, so it is dated to the last thing that it recorded."""
    from wf_engine.history.database import Segment, Write
    from wf_engine.history.search import written

    events = readable(segments)
    last_at = events[-1]["at"] if events else row.started_at
    seq = segments[-1].last_seq + 1 if segments else 1
    end = {
        "seq": seq,
        "at": last_at,
        "executionId": row.execution_id,
        "type": "executionFinished",
        "path": "",
        "status": "interrupted",
        "output": None,
        "durationMs": between(row.started_at, last_at),
        "error": None,
        "recoveredAt": written(datetime.now(UTC)),
    }
    segment = Segment(row.execution_id, seq, seq, encode([end]))
    return Write([segment], ended=summary([end]), steps=encode(step_figures([*events, end])))
