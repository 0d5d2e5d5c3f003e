"""The evaluator beside a second one, small and written apart from it: arithmetic, comparison, logic."""

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.expressions.shapes import NOWHERE
from wf_engine.expressions import (
    Binary,
    Conditional,
    ExpressionError,
    Literal,
    Unary,
    evaluate,
    parse_expression,
    unparse,
)

NUMBERS = st.one_of(
    st.integers(0, 9),
    st.integers(0, 10**30),
    st.sampled_from([0.0, 0.5, 2.0, 1e308, 1e-300, 0.1]),
    st.floats(min_value=0, allow_nan=False, allow_infinity=False),
)
LITERALS = st.one_of(NUMBERS, NUMBERS, st.booleans(), st.none(), st.sampled_from(["", "a", "b", "1"])).map(
    lambda value: Literal(NOWHERE, value)
)
SYMBOLS = ["+", "-", "*", "/", "%", "+", "-", "*", "<", "<=", ">", ">=", "==", "!=", "&&", "||"]


def operations(inner):
    return st.one_of(
        st.builds(lambda op, a, b: Binary(NOWHERE, op, a, b), st.sampled_from(SYMBOLS), inner, inner),
        st.builds(lambda op, a: Unary(NOWHERE, op, a), st.sampled_from(["-", "!"]), inner),
        st.builds(lambda a, b, c: Conditional(NOWHERE, a, b, c), inner, inner, inner),
    )


EXPRESSIONS = st.recursive(LITERALS, operations, max_leaves=8)


class RefusedError(Exception):
    pass


def oracle(node):
    match node:
        case Literal():
            return node.value
        case Unary(op="!"):
            return not truth(oracle(node.operand))
        case Unary():
            return -number(oracle(node.operand))
        case Conditional():
            return oracle(node.then) if truth(oracle(node.test)) else oracle(node.otherwise)
        case Binary(op="&&"):
            return truth(oracle(node.left)) and truth(oracle(node.right))
        case Binary(op="||"):
            return truth(oracle(node.left)) or truth(oracle(node.right))
        case Binary():
            return binary(node.op, oracle(node.left), oracle(node.right))
    raise AssertionError(node)


def truth(value):
    if not isinstance(value, bool):
        raise RefusedError
    return value


def number(value):
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RefusedError
    return value


def binary(op, left, right):
    if op in {"==", "!="}:
        alike = isinstance(left, bool) == isinstance(right, bool) and left == right
        return alike == (op == "==")
    if isinstance(left, str) and isinstance(right, str) and op in {"+", "<", "<=", ">", ">="}:
        return {"+": left + right, "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[op]
    first, second = Fraction(number(left)), Fraction(number(right))
    if op in {"<", "<=", ">", ">="}:
        return {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}[op]
    if op in {"/", "%"} and second == 0:
        raise RefusedError
    return arithmetic(op, left, right, first, second)


def arithmetic(op, left, right, first, second):
    if isinstance(left, int) and isinstance(right, int):
        quotient = first / second if second else Fraction(0)
        exact = {
            "+": first + second,
            "-": first - second,
            "*": first * second,
            "/": quotient,
            "%": first - second * math.trunc(quotient),
        }[op]
        result = int(exact) if exact.denominator == 1 else float(exact)
    else:
        result = floating(op, float(left), float(right))
    if isinstance(result, float) and not math.isfinite(result):
        raise RefusedError
    return result


def floating(op, left, right):
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
    return math.fmod(left, right)


@given(EXPRESSIONS)
def test_the_evaluator_agrees_with_the_oracle(tree):
    try:
        expected = oracle(tree)
    except RefusedError:
        expected = RefusedError
    try:
        found = evaluate(parse_expression(unparse(tree)), {})
    except ExpressionError:
        found = RefusedError
    assert type(found) is type(expected)
    assert found == expected
