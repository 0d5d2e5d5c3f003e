"""Which name was meant in an expression, told from what follows it, what is wanted, and what things are called."""

import re
from collections.abc import Iterable
from dataclasses import replace

from wf_engine.analysis import StepScope
from wf_engine.editing.cursor import Cursor
from wf_engine.editing.expression_scope import scope_at
from wf_engine.editing.items import Item, Kind
from wf_engine.editing.schema_words import words_of
from wf_engine.editing.wanted import wanted_type
from wf_engine.expressions import infer, parse_expression
from wf_engine.types import Answer, Type, assignable, is_any, kinds, properties, property_of, without_null

_MOST = 60
"""Names that are tried out: of more, the nearest."""
_REST = re.compile(r"[\w$]*+(?:-++\w++)*+")
_TRIED = (Kind.ROOT, Kind.STEP, Kind.PROPERTY, Kind.FUNCTION)
_FITS = {Answer.YES: 0, Answer.UNKNOWN: 1, Answer.PARTLY: 2, Answer.NO: 3}
_DEEPER = 2


def by_meaning(cursor: Cursor, items: Iterable[Item], before: str, behind: str, *, alone: bool) -> list[Item]:
    """Names for a place in an expression, those first with which the whole of it makes sense.

    `before` and `behind` are what stands around the word; `alone`: nothing but this expression makes the value.
    """
    made = sorted(items, key=lambda item: item.rank)
    rest = behind[match.end() :] if (match := _REST.match(behind)) else behind
    wanted = wanted_type(cursor, cursor.trail.path) if alone else None
    tried = [item for item in made if item.kind in _TRIED][:_MOST]
    if not rest.strip() and wanted is None and not _target_words(cursor):
        return made
    judge = _Judge(cursor, scope_at(cursor), before, rest, wanted)
    scores = {id(item): judge.score(item) for item in tried}
    ordered = sorted(made, key=lambda item: (scores.get(id(item), (99, 99, 99)), item.rank))
    return [replace(item, rank=number) for number, item in enumerate(ordered)]


def _target_words(cursor: Cursor) -> frozenset[str]:
    """The words of what the value is for: of the key that it stands under."""
    names = [key for key in cursor.trail.path if isinstance(key, str)]
    return words_of(names[-1]) if names else frozenset()


class _Judge:
    def __init__(self, cursor: Cursor, scope: StepScope, before: str, rest: str, wanted: Type | None) -> None:
        self.scope = scope
        self.before = before
        self.rest = rest
        self.wanted = wanted
        self.words = _target_words(cursor)
        self.key = next((key for key in reversed(cursor.trail.path) if isinstance(key, str)), "")
        self.follows = bool(rest.strip()) and rest.lstrip()[0] in ".[?("
        self.starts_address = self.key == "url" and not before.strip() and _at_start(cursor)

    def score(self, item: Item) -> tuple[int, int, int]:
        """How little sense a name makes, how ill its type fits, how unlike its words are; the less the better."""
        called = self.rest.lstrip().startswith("(")
        if (item.kind is Kind.FUNCTION) is not called:
            return (50, 0, 0)
        if self.starts_address:
            return (0 if item.label == "env" else 1, 0, 0)
        parsed = parse_expression(self.before + item.label + self.rest)
        if parsed.problems:
            return (0, 0, -self._likeness(item))
        found = infer(parsed.root, self.scope)
        wrong = len(found.findings)
        if not self.follows and item.kind in (Kind.ROOT, Kind.STEP):
            wrong = 0
        return (wrong, self._unfit(item, found.type), -self._likeness(item))

    def _unfit(self, item: Item, type_: Type) -> int:
        if is_any(type_) and self.follows:
            return 1  # what is known to be there is likelier
        if self.wanted is None or is_any(self.wanted):
            return 0
        if item.kind is Kind.ROOT and not self.follows:
            return 0
        if item.kind is Kind.STEP and not self.follows:
            return 0 if self._gives(type_) else 1
        if item.label == "output" or is_any(type_):
            return 0
        answer = assignable(without_null(type_), self.wanted).answer
        if answer is Answer.NO and kinds(type_) & {"object", "array"}:
            return _DEEPER
        return _FITS[answer]

    def _gives(self, type_: Type) -> bool:
        """Whether the output of a step has something of the name that is wanted."""
        output = without_null(property_of(without_null(type_), "output").type)
        return self.key in properties(output)

    def _likeness(self, item: Item) -> int:
        return 2 * (item.label == self.key) + len(self.words & words_of(item.label))


def _at_start(cursor: Cursor) -> bool:
    text = getattr(cursor.node, "text", "")
    return not text or text.lstrip().startswith("{{") or cursor.node is None
