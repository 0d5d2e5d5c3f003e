"""Functions on strings."""

from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.functions.model import Function, Parameter, to
from wf_engine.expressions.values import check_items, check_length
from wf_engine.types import BOOLEAN, STRING, array_of

_TEXT = Parameter("text", ("string",))


def _cased(text: str) -> str:
    check_length(len(text))
    return text


def _split(text: str, separator: str) -> list[str]:
    _check_separator(separator)
    check_items(text.count(separator) + 1)
    return text.split(separator)


def _replace(text: str, old: str, new: str) -> str:
    _check_separator(old)
    check_length(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


def _check_separator(text: str) -> None:
    if not text:
        raise MisuseError("The text to look for is empty.", argument=1)


FUNCTIONS = (
    Function(
        name="startsWith",
        parameters=(_TEXT, Parameter("prefix", ("string",))),
        returns="boolean",
        documentation="Whether the text begins with the prefix.",
        example="startsWith('order-17', 'order-')",
        evaluate=str.startswith,
        infer=to(BOOLEAN),
    ),
    Function(
        name="endsWith",
        parameters=(_TEXT, Parameter("suffix", ("string",))),
        returns="boolean",
        documentation="Whether the text ends with the suffix.",
        example="endsWith('report.pdf', '.pdf')",
        evaluate=str.endswith,
        infer=to(BOOLEAN),
    ),
    Function(
        name="lower",
        parameters=(_TEXT,),
        returns="string",
        documentation="The text in lower case.",
        example="lower('Zürich') == 'zürich'",
        evaluate=lambda text: _cased(text.lower()),
        infer=to(STRING),
    ),
    Function(
        name="upper",
        parameters=(_TEXT,),
        returns="string",
        documentation="The text in upper case.",
        example="upper('eur') == 'EUR'",
        evaluate=lambda text: _cased(text.upper()),
        infer=to(STRING),
    ),
    Function(
        name="trim",
        parameters=(_TEXT,),
        returns="string",
        documentation="The text without the white space at its beginning and end.",
        example="trim('  a b ') == 'a b'",
        evaluate=str.strip,
        infer=to(STRING),
    ),
    Function(
        name="split",
        parameters=(_TEXT, Parameter("sep", ("string",))),
        returns="list of string",
        documentation="The parts of the text between the separators, which must not be empty.",
        example="split('a,b,,c', ',') == ['a', 'b', '', 'c']",
        evaluate=_split,
        infer=to(array_of(STRING)),
    ),
    Function(
        name="replace",
        parameters=(_TEXT, Parameter("old", ("string",)), Parameter("new", ("string",))),
        returns="string",
        documentation="The text with every occurrence of `old`, taken literally, replaced by `new`.",
        example="replace('1.234.567', '.', '') == '1234567'",
        evaluate=_replace,
        infer=to(STRING),
    ),
)
