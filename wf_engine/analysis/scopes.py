"""What an expression may see, and of which type it is (language §5, the table of roots)."""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wf_engine.analysis.step_view import StepView
from wf_engine.types import ANY, BOOLEAN, INTEGER, NUMBER, STRING, Type, nullable, object_of

Lookup = Callable[[str], StepView | None]

_EXECUTION = object_of({"id": STRING, "startedAt": STRING, "workflow": STRING})
_HTTP = object_of({"method": STRING, "url": STRING, "status": nullable(INTEGER), "bodyPreview": nullable(STRING)})
_ERROR = object_of(
    {
        "code": STRING,
        "message": STRING,
        "path": STRING,
        "retryable": BOOLEAN,
        "attempts": INTEGER,
        "http": nullable(_HTTP),
        "suggestion": nullable(STRING),
        "docs": nullable(STRING),
        "originalError": ANY,
    }
)
_KEYED = frozenset({"tasks", "env", "secrets", "forEach"})
_VARIABLES = {bool: BOOLEAN, int: INTEGER, float: NUMBER, str: STRING}


class Loop(Struct, frozen=True):
    """A forEach around an expression."""

    item_var: str
    index_var: str
    item: Type
    certain: bool = True
    """False where the names may be others: a field of the loop is misspelt."""


class StepScope(Struct, frozen=True):
    """The scope of an expression. `steps` finds a step in it or around it, `ids` lists them for suggestions."""

    input: Type | None
    """Type of the root `input`; None where there is none."""
    env: Mapping[str, object]
    steps: Lookup | None
    ids: Callable[[], Collection[str]] = tuple
    loops: tuple[Loop, ...] = ()
    plain: Mapping[str, Type] | None = None
    """Further roots, such as `error` in a fallback."""
    holding: frozenset[str] = frozenset()
    """Conditions known to be true, as texts: a step that has only those is known to have run."""

    def roots(self) -> Collection[str]:
        """Names of all roots that may stand here."""
        names = ["input"] if self.input is not None else []
        names += [*(["tasks"] if self.steps else []), "env", "secrets", "execution", *(self.plain or ())]
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
            return self._step(name)
        if root == "env":
            return self._variable(name)
        if root == "secrets":
            return STRING
        if not self.loops:
            return None
        return loop_members(self.loops).get(name, None if all(loop.certain for loop in self.loops) else ANY)

    def _step(self, name: str) -> Type | None:
        view = self.steps(name) if self.steps else None
        return view.seen(self.holding) if view is not None else None

    def _variable(self, name: str) -> Type | None:
        if not self.env:
            return ANY  # nothing is configured here: where it runs, it may be
        # its kind alone: another environment has other values
        return _VARIABLES.get(type(self.env[name]), ANY) if name in self.env else None

    def members(self, root: str) -> Collection[str]:
        """Names that there are under a keyed root."""
        if root == "tasks":
            return self.ids()
        if root == "env":
            return tuple(self.env)
        return tuple(loop_members(self.loops)) if root == "forEach" and self.loops else ()

    def holder(self, name: str) -> StepView | None:
        """The step in one of whose blocks a step stands that cannot be seen from here."""
        views = map(self.steps, self.ids()) if self.steps else ()
        return next((view for view in views if view is not None and name in view.inside), None)

    def with_error(self) -> "StepScope":
        """The scope of a fallback, which sees why the step failed."""
        return self.seeing({"error": _ERROR})

    def seeing(self, roots: Mapping[str, Type]) -> "StepScope":
        """The scope with further roots."""
        return replace(self, plain={**(self.plain or {}), **roots})

    def inside(self, views: Mapping[str, StepView]) -> "StepScope":
        """The scope of a block: it sees these steps and, around them, those of this scope."""
        around = self.steps

        def find(name: str) -> StepView | None:
            view = views.get(name)
            if view is not None or around is None:
                return view
            view = around(name)
            # inside a loop of its own, `forEach` in its conditions would mean another item
            return replace(view, conditions=frozenset()) if view is not None and view.conditions_loop else view

        return replace(self, steps=find, ids=lambda: tuple(dict.fromkeys((*views, *self.ids()))))


def loop_members(loops: tuple[Loop, ...]) -> Mapping[str, Type]:
    """What `forEach` holds inside these loops, the innermost last."""
    inner = loops[-1]
    members = {inner.item_var: inner.item, inner.index_var: INTEGER}
    if len(loops) > 1:
        members["$parent"] = object_of(loop_members(loops[:-1]))
    root = loops[0]
    members["$root"] = object_of({root.item_var: root.item, root.index_var: INTEGER})
    return members
