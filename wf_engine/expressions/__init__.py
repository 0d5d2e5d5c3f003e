"""Expressions and templates: lexer, parser, evaluator, functions and static types (language §5, §6).

Text is parsed once, into a tree that survives errors; values are evaluated, never text. Knows no YAML and no documents.
"""

from wf_engine.expressions.errors import ExpressionError
from wf_engine.expressions.evaluation import Resolver, evaluate, evaluate_parts, render, resolve, resolver
from wf_engine.expressions.findings import Finding, Inference, Scope
from wf_engine.expressions.functions import FUNCTIONS, Function, Parameter, RawUrl
from wf_engine.expressions.inference import infer, infer_template
from wf_engine.expressions.nodes import (
    Binary,
    Call,
    Coalesce,
    Conditional,
    Entry,
    Expr,
    Index,
    ListExpr,
    Literal,
    Member,
    Missing,
    Name,
    ObjectExpr,
    Unary,
    conjuncts,
    references,
    walk,
)
from wf_engine.expressions.old_forms import OldForm
from wf_engine.expressions.printing import equivalent, unparse
from wf_engine.expressions.problems import Problem
from wf_engine.expressions.templates import Embedded, Expression, Template, bare, parse_expression, parse_template
from wf_engine.expressions.values import equal

__all__ = [
    "FUNCTIONS",
    "Binary",
    "Call",
    "Coalesce",
    "Conditional",
    "Embedded",
    "Entry",
    "Expr",
    "Expression",
    "ExpressionError",
    "Finding",
    "Function",
    "Index",
    "Inference",
    "ListExpr",
    "Literal",
    "Member",
    "Missing",
    "Name",
    "ObjectExpr",
    "OldForm",
    "Parameter",
    "Problem",
    "RawUrl",
    "Resolver",
    "Scope",
    "Template",
    "Unary",
    "bare",
    "conjuncts",
    "equal",
    "equivalent",
    "evaluate",
    "evaluate_parts",
    "infer",
    "infer_template",
    "parse_expression",
    "parse_template",
    "references",
    "render",
    "resolve",
    "resolver",
    "unparse",
    "walk",
]
