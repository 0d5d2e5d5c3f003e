"""WF531 invalid-mock."""

from collections.abc import Iterator
from typing import Any

from wf_engine.analysis.tested import MockedCall, body_of, mocked_calls
from wf_engine.checks.base import Draft, check
from wf_engine.language import Mock
from wf_engine.language.parameters import dotted, node_at
from wf_engine.language.values import first_line
from wf_engine.syntax import value_of
from wf_engine.text import Severity
from wf_engine.types import gathered, validate
from wf_engine.workspace import SourceDocument, Workspace

_ERRORS = range(300, 600)


@check(
    "workspace",
    "WF531",
    "invalid-mock",
    Severity.WARNING,
    "A mocked answer that the task's `outputSchema` refuses.",
    yields_to="breaks",
)
def invalid_mock(workspace: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """A mock answers as the service would; `partial: true` lets it leave out what is required."""
    test = source.test
    for call in mocked_calls(workspace, test) if test else ():
        for mock in call.answers:
            yield from _drafts(call, mock)


def _drafts(call: MockedCall, mock: Mock) -> Iterator[Draft]:
    body = body_of(mock)
    if body is None or call.contract is None or (mock.status or 200) in _ERRORS:
        return
    schema = _relaxed(call.contract.output_schema) if mock.partial else call.contract.output_schema
    for fault in gathered(validate(schema, value_of(body))):
        where = dotted("body", fault.path)
        message = f"`{where}` of this mock {fault.message}"
        hint = "the service would not answer so; `partial: true` beside `body` lets it leave out what is required"
        yield Draft(first_line(node_at(body, fault.path)), message, hint)


def _relaxed(schema: Any) -> Any:
    """A schema that requires no property."""
    if isinstance(schema, dict):
        return {key: _relaxed(value) for key, value in schema.items() if not _is_required(key, value)}
    return [_relaxed(item) for item in schema] if isinstance(schema, list) else schema


def _is_required(key: str, value: Any) -> bool:
    return key == "required" and isinstance(value, list)
