"""A transform in its place: what its templates see, and the type of what it gives (language §6, §8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wf_engine.analysis.expressions import node_type
from wf_engine.analysis.scopes import StepScope
from wf_engine.language import Step, Transform
from wf_engine.language.pipelines import place_at
from wf_engine.syntax import Map, Place, Scalar
from wf_engine.transforms import PipelineFinding, PipelineTypes, infer_pipeline, infer_select
from wf_engine.types import ANY, INTEGER, Type, object_of

FieldPath = tuple[str | int, ...]
TypeOf = Callable[[Scalar], Type | None]
"""The type of a scalar that is an expression or holds templates, None for any other."""


@dataclass(frozen=True, eq=False)
class TransformAnalysis:
    """A transform with the scope of its templates and the type of its input; `path` leads to it from its unit."""

    transform: Transform
    path: FieldPath
    scope: StepScope
    input: Type

    @cached_property
    def types(self) -> PipelineTypes | None:
        """The types of its pipeline, if it has one."""
        pipeline = self.transform.pipeline
        return infer_pipeline(pipeline, self.input, self.scope) if pipeline is not None else None

    @cached_property
    def output(self) -> Type:
        """The type of what it gives."""
        if self.types is not None:
            return self.types.result if self.transform.json_path is None else ANY
        return infer_select(self.transform.json_path, self.input)[0] if self.transform.json_path is not None else ANY

    @property
    def findings(self) -> Sequence[PipelineFinding]:
        """What typing found."""
        if self.types is not None:
            return self.types.findings
        path = self.transform.json_path
        missing = infer_select(path, self.input)[1] if path is not None else None
        return () if missing is None else (PipelineFinding("empty-path", (), missing),)

    def place(self, finding: PipelineFinding) -> Place | None:
        """Where a finding stands."""
        node = self.transform.node
        name = "jsonPath" if self.transform.pipeline is None else "pipeline"
        written = node.get(name) if node is not None else None
        if written is None:
            return None
        where = finding.path
        on_key = bool(where) and where[-1] in self._names
        return place_at(written, where, on_key=on_key)

    @property
    def _names(self) -> set[str]:
        pipeline = self.transform.pipeline
        return {stage.operation.name for stage in pipeline.stages} if pipeline is not None else set()

    def scope_at(self, path: FieldPath) -> StepScope | None:
        """The scope of an expression inside its pipeline that sees items, None for any other."""
        pipeline, start = self.transform.pipeline, len(self.path) + 1
        if pipeline is None or path[:start] != (*self.path, "pipeline"):
            return None
        sees_items = len(path) == start + _TO_ARGUMENT and path[-1] in ("where", "template")
        if not sees_items:
            return None
        item = self.item_at(path[start])
        return self.scope.seeing({"item": item, "index": INTEGER})

    def item_at(self, number: str | int | None) -> Type:
        """The type of the items that an operation gets, by its number from 0; whether it can be read or not."""
        pipeline = self.transform.pipeline
        if pipeline is None or not isinstance(number, int):
            return ANY
        stages = tuple(stage for stage in pipeline.stages if stage.number <= number)
        if number and (not stages or stages[-1].number < number):
            return ANY
        return infer_pipeline(replace(pipeline, stages=stages), self.input, self.scope).rest


_TO_ARGUMENT = 3
"""The number of the operation, its name and the name of the argument."""


def in_place(step: Step, scope: StepScope, type_of: TypeOf) -> TransformAnalysis | None:
    """The transform that is written in a step; without an input of its own it takes the step's (language §4)."""
    if step.transform is None:
        return None
    return TransformAnalysis(
        step.transform, ("transform",), scope, _input(step.transform, _given(step, type_of), type_of)
    )


def of_task(transform: Transform, scope: StepScope, type_of: TypeOf) -> TransformAnalysis:
    """The transform of a task; without an input of its own it takes the task's (language §2)."""
    given = scope.input if scope.input is not None else ANY
    return TransformAnalysis(transform, ("spec", "transform"), scope, _input(transform, given, type_of))


def _input(transform: Transform, given: Type, type_of: TypeOf) -> Type:
    written = transform.node.get("input") if transform.node is not None else None
    return node_type(written, type_of) if written is not None else given


def _given(step: Step, type_of: TypeOf) -> Type:
    """The type of a step's own input."""
    node = step.node.get("input") if step.node is not None else None
    if node is None:
        return object_of({})
    return node_type(node, type_of) if isinstance(node, Map) else ANY
