"""Secrets made unreadable wherever events are made (language §7)."""

import base64
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, quote_plus

from wf_engine.text import WfError

MASK = "***"
SHORTEST = 4


class Masker:
    """Replaces the forms of some secrets in JSON values. Without secrets it gives values back as they are."""

    __slots__ = ("_forms",)

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """Raises WfError where a secret is so short that masking it would mangle everything."""
        for name, value in secrets.items():
            if len(value) < SHORTEST:
                message = f"The secret `{name}` has fewer than {SHORTEST} characters, too few to be masked."
                raise WfError(message, hint="Choose a longer one.")
        forms = {form for value in secrets.values() for form in _forms(value)}
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))

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
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
        return text

    def holds(self, text: str) -> bool:
        """Whether a secret is in the text."""
        return any(form in text for form in self._forms)


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
