"""What an operation is: its parameters, its sentence, its examples, how it is evaluated and typed, all in one value."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from wf_engine.expressions.errors import LimitError, MisuseError
from wf_engine.expressions.values import MAX_TEXT, check_items, kind, noun, nouns
from wf_engine.transforms.arguments import Argument
from wf_engine.transforms.paths import JsonPath
from wf_engine.types import NEVER, Type, kinds

MOST_CHARACTERS = 10 * MAX_TEXT
"""Of all texts that one operation may make together."""


class ItemError(Exception):
    """An item that an operation cannot take; `index` is its number in the list, from 0, None for the whole."""

    def __init__(self, message: str, index: int | None = None, hint: str | None = None, *, limit: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.index = index
        self.hint = hint
        self.limit = limit


class Parameter(NamedTuple):
    """An argument that an operation takes. Without `required`, `default` stands in; None may mean none."""

    name: str
    takes: Argument
    documentation: str
    required: bool = False
    default: Any = None


class Example(NamedTuple):
    """A pipeline of the one operation: its arguments (None where it is a bare word), an input and what comes out."""

    arguments: Any
    input: Any
    output: Any


Arguments = Mapping[str, Any]
"""The arguments of an operation by name, checked, with templates evaluated and defaults filled in."""


@dataclass(slots=True)
class Work:
    """What an operation may use while it runs: the pipeline's input, the scope, and a seed of its own."""

    input: Any
    scope: Mapping[str, Any]
    seed: str
    tick: Callable[[], None]
    """Called now and then in long loops; whatever it raises ends the work."""
    characters: int = 0
    nodes: int = 0

    def taken(self, path: JsonPath, item: Any) -> Any:
        """What a path gives of an item. Counts what is selected; raises ItemError where all together is too much."""
        value = path.value(item)
        if not path.singular:
            self.nodes += len(value)
            at_most(self.nodes)
        return value

    def made(self, text: str) -> str:
        """Counts a text that was made. Raises ItemError where all together are too long."""
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise ItemError(f"The texts would have more than {MOST_CHARACTERS:,} characters together.", limit=True)
        return text

    def numbered(self, items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """The items with their numbers, with a tick now and then."""
        for index, item in enumerate(items):
            if not index % _TICK:
                self.tick()
            yield index, item


_TICK = 256


@dataclass(frozen=True, slots=True)
class Items:
    """What is known of a list before it is there: the type of its items, and whether it is never empty."""

    item: Type
    filled: bool = False

    def of(self, item: Type) -> "Items":
        """The same number of other items."""
        return Items(item, self.filled)

    @property
    def perhaps_empty(self) -> "Items":
        """The same items, of which none may be left."""
        return replace(self, filled=False)


class Remark(NamedTuple):
    """What typing found: `path` leads to the argument inside the operation's own."""

    message: str
    path: tuple[str | int, ...] = ()
    hint: str | None = None
    kind: str = "wrong-items"


@dataclass(slots=True)
class Typing:
    """What typing an operation may use, and where it leaves what it finds."""

    argument: Callable[[str], Type]
    """The type of an argument that may be a template."""
    over_items: Callable[[str, Type], Type]
    """The type of a template or an expression over items of a type."""
    input: Type
    """Of the pipeline's input."""
    remarks: list[Remark] = field(default_factory=list)


Evaluate = Callable[[list[Any], Arguments, Work], list[Any]]
Infer = Callable[[Items, Arguments, Typing], Items]
Check = Callable[[Arguments], Iterator[tuple[tuple[str | int, ...], str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation of pipelines. `evaluate` and `infer` go from the items before it to those behind it.

    `single`: as the last of a pipeline it gives the value itself. `wants`: the kinds of items it takes, where it does
    not take all. `check` says what is wrong with arguments that are each right by themselves.
    """

    name: str
    documentation: str
    parameters: tuple[Parameter, ...] = ()
    examples: tuple[Example, ...]
    evaluate: Evaluate
    infer: Infer
    single: bool = False
    wants: tuple[str, ...] = ()
    check: Check | None = None

    @property
    def bare(self) -> bool:
        """Whether the bare word will do."""
        return not any(parameter.required for parameter in self.parameters) and self.check is None


def each(evaluate: Callable[[Any, Arguments, Work], Any]) -> Evaluate:
    """An operation that makes one item of each; what is wrong with one is said with its number."""

    def run(items: list[Any], arguments: Arguments, work: Work) -> list[Any]:
        made: list[Any] = []
        for index, item in work.numbered(items):
            try:
                made.append(evaluate(item, arguments, work))
            except MisuseError as error:
                raise ItemError(error.message, index, error.hint, limit=isinstance(error, LimitError)) from None
            except ItemError as error:
                raise ItemError(error.message, index, error.hint, limit=error.limit) from None
        return made

    return run


def wanted(item: Any, found: Sequence[str], index: int | None = None) -> None:
    """Raises ItemError where an item is of none of the kinds."""
    if kind(item) not in found:
        raise ItemError(f"This item is {noun(kind(item))}; {nouns(list(found))} is wanted.", index)


def at_most(count: int) -> None:
    """Raises ItemError where a list would be too long."""
    try:
        check_items(count)
    except LimitError as error:
        raise ItemError(error.message, limit=True) from None


def same_items(items: Items, _: Arguments, __: Typing) -> Items:
    """The typing of an operation that keeps all items."""
    return items


def fewer_items(items: Items, _: Arguments, __: Typing) -> Items:
    """The typing of an operation that may drop items."""
    return items.perhaps_empty


def items_of(type_: Type) -> Infer:
    """The typing of an operation whose items have one type, whatever they were."""
    return lambda items, _, __: items.of(type_)


def value_kinds(type_: Type) -> frozenset[str]:
    """The kinds that values may have, integers being numbers."""
    found = kinds(type_)
    return found - {"integer"} | {"number"} if "integer" in found else found


def never(type_: Type) -> bool:
    """Whether there are no values of the type, as far as is known."""
    return type_ == NEVER or not kinds(type_)
