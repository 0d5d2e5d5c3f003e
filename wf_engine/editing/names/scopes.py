"""What the names in an expression may mean: the steps, the input and the loops that are seen from where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from wf_engine.analysis import Block, blocks
from wf_engine.analysis.steps import FieldPath, output_owner
from wf_engine.editing.names.model import Subject
from wf_engine.editing.names.origins import Configured, Entry, Made, Origin, Origins, Parameters, Schema, items_of
from wf_engine.expressions import Expr, Expression, parse_template
from wf_engine.language import Step, Target, default
from wf_engine.language.workflow import ForEach
from wf_engine.syntax import Map, Node, Scalar, Seq, resolved
from wf_engine.text import Location
from wf_engine.workspace import Definition, SourceDocument, Workspace

_MOST_NESTED = 40
"""How many values may be followed from one to the next: enough for people, an end for what goes on and on."""


@dataclass(slots=True)
class Following:
    """What has been followed in a snapshot: each value once."""

    scopes: dict[tuple[str, int], "Scope"] = field(default_factory=dict)
    written: dict[tuple[int, int], "Written"] = field(default_factory=dict)
    depth: int = 0


@dataclass(frozen=True, eq=False)
class Scope:
    """What is seen in a document, a block or a step."""

    workspace: Workspace
    source: SourceDocument
    namespace: str
    input: Origins
    steps: Mapping[str, "PlacedStep"] = field(default_factory=dict)
    """The steps of the innermost block."""
    around: "Scope | None" = None
    loops: tuple["LoopNames", ...] = ()
    following: Following = field(default_factory=Following)

    def root(self, name: str) -> Origins:
        """The shape of a root."""
        match name:
            case "input":
                return self.input
            case "tasks":
                return (Steps(self),)
            case "forEach":
                return (LoopRoot(self.loops),) if self.loops else ()
            case "env":
                return (Configured("env"),)
            case "secrets":
                return (Configured("secret"),)
        return ()

    def step(self, name: str) -> "PlacedStep | None":
        """The step of that id that is seen from here."""
        return self.steps.get(name) or (self.around.step(name) if self.around else None)

    def inside(self, steps: tuple[Step, ...] | None) -> "Scope":
        """The scope of a block."""
        placed: dict[str, PlacedStep] = {}
        scope = replace(self, steps=placed, around=self)
        for step in steps or ():
            if step.id is not None:
                placed.setdefault(step.id, PlacedStep(step, scope))
        return scope

    def read(self, node: Node | None) -> Origins:
        """The shape of a value that is written in a document and may hold templates."""
        if node is None:
            return ()
        node = resolved(node)
        known, key = self.following.written, (id(node), id(self))
        if key not in known:
            known[key] = Written(self, node)
        return (known[key],)


@dataclass(eq=False)
class Written(Origin):
    """A value as it is written: its keys are declared by being there."""

    scope: Scope
    node: Node
    _means: "Origins | None" = None

    def entries(self, name: str) -> Iterator[Entry]:
        """The entry of that name."""
        pair = self.node.pair(name) if isinstance(self.node, Map) else None
        if pair is not None:
            place = self.scope.workspace.location(self.scope.source, resolved(pair.key).place)
            yield Entry(Subject("property", name, place=place), self.scope.read(pair.value))

    def items(self) -> Origins:
        """The items that are written."""
        items = self.node.items if isinstance(self.node, Seq) else ()
        return tuple([origin for item in items for origin in self.scope.read(item)])

    def means(self) -> Origins:
        """What the value is taken from, where it is one template; nothing where that goes round in a circle."""
        following = self.scope.following
        if self._means is None:
            self._means = ()
            expr = self._template
            if expr is not None and following.depth < _MOST_NESTED:
                from wf_engine.editing.names.reading import origins_of  # which follows names to what is written

                following.depth += 1
                self._means = origins_of(expr, self.scope)
                following.depth -= 1
        return self._means

    @property
    def _template(self) -> Expr | None:
        is_text = isinstance(self.node, Scalar) and isinstance(self.node.value, str)
        return parse_template(self.node.value).single if is_text else None  # type: ignore[attr-defined]

    @property
    def location(self) -> Location | None:
        """Where it is written."""
        return self.scope.workspace.location(self.scope.source, self.node.place)


@dataclass(frozen=True, eq=False)
class PlacedStep:
    """A step in the scope that it stands in."""

    step: Step
    scope: Scope

    @property
    def subject(self) -> Subject | None:
        """What its id names."""
        node = self.step.node.get("id") if self.step.node else None
        if not isinstance(node, Scalar) or self.step.id is None:
            return None
        return Subject("step", self.step.id, place=self.scope.workspace.location(self.scope.source, node.place))

    @cached_property
    def inner(self) -> Scope:
        """The scope inside its own loop."""
        loop = self.step.for_each
        return (
            replace(self.scope, loops=(*self.scope.loops, LoopNames(self.step, loop, self.scope)))
            if loop
            else self.scope
        )

    @cached_property
    def _blocks(self) -> Mapping[FieldPath, tuple[Block, Scope]]:
        return {block.path: (block, self._bare(block.path).inside(block.steps)) for block in blocks(self.step)}

    def _bare(self, path: FieldPath) -> Scope:
        outside = path[:1] == ("condition",) or path[:2] == ("forEach", "items")
        return self.scope if outside else self.inner

    def at(self, path: FieldPath) -> Scope:
        """The scope of an expression at a path of the step."""
        owner = output_owner(path, self._blocks)
        held = self._blocks.get(owner) if owner is not None else None
        return held[1] if held else self._bare(path)

    def held(self) -> Iterator["PlacedStep"]:
        """The steps of its blocks, those with the same id too."""
        for block, scope in self._blocks.values():
            for step in block.steps:
                yield PlacedStep(step, scope)

    def outputs(self) -> Origins:
        """The shape of its output."""
        step = self.step
        found = self._own()
        found += self._of(step.fallback, ("fallback",)) if step.fallback else ()
        if step.for_each:
            found = (Made({"results": (Made(item_values=found),)}),)
        if step.condition and step.condition.else_:
            found += self._of(step.condition.else_, ("condition", "else"))
        return found

    def _own(self) -> Origins:
        if self.step.switch is None:
            return self._of(self.step, ())
        cases = [(case, ("switch", "cases", number)) for number, case in enumerate(self.step.switch.cases or ())]
        other = self.step.switch.default
        return (
            *(origin for case, path in cases for origin in self._of(case, path)),
            *(self._of(other, ("switch", "default")) if other else ()),
        )

    def _of(self, target: Step | Target, path: FieldPath) -> Origins:
        if path in self._blocks:
            block, scope = self._blocks[path]
            written = target.node.get("output") if block.has_output and target.node else None
            return scope.read(written) if block.has_output else (BlockOutput(scope),)
        scope = self._bare(path)
        if target.task_ref:
            return output_of(scope, scope.workspace.task(target.task_ref, scope.namespace))
        if target.workflow_ref:
            return output_of(scope, scope.workspace.workflow(target.workflow_ref, scope.namespace))
        return scope.read(target.node.get("output")) if path == ("fallback",) and target.node else ()


@dataclass(frozen=True, eq=False)
class LoopNames:
    """A forEach with the scope around its step."""

    step: Step
    loop: ForEach
    scope: Scope

    def variables(self) -> Iterator[tuple[Subject, Origins]]:
        """Its two variables with the shapes of their values."""
        items = self.loop.node.get("items") if self.loop.node else None
        from wf_engine.editing.names.reading import origins_of  # which follows names to what is written

        found = (
            origins_of(self.loop.items.root, self.scope)
            if isinstance(self.loop.items, Expression)
            else self.scope.read(items)
        )
        for name, value in (("itemVar", items_of(found)), ("indexVar", ())):
            subject = self.subject(name)
            if subject is not None:
                yield subject, value

    def subject(self, name: str) -> Subject | None:
        """What `itemVar` or `indexVar` names."""
        node = self.loop.node.get(name) if self.loop.node else None
        if isinstance(node, Scalar):
            return Subject("loop", node.text, place=self.scope.workspace.location(self.scope.source, node.place))
        pair = self.step.node.pair("forEach") if self.step.node else None
        if pair is None:
            return None
        place = self.scope.workspace.location(self.scope.source, pair.key.place)
        return Subject("loop", str(default(ForEach, name)), place=place, implied=True)


@dataclass(frozen=True, eq=False)
class LoopRoot(Origin):
    """The root `forEach` inside some loops, the innermost last."""

    loops: tuple[LoopNames, ...]

    def entries(self, name: str) -> Iterator[Entry]:
        """A variable of the innermost loop, or the loops around it."""
        if name == "$parent" and len(self.loops) > 1:
            yield Entry(None, (LoopRoot(self.loops[:-1]),))
        elif name == "$root":
            yield Entry(None, (LoopRoot(self.loops[:1]),))
        for subject, value in self.loops[-1].variables():
            if subject.name == name:
                yield Entry(subject, value)

    @property
    def location(self) -> Location | None:
        """Where the innermost loop stands."""
        found = self.loops[-1].subject("itemVar")
        return found.place if found else None


@dataclass(frozen=True, eq=False)
class Steps(Origin):
    """The root `tasks`."""

    scope: Scope

    def entries(self, name: str) -> Iterator[Entry]:
        """A step that is seen from here."""
        placed = self.scope.step(name)
        if placed is not None:
            yield Entry(placed.subject, (StepRoot(placed),))


@dataclass(frozen=True, eq=False)
class StepRoot(Origin):
    """`tasks.ID`."""

    placed: PlacedStep

    def entries(self, name: str) -> Iterator[Entry]:
        """Its output; its status and response are of no one's making."""
        if name == "output":
            yield Entry(None, self.placed.outputs())

    @property
    def location(self) -> Location | None:
        """Where its id stands."""
        return self.placed.subject.place if self.placed.subject else None


@dataclass(frozen=True, eq=False)
class BlockOutput(Origin):
    """The output of a block that writes none: a map of the outputs of its steps."""

    scope: Scope

    def entries(self, name: str) -> Iterator[Entry]:
        """The output of the step of that id."""
        placed = self.scope.steps.get(name)
        if placed is not None:
            yield Entry(placed.subject, placed.outputs())


def document_scope(workspace: Workspace, source: SourceDocument, following: Following | None = None) -> Scope:
    """What is seen in a document outside of its steps."""
    following = following or Following()
    key = (source.path, source.index)
    if key not in following.scopes:
        namespace = (source.model.metadata.namespace if source.model and source.model.metadata else None) or "default"
        scope = Scope(workspace, source, namespace, inputs_of(workspace, source), following=following)
        spec = source.model.spec if source.model else None
        following.scopes[key] = scope.inside(getattr(spec, "tasks", None))
    return following.scopes[key]


def inputs_of(workspace: Workspace, source: SourceDocument) -> Origins:
    """The shape of the input of what a document defines."""
    spec = source.model.spec.node if source.model and source.model.spec else None
    for name in ("input", "inputSchema"):
        node = spec.get(name) if spec else None
        if isinstance(node, Map):
            kind = node.get("type")
            whole = name == "inputSchema" or (isinstance(kind, Scalar) and kind.value == "object")
            return (Schema(workspace, source, node, node, "input") if whole else Parameters(workspace, source, node),)
    return ()


def output_of(scope: Scope, definition: Definition | None) -> Origins:
    """The shape of what a definition gives."""
    spec = definition.model.spec.node if definition and definition.model.spec else None
    if definition is None or spec is None:
        return ()
    if definition.key.kind == "Workflow":
        return document_scope(scope.workspace, definition.source, scope.following).read(spec.get("output"))
    schema = spec.get("outputSchema")
    return (Schema(scope.workspace, definition.source, schema, schema),) if schema is not None else ()
