"""Wrap steps: in a block, in a loop, in a condition."""

from collections.abc import Callable

from wf_engine.analysis import facts_of, nested, site_reads
from wf_engine.checks.fixes import column
from wf_engine.editing.names.spelling import inside
from wf_engine.editing.refactoring.model import Change, Refactoring, Selection
from wf_engine.editing.refactoring.reads import all_reads
from wf_engine.editing.refactoring.writing import entry_added, free_name, lines_of, shifted, template, written
from wf_engine.language import Step
from wf_engine.syntax import Scalar, Seq
from wf_engine.text import FileEdit, Span
from wf_engine.types import kinds, properties

FLOW = -1
"""In the place of the column of a dash: the steps stand in a flow list."""
_OUTPUT = 2
"""Links in `tasks.ID.output`."""


def ids(steps: tuple[Step, ...]) -> list[str]:
    """The ids of some steps."""
    return [step.id for step in steps if step.id is not None]


def taken(selection: Selection) -> list[str | None]:
    """The ids that there are in the workflow."""
    return [each.step.id for each in selection.analyses]


def _named(steps: tuple[Step, ...]) -> str:
    return f"`{steps[0].id}`" if len(steps) == 1 else f"{len(steps)} steps"


def redirected(selection: Selection, moved: tuple[Step, ...], to: str) -> list[FileEdit] | None:
    """Reads of steps that go into another, and waits for them, by the steps that stay; None where one cannot be kept.

    `tasks.ID.output` becomes `tasks.TO.output.ID`.
    """
    names = set(ids(moved))
    spans = [selection.extent(step.node) for step in moved if step.node is not None]

    def stays(at: int) -> bool:
        return not any(span.start <= at < span.end for span in spans)

    edits: list[FileEdit] = []
    for read in all_reads(selection):
        node = read.site.site.node
        if read.root.name != "tasks" or not read.names or read.names[0] not in names:
            continue
        if not stays(selection.place(node.place).start):
            continue
        links = read.names[:_OUTPUT]
        if len(links) < _OUTPUT or links[1] != "output":
            return None
        text = inside(node, read.upto(_OUTPUT), f"tasks.{to}.output.{links[0]}")
        if text is None:
            return None
        edits += selection.edits(*text)
    return edits + _waits(selection, names, to, stays)


def _waits(selection: Selection, names: set[str], to: str, stays: Callable[[int], bool]) -> list[FileEdit]:
    edits = []
    for each in selection.analyses:
        listed = each.step.node.get("dependsOn") if each.step.node else None
        items = [item for item in listed.items if isinstance(item, Scalar)] if isinstance(listed, Seq) else []
        for item in items:
            if item.text in names and stays(selection.place(item.place).start):
                edits += selection.edits((item.place, to))
    return edits


def block_lines(selection: Selection, steps: tuple[Step, ...]) -> tuple[Span, int] | None:
    """The text of neighbouring steps, and the column of their dashes, or -1 for items of a flow list.

    None where they share lines with others.
    """
    first, last = steps[0].node, steps[-1].node
    if first is None or last is None:
        return None
    text, span = selection.file.text, Span(selection.extent(first).start, written(selection, last).end)
    if first.flow and text.slice(lines_of(selection, span)).lstrip()[:1] != "-":
        return span, FLOW
    span = lines_of(selection, span)
    line = text.line(text.position(span.start).line)
    dash = len(line) - len(line.lstrip(" "))
    one_item = all(
        step.node is not None and lines_of(selection, selection.extent(step.node)).start >= span.start for step in steps
    )
    return (span, dash) if line[dash : dash + 1] == "-" and one_item and "\t" not in text.slice(span) else None


def _offer_block(selection: Selection) -> str | None:
    steps = selection.steps
    return f"Put {_named(steps)} into a block" if steps and block_lines(selection, steps) else None


def _block(selection: Selection) -> Change | None:
    steps = selection.steps
    held = block_lines(selection, steps) if steps else None
    if held is None:
        return None
    span, dash = held
    name = free_name("block", taken(selection))
    edits = redirected(selection, steps, name)
    if edits is None:
        return None
    text = selection.file.text.slice(span)
    if dash == FLOW:
        return Change((*edits, selection.edit(span, f"{{id: {name}, tasks: [{text}]}}")))
    lead, by = " " * dash, 2 + _dash_offset(selection)
    return Change((*edits, selection.edit(span, f"{lead}- id: {name}\n{lead}  tasks:\n{shifted(text, by)}")))


def _dash_offset(selection: Selection) -> int:
    """How much further right than its key a list of steps is written in this document."""
    spec = selection.workflow.model.spec if selection.workflow else None
    pair = spec.node.pair("tasks") if spec and spec.node else None
    first = spec.tasks[0] if spec and spec.tasks else None
    held = block_lines(selection, (first,)) if first else None
    return max(held[1] - column(pair.key), 0) if held and pair and held[1] != FLOW else 2


def _read(selection: Selection, step: Step) -> bool:
    """Whether anything reads a step: of a loop or of a step that may be skipped it would get something else."""
    workflow, read = selection.workflow, ("tasks", step.id)
    if workflow is None:
        return True
    return any(read in facts_of(other).reads for other in nested(workflow.steps) if other is not step) or any(
        read in site_reads(site) for site in workflow.model.reading.sites
    )


def _offer_loop(selection: Selection) -> str | None:
    steps = selection.steps
    alone = len(steps) == 1 and steps[0].for_each is None and not _read(selection, steps[0])
    return f"Run {_named(steps)} for each item of a list" if alone else None


def _loop(selection: Selection) -> Change | None:
    (step,) = selection.steps
    own = selection.workflow.input_type if selection.workflow else None
    lists = [name for name, found in properties(own).items() if kinds(found.type) == {"array"}] if own else []
    items = template(f"input.{lists[0]}") if lists else "[1]"
    return _with_field(selection, step, "forEach", f"items: {items}")


def _offer_condition(selection: Selection) -> str | None:
    steps = selection.steps
    alone = len(steps) == 1 and steps[0].condition is None and not _read(selection, steps[0])
    return f"Run {_named(steps)} under a condition" if alone else None


def _condition(selection: Selection) -> Change | None:
    (step,) = selection.steps
    own = selection.workflow.input_type if selection.workflow else None
    flags = [name for name, found in properties(own).items() if kinds(found.type) == {"boolean"}] if own else []
    test = f"input.{flags[0]}" if flags else "execution.workflow != ''"
    return _with_field(selection, step, "condition", f'if: "{test}"')


def _with_field(selection: Selection, step: Step, name: str, inner: str) -> Change | None:
    if step.node is None:
        return None
    entry = f"{name}: {{{inner}}}" if step.node.flow else f"{name}:\n  {inner}"
    edits = entry_added(selection, step.node, [entry])
    return Change(tuple(edits)) if edits else None


WRAP_BLOCK = Refactoring("wrap-block", "refactor.rewrite", _offer_block, _block)
WRAP_LOOP = Refactoring("wrap-loop", "refactor.rewrite", _offer_loop, _loop)
WRAP_CONDITION = Refactoring("wrap-condition", "refactor.rewrite", _offer_condition, _condition)
