"""Tags: those of the core schema are applied, any other is an error (language §1)."""

import re

from wf_engine.syntax import scalars
from wf_engine.syntax.nodes import Node, Scalar

_CORE = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {"int": (int,), "float": (float, int), "bool": (bool,), "null": (type(None),)}
_COLLECTIONS = frozenset({"map", "seq"})


def apply(node: Node, tag: str) -> bool:
    """Gives a node the value that its tag asks for; False where the tag is not of the core schema."""
    name = tag.removeprefix("!!") if tag.startswith("!!") else tag.removeprefix(f"!<{_CORE}").removesuffix(">")
    if name in ("str", "!"):
        if isinstance(node, Scalar):
            node.value, node.broken = node.text, False
        return True
    if name in _TYPES:
        if isinstance(node, Scalar):
            value = scalars.plain_value(node.text)
            if type(value) in _TYPES[name]:
                node.value = float(value) if name == "float" else value
        return True
    return name in _COLLECTIONS


_HANDLE = re.compile(r"![\w-]+!")


def undeclared(tag: str, source: str) -> bool:
    """Whether a tag begins with a handle that no `%TAG` in front of the document declares."""
    handle = _HANDLE.match(tag)
    return handle is not None and re.search(rf"^%TAG[ \t]+{handle[0]}[ \t]", source, re.MULTILINE) is None
