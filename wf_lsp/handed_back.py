"""What the server gave a client to hand back, such as the `data` of an item: read again as what it was."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec
from pygls.exceptions import JsonRpcException

from wf_lsp.protocol import INVALID_PARAMS

T = TypeVar("T")


class SymbolData(msgspec.Struct):
    """Of a symbol of the workspace."""

    kind: Literal["task", "workflow", "step", "input"]
    index: Annotated[int, msgspec.Meta(ge=0)]


class CompletionData(msgspec.Struct):
    """Of a completion item."""

    uri: str
    version: int | None
    offset: int


class ActionData(msgspec.Struct):
    """Of a code action that is worked out when it is chosen."""

    uri: str
    span: tuple[int, int]
    version: int | None
    refactoring: str = ""
    silence: str | None = None


def handed_back(data: Any, as_: type[T]) -> T:
    """The data as what was given out; anything else is the client's mistake, and answered so."""
    try:
        return msgspec.convert(data, as_)
    except msgspec.ValidationError as error:
        raise JsonRpcException(f"`data` is not what was given out: {error}", INVALID_PARAMS) from None
