"""Text to positioned tree. Knows YAML and no workflows; never raises, always gives a tree, and says what it left out.

`File.parse(text)` and `file.edited(edit)` are the ways in; values, nodes and places come out of `Document.root`.
"""

from wf_engine.syntax.document import Document
from wf_engine.syntax.file import File
from wf_engine.syntax.nodes import (
    Alias,
    Map,
    Node,
    Pair,
    Place,
    Scalar,
    Segment,
    Seq,
    SyntaxIssue,
    children,
    resolved,
    value_of,
)
from wf_engine.syntax.parsing import parse_segment
from wf_engine.syntax.pool import Work
from wf_engine.syntax.tokens import Token, tokens
from wf_engine.syntax.trail import Crumb, Trail, trail

__all__ = [
    "Alias",
    "Crumb",
    "Document",
    "File",
    "Map",
    "Node",
    "Pair",
    "Place",
    "Scalar",
    "Segment",
    "Seq",
    "SyntaxIssue",
    "Token",
    "Trail",
    "Work",
    "children",
    "parse_segment",
    "resolved",
    "tokens",
    "trail",
    "value_of",
]
