"""Inlay hints: types of templates, levels of the graph, usual durations, values of the last run or dry run."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from wf_engine.analysis import SiteAnalysis, StepAnalysis, WorkflowAnalysis, analyse_task, analyse_workflow
from wf_engine.editing.observed import UNKNOWN, Observations, Observed
from wf_engine.expressions import Embedded, Expression, Template
from wf_engine.language import Step
from wf_engine.planning import parallel_groups
from wf_engine.syntax import Node, Scalar
from wf_engine.text import Span
from wf_engine.types import describe, is_any
from wf_engine.workspace import SourceDocument, SourceFile, Workspace

HINT_KINDS = ("types", "levels", "durations", "values")
"""What there are hints about; each can be switched off."""

_LONGEST = 40
"""Characters of a label."""


class InlayHint(NamedTuple):
    """A text to show behind an offset of the file; `about` says more."""

    offset: int
    kind: str
    label: str
    about: str = ""


def inlay_hints(
    workspace: Workspace,
    path: str,
    span: Span,
    seen: Observations | None = None,
    kinds: Collection[str] = HINT_KINDS,
) -> tuple[InlayHint, ...]:
    """The hints of these kinds in a range of a file, in the order of the text."""
    file = workspace.files.get(path)
    found: list[InlayHint] = []
    for source in file.documents if file else ():
        start = file.file.starts[source.index] if file else 0
        if file is not None and source.ours and start <= span.end and span.start <= start + source.tree.chars:
            found.extend(_Hints(workspace, file, source, span, seen or {}, kinds).all())
    return tuple(sorted(each for each in found if span.start <= each.offset <= span.end))


@dataclass(frozen=True, eq=False)
class _Hints:
    """The hints of one document."""

    workspace: Workspace
    file: SourceFile
    source: SourceDocument
    span: Span
    seen: Observations
    kinds: Collection[str]

    def all(self) -> Iterator[InlayHint]:
        """Of the steps that the range touches, and of the document itself."""
        workflow = analyse_workflow(self.workspace, self.source)
        if workflow is None:
            task = analyse_task(self.workspace, self.source)
            yield from self._sites(task.sites if task else (), None, "")
            return
        definition = self.source.definition
        seen = self.seen.get(definition.key) if definition else None
        yield from self._sites(workflow.own_sites(), seen, "")
        levels = _levels(self.workspace, workflow) if "levels" in self.kinds else {}
        for step in workflow.steps:
            if step.node is not None and self._touches(step.node):
                yield from self._level(step, levels)
                yield from self._step(workflow.step_analysis(step), seen, "")

    def _touches(self, node: Node) -> bool:
        start = self.file.span(self.source.index, node.place).start
        if start > self.span.end:
            return False
        return self.source.tree.extent(node).end + self.file.file.starts[self.source.index] >= self.span.start

    def _step(self, step: StepAnalysis, seen: Observed | None, around: str) -> Iterator[InlayHint]:
        path = f"{around}{step.step.id}"
        duration = seen.durations.get(path) if seen and "durations" in self.kinds else None
        if duration is not None and (where := self._behind_id(step.step)) is not None:
            yield InlayHint(where, "durations", f"~{shown_duration(duration)}", "How long the step took the last time.")
        yield from self._sites(step.sites, seen, path)
        for inner in step.inner:
            yield from self._step(inner, seen, f"{path}.")

    def _level(self, step: Step, levels: Mapping[str, tuple[int, int, int]]) -> Iterator[InlayHint]:
        level, where = levels.get(step.id or ""), self._behind_id(step)
        if level is not None and where is not None:
            number, count, beside = level
            others = f"{beside} others of its level" if beside > 1 else "one other of its level" if beside else ""
            about = f"May run at the same time as {others}." if others else "The only step of its level."
            yield InlayHint(where, "levels", f"level {number} of {count}", about)

    def _behind_id(self, step: Step) -> int | None:
        node = step.node.get("id") if step.node else None
        return self.file.span(self.source.index, node.place).end if isinstance(node, Scalar) else None

    def _sites(
        self, sites: Collection[SiteAnalysis] | Iterator[SiteAnalysis], seen: Observed | None, path: str
    ) -> Iterator[InlayHint]:
        for site in sites:
            where = self.file.span(self.source.index, site.site.node.place)
            if where.start <= self.span.end and where.end >= self.span.start:
                yield from self._site(site, seen, path)

    def _site(self, site: SiteAnalysis, seen: Observed | None, path: str) -> Iterator[InlayHint]:
        parsed, node = site.site.parsed, site.site.node
        whole = parsed.root if isinstance(parsed, Expression) else parsed.single
        if whole is not None and "types" in self.kinds and not parsed.problems and not is_any(site.type):
            said = describe(site.type)
            yield InlayHint(self._end(node), "types", f": {_cut(said)}", said)
        if seen is None or "values" not in self.kinds:
            return
        if whole is not None:
            yield from self._value(seen.value(whole, self._env, path), self._end(node), seen)
        elif isinstance(parsed, Template):
            for part in parsed.parts:
                if isinstance(part, Embedded):
                    at = self.file.span(self.source.index, node.place_of(part.span)).end
                    yield from self._value(seen.value(part.expr, self._env, path), at, seen)

    @property
    def _env(self) -> Mapping[str, Any]:
        return self.workspace.settings.env

    @staticmethod
    def _value(value: Any, at: int, seen: Observed) -> Iterator[InlayHint]:
        if value is not UNKNOWN:
            text = json.dumps(value, ensure_ascii=False)
            when = "dry run" if seen.dry else "run"
            yield InlayHint(at, "values", f"= {_cut(text)}", f"In the last {when}: {_cut(text, 1000)}")

    def _end(self, node: Scalar) -> int:
        return self.file.span(self.source.index, node.place).end


def _cut(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def shown_duration(milliseconds: float) -> str:
    """A duration for people: `3 ms`, `1.2 s`, `2 min 5 s`."""
    if milliseconds < 1_000:  # noqa: PLR2004
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1_000
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"  # noqa: PLR2004


def _levels(workspace: Workspace, workflow: WorkflowAnalysis) -> Mapping[str, tuple[int, int, int]]:
    """For each step its level from 1, how many levels there are, and how many other steps have its level.

    Nothing is said of a graph that goes round in a circle, or where all steps come one after the other anyway.
    """
    layout, key = workflow.layout, ("levels", workflow.source.path, workflow.source.index)
    known = workspace.memo.get(key)
    if known is None or known[0] is not layout:
        groups = [] if layout.graph.cycles else parallel_groups(layout.graph.dependencies)
        levels = {
            name: (number, len(groups), len(group) - 1) for number, group in enumerate(groups, 1) for name in group
        }
        known = workspace.memo[key] = (layout, levels if len(groups) < len(levels) else {})
    found: Mapping[str, tuple[int, int, int]] = known[1]
    return found
