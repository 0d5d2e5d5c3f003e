"""Reading a pipeline: a list of operations, each a map with one key or a bare word (language §8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.expressions import Expression, Template
from wf_engine.expressions.values import kind, noun
from wf_engine.text import did_you_mean
from wf_engine.transforms.arguments import Path, PipelineProblem, Reading, path_problem, unknown_names
from wf_engine.transforms.model import Arguments, Operation
from wf_engine.transforms.operations import OPERATIONS
from wf_engine.transforms.paths import JsonPath, PathError, parse_path


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """An operation with its arguments; `number` counts from 1, `path` leads to the arguments inside the pipeline."""

    operation: Operation
    arguments: Arguments
    number: int
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class Pipeline:
    """A pipeline as it was read: `stages` are those that could be; it can run only where there are no problems.

    `sites` are the templates and expressions in it, each with its path inside the value.
    """

    stages: tuple[Stage, ...]
    problems: tuple[PipelineProblem, ...]
    sites: tuple[tuple[Path, Template | Expression], ...]
    written: Any
    """What was written."""

    @property
    def single(self) -> bool:
        """Whether it gives a value itself, and no list."""
        return bool(self.stages) and self.stages[-1].operation.single

    @property
    def faulty(self) -> bool:
        """Whether it cannot run."""
        return bool(self.problems) or any(parsed.problems for _, parsed in self.sites)

    def stage_at(self, path: Path) -> int | None:
        """The index in `stages` of the operation that a path leads into."""
        return next((index for index, stage in enumerate(self.stages) if path[:1] == stage.path[:1]), None)


def read_pipeline(value: Any) -> Pipeline:
    """The pipeline that a JSON value describes. Never raises."""
    reading = Reading()
    if not isinstance(value, list | tuple):
        found = f"This is {noun(kind(value))}, but a list of operations is wanted."
        reading.wrong((), found)
        value = []
    elif not value:
        reading.wrong((), "The pipeline is empty; at least one operation is wanted.")
    stages = [_stage(item, index, reading) for index, item in enumerate(value)]
    return Pipeline(
        tuple(stage for stage in stages if stage is not None), tuple(reading.problems), tuple(reading.sites), value
    )


def read_json_path(text: str) -> JsonPath | PipelineProblem:
    """The path of `jsonPath`, or what is wrong with it."""
    try:
        return parse_path(text)
    except PathError as error:
        return path_problem(error, ())


def _stage(item: Any, index: int, reading: Reading) -> Stage | None:
    if isinstance(item, str):
        return _named(item, None, (index,), reading, bare=True)
    if isinstance(item, Mapping) and len(item) == 1:
        ((name, arguments),) = item.items()
        return _named(name, arguments, (index,), reading, bare=False)
    hint = "Write `- sort: {by: $.name}`, or `- reverse` where there are no arguments."
    if not isinstance(item, Mapping):
        reading.wrong((index,), f"This is {noun(kind(item))}, but an operation is wanted.", hint)
    elif not item:
        reading.wrong((index,), "This map is empty; an operation is wanted.", hint)
    else:
        second = list(item)[1]
        known = [name for name in item if name in OPERATIONS]
        message = f"`{second}` is one key too many: each operation is an entry of its own in the list."
        if len(known) == 1:
            message = f"`{second}` stands beside `{known[0]}`; arguments stand below the operation, one level deeper."
        reading.wrong((index, second), message, hint, on_key=True)
    return None


def _named(name: str, written: Any, path: Path, reading: Reading, *, bare: bool) -> Stage | None:
    operation = OPERATIONS.get(name)
    if operation is None:
        message = f"There is no operation `{name}`.{did_you_mean(name, OPERATIONS)}"
        names = tuple(OPERATIONS)
        hint = f"The operations are {', '.join(names)}."
        reading.problems.append(
            PipelineProblem(
                "unknown-operation", path if bare else (*path, name), message, hint, name, names, on_key=not bare
            )
        )
        return None
    inside = path if bare else (*path, name)
    before = len(reading.problems)
    arguments = _arguments(operation, {} if written is None else written, inside, reading, bare=bare)
    return Stage(operation, arguments, path_number(path), inside) if len(reading.problems) == before else None


def path_number(path: Path) -> int:
    """The number, from 1, of the operation that a path leads to."""
    return int(path[0]) + 1


def _arguments(operation: Operation, written: Any, path: Path, reading: Reading, *, bare: bool) -> dict[str, Any]:
    names = tuple(parameter.name for parameter in operation.parameters)
    if not isinstance(written, Mapping):
        wanted = f"a map of arguments: `{{{names[0]}: …}}`" if names else "no arguments"
        reading.wrong(path, f"This is {noun(kind(written))}, but `{operation.name}` takes {wanted}.")
        return {}
    unknown_names(written, names, path, reading, f"`{operation.name}`")
    before = len(reading.problems)
    found: dict[str, Any] = {}
    for parameter in operation.parameters:
        if parameter.name in written:
            found[parameter.name] = parameter.takes.read(written[parameter.name], (*path, parameter.name), reading)
        elif parameter.required:
            _missing(operation, parameter.name, path, reading, bare=bare)
        else:
            found[parameter.name] = parameter.default
    if operation.check is not None and len(reading.problems) == before:
        for inside, message in operation.check({name: found[name] for name in found if name in written}):
            reading.wrong((*path, *inside), message, on_key=not bare and not inside)
    return found


def _missing(operation: Operation, name: str, path: Path, reading: Reading, *, bare: bool) -> None:
    parameter = next(each for each in operation.parameters if each.name == name)
    near = [each.name for each in reading.problems if each.kind == "unknown-argument" and each.path[:-1] == path]
    if any(did_you_mean(each, (name,)) for each in near):
        return  # it is there, misspelt
    message = f"`{name}` is missing: `{operation.name}` needs it."
    hint = f"{parameter.documentation} It is {parameter.takes.wanted.rstrip(',')}."
    reading.problems.append(PipelineProblem("missing-argument", path, message, hint, name, on_key=not bare))
