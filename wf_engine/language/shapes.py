"""What may stand in a field: the shapes from which reading, JSON Schemas, hover and completion are all made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wf_engine.language.records import Record


@dataclass(frozen=True, slots=True)
class Shape:
    """Base of all shapes; `Shape()` itself is any JSON value."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article, for messages."""
        return "any value"


@dataclass(frozen=True, slots=True)
class Str(Shape):
    """Text; `pattern` is anchored and simple enough for any engine, `format` the word for it in messages."""

    pattern: str | None = None
    format: str | None = None
    max_length: int | None = None
    hint: str | None = None

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return self.format or "a text"


@dataclass(frozen=True, slots=True)
class Enum(Shape):
    """One of some words, each with a sentence about it."""

    values: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The words."""
        return tuple(name for name, _ in self.values)

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "one of " + ", ".join(f"`{name}`" for name in self.names)


@dataclass(frozen=True, slots=True)
class WordOrObj(Enum):
    """One of some words, or a map with the fields of a record."""

    record: "type[Record]"

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return f"{Enum(self.values).wanted}, or {Obj(self.record).wanted}"


@dataclass(frozen=True, slots=True)
class Int(Shape):
    """A whole number within bounds."""

    minimum: int | None = None
    maximum: int | None = None

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        if self.minimum is not None and self.maximum is not None:
            return f"a whole number from {self.minimum} to {self.maximum}"
        if self.minimum is not None:
            return f"a whole number from {self.minimum} up"
        return "a whole number"


@dataclass(frozen=True, slots=True)
class Number(Shape):
    """A number, `minimum` or more."""

    minimum: float | None = None

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a number" if self.minimum is None else f"a number from {self.minimum:g} up"


@dataclass(frozen=True, slots=True)
class Bool(Shape):
    """True or false."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "`true` or `false`"


@dataclass(frozen=True, slots=True)
class Duration(Shape):
    """A duration such as `500ms`; read as milliseconds."""

    maximum_ms: int | None = None
    minimum_ms: int = 0

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a duration such as `500ms`, `30s`, `5m` or `1h`"


@dataclass(frozen=True, slots=True)
class StatusCode(Shape):
    """An HTTP status code or a class of them."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a status code such as `200`, or a class such as `2xx`"


@dataclass(frozen=True, slots=True)
class JsonSchema(Shape):
    """A JSON Schema 2020-12."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a JSON Schema"


@dataclass(frozen=True, slots=True)
class Parameters(Shape):
    """A workflow's inputs: a map of parameters, or a JSON Schema whose `type` is `object`."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a map of parameters, or a JSON Schema"


@dataclass(frozen=True, slots=True)
class Tree(Shape):
    """Any value, in which every string may hold templates. `only` narrows what its top may be."""

    only: str | None = None
    """`map` or `string`."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return {"map": "a map", "string": "a text"}.get(self.only or "", "any value")


@dataclass(frozen=True, slots=True)
class Expr(Shape):
    """An expression, braces optional; a value that is no string is itself."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "an expression"


@dataclass(frozen=True, slots=True)
class Ref(Shape):
    """The name of a definition: `[ns/]name`, for a workflow `[ns/]name[@version]`."""

    target: str

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "the name of a " + ("task" if self.target == "WorkflowTask" else "workflow")


@dataclass(frozen=True, slots=True)
class StepId(Shape):
    """The id of a step in the same scope."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "the id of a step"


@dataclass(frozen=True, slots=True)
class StepList(Shape):
    """The steps of a workflow or of a block, at least one."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a list of steps"


@dataclass(frozen=True, slots=True)
class ListOf(Shape):
    """A list, each item of one shape."""

    item: Shape
    minimum: int = 0

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a list"


@dataclass(frozen=True, slots=True)
class Operations(ListOf):
    """The operations of a pipeline."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a list of operations"


@dataclass(frozen=True, slots=True)
class Path(Str):
    """A JSONPath."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a path such as `$.items[*].id`"


@dataclass(frozen=True, slots=True)
class Cron(Str):
    """The five fields of a schedule."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "five fields such as `0 6 * * MON`"


@dataclass(frozen=True, slots=True)
class Zone(Str):
    """An IANA time zone."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a time zone such as `Europe/Berlin`"


@dataclass(frozen=True, slots=True)
class SecretName(Str):
    """The name of a secret, as behind `secrets.`."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "the name of a secret"


@dataclass(frozen=True, slots=True)
class OneOrMany(Shape):
    """A value of one shape, or a list of them; read as a list."""

    item: Shape

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return f"{self.item.wanted}, or a list of them"


@dataclass(frozen=True, slots=True)
class MapOf(Shape):
    """A map from names to values of one shape. `known` has the shapes of names that mean something."""

    value: Shape
    known: tuple[tuple[str, Shape], ...] = ()

    def shape_of(self, name: str) -> Shape:
        """The shape of the value under a name."""
        for known, shape in self.known:
            if known == name:
                return shape
        return self.value

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a map"


@dataclass(frozen=True, slots=True)
class Obj(Shape):
    """A map with the fields of a record."""

    record: "type[Record]"

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        from wf_engine.language.records import fields_of  # records import the shapes

        names = ", ".join(f"`{name}`" for name in list(fields_of(self.record))[:3])
        return f"a map with fields such as {names}"
