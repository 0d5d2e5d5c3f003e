"""URLs made of templates: what is inserted behind the host is percent-encoded (language §2, "Request")."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.origins import URL_CHARACTERS, origin_of, sendable
from wf_engine.execution.transport import Origin
from wf_engine.expressions import Embedded, RawUrl, Template, evaluate_parts, references
from wf_engine.planning import inserted

_AFTER_HOST: Final = "/?#"


class UrlTemplate:
    """A task's `url`, ready to be filled in. What stands up to the end of the host is fixed, since only `env` may."""

    __slots__ = ("_has_templates", "_pieces", "_taken", "_template", "origin", "prefix")

    def __init__(self, template: Template, env: Mapping[str, Any]) -> None:
        """Raises StepError where the part up to the end of the host leads nowhere, ExpressionError."""
        self._template = template
        self._taken, text = _prefix(template, env)
        text, fragment, _ = text.partition("#")
        self._pieces = () if fragment else _pieces(template, self._taken)
        self._has_templates = any(isinstance(piece, int) for piece in self._pieces)
        try:
            self.prefix = sendable(text)
            self.origin: Origin = origin_of(self.prefix)
        except ValueError as error:
            raise _invalid(f"The URL `{text}` {error}.") from None

    def filled(self, scope: Mapping[str, Any]) -> str:
        """The URL without a fragment. Raises ExpressionError, StepError."""
        if not self._pieces:
            return self.prefix
        values = evaluate_parts(self._template, scope, self._taken) if self._has_templates else ()
        url = self.prefix + "".join(
            [piece if isinstance(piece, str) else encoded(values[piece]) for piece in self._pieces]
        )
        if "/." in url:
            _check_dots(url)
        return url.partition("#")[0] if "#" in url else url


def encoded(value: Any) -> str:
    """A value as one path segment or query value; what `rawUrl` marks keeps the characters that URLs are made of."""
    if type(value) is RawUrl:
        return quote(str(value), safe=URL_CHARACTERS)
    text = inserted(value)
    return text if text.isalnum() and text.isascii() else quote(text, safe="", errors="replace")


def _prefix(template: Template, env: Mapping[str, Any]) -> tuple[int, str]:
    """How many parts make up the URL to the end of the host at least, and their text."""
    text = ""
    for index, part in enumerate(template.parts):
        if _host_is_over(text):
            return index, text
        text += part if isinstance(part, str) else _env_value(template, part, env)
    return len(template.parts), text


def _env_value(template: Template, part: Embedded, env: Mapping[str, Any]) -> str:
    if any(root != "env" for root, _ in references(part.expr)):
        shown = template.text[part.span.start : part.span.end]
        message = f"`{shown}` stands in the URL before the end of the host, where only `env` may stand."
        raise _invalid(message, "Put the part up to the host, with a `/` behind it, into `[env]` in wf.toml.")
    alone = Template(template.text, (part,), template.problems)
    return inserted(evaluate_parts(alone, {"env": env})[0])


def _host_is_over(text: str) -> bool:
    before, separator, rest = text.partition("://")
    return bool(separator) and before.isalpha() and any(mark in rest for mark in _AFTER_HOST)


def _pieces(template: Template, taken: int) -> tuple[str | int, ...]:
    """The rest of the URL: texts ready to be sent, and for what is evaluated its number among them."""
    return tuple(
        quote(part, safe=URL_CHARACTERS) if isinstance(part, str) else index
        for index, part in enumerate(template.parts[taken:])
    )


def _check_dots(url: str) -> None:
    path = url.partition("?")[0].partition("#")[0]
    if any(segment in {".", ".."} for segment in path.split("/")):
        raise _invalid(f"The URL `{url}` has a path segment of dots alone, which would lead to another path.")


def _invalid(message: str, suggestion: str = "Correct the URL, or the values in it.") -> StepError:
    return StepError(Failure(code="VALIDATION_ERROR", message=message, suggestion=suggestion, sent=False))
