"""What a step says by itself: its targets, its blocks, and the names it reads. Depends on its subtree alone."""

import re
from collections.abc import Container, Iterator
from typing import Any

from msgspec import Struct

from wf_engine.expressions import Expr, Template, references
from wf_engine.language import STEP_ID, Site, Step, Target
from wf_engine.syntax import Scalar

FieldPath = tuple[str | int, ...]
Read = tuple[str, str]
"""A root and the name that is read under it."""


class Use(Struct, frozen=True, eq=False):
    """A reference to a task or a workflow: `path` leads from the step to the target, `target` holds its `input`."""

    path: FieldPath
    kind: str
    ref: str
    node: Scalar | None
    target: Step | Target


class Block(Struct, frozen=True, eq=False):
    """Steps in a scope of their own, inside a step."""

    path: FieldPath
    steps: tuple[Step, ...]
    output: Any
    has_output: bool


class StepFacts(Struct, frozen=True):
    """What the rest of the workflow needs to know about a step; equal facts are interchangeable."""

    id: str | None
    ids: tuple[str, ...]
    """Its own id and those of the steps inside it, in the order of the text."""
    reads: tuple[Read, ...]
    """Names read under `tasks`, `input`, `env`, … in any expression of the step, its targets and blocks; those that
    mean a step inside it are left out."""
    declared: tuple[str, ...]
    """The ids under `dependsOn`."""
    refs: tuple[tuple[str, str], ...]
    """Kind and text of every reference to a definition."""
    output_reads: tuple[Read, ...]
    """Those of the reads that the type of its output rests on."""
    dependencies: tuple[str, ...]
    """Ids of the steps it waits for, as far as they exist; each once."""
    calls_workflows: bool
    """Whether it, or a step in it, runs a workflow."""
    named: bool
    """Whether it, and each step in it, has a valid id."""
    holds_steps: bool
    """Whether any of its targets is a block."""
    wandering: bool
    """Whether the type of its output rests on more than the contracts of what it runs."""
    timeout: int
    """The longest timeout that is written in it, in milliseconds; 0 where none is."""

    @property
    def reads_input(self) -> bool:
        """Whether any expression in it reads `input`."""
        return any(root == "input" for root, _ in self.reads)


def targets(step: Step) -> tuple[tuple[FieldPath, Step | Target], ...]:
    """All that may run in the step, the step itself first, with the path that leads there."""
    if step.switch is None and step.fallback is None and (step.condition is None or step.condition.else_ is None):
        return (((), step),)
    return tuple(_targets(step))


def _targets(step: Step) -> Iterator[tuple[FieldPath, Step | Target]]:
    yield (), step
    if step.switch:
        for index, case in enumerate(step.switch.cases or ()):
            yield ("switch", "cases", index), case
        if step.switch.default:
            yield ("switch", "default"), step.switch.default
    if step.condition and step.condition.else_:
        yield ("condition", "else"), step.condition.else_
    if step.fallback:
        yield ("fallback",), step.fallback


def uses(step: Step) -> tuple[Use, ...]:
    """The definitions that the step itself refers to; those of steps in its blocks are theirs."""
    found = []
    for path, target in targets(step):
        for kind, name, ref in (
            ("WorkflowTask", "taskRef", target.task_ref),
            ("Workflow", "workflowRef", target.workflow_ref),
        ):
            if ref:
                node = target.node.get(name) if target.node else None
                found.append(Use(path, kind, ref, node if isinstance(node, Scalar) else None, target))
    return tuple(found)


def blocks(step: Step) -> tuple[Block, ...]:
    """The blocks directly inside a step."""
    return tuple(
        Block(path, target.tasks, target.output, bool(target.node and target.node.pair("output")))
        for path, target in targets(step)
        if target.tasks is not None
    )


def nested(steps: tuple[Step, ...]) -> Iterator[Step]:
    """All steps, those in blocks behind the step that holds them."""
    for step in steps:
        yield step
        for block in blocks(step):
            yield from nested(block.steps)


def facts_of(step: Step) -> StepFacts:
    """The facts of a step; worked out once in the life of its node."""
    if step.node is None:
        return _facts(step)
    memo = step.node.memo
    if memo is not None and "facts" in memo:
        known: StepFacts = memo["facts"]
        return known
    return step.node.remember("facts", lambda: _facts(step))


def _facts(step: Step) -> StepFacts:
    held = blocks(step)
    inside = {block.path: frozenset(inner.id for inner in block.steps) for block in held}
    reads: dict[Read, None] = {}
    output_reads: dict[Read, None] = {}
    for site in step.reading.sites:
        owner = output_owner(site.path, inside)
        hidden = inside.get(owner, _NOTHING) if owner is not None else _NOTHING
        outer = [read for read in site_reads(site) if read[0] != "tasks" or read[1] not in hidden]
        reads.update(dict.fromkeys(outer))
        if owner is not None or (step.transform is not None and site.path[:1] in _TRANSFORMED):
            output_reads.update(dict.fromkeys(outer))
    ids = [step.id] if step.id else []
    refs = [(use.kind, use.ref) for use in uses(step)]
    for block in held:
        for facts in map(facts_of, block.steps):
            hidden = inside[block.path]
            reads.update(dict.fromkeys(_outer(facts.reads, hidden)))
            output_reads.update(dict.fromkeys(_outer(facts.output_reads, hidden)))
            ids.extend(facts.ids)
            refs.extend(facts.refs)
    if any(root == "forEach" for root, _ in output_reads):
        items = [site for site in step.reading.sites if site.path[:2] == ("forEach", "items")]
        output_reads.update(dict.fromkeys(read for site in items for read in site_reads(site)))
    declared = tuple(step.depends_on or ())
    waits = dict.fromkeys((*declared, *(name for root, name in reads if root == "tasks")))
    calls = any(kind == "Workflow" for kind, _ in refs)
    named = (
        step.id is not None
        and _ID.fullmatch(step.id) is not None
        and all(facts_of(inner).named for block in held for inner in block.steps)
    )
    return StepFacts(
        step.id, tuple(ids), tuple(reads), declared, tuple(refs), tuple(output_reads), tuple(waits), calls, named,
        holds_steps=bool(held), wandering=calls or bool(output_reads),
        timeout=max([step.timeout or 0, *(facts_of(inner).timeout for block in held for inner in block.steps)]),
    )  # fmt: skip


_ID = re.compile(STEP_ID.removesuffix("$"))
_TRANSFORMED = (("transform",), ("input",))
"""Where the expressions stand on which the output of a transform rests."""
_NOTHING: frozenset[str | None] = frozenset()


def _outer(reads: tuple[Read, ...], hidden: frozenset[str | None]) -> Iterator[Read]:
    return (read for read in reads if read[0] != "tasks" or read[1] not in hidden)


def output_owner(path: FieldPath, owners: Container[FieldPath]) -> FieldPath | None:
    """The path of the target whose `output` a path leads into; None where it leads elsewhere."""
    if "output" not in path:
        return None
    owner = path[: path.index("output")]
    return owner if owner in owners or owner in ((), ("fallback",)) else None


def site_reads(site: Site) -> tuple[Read, ...]:
    """The names that a site reads, in a fixed order."""
    return site.node.remember("reads", lambda: tuple(sorted(set().union(*map(references, expressions_of(site))))))


def expressions_of(site: Site) -> tuple[Expr, ...]:
    """The expressions of a site: those in its templates, or the one that it is."""
    if isinstance(site.parsed, Template):
        return tuple(part.expr for part in site.parsed.parts if not isinstance(part, str))
    return (site.parsed.root,)


def step_dependencies(step: Step) -> tuple[str, ...]:
    """Ids that the step names in `dependsOn` or reads as `tasks.ID`, each once (language §4); not filtered by existence."""
    return facts_of(step).dependencies
