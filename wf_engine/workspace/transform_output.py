"""The output schema of a task that transforms and does not say itself what it gives (language §6)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wf_engine.expressions import Expression, Template, infer, infer_template
from wf_engine.language import TaskSpec, Transform
from wf_engine.transforms import infer_pipeline, infer_select
from wf_engine.types import ANY, STRING, Type, array_of, literal, object_of, of_schema, to_schema, union

_EXECUTION = object_of({"id": STRING, "startedAt": STRING, "workflow": STRING})
_ROOTS = ("input", "env", "secrets", "execution")


@dataclass(frozen=True)
class _TaskScope:
    """What the templates of a task see."""

    input: Type

    def roots(self) -> Collection[str]:
        return _ROOTS

    def root(self, name: str) -> Type | None:
        return {"input": self.input, "execution": _EXECUTION}.get(name)

    def keyed(self, name: str) -> bool:
        return name in ("env", "secrets")

    def member(self, root: str, name: str) -> Type | None:  # noqa: ARG002 - any name will do
        return STRING if root == "secrets" else ANY

    def members(self, root: str) -> Collection[str]:  # noqa: ARG002 - none is known
        return ()


def output_schema_of(spec: TaskSpec) -> Any:
    """The schema of a task's output: as written, or that of its transform; True where nothing is known."""
    if spec.output_schema is not None:
        return spec.output_schema
    if spec.type != "transform" or spec.transform is None:
        return True
    return to_schema(_transformed(spec.transform, of_schema(True if spec.input_schema is None else spec.input_schema)))


def _transformed(transform: Transform, given: Type) -> Type:
    scope = _TaskScope(given)
    written = transform.node is not None and transform.node.pair("input") is not None
    value = _type_of(transform.input, scope) if written else given
    if transform.pipeline is not None and transform.json_path is None:
        return infer_pipeline(transform.pipeline, value, scope).result
    if transform.json_path is not None and transform.pipeline is None:
        return infer_select(transform.json_path, value)[0]
    return ANY


def _type_of(tree: Any, scope: _TaskScope) -> Type:
    """The type of a tree of values with templates."""
    if isinstance(tree, Template | Expression):
        found = infer_template(tree, scope) if isinstance(tree, Template) else infer(tree, scope)
        return ANY if tree.problems or found.findings else found.type
    if isinstance(tree, dict):
        return object_of({name: _type_of(item, scope) for name, item in tree.items()})
    if isinstance(tree, list | tuple):
        return array_of(union(*[_type_of(item, scope) for item in tree]))
    return literal(tree)
