"""Secrets made unreadable wherever events are made (language §7)."""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any
from urllib.parse import quote, quote_plus

import re2

from wf_engine.text import WfError

MASK = "***"
SHORTEST = 4
_MANY = 64
"""Forms of secrets from which on one pattern for all of them is quicker than one search each."""
_PATTERN_BYTES = 256 * 1024 * 1024
_SHORTEST_INSIDE = 6
"""Characters from which on a piece of base64 is taken for a secret's: fewer are in any text by chance."""
_CUT = re.compile(r"…|\.{3,}")
"""What stands where a text was cut, by us and by the libraries whose words errors repeat."""
_LONGEST_CUT = 16 * 1024
"""Characters up to which a text may be a message that repeats a part of another text."""
_UNICODE = re.compile(r"\\u([0-9a-f]{4})")
_HTML = re.compile("[<>&]")
"""Characters that some writers of JSON escape for the sake of HTML."""


class Masker:
    """Replaces the forms of some secrets in JSON values. Without secrets it gives values back as they are."""

    __slots__ = ("_beginnings", "_forms", "_longest", "_numbers", "_suspects")

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Raises WfError where a secret is so short that masking it would mangle everything."""
        for name, value in secrets.items():
            if len(value) < SHORTEST:
                message = f"The secret `{name}` has fewer than {SHORTEST} characters, too few to be masked."
                raise WfError(message, hint="Choose a longer one.")
        forms = {form for value in secrets.values() for form in _forms(value)}
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))
        self._suspects = _pattern(self._forms) if len(forms) > _MANY else None
        self._longest = max(map(len, forms), default=0)
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        for form in forms:
            self._beginnings[form[:SHORTEST]].append(form)
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
        if self._suspects is None or not self._is_free(text):
            for form in self._forms:
                if form in text:
                    text = text.replace(form, MASK)
        return self._without_halves(text) if _CUT.search(text) and len(text) <= _LONGEST_CUT else text

    def _without_halves(self, text: str) -> str:
        """The text without the beginnings of secrets that it was cut in."""
        kept, done = "", 0
        for cut in _CUT.finditer(text):
            kept += self._without_half(text[done : cut.start()]) + cut.group()
            done = cut.end()
        return kept + text[done:]

    def _without_half(self, text: str) -> str:
        for begin in range(max(0, len(text) - self._longest), len(text) - SHORTEST + 1):
            half = text[begin:]
            if any(form.startswith(half) for form in self._beginnings.get(half[:SHORTEST], ())):
                return text[:begin] + MASK
        return text

    def holds(self, text: str) -> bool:
        """Whether a secret is in the text."""
        if self._suspects is not None and self._is_free(text):
            return False
        return any(form in text for form in self._forms)

    def _is_free(self, text: str) -> bool:
        """Whether no secret is in the text, told in one go, where there are many."""
        try:
            return self._suspects is not None and self._suspects.search(text) is None
        except UnicodeEncodeError:
            return False  # half a character, which the pattern cannot read


def _pattern(forms: Sequence[str]) -> Any:
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
        if end - begin >= _SHORTEST_INSIDE:
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
