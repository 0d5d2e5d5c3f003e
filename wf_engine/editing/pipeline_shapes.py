"""What may stand inside a pipeline, told as shapes from what its operations take (language §8)."""

from dataclasses import dataclass

from wf_engine.language.shapes import Enum, Expr, MapOf, Path, Shape, Tree
from wf_engine.transforms import OPERATIONS, Operation
from wf_engine.transforms.aggregations import Aggregations
from wf_engine.transforms.arguments import Argument, Choice, Condition, Fields, OtherList, PathTo


@dataclass(frozen=True, slots=True)
class OneOperation(Shape):
    """An operation: a bare word, or a map with its name as the one key."""


@dataclass(frozen=True, slots=True)
class ArgumentsOf(Shape):
    """The arguments of an operation."""

    operation: Operation


@dataclass(frozen=True, slots=True)
class PathToOne(Path):
    """A JSONPath that selects at most one value."""


@dataclass(frozen=True, slots=True)
class PathOrTree(Tree):
    """A value with templates, or a path into the pipeline's input."""


def shape_below(shape: OneOperation | ArgumentsOf, key: str) -> Shape | None:
    """The shape of what stands under a key: an operation's name, or an argument's."""
    if isinstance(shape, OneOperation):
        operation = OPERATIONS.get(key)
        return ArgumentsOf(operation) if operation is not None else None
    takes = next((each.takes for each in shape.operation.parameters if each.name == key), None)
    return _shape(takes) if takes is not None else None


def _shape(takes: Argument) -> Shape:
    match takes:
        case Choice(words=words):
            return _words(words)
        case Condition():
            return Expr()
        case PathTo(one=one):
            return PathToOne() if one else Path()
        case Fields():
            return MapOf(Path())
        case OtherList():
            return PathOrTree()
        case Aggregations(functions=functions):
            return MapOf(MapOf(Shape(), (("function", _words(functions)), ("field", Path()))))
    return Tree()


def _words(words: tuple[str, ...]) -> Enum:
    return Enum(tuple((word, "") for word in words))
