"""Where the lines of a document belong: the blocks that are open, and the column that each is given."""

from dataclasses import dataclass
from typing import NamedTuple

from wf_engine.syntax import Token
from wf_engine.workspace import Format

_PROPERTIES = ("anchor", "tag")


class Block(NamedTuple):
    """An open block: `map` or `seq`, the column at which its entries stand, and the one at which they are to."""

    kind: str
    old: int
    new: int

    @property
    def content(self) -> int:
        """The column of what stands behind the dash, or of the key."""
        return self.new + 2 if self.kind == "seq" else self.new


@dataclass
class Blocks:
    """The blocks around a place, the innermost last."""

    settings: Format
    stack: list[Block]

    def enter(self, kind: str, column: int, *, behind_dash: bool) -> Block:
        """The block to which an entry at a column belongs; opened where it is not."""
        self.close(kind, column)
        top = self.stack[-1] if self.stack else None
        if top is not None and (top.kind, top.old) == (kind, column):
            return top
        block = Block(kind, column, self._column(kind, top, behind_dash=behind_dash))
        self.stack.append(block)
        return block

    def close(self, kind: str, column: int) -> None:
        """Closes the blocks that an entry at a column ends: deeper ones, and a list at the column of a key."""
        stack = self.stack
        while stack and (
            stack[-1].old > column or (stack[-1].old == column and (stack[-1].kind, kind) == ("seq", "map"))
        ):
            stack.pop()

    def _column(self, kind: str, parent: Block | None, *, behind_dash: bool) -> int:
        if parent is None:
            return 0
        if behind_dash or parent.kind == "seq":
            return parent.new + 2
        return parent.new + (0 if kind == "seq" and not self.settings.indent_sequences else self.settings.indent)

    def value_column(self, column: int) -> int:
        """Where a value goes that stands on a line of its own below its key or dash."""
        while self.stack and self.stack[-1].old >= column:
            self.stack.pop()
        return self.inner

    @property
    def inner(self) -> int:
        """One level in from the innermost block: where what belongs to one of its entries goes on."""
        if not self.stack:
            return 0
        top = self.stack[-1]
        return top.new + (2 if top.kind == "seq" else self.settings.indent)


def comment_column(column: int, blocks: list[Block], following: tuple[int, int] | None) -> int:
    """Where a line that is a comment goes: with the line below, or with the block that it stands at the end of.

    `blocks` were open above it, `following` has the old and the new column of the line below it.
    """
    if following is not None and column <= following[0]:
        return following[1]
    floor, given = following or (-1, 0)
    inside = [block for block in blocks if floor < block.old <= column]
    if not inside:
        return given
    deepest = max(block.old for block in inside)
    return next(block.new for block in inside if block.old == deepest)


def is_key(tokens: list[Token], at: int) -> bool:
    """Whether a key of a block begins at a token: a scalar or an alias with a colon behind it."""
    while at < len(tokens) and tokens[at].kind in _PROPERTIES:
        at += 1
    return at + 1 < len(tokens) and tokens[at].kind in ("scalar", "alias") and tokens[at + 1].kind == ":"
