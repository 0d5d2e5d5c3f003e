"""Reading values by keys and indexes, and *nothing*, which is what is read where nothing is (language §5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wf_engine.expressions.errors import ExpressionError
from wf_engine.expressions.grammar import is_name
from wf_engine.expressions.nodes import Index, Member, Name
from wf_engine.expressions.printing import shown
from wf_engine.expressions.values import kind, noun
from wf_engine.text import Span, did_you_mean

NOTHING: Any = object()
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Link:
    """One `.name` or `[index]`: its key, or for a computed one the program that gives it."""

    node: Member | Index
    key: Any
    program: Callable[[Mapping[str, Any]], Any] | None
    forgiven: bool
    """Whether nothing from here becomes null: by its own `?.`, by that of the next link, or by what is around it."""

    @property
    def span(self) -> Span:
        """Where the key stands."""
        return self.node.name_span if isinstance(self.node, Member) else self.node.index.span


def follow(value: Any, links: Sequence[Link], scope: Mapping[str, Any]) -> Any:
    """What the links lead to from a value; null where nothing is forgiven."""
    for link in links:
        if value is None and link.forgiven:
            return None
        key = link.key if link.program is None else link.program(scope)
        found = _read(value, key, link)
        if found is NOTHING:
            if link.forgiven:
                return None
            raise _missing(value, key, link)
        value = found
    return value


def _read(value: Any, key: Any, link: Link) -> Any:
    found = kind(value)
    if found == "null":
        return NOTHING
    if found == "array":
        return _item(value, key, link)
    if found != "object":
        message = f"`{shown(link.node.target)}` is {noun(found)}; only maps and lists have something inside."
        raise ExpressionError(message, link.span)
    if not isinstance(key, str):
        raise ExpressionError(f"A key of a map is a string, not {noun(kind(key))}.", link.span)
    return value.get(key, NOTHING)


def _item(items: Sequence[Any], key: Any, link: Link) -> Any:
    if kind(key) != "number":
        hint = "Take one item, such as `[0]` or `first(list)`."
        message = f"`{key}` is no index" if isinstance(key, str) else f"An index is a number, not {noun(kind(key))}"
        raise ExpressionError(f"{message}: `{shown(link.node.target)}` is a list.", link.span, hint)
    if key < 0 or key != int(key):
        message = f"An index is a whole number from 0 up, not {key}."
        advice = "The last item is `last(list)`." if key < 0 else None
        raise ExpressionError(message, link.span, advice)
    return items[int(key)] if key < len(items) else NOTHING


def _missing(value: Any, key: Any, link: Link) -> ExpressionError:
    optional = f"?.{key}" if isinstance(key, str) and is_name(key) else "?.[…]"
    pardon = f"Where it may be missing, write `{optional}` or add `?? other`."
    if isinstance(link.node.target, Name) and link.node.target.name == "secrets":
        message = f"There is no secret `{key}`; {listed('there are', value)}{suggestion(key, value)}"
        pardon = f"Set the variable WF_SECRET_{key}, or say under `[secrets]` in wf.toml where secrets come from."
    elif isinstance(link.node.target, Name) and link.node.target.name == "env":
        message = f"There is no variable `{key}`; {listed('there are', value)}{suggestion(key, value)}"
        pardon = f'Set it under `[env]` in wf.toml: `{key} = "…"`.'
    elif value is None:
        message = f"`{shown(link.node.target)}` is null, so there is no `{key}` in it."
    elif isinstance(value, dict):
        message = f"`{key}` is not there; {listed('the keys are', value)}{suggestion(key, value)}"
    else:
        message = f"There is no item {int(key)}; the list has {len(value)} item{'' if len(value) == 1 else 's'}."
    return ExpressionError(message, link.span, pardon)


def listed(introduction: str, names: Iterable[str]) -> str:
    """`the keys are: a, b, c.`, in order and cut off where there are many."""
    known = sorted(names)
    if not known:
        return "there are none."
    rest = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"{introduction}: {', '.join(known[:_LISTED])}{rest}."


def suggestion(name: str, known: Iterable[str]) -> str:
    """` Did you mean …?`, a subtraction included: in `a-b` the dash belongs to the name."""
    names = list(known)
    difference = subtraction(name, names)
    return f" Did you mean `{difference}`?" if difference is not None else did_you_mean(name, names)


def subtraction(name: str, known: Iterable[str]) -> str | None:
    """`a - b` where the name is `a-b` and only `a` is known."""
    names = set(known)
    cut = name.rfind("-")
    while cut > 0:
        if name[:cut] in names:
            return f"{name[:cut]} - {name[cut + 1 :]}"
        cut = name.rfind("-", 0, cut)
    return None
