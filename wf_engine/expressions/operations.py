"""The types of operations and calls, and the operands that they cannot take (language §5, §6)."""

from collections.abc import Sequence

from wf_engine.expressions.functions import ANYTHING, FUNCTIONS, Function, Parameter
from wf_engine.expressions.nodes import Binary, Call, Expr, Literal, Unary
from wf_engine.expressions.paths import suggestion
from wf_engine.expressions.printing import shown
from wf_engine.expressions.session import KIND_HINT, Session, in_words, other_kinds, value_kinds
from wf_engine.expressions.values import nouns
from wf_engine.types import (
    ANY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    Answer,
    Type,
    assignable,
    item_of,
    kinds,
    literal,
    of_schema,
    stated_kinds,
    union,
)

_ORDERS = frozenset({"<", "<=", ">", ">="})
_PAIRED = frozenset({"number", "string"})
_CONTAINERS = ("array", "object", "string")
_EMPTY_LIST = of_schema({"type": "array", "maxItems": 0})


def unary_type(session: Session, node: Unary, operand: Type) -> Type:
    """The type of `!x` or `-x`."""
    wanted = "boolean" if node.op == "!" else "number"
    if not session.require(node.operand, operand, [wanted], f"`{node.op}`"):
        return ANY
    if node.op == "!":
        return BOOLEAN
    if isinstance(node.operand, Literal) and isinstance(node.operand.value, int | float):
        return literal(-node.operand.value)
    return _number(operand)


def binary_type(session: Session, node: Binary, left: Type, right: Type) -> Type:
    """The type of an operation that evaluates both its operands."""
    if node.op in {"==", "!="}:
        return BOOLEAN
    if node.op == "in":
        return _membership_type(session, node, left, right)
    if node.op == "+" or node.op in _ORDERS:
        return _paired_type(session, node, left, right)
    who = f"`{node.op}`"
    fits = session.require(node.left, left, ["number"], who)
    if not (session.require(node.right, right, ["number"], who) and fits):
        return ANY
    if node.op in {"/", "%"} and isinstance(node.right, Literal) and node.right.value == 0:
        return session.report("operand", node.right.span, "nothing can be divided by zero.")
    return NUMBER if node.op == "/" else _number(left, right)


def _paired_type(session: Session, node: Binary, left: Type, right: Type) -> Type:
    """Of `+` and of the comparisons, which take two numbers or two strings."""
    who = f"`{node.op}`"
    task = "adds two numbers or joins two strings" if node.op == "+" else "compares two numbers or two strings"
    lefts, rights = value_kinds(left) & _PAIRED, value_kinds(right) & _PAIRED
    shared = lefts & rights
    if lefts and rights and not shared:
        hint = "Turn one of them into the other's kind with `toNumber` or `toString`."
        message = f"{who} {task}; this is {in_words(left)} and {in_words(right)}."
        return session.report("operand", node.span, message, hint=hint)
    fits = session.require(node.left, left, ["number", "string"], who)
    if not (session.require(node.right, right, ["number", "string"], who) and fits):
        return ANY
    if lefts and rights:
        for side, type_, others in ((node.left, left, rights), (node.right, right, lefts)):
            session.doubt(side, other_kinds(type_, others) & _PAIRED, f"{who} {task}")
    if other_kinds(left, ()) & other_kinds(right, ()) >= _PAIRED:
        message = f"One side may be a number and the other a string; {who} {task}."
        session.report("possible_operand", node.span, message, hint=KIND_HINT, data={"target": shown(node)})
    if node.op != "+":
        return BOOLEAN
    return union(*([_number(left, right)] if "number" in shared else []), *([STRING] if "string" in shared else []))


def _membership_type(session: Session, node: Binary, left: Type, right: Type) -> Type:
    if not session.require(node.right, right, _CONTAINERS, "`in`, after it,"):
        return ANY
    if value_kinds(right) <= {"object", "string"} and value_kinds(right):
        session.require(node.left, left, ["string"], "`in`, before a map or a string,")
    return BOOLEAN


def _number(*operands: Type) -> Type:
    """The type of exact arithmetic: whole where all operands are."""
    return INTEGER if all("number" not in kinds(operand) for operand in operands) else NUMBER


def call_type(session: Session, node: Call, args: Sequence[Type]) -> Type:
    """The type of a call whose arguments have been typed."""
    function = FUNCTIONS.get(node.name)
    if function is None:
        if not node.name:
            return ANY
        message = f"There is no function `{node.name}`.{suggestion(node.name, FUNCTIONS)}"
        return session.report("unknown_function", node.name_span, message, name=node.name, known=FUNCTIONS)
    arity = function.arity_problem(len(args))
    if arity is not None:
        hint = f"It is `{function.signature}`."
        return session.report("arity", node.name_span, arity, hint=hint, data={"function": node.name})
    fits = [
        _fits(session, function, function.parameter(index), argument, type_)
        for index, (argument, type_) in enumerate(zip(node.args, args, strict=True))
    ]
    return function.infer(args) if all(fits) else ANY


def _fits(session: Session, function: Function, parameter: Parameter, argument: Expr, type_: Type) -> bool:
    if not session.require(argument, type_, parameter.kinds, f"`{function.name}`"):
        return False
    if parameter.items == ANYTHING or "array" not in value_kinds(type_):
        return True
    item = item_of(type_)
    found = value_kinds(item)
    if not found or found & set(parameter.items) or not (parameter.filled or _has_items(type_)):
        _doubt_items(session, function, parameter, argument, item)
        return True
    message = f"`{function.name}` wants a list of {' or '.join(parameter.items)}; this is {in_words(type_)}."
    session.report("operand", argument.span, message)
    return False


def _doubt_items(session: Session, function: Function, parameter: Parameter, argument: Expr, item: Type) -> None:
    """Finds a list in which some item may be of a kind that the function does not take."""
    others = other_kinds(item, parameter.items) | ({"null"} & stated_kinds(item) - {*parameter.items})
    if others:
        wanted = f"`{function.name}` wants a list of {' or '.join(parameter.items)}"
        message = f"An item of `{shown(argument)}` may be {nouns(sorted(others))}; {wanted}."
        session.report("possible_operand", argument.span, message, hint=KIND_HINT, data={"target": shown(argument)})


def _has_items(type_: Type) -> bool:
    """Whether none of its lists is empty."""
    return assignable(type_, _EMPTY_LIST).answer is Answer.NO
