"""Aliases of a document and the anchors that they mean, across its segments."""

from wf_engine.syntax.nodes import Node
from wf_engine.syntax.outline import Body, Entry, Group, Leaf
from wf_engine.syntax.pool import Pool

Known = dict[str, Node]


def anchors_before(top: Body, offset: int) -> Known:
    """The anchors of the segments that begin before an offset."""
    known: Known = {}
    _collect(top, offset, known)
    return known


def _collect(part: Leaf | Entry | Body | Group, until: int, known: Known) -> None:
    if not part.linked or until <= 0:
        return
    if isinstance(part, Leaf):
        known.update(part.segment.anchors)
        return
    at = 0
    for inner in _parts(part):
        _collect(inner, until - at, known)
        at += inner.chars


def _parts(part: Entry | Body | Group) -> "tuple[Leaf | Body | Entry | Group, ...]":
    if isinstance(part, Entry):
        return (part.header, part.body)
    if isinstance(part, Group):
        return part.children
    return (part.lead, *part.groups) if part.lead else part.groups


def linked(top: Body, pool: Pool) -> Body:
    """The outline with every alias bound to the anchor before it; segments whose aliases mean something else are parsed again."""
    return _body(top, pool)


def _leaf(leaf: Leaf, pool: Pool) -> Leaf:
    segment = leaf.segment
    if any(pool.known.get(name) is not target for name, target in segment.uses.items()):
        return Leaf(pool.parse(segment.text, segment.shift), crooked=leaf.crooked)
    pool.known.update(segment.anchors)
    return leaf


def _body(body: Body, pool: Pool) -> Body:
    groups = tuple(_group(group, pool) if group.linked else group for group in body.groups)
    return (
        body
        if all(new is old for new, old in zip(groups, body.groups, strict=True))
        else body.with_groups(body.lead, groups)
    )


def _group(group: Group, pool: Pool) -> Group:
    children = tuple(_child(child, pool) for child in group.children)
    return group if all(new is old for new, old in zip(children, group.children, strict=True)) else Group(children)


def _child(child: Leaf | Entry | Body, pool: Pool) -> Leaf | Entry | Body:
    if not child.linked:
        return child
    if isinstance(child, Leaf):
        return _leaf(child, pool)
    if isinstance(child, Body):
        return _body(child, pool)
    body = _body(child.body, pool)
    return child if body is child.body else child.with_body(body)
