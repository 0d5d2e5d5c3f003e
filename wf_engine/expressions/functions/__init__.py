"""The functions of the language (language §5): one table, each with its signature, evaluation and typing together."""

from collections.abc import Mapping
from types import MappingProxyType

from wf_engine.expressions.functions import collections, conversion, dates, encoding, numbers, text
from wf_engine.expressions.functions.conversion import infer_coalesce
from wf_engine.expressions.functions.encoding import RawUrl
from wf_engine.expressions.functions.model import ANYTHING, Function, Parameter

_FAMILIES = (text, collections, numbers, conversion, dates, encoding)

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {function.name: function for family in _FAMILIES for function in family.FUNCTIONS}
)
"""Every function by its name."""

__all__ = ["ANYTHING", "FUNCTIONS", "Function", "Parameter", "RawUrl", "infer_coalesce"]
