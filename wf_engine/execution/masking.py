"""Secrets made unreadable wherever events are made (language §7)."""

import base64
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any
from urllib.parse import quote, quote_plus

import re2

from wf_engine.execution.cuts import SHORTEST_PART, Cuts
from wf_engine.text import WfError

MASK = "***"
SHORTEST = 4
_MANY = 64
"""Forms of secrets from which on one pattern for all of them is quicker than one search each."""
_PATTERN_BYTES = 256 * 1024 * 1024
_UNICODE = re.compile(r"\\u([0-9a-f]{4})")
_HTML = re.compile("[<>&]")
"""Characters that some writers of JSON escape for the sake of HTML."""


class Masker:
    """Replaces the forms of some secrets in JSON values. Without secrets it gives values back as they are."""

    __slots__ = ("_cuts", "_forms", "_may_hold", "_numbers")

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Raises WfError where a secret is so short that masking it would mangle everything."""
        for name, value in secrets.items():
            if len(value) < SHORTEST:
                message = f"The secret `{name}` has fewer than {SHORTEST} characters, too few to be masked."
                raise WfError(message, hint="Choose a longer one.")
        forms = {form for value in secrets.values() for form in _forms(value)}
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))
        self._may_hold = _finder(self._forms)
        self._cuts = Cuts(forms, MASK, _finder)
        self._numbers = frozenset(filter(_is_number, secrets.values()))

    def __bool__(self) -> bool:
        return bool(self._forms)

    def mask(self, value: Any) -> Any:
        """The JSON value with every secret replaced, in keys too; what holds none is not copied."""
        if not self._forms:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.mask(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.mask(item) for item in value]
        if self._numbers and not isinstance(value, bool) and str(value) in self._numbers:
            return MASK
        return value

    def text(self, text: str) -> str:
        """The text with every secret replaced, and with the beginning of one where the text was cut."""
        if self._may_hold is None or self._may_hold(text):
            for form in self._forms:
                if form in text:
                    text = text.replace(form, MASK)
        return self._cuts.masked(text)

    def holds(self, text: str) -> bool:
        """Whether a secret is in the text."""
        if self._may_hold is not None and not self._may_hold(text):
            return False
        return any(form in text for form in self._forms)


def _finder(forms: Collection[str]) -> Callable[[str], bool] | None:
    """Tells in one go whether one of many forms may be in a text; None for a few, of which `in` says it as fast."""
    pattern = _pattern(forms) if len(forms) > _MANY else None
    if pattern is None:
        return None

    def may_hold(text: str) -> bool:
        try:
            return pattern.search(text) is not None
        except UnicodeEncodeError:
            return True  # half a character, which the pattern cannot read

    return may_hold


def _pattern(forms: Collection[str]) -> Any:
    options = re2.Options()
    options.max_mem = _PATTERN_BYTES
    options.log_errors = False
    try:
        return re2.compile("|".join(map(re2.escape, forms)), options)
    except (re2.error, UnicodeEncodeError):
        return None


def _is_number(secret: str) -> bool:
    return secret.removeprefix("-").replace(".", "", 1).isdecimal()


def _forms(secret: str) -> Iterator[str]:
    data = secret.encode("utf-8", "surrogatepass")
    as_latin = data.decode("latin-1")  # how many services read the headers that they repeat
    texts = (secret,) if as_latin == secret else (secret, as_latin)
    for text in (*texts, *chain.from_iterable(map(_as_json, texts)), *_as_base64(data), *_inside_base64(data)):
        yield text
        yield from _as_url(text)


def _as_json(secret: str) -> Iterator[str]:
    """The ways in which writers of JSON escape a text."""
    forms = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    forms |= {_HTML.sub(lambda match: f"\\u{ord(match.group()):04x}", form) for form in forms}
    forms |= {_UNICODE.sub(lambda match: "\\u" + match.group(1).upper(), form) for form in forms}
    yield from forms | {form.replace("/", "\\/") for form in forms}


def _as_base64(data: bytes) -> Iterator[str]:
    for encoded in (base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()):
        yield encoded
        yield encoded.rstrip("=")


def _inside_base64(data: bytes) -> Iterator[str]:
    """What of the base64 of a longer text, such as `user:password`, depends on the secret alone, wherever it stands."""
    for before, begin in ((0, 0), (1, 2), (2, 3)):
        end = (before + len(data)) * 8 // 6
        if end - begin >= SHORTEST_PART:
            padded = bytes(before) + data
            yield base64.b64encode(padded).decode()[begin:end]
            yield base64.urlsafe_b64encode(padded).decode()[begin:end]


def _as_url(text: str) -> Iterator[str]:
    for quoting in (quote, partial(quote, safe=""), quote_plus):
        quoted = quoting(text, errors="replace")
        yield quoted
        yield _lower_escapes(quoted)


def _lower_escapes(quoted: str) -> str:
    parts = quoted.split("%")
    return "%".join([parts[0], *(part[:2].lower() + part[2:] for part in parts[1:])])
