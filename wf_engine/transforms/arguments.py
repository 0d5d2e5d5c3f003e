"""The shapes of arguments: what may be written, how it is read, and what is wrong with it.

Arguments that are plain values may be templates; those are evaluated once, before the pipeline runs, and checked then.
Paths, names of fields, and words to choose from are always literal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from wf_engine.expressions import Expression, Template, parse_expression, parse_template
from wf_engine.expressions.values import kind, noun
from wf_engine.text import Span, did_you_mean
from wf_engine.transforms.paths import JsonPath, PathError, parse_path
from wf_engine.transforms.patterns import is_pattern

Path = tuple[str | int, ...]
"""Where something stands inside the value that a pipeline is written as."""
ProblemKind = Literal[
    "unknown-operation",
    "unknown-argument",
    "missing-argument",
    "wrong-argument",
    "invalid-path",
]


@dataclass(frozen=True, slots=True)
class PipelineProblem:
    """What is wrong with a pipeline.

    `path` leads to the value, with `on_key` to the key at its end; `span` is inside the text that stands there.
    """

    kind: ProblemKind
    path: Path
    message: str
    hint: str | None = None
    name: str = ""
    candidates: tuple[str, ...] = ()
    better: str | None = None
    span: Span | None = None
    on_key: bool = False


@dataclass(slots=True)
class Reading:
    """Collects what reading finds: problems, and the expressions with their places."""

    problems: list[PipelineProblem] = field(default_factory=list)
    sites: list[tuple[Path, Template | Expression]] = field(default_factory=list)

    def wrong(self, path: Path, message: str, hint: str | None = None, **more: Any) -> None:
        """Notes an argument that is not what is wanted."""
        self.problems.append(PipelineProblem("wrong-argument", path, message, hint, **more))


@dataclass(frozen=True, slots=True)
class Argument:
    """Base of the shapes; `Argument()` itself is any value, in which every text may hold templates."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "any value"

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """The argument as evaluation takes it; None, and a problem, where it is not what is wanted."""
        read = _tree(value, path, reading)
        if read is not value or isinstance(read, Template):
            return read
        fault = self.fault(value)
        if fault is not None:
            reading.wrong(path, fault)
            return None
        return read

    def fault(self, value: Any) -> str | None:  # noqa: ARG002 - what is any value is never wrong
        """What is wrong with a value, once templates in it are evaluated."""
        return None

    def not_wanted(self, value: Any) -> str:
        """The sentence that says so."""
        return f"This is {noun(kind(value))}, but {self.wanted} is wanted."


def _tree(value: Any, path: Path, reading: Reading) -> Any:
    """The value with its templates parsed; the very same where it has none."""
    if isinstance(value, str):
        if "{{" not in value:
            return value
        template = parse_template(value)
        reading.sites.append((path, template))
        return template
    if isinstance(value, Mapping):
        read = {key: _tree(item, (*path, key), reading) for key, item in value.items()}
        return read if any(read[key] is not item for key, item in value.items()) else value
    if isinstance(value, list | tuple):
        items = [_tree(item, (*path, index), reading) for index, item in enumerate(value)]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


@dataclass(frozen=True, slots=True)
class Whole(Argument):
    """A whole number, `least` or more."""

    least: int = 0
    most: int = 1_000_000_000

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return f"a whole number from {self.least} up"

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value."""
        if kind(value) != "number":
            return self.not_wanted(value)
        fits = self.least <= value <= self.most and value == int(value)
        return None if fits else f"`{value}` is not {self.wanted}."


@dataclass(frozen=True, slots=True)
class Number(Argument):
    """A number; with `nonzero` any but 0."""

    nonzero: bool = False

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a number other than 0" if self.nonzero else "a number"

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value."""
        if kind(value) != "number":
            return self.not_wanted(value)
        return "Nothing can be divided by 0." if self.nonzero and value == 0 else None


@dataclass(frozen=True, slots=True)
class Words(Argument):
    """A text; with `filled` at least one character."""

    filled: bool = False

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a text that is not empty" if self.filled else "a text"

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value."""
        if not isinstance(value, str):
            return self.not_wanted(value)
        return "The text is empty." if self.filled and not value else None


@dataclass(frozen=True, slots=True)
class Seed(Argument):
    """A text or a number."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a text or a number"

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value."""
        return None if kind(value) in ("string", "number") else self.not_wanted(value)


@dataclass(frozen=True, slots=True)
class Choice(Argument):
    """One of some words."""

    words: tuple[str, ...]

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "one of " + ", ".join(f"`{word}`" for word in self.words)

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """The word."""
        if value in self.words:
            return value
        if not isinstance(value, str):
            reading.wrong(path, self.not_wanted(value))
            return None
        near = did_you_mean(value, self.words)
        reading.wrong(path, f"`{value}` is not {self.wanted}.{near}", name=value, candidates=self.words)
        return None


@dataclass(frozen=True, slots=True)
class PathTo(Argument):
    """A JSONPath; with `one` one that selects at most one value."""

    one: bool = False

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a path to one value, such as `$.name`" if self.one else "a path such as `$.name`"

    def read(self, value: Any, path: Path, reading: Reading) -> JsonPath | None:
        """The path."""
        if not isinstance(value, str):
            reading.wrong(path, self.not_wanted(value))
            return None
        try:
            found = parse_path(value)
        except PathError as error:
            reading.problems.append(path_problem(error, path))
            return None
        if self.one and not found.singular:
            reading.wrong(path, f"`{value}` may select many values; {self.wanted} is wanted.")
            return None
        return found


def path_problem(error: PathError, path: Path) -> PipelineProblem:
    """The problem of a text that is no JSONPath."""
    hint = "A path is JSONPath (RFC 9535): `$.name`, `$['first-name']`, `$.items[0]`, `$.items[*].price`."
    span = None if error.better else error.span
    return PipelineProblem("invalid-path", path, error.message, hint, better=error.better, span=span)


@dataclass(frozen=True, slots=True)
class Fields(Argument):
    """A map from names to paths."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a map from names to paths, such as `{id: $.id}`"

    def read(self, value: Any, path: Path, reading: Reading) -> dict[str, JsonPath] | None:
        """The paths by name; those that cannot be read are left out."""
        if not isinstance(value, Mapping) or not value:
            empty = "There are no fields" if isinstance(value, Mapping) else f"This is {noun(kind(value))}"
            reading.wrong(path, f"{empty}, but {self.wanted} is wanted.")
            return None
        paths = {name: PathTo().read(item, (*path, name), reading) for name, item in value.items()}
        return {name: found for name, found in paths.items() if found is not None}


@dataclass(frozen=True, slots=True)
class Condition(Argument):
    """An expression over `item` and `index`."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "an expression that gives true or false, such as `item.price > 10`"

    def read(self, value: Any, path: Path, reading: Reading) -> Expression | bool | None:
        """The expression, or the value itself where it is no text."""
        if isinstance(value, bool):
            return value
        if not isinstance(value, str):
            reading.wrong(path, self.not_wanted(value))
            return None
        expression = parse_expression(value)
        reading.sites.append((path, expression))
        return expression


@dataclass(frozen=True, slots=True)
class ItemTemplate(Argument):
    """A text with templates over `item` and `index`."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return 'a template such as `"{{item.name}}"`'

    def read(self, value: Any, path: Path, reading: Reading) -> Template | None:
        """The template."""
        if not isinstance(value, str):
            reading.wrong(path, self.not_wanted(value))
            return None
        template = parse_template(value)
        reading.sites.append((path, template))
        return template


@dataclass(frozen=True, slots=True)
class OtherList(Argument):
    """Another list: written out, given by a template, or at a path in the pipeline's input."""

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return 'a list, a template that gives one, or a path into the input such as `"$.users"`,'

    def read(self, value: Any, path: Path, reading: Reading) -> Any:
        """The list, the template or the path."""
        if isinstance(value, str) and "{{" not in value:
            return PathTo().read(value, path, reading) if value.startswith("$") else self._refuse(value, path, reading)
        return Argument.read(self, value, path, reading)

    def _refuse(self, value: Any, path: Path, reading: Reading) -> None:
        reading.wrong(path, self.not_wanted(value))

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value."""
        return None if isinstance(value, list | tuple | JsonPath) else self.not_wanted(value)


@dataclass(frozen=True, slots=True)
class Pattern(Words):
    """A regular expression."""

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value."""
        if not isinstance(value, str):
            return self.not_wanted(value)
        return None if is_pattern(value) else f"`{value}` is no regular expression that RE2 understands."


def unknown_names(value: Mapping[str, Any], known: tuple[str, ...], path: Path, reading: Reading, owner: str) -> None:
    """Notes the keys of a map that mean nothing."""
    free = tuple(name for name in known if name not in value)
    for name in value:
        if name not in known:
            message = f"`{name}` is no argument of {owner}.{did_you_mean(name, free)}"
            hint = "It takes " + (", ".join(f"`{each}`" for each in known) or "no arguments") + "."
            reading.problems.append(
                PipelineProblem("unknown-argument", (*path, name), message, hint, name, free, on_key=True)
            )


def expressions_in(argument: Any) -> Iterator[Template | Expression]:
    """The templates and expressions inside a read argument."""
    if isinstance(argument, Template | Expression):
        yield argument
    elif isinstance(argument, Mapping):
        for item in argument.values():
            yield from expressions_in(item)
    elif isinstance(argument, list | tuple):
        for item in argument:
            yield from expressions_in(item)
