"""What an old spelling is, and how the entries of a map are put into today's."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from wf_engine.language.sites import Problem
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar

OLD_KINDS = (
    "old-group",
    "old-request",
    "old-condition",
    "old-max-parallel",
    "old-collection",
    "old-input-schema",
    "old-query",
    "old-retry-policy",
    "old-backoff",
    "old-retry-count",
    "old-operation-name",
    "old-operation-map",
    "old-loop-outputs",
    "old-workflow-input",
)
"""The kinds of problems that are old spellings and nothing worse, in the order of their codes."""

Edits = tuple[tuple[Place, str], ...]


class Rewritten(NamedTuple):
    """An entry in today's spelling, and what there is to say of it."""

    pair: Pair
    problems: tuple[Problem, ...]


Rule = Callable[[Map, Pair], Rewritten | None]
"""How the entry of an old name is read: None where the entry is in today's spelling."""


class Modern(NamedTuple):
    """A map in today's spelling; the very same one where it was already."""

    node: Map
    problems: tuple[Problem, ...] = ()


def rewritten(rules: Mapping[str, Rule], node: Map) -> Modern:
    """A map with the entries of old names read by their rules. An old entry beside a new one is an error."""
    read = [(pair, _read(rules, node, pair)) for pair in node.pairs]
    taken = _taken(read)
    pairs: list[Pair] = []
    problems: list[Problem] = []
    for pair, result in read:
        name = result.pair.name if result else pair.name
        held = taken.get(name or "", pair)
        if held is pair:
            pairs.append(result.pair if result else pair)
            problems.extend(result.problems if result else ())
        elif result is None and held.name == name:
            pairs.append(pair)  # the same key twice, which is reported as such
        elif result is not None and pair.merged == held.merged:
            problems.append(_clash(pair, held, name or ""))
    modern = Map(node.segment, node.start, node.end, tuple(pairs), flow=node.flow)
    modern.anchor = node.anchor
    return Modern(modern, tuple(problems))


def _read(rules: Mapping[str, Rule], node: Map, pair: Pair) -> Rewritten | None:
    rule = rules.get(pair.name or "")
    return rule(node, pair) if rule else None


def _taken(read: list[tuple[Pair, Rewritten | None]]) -> dict[str, Pair]:
    """The entry that holds for each name of today: a written one before a merged one, then a new one before an old."""
    taken: dict[str, Pair] = {}
    for pair, result in sorted(read, key=lambda each: (each[0].merged, each[1] is not None)):
        name = result.pair.name if result else pair.name
        if name is not None:
            taken.setdefault(name, pair)
    return taken


def _clash(pair: Pair, held: Pair, new: str) -> Problem:
    message = (
        f"`{pair.name}` is an old spelling of `{new}`, and `{held.name}` is written too: `{pair.name}` is not read"
    )
    hint = f"keep one of them, as `{new}`; as it stands `{held.name}` holds"
    return Problem("old-and-new", pair.key.place, message, hint, pair.name or "")


_HINT = "it means the same; `wf migrate` rewrites every old spelling of a file"


def synthetic(node: Node, text: str, value: object = None) -> Scalar:
    """A scalar of another text, at the place of a node."""
    return Scalar(node.segment, node.start, node.end, text if value is None else value, text, "plain")


def old(kind: str, place: Place, was: str, now: str, edits: Edits) -> Problem:
    """What is said of an old spelling; without edits it has no fix."""
    message = f"`{was}` is an old spelling of `{now}`"
    title = f"Write `{now}`"
    return Problem(kind, place, message, _HINT, was, edits=edits, title=title)


def key_edit(pair: Pair, name: str) -> Edits:
    """Writes another name where the key of an entry stands; nothing where the key is an alias."""
    if not isinstance(pair.key, Scalar):
        return ()
    behind = pair.key.segment.text[pair.key.end : pair.key.end + 2]
    close = behind[:1] == ":" and behind[1:] not in ("", " ", "\t", "\r", "\n")  # only behind a quoted key
    return ((pair.key.place, f'"{name}"' if close else name),)


def renamed(kind: str, was: str, now: str) -> Rule:
    """The rule of a name that is another one today."""

    def rewrite(_: Map, pair: Pair) -> Rewritten:
        key = synthetic(pair.key, now)
        return Rewritten(pair.changed(key=key), (old(kind, pair.key.place, was, now, key_edit(pair, now)),))

    return rewrite
