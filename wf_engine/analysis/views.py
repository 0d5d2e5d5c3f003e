"""How steps look to one another: the types of their outputs, worked out in an order in which each is known in time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec.structs import replace

from wf_engine.analysis.expressions import conditions, inferred, node_type, outside_loops, reads_loop, refuted
from wf_engine.analysis.scopes import Loop, StepScope
from wf_engine.analysis.step_view import StepView
from wf_engine.analysis.steps import FieldPath, StepFacts, facts_of, output_owner, targets
from wf_engine.analysis.transforms import in_place
from wf_engine.expressions import Expr, Expression, unparse
from wf_engine.language import Site, Step, Target, default, fields_of
from wf_engine.language.workflow import ForEach
from wf_engine.syntax import Scalar
from wf_engine.types import ANY, INTEGER, STRING, Type, array_of, item_of, nullable, object_of, union
from wf_engine.workspace import Contract, Reference, reference


class Finder(Protocol):
    """Finds what references mean."""

    @property
    def declared(self) -> object:
        """Another object whenever a contract is another one, outputs of workflows aside."""

    def find(self, kind: str, wanted: Reference) -> Contract | None:
        """The contract, None where there is none."""

    def names(self, kind: str, namespace: str) -> Sequence[str]:
        """Names that could have been meant."""

    def versions(self, kind: str, wanted: Reference) -> tuple[str, ...]:
        """The versions that there are of what a reference names."""


@dataclass(frozen=True, eq=False)
class World:
    """What is around a workflow: the contracts that its references mean, and the namespace in which they are looked up."""

    callees: Finder
    namespace: str
    broken: frozenset[int] = frozenset()
    """Nodes of the steps in which the text breaks: what they give cannot be told."""
    _tasks: dict[str, Contract | None] = field(default_factory=dict)
    """What was found already; of workflows the finder itself remembers what can be remembered."""

    def contract(self, kind: str, ref: str) -> Contract | None:
        """The contract of what a reference means."""
        if kind != "WorkflowTask":
            return self.callees.find(kind, reference(ref, self.namespace))
        if ref not in self._tasks:
            self._tasks[ref] = self.callees.find(kind, reference(ref, self.namespace))
        return self._tasks[ref]


def scope_views(
    steps: Sequence[Step], scope: StepScope, world: World, assuming: tuple[Expr, ...] = ()
) -> dict[str, StepView]:
    """The steps of one scope by id as others see them; of two equal ids the first counts. `scope` is around them.

    Steps whose outputs rest on one another in a circle give any.
    """
    named: dict[str, Step] = {}
    for step in steps:
        if step.id is not None:
            named.setdefault(step.id, step)
    facts = {name: facts_of(step) for name, step in named.items()}
    order = settling(facts)
    found: dict[str, StepView] = {}
    inside = scope.inside(found)
    for name in order:
        found[name] = _remembered(named[name], facts[name], world, inside, assuming)
    return {name: found[name] if name in found else knotted(step, world) for name, step in named.items()}


def _remembered(step: Step, facts: StepFacts, world: World, scope: StepScope, assuming: tuple[Expr, ...]) -> StepView:
    """The view of a step, from before where all that it rests on is the same."""
    basis: tuple[object, ...] = (world.callees.declared, world.namespace)
    if facts.wandering:
        contracts = tuple([world.contract(*ref) for ref in facts.refs])
        views = tuple([scope.steps(name) for root, name in facts.output_reads if root == "tasks" and scope.steps])
        basis = (world.namespace, contracts, views, replace(scope, steps=None, ids=tuple), assuming)
    memo = step.node.memo if step.node is not None else None
    known = memo.get("view") if memo else None
    if known is not None and (known[0] == basis if facts.wandering else _same(known[0], basis)):
        remembered: StepView = known[1]
        return remembered
    view = _view(step, world, scope, assuming)
    if step.node is not None:
        step.node.memo = step.node.memo or {}
        step.node.memo["view"] = (basis, view)
    return view


def _same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """Without a look inside: contracts are many."""
    return before[0] is now[0] and before[1] == now[1]


def settling(facts: Mapping[str, StepFacts]) -> list[str]:
    """The names in an order in which the outputs that each rests on come before it; those in circles are left out."""
    waits = {
        name: [other for root, other in each.output_reads if root == "tasks" and other in facts]
        for name, each in facts.items()
    }
    order = [name for name, others in waits.items() if not others]
    if len(order) == len(waits):
        return order
    readers: dict[str, list[str]] = {}
    left = {name: len(others) for name, others in waits.items()}
    for name, others in waits.items():
        for other in others:
            readers.setdefault(other, []).append(name)
    for name in order:  # grows while it is gone through
        for reader in readers.get(name, ()):
            left[reader] -= 1
            if not left[reader]:
                order.append(reader)
    return order


def _view(step: Step, world: World, scope: StepScope, assuming: tuple[Expr, ...]) -> StepView:
    """How a step with an id looks to others. `scope` is the one that it stands in."""
    if id(step.node) in world.broken or any(problem.kind == "unknown-field" for problem in step.reading.problems):
        return knotted(step, world)  # a loop, a fallback or what runs may be what is misspelt
    outputs = _Outputs(step, world, scope, assuming)
    output = outputs.own()
    if step.fallback:  # of each item, where there is a loop
        output = union(output, outputs.of(step.fallback, ("fallback",)))
    if step.for_each:
        output = _looped(output, step.for_each)
    if step.condition and step.condition.else_:  # once, without the loop
        output = union(output, outputs.of(step.condition.else_, ("condition", "else")))
    return _seen(step, world, output)


def knotted(step: Step, world: World) -> StepView:
    """How a step looks to others where nothing is known of its output."""
    return _seen(step, world, ANY)


def _seen(step: Step, world: World, output: Type) -> StepView:
    held = conditions(step.condition.if_) if step.condition else ()
    return StepView(
        step.id or "",
        output,
        skippable=step.condition is not None and step.condition.else_ is None,
        response=_response(step, world),
        conditions=frozenset(map(unparse, held)),
        conditions_loop=any(map(reads_loop, held)),
        inside=frozenset(facts_of(step).ids) - {step.id or ""},
    )


def _response(step: Step, world: World) -> str:
    """Whether the step makes exactly one http call."""
    answers = {_calls(target, world) for path, target in targets(step) if path or not step.switch}
    certain = len(answers) == 1 and (answers == {"never"} or not (step.for_each or step.fallback))
    return answers.pop() if certain else "perhaps"


def _calls(target: Step | Target, world: World) -> str:
    """The same of what runs once."""
    if isinstance(target, Step) and target.transform:
        return "never"
    contract = world.contract("WorkflowTask", target.task_ref) if target.task_ref else None
    if contract is None:
        return "perhaps"
    return ("perhaps" if contract.cached else "always") if contract.makes_call else "never"


def _looped(item: Type, loop: ForEach) -> Type:
    """The output of a forEach; only under `onError: continue` an item can have failed without failing the step."""
    return object_of(
        {
            "results": array_of(nullable(item) if loop.on_error == "continue" else item),
            "itemCount": INTEGER,
            "successCount": INTEGER,
            "failureCount": INTEGER,
            "errors": array_of(_LOOP_ERROR),
        }
    )


_LOOP_ERROR = object_of({"index": INTEGER, "code": STRING, "message": STRING})


class _Outputs:
    """The outputs of a step's targets."""

    def __init__(self, step: Step, world: World, scope: StepScope, assuming: tuple[Expr, ...]) -> None:
        self.step = step
        self.world = world
        self.scopes = StepScopes(step, scope, assuming)

    def own(self) -> Type:
        """What the step itself gives, once."""
        if self.step.switch:
            branches = [self.of(target, path) for path, target in targets(self.step) if path[:1] == ("switch",)]
            return union(*branches) if branches else ANY
        if self.step.transform is None:
            return self.of(self.step, ())
        transform = in_place(self.step, self.scopes.inner, self._type_of(("transform",), ("input",)))
        return transform.output if transform is not None else self.of(self.step, ())

    def _type_of(self, *owners: FieldPath) -> Callable[[Scalar], Type | None]:
        """The types of the scalars below these fields of the step that hold expressions."""
        sites = {id(site.node): site for site in self.step.reading.sites if site.path[:1] in owners}

        def type_of(scalar: Scalar) -> Type | None:
            site = sites.get(id(scalar))
            return self._site_type(site, self.scopes.at(site.path)) if site is not None else None

        return type_of

    def of(self, target: Step | Target, path: FieldPath) -> Type:
        """What a target gives."""
        if target.tasks is not None:
            return self._block(target, path)
        for kind, ref in (("WorkflowTask", target.task_ref), ("Workflow", target.workflow_ref)):
            if ref:
                contract = self.world.contract(kind, ref)
                return contract.output_type if contract is not None else ANY
        return self._written(target, path, self.scopes.at(path)) if path == ("fallback",) else ANY

    def _block(self, target: Step | Target, path: FieldPath) -> Type:
        scope, assuming = self.scopes.at(path), self.scopes.assumed(path)
        views = scope_views(target.tasks or (), scope, self.world, assuming)
        if target.node is not None and target.node.pair("output"):
            return self._written(target, path, scope.inside(views))
        named = all(step.id is not None for step in target.tasks or ())
        return object_of({name: view.value for name, view in views.items()}, closed=named)

    def _written(self, target: Step | Target, path: FieldPath, scope: StepScope) -> Type:
        """The type of an `output` that is written out."""
        node = target.node.get("output") if target.node else None
        if node is None:
            return ANY
        sites = {id(site.node): site for site in self.step.reading.sites if output_owner(site.path, (path,)) == path}

        def type_of(scalar: Scalar) -> Type | None:
            site = sites.get(id(scalar))
            return self._site_type(site, scope) if site is not None else None

        return node_type(node, type_of)

    def _site_type(self, site: Site, scope: StepScope) -> Type:
        return ANY if site.parsed.problems else inferred(site.parsed, scope, self.scopes.assumed(site.path)).type


class StepScopes:
    """The scopes inside a step: what its loop, its condition and its targets add to the one around it (language §5)."""

    def __init__(self, step: Step, scope: StepScope, assuming: tuple[Expr, ...] = ()) -> None:
        held = conditions(step.condition.if_) if step.condition else ()
        self.assuming = assuming
        self._outer = scope
        self._guarded = (*assuming, *held)
        self._refuted = (*assuming, *refuted(step.condition.if_)) if step.condition else assuming
        self._looping = step.for_each is not None
        loop = (_loop(step.for_each, self._holding(scope, self._guarded), self._guarded),) if step.for_each else ()
        inner = replace(scope, loops=(*scope.loops, *loop)) if loop else scope
        self._inner = self._holding(inner, self._guarded)

    @property
    def inner(self) -> StepScope:
        """The scope inside the loop, where the condition holds."""
        return self._inner

    def at(self, path: FieldPath) -> StepScope:
        """The scope at a path of the step: `items`, `if` and `else` are outside its own loop."""
        if path[:2] == ("condition", "else"):
            return self._holding(self._outer, self._refuted)
        if path[:1] == ("condition",):
            return self._holding(self._outer, self.assuming)
        if path[:2] == ("forEach", "items"):
            return self._holding(self._outer, self._guarded)
        return self._inner.with_error() if path[:1] == ("fallback",) else self._inner

    def assumed(self, path: FieldPath) -> tuple[Expr, ...]:
        """The conditions that hold at a path and mean there what they mean where they are written."""
        if path[:2] == ("condition", "else"):
            return self._refuted
        if path[:1] == ("condition",):
            return self.assuming
        inside_loop = self._looping and path[:2] != ("forEach", "items")
        return outside_loops(self._guarded) if inside_loop else self._guarded

    @staticmethod
    def _holding(scope: StepScope, held: Collection[Expr]) -> StepScope:
        return replace(scope, holding=frozenset(map(unparse, held))) if held or scope.holding else scope


def _loop(for_each: ForEach, scope: StepScope, assuming: tuple[Expr, ...]) -> Loop:
    item_var = for_each.item_var or default(ForEach, "itemVar")
    items = _items_type(for_each, lambda parsed: ANY if parsed.problems else inferred(parsed, scope, assuming).type)
    pairs = for_each.node.pairs if for_each.node else ()
    certain = all(pair.name in fields_of(ForEach) for pair in pairs)
    return Loop(item_var, for_each.index_var or default(ForEach, "indexVar"), item_of(items), certain)


def _items_type(for_each: ForEach, type_of: Callable[[Any], Type]) -> Type:
    if isinstance(for_each.items, Expression):
        return type_of(for_each.items)
    node = for_each.node.get("items") if for_each.node else None
    return node_type(node, lambda scalar: ANY if _is_template(scalar) else None) if node is not None else ANY


def _is_template(scalar: Scalar) -> bool:
    return isinstance(scalar.value, str) and "{{" in scalar.value
