"""What runs showed of a workflow, and the values that expressions had in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wf_engine.expressions import Expr, ExpressionError, Index, Literal, Member, Name, evaluate, walk
from wf_engine.language import DefinitionKey

UNKNOWN: Final = object()
"""The value of what no run has shown."""


@dataclass(frozen=True)
class Observed:
    """The last run or dry run of a workflow. `outputs` and `durations` (milliseconds) are by step path."""

    dry: bool
    input: Any = None
    outputs: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    """The status and the output of the steps that ended."""
    durations: Mapping[str, float] = field(default_factory=dict)
    resolved: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    """What expressions gave, by step path (empty for the workflow's own) and text, as far as it is recorded."""

    def value(self, expr: Expr, env: Mapping[str, Any], path: str) -> Any:
        """The value of an expression of the step at `path` (empty: of the workflow itself), or UNKNOWN.

        `path` names the steps around it too: `block.step`. Nothing is guessed: what reads a loop, a response or a
        step that did not end has no value.
        """
        tasks = {name: {"status": status, "output": output} for name, status, output in self._seen(path)}
        if not all(_told(node, parent, tasks) for node, parent in _with_parents(expr)):
            return UNKNOWN
        try:
            return evaluate(expr, {"input": self.input, "env": env, "tasks": tasks})
        except ExpressionError:
            return UNKNOWN

    def _seen(self, path: str) -> Iterator[tuple[str, str, Any]]:
        """The steps of the scopes around a step, the outermost first: an inner one hides an outer one of its name."""
        parts = path.split(".") if path else []
        for depth in range(max(len(parts), 1)):
            prefix = "".join(f"{part}." for part in parts[:depth])
            for name, (status, output) in self.outputs.items():
                rest = name.removeprefix(prefix)
                if name.startswith(prefix) and rest.isascii() and not set(".[~") & set(rest):
                    yield rest, status, output


Observations = Mapping[DefinitionKey, Observed]
"""By workflow."""


def _with_parents(expr: Expr) -> Iterator[tuple[Expr, Expr | None]]:
    yield expr, None
    for node in walk(expr):
        for child in node.children():
            yield child, node


def _told(node: Expr, parent: Expr | None, tasks: Mapping[str, Any]) -> bool:
    """Whether a run tells what a node reads."""
    match node:
        case Name(name="tasks"):
            return _key(parent) in tasks
        case Name(name=name):
            return name in ("input", "env")
        case Member(target=Member(target=Name(name="tasks")), name=name):
            return name in ("output", "status")
    return True


def _key(node: Expr | None) -> str | None:
    match node:
        case Member(name=name):
            return name
        case Index(index=Literal(value=str() as name)):
            return name
    return None
