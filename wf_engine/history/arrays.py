"""Many rows as arguments of one statement of PostgreSQL: each column is an array of texts.

The driver would make an array value by value. Here its binary form (PostgreSQL's `array_recv`) is written at once: of
inserts row by row, by COPY and in this way, this one costs both sides least, half of COPY.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Integer, Table

from wf_engine.history.schema import Rows, executions, segments

if TYPE_CHECKING:
    from psycopg.abc import AdaptContext
    from psycopg.adapt import Dumper

_TEXT, _TEXTS = 25, 1009
"""The numbers of the types `text` and `text[]`, the same in every server."""
_HEAD = b"".join(number.to_bytes(4) for number in (1, 1, _TEXT))
"""One dimension; there may be nulls; the type of the elements."""
_FROM_ONE = (1).to_bytes(4)
_EMPTY = b"".join(number.to_bytes(4) for number in (0, 0, _TEXT))
_NULL = b"\xff\xff\xff\xff"


class Texts:
    """An array of texts and nulls. `binary` is what the server gets."""

    __slots__ = ("binary",)

    def __init__(self, values: Sequence[Any]) -> None:
        parts = [_HEAD, len(values).to_bytes(4), _FROM_ONE]
        for value in values:
            if value is None:
                parts.append(_NULL)
            else:
                text = (value if isinstance(value, str) else str(value)).encode(errors="surrogatepass")
                parts += len(text).to_bytes(4), text
        self.binary = b"".join(parts) if values else _EMPTY


def columns(table: Table, rows: Rows) -> Iterator[Texts]:
    """The columns of rows."""
    return map(Texts, zip(*rows, strict=True) if rows else [()] * len(table.c))


def _select(table: Table) -> str:
    """What makes rows of the columns' arrays again."""
    names = [column.name for column in table.c]
    typed = (f"{column.name}{_cast(column.type)}" for column in table.c)
    arrays = ", ".join(["%b"] * len(names))
    return f"({', '.join(names)}) SELECT {', '.join(typed)} FROM unnest({arrays}) AS given({', '.join(names)})"  # noqa: S608 - names of ours


def _cast(type_: Any) -> str:
    return "::integer" if isinstance(type_, Integer) else "::double precision" if isinstance(type_, Float) else ""


INSERTION = (
    f"WITH begun AS (INSERT INTO {executions.name} {_select(executions)}) "
    f"INSERT INTO {segments.name} {_select(segments)}"
)
"""Inserts rows of both tables. The server looks for the execution of a segment when all are there."""


def register(connection: "AdaptContext") -> None:
    """Teaches a connection of psycopg what `Texts` are."""
    adapters = connection.adapters
    assert adapters is not None
    adapters.register_dumper(Texts, _dumper())


@cache
def _dumper() -> "type[Dumper]":
    from psycopg.adapt import Dumper  # the driver is an extra
    from psycopg.pq import Format

    class TextsDumper(Dumper):
        oid = _TEXTS
        format = Format.BINARY

        def dump(self, obj: Texts) -> bytes:
            return obj.binary

    return TextsDumper
