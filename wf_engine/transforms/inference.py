"""The type of a pipeline's result, from that of its input (language §6, §8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from wf_engine.expressions import Expression, Scope, Template, infer, infer_template
from wf_engine.expressions.values import nouns
from wf_engine.transforms.arguments import Path
from wf_engine.transforms.model import Items, Remark, Typing, never, value_kinds
from wf_engine.transforms.operations.nesting import opened
from wf_engine.transforms.path_types import path_type
from wf_engine.transforms.paths import JsonPath
from wf_engine.transforms.pipeline import Pipeline, Stage
from wf_engine.types import (
    ANY,
    INTEGER,
    NULL,
    Type,
    array_of,
    describe,
    kinds,
    literal,
    nullable,
    object_of,
    union,
)


class PipelineFinding(NamedTuple):
    """What typing finds: `path` leads to the place inside the value that the pipeline is written as.

    `wrong-items`: an operation cannot take what it gets. `empty-path`: a path can select nothing.
    """

    kind: str
    path: Path
    message: str
    hint: str | None = None


class PipelineTypes(NamedTuple):
    """The type of the result, the type of the items that each stage gets, what was found, and the items at the end."""

    result: Type
    items: tuple[Type, ...]
    findings: tuple[PipelineFinding, ...]
    rest: Type


@dataclass(frozen=True)
class ItemScope:
    """A scope with the roots `item` and `index` added."""

    around: Scope
    item: Type

    def roots(self) -> Collection[str]:
        """Names of all roots."""
        return (*self.around.roots(), "item", "index")

    def root(self, name: str) -> Type | None:
        """Type of a plain root."""
        return {"item": self.item, "index": INTEGER}.get(name) or self.around.root(name)

    def keyed(self, name: str) -> bool:
        """Whether it is followed by a name."""
        return self.around.keyed(name)

    def member(self, root: str, name: str) -> Type | None:
        """Type of a name under such a root."""
        return self.around.member(root, name)

    def members(self, root: str) -> Collection[str]:
        """Names under such a root."""
        return self.around.members(root)


def infer_pipeline(pipeline: Pipeline, input_type: Type, scope: Scope) -> PipelineTypes:
    """The types of a pipeline over inputs of a type; any where it cannot run. `scope` is what its templates see."""
    items = _listed(input_type)
    seen: list[Type] = []
    findings: list[PipelineFinding] = []
    before = 0
    for stage in pipeline.stages:
        if stage.number > before + 1:
            items = Items(ANY)  # what could not be read makes of them what nobody knows
        before = stage.number
        seen.append(items.item)
        items = _through(stage, items, input_type, scope, findings)
    if pipeline.faulty:
        return PipelineTypes(ANY, tuple(seen), (), items.item)
    result = array_of(items.item)
    if pipeline.single:
        result = items.item if items.filled else nullable(items.item)
        result = NULL if never(items.item) else result
    return PipelineTypes(result, tuple(seen), tuple(findings), items.item)


def infer_select(path: JsonPath, input_type: Type) -> tuple[Type, str | None]:
    """The type of `jsonPath` over inputs of a type, and why it can select nothing, where it can select nothing."""
    found = path_type(path, input_type)
    return (found.type if found.certain else union(found.type, NULL)), found.missing


def _listed(type_: Type) -> Items:
    """The items of an input: input that is no list is a list of one."""
    return Items(opened(type_), filled="array" not in kinds(type_) and not never(type_))


def _through(stage: Stage, items: Items, input_type: Type, scope: Scope, findings: list[PipelineFinding]) -> Items:
    operation = stage.operation
    found = value_kinds(items.item)
    typing = Typing(
        argument=lambda name: _argument_type(stage.arguments[name], scope),
        over_items=lambda name, item: _over_items(stage.arguments[name], ItemScope(scope, item)),
        input=input_type,
    )
    if operation.wants and found and found.isdisjoint(operation.wants):
        message = f"`{operation.name}` takes {_plural(operation.wants)}; the items here are {describe(items.item, 1)}."
        findings.append(PipelineFinding("wrong-items", stage.path, message, _advice(operation.name)))
        operation.infer(items, stage.arguments, typing)
        return Items(ANY, items.filled)
    result = operation.infer(items, stage.arguments, typing)
    findings.extend(_finding(stage, remark) for remark in typing.remarks)
    return Items(ANY, result.filled) if typing.remarks and typing.remarks[0].kind == "wrong-items" else result


def _finding(stage: Stage, remark: Remark) -> PipelineFinding:
    return PipelineFinding(remark.kind, (*stage.path, *remark.path), remark.message, remark.hint)


def _plural(wanted: tuple[str, ...]) -> str:
    return {"string": "texts", "number": "numbers", "object": "maps"}.get(wanted[0], nouns(list(wanted)))


def _advice(name: str) -> str:
    if name in ("join", "enrich"):
        return "Make maps of them first: `map: {fields: {value: $}}`."
    return "Take the values out first, with `flatMap: {path: $.name}` or `template`."


def _argument_type(argument: Any, scope: Scope) -> Type:
    """The type of an argument: of a template what it gives, of anything else the value that it is."""
    if isinstance(argument, Template):
        return infer_template(argument, scope).type
    if isinstance(argument, Expression):
        return infer(argument, scope).type
    if isinstance(argument, Mapping):
        types = {name: _argument_type(item, scope) for name, item in argument.items()}
        return object_of(types)
    if isinstance(argument, list | tuple):
        return array_of(union(*[_argument_type(item, scope) for item in argument]))
    return literal(argument)


def _over_items(parsed: Template | Expression, scope: Scope) -> Type:
    found = infer_template(parsed, scope) if isinstance(parsed, Template) else infer(parsed, scope)
    return ANY if found.findings or parsed.problems else found.type
