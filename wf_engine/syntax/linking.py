"""Aliases of a document and the anchors that they mean, across its segments."""

from collections.abc import Sequence

from wf_engine.syntax.nodes import Node
from wf_engine.syntax.outline import Body, Entry
from wf_engine.syntax.parts import Child, Group, Leaf, Part
from wf_engine.syntax.pool import Pool

Known = dict[str, Node]


def anchors_before(top: Body, offset: int) -> Known:
    """The anchors of the segments that begin before an offset."""
    known: Known = {}
    _collect(top, offset, known)
    return known


def _collect(part: Part, until: int, known: Known) -> None:
    if not part.linked or until <= 0:
        return
    if isinstance(part, Leaf):
        known.update(part.segment.anchors)
    at = 0
    for inner in _inside(part):
        _collect(inner, until - at, known)
        at += inner.chars


def _inside(part: Part) -> Sequence[Part]:
    if isinstance(part, Entry):
        return (part.header, part.body)
    if isinstance(part, Group):
        return part.children
    if isinstance(part, Body):
        return (part.lead, *part.groups) if part.lead else part.groups
    return ()


def linked(body: Body, pool: Pool) -> Body:
    """The outline with every alias bound to the anchor before it; where that is another one, the segment is read again."""
    groups = tuple(_group(group, pool) if group.linked else group for group in body.groups)
    return body if _same(groups, body.groups) else body.with_groups(body.lead, groups)


def _same(new: Sequence[Part], old: Sequence[Part]) -> bool:
    return all(a is b for a, b in zip(new, old, strict=True))


def _group(group: Group, pool: Pool) -> Group:
    children = tuple(_child(child, pool) if child.linked else child for child in group.children)
    return group if _same(children, group.children) else Group(children)


def _child(child: Child, pool: Pool) -> Child:
    if isinstance(child, Entry):
        header, body = _leaf(child.header, pool), linked(child.body, pool)
        same = header is child.header and body is child.body
        return child if same else Entry(header, body, crooked=child.crooked)
    if isinstance(child, Body):
        return linked(child, pool)
    return _leaf(child, pool) if isinstance(child, Leaf) else child


def _leaf(leaf: Leaf, pool: Pool) -> Leaf:
    segment = leaf.segment
    if any(pool.known.get(name) is not target for name, target in segment.uses.items()):
        return Leaf(pool.parse(segment.text, segment.shift), crooked=leaf.crooked)
    pool.known.update(segment.anchors)
    return leaf
