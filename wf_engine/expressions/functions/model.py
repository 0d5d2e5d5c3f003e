"""What a function is: its signature, its sentence of documentation, how it is evaluated and typed, all in one value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.values import kind, noun, nouns
from wf_engine.types import Type

ANYTHING = ("string", "number", "boolean", "array", "object", "null")
_WORDS = {"array": "list", "object": "map"}

Infer = Callable[[Sequence[Type]], Type]
"""The type of the result, given the types of the arguments that are written."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: the kinds of value it takes and, for a list, the kinds that its items may have.

    With `filled`, an empty list is refused.
    `default` is the text of the value that stands in for a missing argument; a `variadic` parameter takes one or more.
    """

    name: str
    kinds: tuple[str, ...]
    items: tuple[str, ...] = ANYTHING
    default: str | None = None
    variadic: bool = False
    filled: bool = False

    @property
    def label(self) -> str:
        """The parameter in a signature: `digits: number = 0`."""
        words = "any" if self.kinds == ANYTHING else " | ".join([_WORDS.get(name, name) for name in self.kinds])
        ending = "…" if self.variadic else ""
        return f"{self.name}{ending}: {words}" + (f" = {self.default}" if self.default is not None else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of the language. `example` is an expression that is true.

    `evaluate` takes the arguments, already of the right kinds, and raises MisuseError for values it cannot take.
    With `coalesces`, arguments are taken one after another until one is not null, and nothing counts as null.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    documentation: str
    example: str
    evaluate: Callable[..., Any]
    infer: Infer
    coalesces: bool = False

    @property
    def signature(self) -> str:
        """The function as a person writes it down: `round(n: number, digits: number = 0) → number`."""
        return f"{self.name}({', '.join([parameter.label for parameter in self.parameters])}) → {self.returns}"

    def parameter(self, index: int) -> Parameter:
        """The parameter that the argument with this number is for."""
        return self.parameters[min(index, len(self.parameters) - 1)]

    def arity_problem(self, count: int) -> str | None:
        """What is wrong with a number of arguments."""
        least = sum(parameter.default is None for parameter in self.parameters)
        most = len(self.parameters)
        if count >= least and (count <= most or self.parameters[-1].variadic):
            return None
        wanted = f"at least {least}" if self.parameters[-1].variadic else f"{least}"
        if least < most:
            wanted = f"{least} or {most}"
        return f"`{self.name}` takes {wanted} argument{'' if wanted.endswith('1') else 's'}, not {count}."

    def apply(self, values: Sequence[Any]) -> Any:
        """The result for evaluated arguments, of which there are as many as the signature allows."""
        for index, value in enumerate(values):
            kinds = self.parameter(index).kinds
            found = kind(value)
            if found not in kinds:
                raise MisuseError(f"`{self.name}` wants {nouns(list(kinds))} here, not {noun(found)}.", argument=index)
        return self.evaluate(*values)


def to(result: Type) -> Infer:
    """The typing of a function whose result has one type, whatever the arguments."""
    return lambda _: result
