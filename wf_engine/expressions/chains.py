"""What evaluation and typing both need to know of a spine: its paths, and where nothing is null."""

from collections.abc import Sequence
from itertools import pairwise

from wf_engine.expressions.functions import FUNCTIONS
from wf_engine.expressions.nodes import Call, Coalesce, Expr, Index, Literal, Member


def links_from(nodes: Sequence[Expr], start: int) -> list[Member | Index]:
    """The run of `.name` and `[index]` that begins at `start` in a spine, which is given innermost first."""
    run: list[Member | Index] = []
    while start + len(run) < len(nodes) and isinstance(node := nodes[start + len(run)], Member | Index):
        run.append(node)
    return run


def key_of(node: Member | Index) -> str | int | float | None:
    """The key that is written in the text; None where it is computed, missing or no key at all."""
    if isinstance(node, Member):
        return node.name or None
    value = node.index.value if isinstance(node.index, Literal) else None
    return None if isinstance(value, bool) else value


def forgiving(nodes: Sequence[Expr], *, lenient: bool) -> list[bool]:
    """For each node of a spine, outermost first, whether nothing at its end is null rather than an error.

    It is for the whole chain left of `??` and for the arguments of `default` and `coalesce`; `lenient` says it of the
    outermost node.
    """
    found = [lenient]
    for outer in nodes[:-1]:
        if isinstance(outer, Coalesce):
            found.append(True)
        elif isinstance(outer, Call):
            function = FUNCTIONS.get(outer.name)
            found.append(function is not None and function.coalesces)
        else:
            found.append(found[-1] and isinstance(outer, Member | Index))
    return found


def forgiven(links: Sequence[Member | Index], *, lenient: bool) -> list[bool]:
    """For each link, whether nothing from it is null: by what is around, its own `?.` or that of the next link."""
    optional = [link.optional for link in links] + [False]
    return [lenient or here or after for here, after in pairwise(optional)]
