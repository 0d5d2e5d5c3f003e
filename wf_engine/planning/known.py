"""Templates before a run: their values where they follow from input, environment and literals, else their types."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wf_engine.analysis import SiteAnalysis, WorkflowAnalysis
from wf_engine.expressions import (
    Embedded,
    Expr,
    Expression,
    ExpressionError,
    Index,
    Literal,
    Member,
    Name,
    Template,
    evaluate,
    infer,
    walk,
)
from wf_engine.language import Step
from wf_engine.planning.texts import inserted
from wf_engine.types import describe

_UNKNOWN: Final = object()


@dataclass(frozen=True)
class PlannedTemplate:
    """A template: `value` where all of it is known, and `display` with the types of what is not."""

    path: str
    expression: str
    display: str
    known: bool
    value: Any = None

    def to_json(self) -> dict[str, Any]:
        """`{path, expression, value, display}`, without `value` where it is not known."""
        value = {"value": self.value} if self.known else {}
        return {"path": self.path, "expression": self.expression, **value, "display": self.display}


@dataclass
class Facts:
    """What is known before a run. `complete`: the input is the whole one. `skipped`: steps that will not run."""

    input: Mapping[str, Any]
    env: Mapping[str, Any]
    complete: bool
    skipped: set[str] = field(default_factory=set)

    @property
    def scope(self) -> dict[str, Any]:
        """The values, by root."""
        nothing = {"output": None, "status": "skipped", "response": None}
        tasks = dict.fromkeys(self.skipped, nothing)
        return {"input": self.input, "env": self.env, "tasks": tasks}

    def tell(self, expr: Expr) -> bool:
        """Whether the expression reads nothing that only a run can tell."""
        keyed: dict[int, tuple[str, str]] = {}
        for node in walk(expr):
            match node:
                case Member(target=Name(name=root) as target, name=name):
                    keyed[id(target)] = (root, name)
                case Index(target=Name(name=root) as target, index=Literal(value=str() as name)):
                    keyed[id(target)] = (root, name)
        names = [node for node in walk(expr) if isinstance(node, Name)]
        return all(self._tells(*keyed.get(id(node), (node.name, None))) for node in names)

    def _tells(self, root: str, name: str | None) -> bool:
        if root == "input":
            return self.complete or name in self.input
        return root == "env" or (root == "tasks" and name in self.skipped)


def planned_templates(
    analysis: WorkflowAnalysis, groups: Sequence[Sequence[str]], facts: Facts
) -> tuple[PlannedTemplate, ...]:
    """The templates of the steps in the order in which they run, then those of the workflow's output.

    Adds to `facts.skipped` the steps whose conditions are known to be false.
    """
    steps = {step.id: step for step in analysis.steps if step.id is not None}
    found: list[PlannedTemplate] = []
    for name in (name for group in groups for name in group):
        found += _step_templates(analysis, steps[name], name, facts)
    for site in analysis.own_sites():
        if "output" in site.site.path and "triggers" not in site.site.path:
            found.append(_planned(_path("", site.site.path), site, facts))
    return tuple(found)


def _step_templates(analysis: WorkflowAnalysis, step: Step, name: str, facts: Facts) -> Iterator[PlannedTemplate]:
    for each in analysis.step_analysis(step).walk():
        prefix = name if each.step is step else f"{name}.{each.step.id}"
        for site in each.sites:
            planned = _planned(_path(prefix, site.site.path), site, facts)
            yield planned
            decides = each.step is step and site.site.path == ("condition", "if")
            if decides and planned.known and planned.value is False and step.condition and step.condition.else_ is None:
                facts.skipped.add(name)


def _path(prefix: str, path: Sequence[str | int]) -> str:
    """Where a template stands: `user.input.ids[0]`, `output.name`."""
    parts = [part for number, part in enumerate(path) if not (number == 0 and part == "spec")]
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return f"{prefix}{text}" if prefix else text.removeprefix(".")


def _planned(path: str, site: SiteAnalysis, facts: Facts) -> PlannedTemplate:
    parsed = site.site.parsed
    if isinstance(parsed, Expression):
        value = _value(parsed.root, facts)
        return _entry(path, parsed.text, value, _shown(value, parsed.root, parsed.text.strip(), site))
    values = [part if isinstance(part, str) else _value(part.expr, facts) for part in parsed.parts]
    shown = [
        value if isinstance(part, str) else _shown(value, part.expr, _inner(parsed, part), site)
        for part, value in zip(parsed.parts, values, strict=True)
    ]
    display = "".join(shown)
    whole = values[0] if parsed.single is not None else _joined(values, display)
    return _entry(path, parsed.text, whole, display)


def _entry(path: str, text: str, value: Any, display: str) -> PlannedTemplate:
    if value is _UNKNOWN or isinstance(value, ExpressionError):
        return PlannedTemplate(path, text, display, known=False)
    return PlannedTemplate(path, text, display, known=True, value=value)


def _joined(values: Sequence[Any], display: str) -> Any:
    unknown = any(value is _UNKNOWN or isinstance(value, ExpressionError) for value in values)
    return _UNKNOWN if unknown else display


def _value(expr: Expr, facts: Facts) -> Any:
    """The value, `_UNKNOWN`, or the error that evaluating gives for certain."""
    if not facts.tell(expr):
        return _UNKNOWN
    try:
        return evaluate(expr, facts.scope)
    except ExpressionError as error:
        return error


def _shown(value: Any, expr: Expr, text: str, site: SiteAnalysis) -> str:
    if value is _UNKNOWN:
        return f"<{text}: {describe(infer(expr, site.scope, site.assuming).type)}>"
    if isinstance(value, ExpressionError):
        return f"<{text}: error: {value.message}>"
    return inserted(value)


def _inner(template: Template, part: Embedded) -> str:
    return template.text[part.inner.start : part.inner.end].strip()
