"""The static type of every expression, and what in it cannot work (language §6).

A finding that is an error makes its node ANY, so that one cause is found once. A warning does not: what may be missing
counts as present from there on, or nothing could be said of, or completed behind, a value that may be null.
"""

from collections.abc import Sequence

from wf_engine.expressions.calls import Calls
from wf_engine.expressions.chains import forgiving, links_from
from wf_engine.expressions.findings import Inference, Scope
from wf_engine.expressions.narrowing import truths
from wf_engine.expressions.nodes import (
    Binary,
    Call,
    Coalesce,
    Conditional,
    Expr,
    ListExpr,
    Literal,
    ObjectExpr,
    Unary,
    spine,
)
from wf_engine.expressions.templates import Embedded, Expression, Template
from wf_engine.types import ANY, BOOLEAN, INTEGER, NUMBER, STRING, Type, array_of, is_any, literal, object_of
