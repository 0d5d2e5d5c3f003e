"""What an expression may see, and of which type it is (language §5, the table of roots)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from wf_engine.analysis.views import StepView
from wf_engine.types import ANY, BOOLEAN, INTEGER, STRING, Type, literal, nullable, object_of

Lookup = Callable[[str], StepView | None]

_EXECUTION = object_of({"id": STRING, "startedAt": STRING, "workflow": STRING})
_HTTP = object_of({"method": STRING, "url": STRING, "status": nullable(INTEGER), "bodyPreview": nullable(STRING)})
_ERROR = object_of({
    "code": STRING,
    "message": STRING,
    "path": STRING,
    "retryable": BOOLEAN,
    "attempts": INTEGER,
    "http": nullable(_HTTP),
    "suggestion": nullable(STRING),
    "docs": nullable(STRING),
    "originalError": ANY,
})
_KEYED = frozenset({"tasks", "env", "secrets", "forEach"})


@dataclass(frozen=True)
class Loop:
    """A forEach around an expression."""

    item_var: str
    index_var: str
    item: Type


@dataclass(frozen=True)
class StepScope:
    """The scope of an expression. `steps` finds a step in it or around it, `ids` lists them for suggestions."""

    input: Type
    env: Mapping[str, object]
    steps: Lookup | None
    ids: Callable[[], Collection[str]] = tuple
    loops: tuple[Loop, ...] = ()
    plain: Mapping[str, Type] | None = None
    """Further roots, such as `error` in a fallback."""

    def roots(self) -> Collection[str]:
        """Names of all roots that may stand here."""
        names = ["input", *(["tasks"] if self.steps else []), "env", "secrets", "execution", *(self.plain or ())]
        return [*names, "forEach"] if self.loops else names

    def root(self, name: str) -> Type | None:
        """Type of a root that is a value."""
        if name == "input":
            return self.input
        if name == "execution":
            return _EXECUTION
        return (self.plain or {}).get(name)

    def keyed(self, name: str) -> bool:
        """Whether a root must be followed by a name."""
        return name in _KEYED and name in self.roots()

    def member(self, root: str, name: str) -> Type | None:
        """Type of a name under a keyed root, None where there is none."""
        if root == "tasks":
            view = self.steps(name) if self.steps else None
            return view.type if view else None
        if root == "env":
            return self._variable(name)
        if root == "secrets":
            return STRING
        return self._loop(name)

    def _variable(self, name: str) -> Type | None:
        if not self.env:
            return ANY  # nothing is configured here: where it runs, it may be
        return literal(self.env[name]) if name in self.env else None

    def _loop(self, name: str) -> Type | None:
        if not self.loops:
            return None
        return loop_members(self.loops).get(name)

    def members(self, root: str) -> Collection[str]:
        """Names that there are under a keyed root."""
        if root == "tasks":
            return self.ids()
        if root == "env":
            return tuple(self.env)
        return tuple(loop_members(self.loops)) if root == "forEach" and self.loops else ()

    def with_error(self) -> "StepScope":
        """The scope of a fallback, which sees why the step failed."""
        return replace(self, plain={**(self.plain or {}), "error": _ERROR})


def loop_members(loops: tuple[Loop, ...]) -> Mapping[str, Type]:
    """What `forEach` holds inside these loops, the innermost last."""
    inner = loops[-1]
    members = {inner.item_var: inner.item, inner.index_var: INTEGER}
    if len(loops) > 1:
        members["$parent"] = object_of(loop_members(loops[:-1]))
    root = loops[0]
    members["$root"] = object_of({root.item_var: root.item, root.index_var: INTEGER})
    return members


