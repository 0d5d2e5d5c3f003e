"""Templates before a run: their values where they follow from input, environment and literals, else their types."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wf_engine.analysis import SiteAnalysis, StepAnalysis, WorkflowAnalysis, World, blocks
from wf_engine.expressions import (
    Binary,
    Coalesce,
    Conditional,
    Embedded,
    Expr,
    Expression,
    ExpressionError,
    Template,
    bare,
    evaluate,
    infer,
)
from wf_engine.language import Step
from wf_engine.planning.facts import Facts
from wf_engine.planning.previews import previewed
from wf_engine.planning.texts import inserted
from wf_engine.transforms import TransformError
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


def planned_templates(
    analysis: WorkflowAnalysis, groups: Sequence[Sequence[str]], facts: Facts
) -> tuple[PlannedTemplate, ...]:
    """The templates of the steps in the order in which they run, then those of the workflow's output.

    Adds to `facts.skipped` the steps whose conditions are known to be false, and to `facts.outputs` what transforms
    give whose input is known.
    """
    steps = {step.id: step for step in analysis.steps if step.id is not None}
    found: list[PlannedTemplate] = []
    for name in (name for group in groups for name in group):
        found += _step_templates(analysis.step_analysis(steps[name]), analysis.world, name, facts)
    for site in analysis.own_sites():
        if "output" in site.site.path and "triggers" not in site.site.path:
            found.append(_planned(_path("", site.site.path), site, facts))
    return tuple(found)


def _step_templates(each: StepAnalysis, world: World, path: str, facts: Facts) -> Iterator[PlannedTemplate]:
    """The templates of a step and of the steps inside it; `path` is that of its events."""
    step, known = each.step, {}
    for site in each.sites:
        over_items = "item" in (site.scope.plain or {})
        planned = _planned(_path(path, site.site.path), site, facts, certain=not over_items)
        known[site.site.path] = planned
        yield planned
    holds = _condition(step, known)
    if holds is False and step.condition is not None and step.condition.else_ is None and step.id is not None:
        facts.skipped.add(step.id)
    if holds is True and step.for_each is None and step.id is not None:
        yield from _preview(each, world, path, facts)
    yield from _inner_templates(each, world, f"{path}[*]" if step.for_each else path, path, facts)


def _inner_templates(
    each: StepAnalysis, world: World, inside: str, path: str, facts: Facts
) -> Iterator[PlannedTemplate]:
    held = [block.path for block in blocks(each.step) for _ in block.steps]
    for owner, inner in zip(held, each.inner, strict=True):
        prefix = f"{path}~else" if owner[:2] == ("condition", "else") else inside
        prefix += "~fallback" if owner[:1] == ("fallback",) else ""
        yield from _step_templates(inner, world, f"{prefix}.{inner.step.id}", facts)


def _condition(step: Step, known: Mapping[tuple[str | int, ...], PlannedTemplate]) -> bool | None:
    """Whether the step's condition holds; None where that is not known."""
    if step.condition is None:
        return True
    written = step.condition.if_
    if isinstance(written, bool):
        return written
    planned = known.get(("condition", "if"))
    return planned.value if planned is not None and planned.known and isinstance(planned.value, bool) else None


def _preview(each: StepAnalysis, world: World, path: str, facts: Facts) -> Iterator[PlannedTemplate]:
    """What a transform gives, where all that it reads is known."""
    found = previewed(each.step, world, facts)
    if found is None:
        return
    text, value = found
    if isinstance(value, TransformError):
        yield PlannedTemplate(f"{path}.output", text, f"<{text}: error: {value.message}>", known=False)
        return
    facts.outputs[each.step.id or ""] = value
    yield PlannedTemplate(f"{path}.output", text, inserted(value), known=True, value=value)


def _path(prefix: str, path: Sequence[str | int]) -> str:
    """Where a template stands: `user.input.ids[0]`, `output.name`."""
    parts = [part for number, part in enumerate(path) if not (number == 0 and part == "spec")]
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return f"{prefix}{text}" if prefix else text.removeprefix(".")


def _planned(path: str, site: SiteAnalysis, facts: Facts, *, certain: bool = True) -> PlannedTemplate:
    parsed = site.site.parsed
    if isinstance(parsed, Expression):
        value = _value(parsed.root, facts) if certain else _UNKNOWN
        return _entry(path, parsed.text, value, _shown(value, parsed.root, bare(parsed.text), site))
    values = [
        part if isinstance(part, str) else _value(part.expr, facts) if certain else _UNKNOWN for part in parsed.parts
    ]
    shown: list[str] = [
        part if isinstance(part, str) else _shown(value, part.expr, _inner(parsed, part), site)
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
        return _decided(expr, facts)
    try:
        return evaluate(expr, facts.scope)
    except ExpressionError as error:
        return error


def _decided(expr: Expr, facts: Facts) -> Any:
    """The value of what its first operand alone decides, so that a run would not look at the rest; or `_UNKNOWN`."""
    match expr:
        case Binary(op="&&" | "||", left=first, right=rest):
            value = _value(first, facts)
            if value is (expr.op == "||"):
                return value
            if isinstance(value, bool):
                second = _value(rest, facts)
                return second if isinstance(second, bool) else _UNKNOWN
        case Coalesce(left=first, right=rest):
            value = _value(first, facts)
            if value is not _UNKNOWN and not isinstance(value, ExpressionError):
                return _value(rest, facts) if value is None else value
        case Conditional(test=test):
            value = _value(test, facts)
            if value is True or value is False:
                return _value(expr.then if value else expr.otherwise, facts)
    return _UNKNOWN


def _shown(value: Any, expr: Expr, text: str, site: SiteAnalysis) -> str:
    if value is _UNKNOWN:
        return f"<{text}: {describe(infer(expr, site.scope, site.assuming).type)}>"
    if isinstance(value, ExpressionError):
        return f"<{text}: error: {value.message}>"
    return inserted(value)


def _inner(template: Template, part: Embedded) -> str:
    return template.text[part.inner.start : part.inner.end].strip()
