"""What is asked of the database, in portable SQL. Everything raises WfError where the database fails."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Select,
    bindparam,
    delete,
    func,
    select,
    tuple_,
    update,
)

from wf_engine.history.folds.summary import ExecutionSummary
from wf_engine.history.places import Place
from wf_engine.history.schema import executions, segments, versions
from wf_engine.history.search import Search
from wf_engine.text import WfError

_COLUMNS = tuple(executions.c[field] for field in ExecutionSummary._fields)
_END = ("status", "completed_at", "duration_ms", "error_code")
_END_ROW = attrgetter("execution_id", *_END)
_FOLDED = ("input", "steps")
"""Columns that hold what lists do not show."""
_SEGMENT_ROW = attrgetter(*(column.name for column in segments.c))

_LATEST_FIRST = (executions.c.started_at.desc(), executions.c.execution_id.desc())
_PLACE = tuple_(executions.c.started_at, executions.c.execution_id)
PAGE = 1000
"""Executions whose inputs are looked at together."""

_BUSY_TRIES = 3
"""Commits tried while another process keeps the database for longer than the driver waits."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Events of one execution that follow one another, as a JSON array."""

    execution_id: str
    first_seq: int
    last_seq: int
    events: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a workflow was when it was run first so."""

    namespace: str
    workflow: str
    definition_hash: str
    version: str | None
    definition: str
    """Normalised, as JSON."""
    first_run_at: str


@dataclass(frozen=True, slots=True)
class Write:
    """What one execution adds to a commit: its row with its first events, the end of its row with its last."""

    segments: Sequence[Segment]
    begun: ExecutionSummary | None = None
    ended: ExecutionSummary | None = None
    version: Version | None = None
    """What it ran, where that is new to the writer."""
    input: str | None = None
    """With `begun`: the input as JSON, unless it is large."""
    steps: str | None = None
    """With its end: the fold `step_figures` as JSON."""

    @property
    def is_last(self) -> bool:
        """Whether the execution has ended with it."""
        known = self.ended or self.begun
        return known is not None and known.completed_at is not None


class Database:
    """An open database. Writes come from one thread, reads from any."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.name = place.name
        self._engine, self.locks = place.open()
        self._end, self._end_row = _ending(self._engine.dialect)

    def close(self) -> None:
        """Closes every connection."""
        for name in ("_writing", "_inserting"):
            if name in self.__dict__:
                getattr(self, name).close()
        self.locks.close()
        self._engine.dispose()

    def write(self, writes: Sequence[Write]) -> None:
        """Commits all of it or nothing."""
        alone = self.place.inserts_alone and not any(write.version or write.ended for write in writes)
        for remaining in reversed(range(_BUSY_TRIES)):
            try:
                with self._explained():
                    connection = self._inserting if alone else self._writing
                    with connection.begin():
                        self._write(connection, writes)
            except WfError as error:
                if not remaining or not self.place.is_busy(error):
                    raise
            else:
                self.place.written(sum(len(each.events) for write in writes for each in write.segments))
                return

    @cached_property
    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(immediate=True)

    @cached_property
    def _inserting(self) -> Connection:
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _write(self, connection: Connection, writes: Sequence[Write]) -> None:
        for write in writes:
            if write.version is not None:
                _keep(connection, write.version)
        begun = [(*write.begun, write.input, write.steps) for write in writes if write.begun]
        self.place.insert(connection, begun, [_SEGMENT_ROW(each) for write in writes for each in write.segments])
        ended = [self._end_row((*_END_ROW(write.ended), write.steps)) for write in writes if write.ended]
        if ended:
            connection.exec_driver_sql(self._end, ended)

    def end(self, execution_id: str, ending: Callable[[ExecutionSummary, list[Segment]], Write]) -> bool:
        """Commits what `ending` makes of an execution's row and segments; False where somebody has ended it already."""
        unfinished = select(*_COLUMNS).where(
            executions.c.execution_id == execution_id, executions.c.completed_at.is_(None)
        )
        with self._explained(), self._engine.execution_options(immediate=True).begin() as connection:
            row = connection.execute(unfinished).first()
            if row is None:
                return False
            self._write(connection, [ending(ExecutionSummary(*row), _segments_of(connection, execution_id))])
            return True

    def unfinished(self) -> list[str]:
        """The ids of the executions without an end."""
        with self._explained(), self._engine.connect() as connection:
            return list(
                connection.scalars(select(executions.c.execution_id).where(executions.c.completed_at.is_(None)))
            )

    def segments(self, execution_id: str) -> list[Segment]:
        """The segments of an execution in order."""
        with self._explained(), self._engine.connect() as connection:
            return _segments_of(connection, execution_id)

    def executions(self, search: Search, limit: int | None, offset: int) -> list[ExecutionSummary]:
        """Executions that a search finds, the latest first, whatever their input."""
        statement = search.narrowed(select(*_COLUMNS))
        return self._summaries(statement.order_by(*_LATEST_FIRST).limit(limit).offset(offset))

    def inputs(self, search: Search, before: ExecutionSummary | None) -> list[tuple[ExecutionSummary, str | None]]:
        """The next executions, those before one that is known, with their inputs where those are not large."""
        statement = search.narrowed(select(*_COLUMNS, executions.c.input))
        if before is not None:
            statement = statement.where((before.started_at, before.execution_id) > _PLACE)
        with self._explained(), self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(*_LATEST_FIRST).limit(PAGE))
            return [(ExecutionSummary(*row[:-1]), row[-1]) for row in rows]

    def steps(self, search: Search) -> list[tuple[str, bool, str | None]]:
        """Ids of executions, whether they have ended, and the fold of their steps where it is kept."""
        column = executions.c
        statement = search.narrowed(select(column.execution_id, column.completed_at.is_not(None), column.steps))
        with self._explained(), self._engine.connect() as connection:
            return [(row[0], bool(row[1]), row[2]) for row in connection.execute(statement)]

    def keep_steps(self, folded: Mapping[str, str]) -> None:
        """Keeps the fold of steps of executions that ended when it was not kept yet."""
        statement = update(executions).where(executions.c.execution_id == bindparam("id"))
        rows = [{"id": execution_id, "folded": steps} for execution_id, steps in folded.items()]
        with self._explained(), self._engine.execution_options(immediate=True).begin() as connection:
            connection.execute(statement.values(steps=bindparam("folded")), rows)

    def first_segments(self, execution_ids: Sequence[str]) -> dict[str, Segment]:
        """The segment that each of some executions begins with."""
        first = select(segments).where(segments.c.execution_id.in_(execution_ids), segments.c.first_seq == 1)
        with self._explained(), self._engine.connect() as connection:
            return {row.execution_id: Segment(*row) for row in connection.execute(first)}

    def versions(self, workflow: str, namespace: str | None) -> list[tuple[Version, int, str | None]]:
        """The versions of a workflow that were run, the latest first: how often, and when last."""
        runs = func.count(executions.c.execution_id)
        statement = (
            select(versions, runs, func.max(executions.c.started_at))
            .outerjoin(executions, executions.c.definition_hash == versions.c.definition_hash)
            .where(versions.c.workflow == workflow)
            .group_by(*versions.c)
            .order_by(versions.c.first_run_at.desc())
        )
        if namespace is not None:
            statement = statement.where(versions.c.namespace == namespace)
        with self._explained(), self._engine.connect() as connection:
            return [(Version(*row[:-2]), row[-2], row[-1]) for row in connection.execute(statement)]

    def matching(self, beginning: str, limit: int) -> list[ExecutionSummary]:
        """Executions whose id begins so; the one whose id is exactly this stands alone."""
        exact = self._summaries(select(*_COLUMNS).where(executions.c.execution_id == beginning))
        like = executions.c.execution_id.startswith(beginning, autoescape=True)
        return exact or self._summaries(select(*_COLUMNS).where(like).order_by(executions.c.execution_id).limit(limit))

    def prune(self, before: str) -> int:
        """Deletes the executions that ended before a time, and says how many. The index knows when they started."""
        with self._explained(), self._engine.execution_options(immediate=True).begin() as connection:
            return connection.execute(
                delete(executions).where(executions.c.started_at < before, executions.c.completed_at < before)
            ).rowcount

    def _summaries(self, statement: Select[Any]) -> list[ExecutionSummary]:
        with self._explained(), self._engine.connect() as connection:
            return [ExecutionSummary(*row) for row in connection.execute(statement)]

    def _explained(self) -> AbstractContextManager[None]:
        return self.place.explained()


def _ending(dialect: Dialect) -> tuple[str, Callable[[tuple[Any, ...]], tuple[Any, ...]]]:
    """The statement that ends an execution, and what brings the values of `_END_ROW` and the steps into its order.

    Compiled once, the driver runs it for many rows without a cost of ours for each.
    """
    given = ["id", *(f"new_{name}" for name in (*_END, "steps"))]
    statement = update(executions).where(executions.c.execution_id == bindparam("id"))
    compiled = statement.values({name: bindparam(f"new_{name}") for name in (*_END, "steps")}).compile(dialect=dialect)
    return compiled.string, itemgetter(*(given.index(name) for name in compiled.positiontup or ()))


def _keep(connection: Connection, version: Version) -> None:
    """Inserts a version, unless it is known: the two databases spell that alike."""
    from sqlalchemy.dialects import postgresql, sqlite

    insertion = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insertion(versions).values(asdict(version)).on_conflict_do_nothing())


def _segments_of(connection: Connection, execution_id: str) -> list[Segment]:
    statement = select(segments).where(segments.c.execution_id == execution_id).order_by(segments.c.first_seq)
    return [Segment(*row) for row in connection.execute(statement)]
