"""Example strings and numbers."""

import math
from typing import Final

from wf_engine.types.bounds import least, most, range_of
from wf_engine.types.cases import Case
from wf_engine.types.model import Json
from wf_engine.types.patterns import matches, texts

_FORMATS: Final = {
    "date-time": "2024-01-0{d}T10:00:00Z",
    "date": "2024-01-0{d}",
    "time": "10:0{d}:00Z",
    "duration": "PT{d}S",
    "email": "user{d}@example.com",
    "idn-email": "user{d}@example.com",
    "hostname": "host{d}.example.com",
    "idn-hostname": "host{d}.example.com",
    "ipv4": "192.0.2.{d}",
    "ipv6": "2001:db8::{d}",
    "uri": "https://example.com/{d}",
    "uri-reference": "/{d}",
    "iri": "https://example.com/{d}",
    "iri-reference": "/{d}",
    "uri-template": "/{d}",
    "uuid": "0000000{d}-0000-4000-8000-000000000000",
    "json-pointer": "/{d}",
    "relative-json-pointer": "{d}",
    "regex": "a{d}",
}


_LONGEST: Final = 10_000
"""A longer string is no example that anybody reads: the sample is then shorter than the schema asks for."""


def draw_string(case: Case, seed: int) -> str:
    """A string of a case: of its format, for its pattern, or a word, cut or filled to its length."""
    schemas = [clause.schema for clause in case.clauses]
    size = range_of(case, "string")
    shortest, longest = min(least(size), _LONGEST), most(size)
    for schema in schemas:
        if schema.get("format") in _FORMATS:
            return _FORMATS[schema["format"]].replace("{d}", str(seed % 9 + 1))
    patterns = [schema["pattern"] for schema in schemas if "pattern" in schema]
    for pattern in patterns:
        for written in texts(pattern, seed):
            for text in (written, written.ljust(shortest, "a"), written.rjust(shortest, "a")):
                fits = shortest <= len(text) and (longest is None or len(text) <= longest)
                if fits and all(matches(other, text) is not False for other in patterns):
                    return text
    word = "text" if seed == 0 else f"text{seed}"
    return word.ljust(shortest, "x")[:longest]


def draw_number(case: Case, kind: str, seed: int) -> Json:
    """A number of a case, near its lower end."""
    have = range_of(case, "number")
    steps = [clause.schema["multipleOf"] for clause in case.clauses if "multipleOf" in clause.schema]
    low = have.low.number if have.low else None
    high = have.high.number if have.high else None
    if low is None:
        low = 0 if high is None or high > 0 else high - 10 if kind == "fraction" else math.floor(high) - 10
    if kind == "fraction":
        return _fraction(low, high, steps, seed)
    return _whole(math.floor(low) + 1 if have.low is not None and have.low.open else math.ceil(low), steps, seed)


def _whole(number: int, steps: list[Json], seed: int) -> Json:
    step = math.lcm(*(s for s in steps if isinstance(s, int))) if steps else 1
    return -(-number // step) * step + step * (seed % 3)


def _fraction(low: float, high: float | None, steps: list[Json], seed: int) -> Json:
    if steps:
        return (math.floor(low / steps[0]) + 1 + seed) * steps[0]
    if high is not None and high - low <= 1:
        return low + (high - low) / (2 + seed % 3)
    return math.floor(low) + 0.5 + seed % 2 if math.floor(low) + 0.5 > low else low + 0.25
