"""What conditions say of the values that are read under them (language §6)."""

from functools import lru_cache
from typing import Any, NamedTuple

from wf_engine.expressions.chains import key_of
from wf_engine.expressions.nodes import Binary, Coalesce, Expr, Index, Literal, Member, Name, Unary
from wf_engine.types import NEVER, Type, assignable, literal, of_schema, property_of, to_schema, union, without_null

Path = tuple[str | int | float, ...]
"""A root and the keys that follow it."""

_LONGEST = 32
"""Keys in a path that anything is remembered of."""


class Fact(NamedTuple):
    """Something known of a path.

    `present`: reading it gives something. `filled`: and that is not null. `equals`, `differs`: how it compares with
    the scalar `value`, whose type stands beside it because `True == 1` in Python.
    """

    kind: str
    path: Path
    value: Any = None
    value_type: str = ""


class Knowledge:
    """The facts that hold at one place of an expression; what was learnt after a mark can be forgotten again."""

    def __init__(self) -> None:
        self._known: set[Fact] = set()
        self._comparisons: dict[Path, list[Fact]] = {}
        self._learnt: list[Fact] = []

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._learnt)

    def forget(self, mark: int) -> None:
        """Goes back to a mark."""
        while len(self._learnt) > mark:
            fact = self._learnt.pop()
            self._known.discard(fact)
            if fact.kind in {"equals", "differs"}:
                self._comparisons[fact.path[:-1]].pop()

    def learn(self, facts: "frozenset[Fact] | tuple[Fact, ...]") -> None:
        """Takes facts in, with what follows from them for the paths that lead there."""
        for fact in facts:
            if self._learn(fact) and fact.kind != "differs":
                length = len(fact.path) - 1
                # whoever knows that a path is filled knows it of what leads there
                while length and self._learn(Fact("filled", fact.path[:length])):
                    length -= 1

    def _learn(self, fact: Fact) -> bool:
        """Takes a fact in; whether it is a new one."""
        if fact in self._known:
            return False
        self._known.add(fact)
        self._learnt.append(fact)
        if fact.kind in {"equals", "differs"}:
            self._comparisons.setdefault(fact.path[:-1], []).append(fact)
        return True

    def is_present(self, path: Path | None) -> bool:
        """Whether reading the path is known to give something."""
        return path is not None and (Fact("present", path) in self._known or Fact("filled", path) in self._known)

    def narrowed(self, type_: Type, path: Path | None) -> Type:
        """The type of what stands at a path, given what is known."""
        if path is None or not self._known:
            return type_
        if self._comparisons:
            for fact in self._comparisons.get(path, ()):
                type_ = _alternatives(type_, fact)
            for fact in self._comparisons.get(path[:-1], ()):
                if fact.path == path:
                    type_ = _compared_type(type_, fact)
        if Fact("filled", path) in self._known or self._is_output_of_run(path):
            type_ = without_null(type_)
        return type_

    def _is_output_of_run(self, path: Path) -> bool:
        """Whether it is the output of a step that is known not to have been skipped."""
        if not self._comparisons or step_of_output(path) is None:
            return False
        status = (*path[:-1], "status")
        known = Fact("equals", status, "succeeded", "str"), Fact("differs", status, "skipped", "str")
        return any(fact in self._known for fact in known)


def step_of_output(path: Path | None) -> str | None:
    """The id of the step whose output a path reads: `a` for `tasks.a.output`."""
    match path:
        case ("tasks", str() as step, "output"):
            return step
    return None


def path_of(expr: Expr) -> Path | None:
    """The path that an expression reads, `?.` or not; None where it is anything else."""
    links: list[Member | Index] = []
    while isinstance(expr, Member | Index) and len(links) < _LONGEST:
        links.append(expr)
        expr = expr.target
    path: Path | None = (expr.name,) if isinstance(expr, Name) else None
    for link in reversed(links):
        path = extended(path, link)
    return path


def extended(path: Path | None, node: Member | Index) -> Path | None:
    """A path with the key of one more link."""
    key = key_of(node)
    return None if path is None or key is None or len(path) >= _LONGEST else (*path, key)


def truths(expr: Expr, *, outcome: bool) -> frozenset[Fact]:
    """What is known where a condition has turned out true, or false."""
    match expr:
        case Unary(op="!"):
            return truths(expr.operand, outcome=not outcome)
        case Binary(op="&&" | "||"):
            return _joined(expr, outcome=outcome)
        case Binary(op="==" | "!="):
            equal = (expr.op == "==") is outcome
            return _compared(expr.left, expr.right, equal=equal) | _compared(expr.right, expr.left, equal=equal)
        case Binary(op="in", left=Literal(value=str() as key)) if outcome:
            path = path_of(expr.right)
            return frozenset() if path is None else frozenset({Fact("present", (*path, key))})
        case Coalesce(right=Literal(value=other)) if other is not outcome:
            return truths(expr.left, outcome=outcome)
    path = path_of(expr)
    return frozenset() if path is None else frozenset({Fact("filled", path)})


def _joined(expr: Binary, *, outcome: bool) -> frozenset[Fact]:
    """All that the operands say where all of them count, else what they say alike."""
    operands: list[Expr] = []
    node: Expr = expr
    while isinstance(node, Binary) and node.op == expr.op:
        operands.append(node.right)
        node = node.left
    said = [truths(operand, outcome=outcome) for operand in [node, *operands]]
    return frozenset.union(*said) if (expr.op == "&&") is outcome else frozenset.intersection(*said)


def _compared(side: Expr, other: Expr, *, equal: bool) -> frozenset[Fact]:
    path = path_of(side)
    if path is None or not isinstance(other, Literal):
        return frozenset()
    if other.value is None:
        return frozenset() if equal else frozenset({Fact("filled", path)})
    fact = Fact("equals" if equal else "differs", path, other.value, type(other.value).__name__)
    return frozenset({fact, Fact("filled", path)} if equal else {fact})


@lru_cache(maxsize=1024)
def _alternatives(type_: Type, fact: Fact) -> Type:
    """The alternatives of a type whose values can have a property that compares so."""
    schema = to_schema(type_)
    if not isinstance(schema, dict):
        return type_
    keyword = next((name for name in ("anyOf", "oneOf") if schema.keys() - {"$defs"} == {name}), None)
    if keyword is None:
        return type_
    left = union(*[part for part in _parts(schema, keyword) if _can_be(part, fact)])
    return type_ if left == NEVER else left


@lru_cache(maxsize=1024)
def _compared_type(type_: Type, fact: Fact) -> Type:
    """The type of a value that is known to be equal to another, or not to be."""
    schema = to_schema(type_)
    if not isinstance(schema, dict) or schema.keys().isdisjoint({"anyOf", "oneOf", "enum", "const"}):
        return type_
    keyword = next((name for name in ("anyOf", "oneOf") if schema.keys() - {"$defs"} == {name}), None)
    parts = [one for part in (_parts(schema, keyword) if keyword else [type_]) for one in _listed(part)]
    wanted = literal(fact.value)
    if fact.kind == "differs":
        left = [part for part in parts if assignable(part, wanted).answer.name != "YES"]
    else:
        left = [part for part in parts if assignable(wanted, part).answer.name != "NO"]
    return union(*left) if left else type_


def _listed(type_: Type) -> list[Type]:
    """The values of an enum one by one; anything else as it is."""
    schema = type_.schema
    if isinstance(schema, dict) and schema.keys() == {"enum"}:
        return [literal(value) for value in schema["enum"]]
    return [type_]


def _parts(schema: dict[str, Any], keyword: str) -> list[Type]:
    """The alternatives under `anyOf` or `oneOf`, each with the definitions of the whole."""
    definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    return [of_schema({**part, **definitions} if isinstance(part, dict) else part) for part in schema[keyword]]


def _can_be(type_: Type, fact: Fact) -> bool:
    look = property_of(type_, str(fact.path[-1]))
    if fact.kind == "differs":
        return look.status != "required" or assignable(look.type, literal(fact.value)).answer.name != "YES"
    if look.status in {"none", "forbidden"}:
        return False
    return assignable(literal(fact.value), look.type).answer.name != "NO"
