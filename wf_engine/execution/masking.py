"""Secrets made unreadable wherever events are made (language §7)."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, quote_plus

import re2

from wf_engine.text import WfError

MASK = "***"
SHORTEST = 4
_MANY = 64
"""Forms of secrets from which on one pattern for all of them is quicker than one search each."""
_PATTERN_BYTES = 256 * 1024 * 1024


class Masker:
    """Replaces the forms of some secrets in JSON values. Without secrets it gives values back as they are."""

    __slots__ = ("_forms", "_suspects")

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Raises WfError where a secret is so short that masking it would mangle everything."""
        for name, value in secrets.items():
            if len(value) < SHORTEST:
                message = f"The secret `{name}` has fewer than {SHORTEST} characters, too few to be masked."
                raise WfError(message, hint="Choose a longer one.")
        forms = {form for value in secrets.values() for form in _forms(value)}
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))
        self._suspects = _pattern(self._forms) if len(forms) > _MANY else None

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
        return value

    def text(self, text: str) -> str:
        """The text with every secret replaced."""
        if self._suspects is not None and self._is_free(text):
            return text
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
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


def _forms(secret: str) -> Iterator[str]:
    yield secret
    data = secret.encode("utf-8", "surrogatepass")
    for encoded in (base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()):
        yield encoded
        yield encoded.rstrip("=")
    for quoting in (quote, partial(quote, safe=""), quote_plus):
        quoted = quoting(secret, errors="replace")
        yield quoted
        yield _lower_escapes(quoted)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]


def _lower_escapes(quoted: str) -> str:
    parts = quoted.split("%")
    return "%".join([parts[0], *(part[:2].lower() + part[2:] for part in parts[1:])])
