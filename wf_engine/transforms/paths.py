"""JSONPath (RFC 9535): a text read once, and what it selects in a value."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from wf_engine.text import Span

NOTHING: Final[Any] = object()
"""What a path to one value gives where there is none."""
_LONGEST: Final = 2_000
"""Characters of a path."""


class PathError(Exception):
    """A text that is no JSONPath: what is wrong, where in it, and what would be right where that is clear."""

    def __init__(self, message: str, span: Span, better: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.better = better


class Segment(NamedTuple):
    """One step of a path: its selectors, applied to the node itself or, with `descends`, to all inside it too."""

    selectors: tuple[Any, ...]
    descends: bool


class JsonPath:
    """A JSONPath. `keys` are the names and indexes of one that selects at most one node, None of any other."""

    __slots__ = ("_select", "keys", "segments", "text")

    def __init__(
        self,
        text: str,
        segments: tuple[Segment, ...],
        keys: tuple[str | int, ...] | None,
        select: Callable[[Any], list[Any]],
    ) -> None:
        self.text = text
        self.segments = segments
        self.keys = keys
        self._select = select

    def __repr__(self) -> str:
        return f"JsonPath({self.text!r})"

    @property
    def singular(self) -> bool:
        """Whether it can select at most one node."""
        return self.keys is not None

    def value(self, root: Any) -> Any:
        """What it gives (language §8): of a singular path its value or NOTHING, of any other a list."""
        return self.nodes(root) if self.keys is None else _follow(root, self.keys)

    def nodes(self, root: Any) -> list[Any]:
        """The values that it selects. Raises LimitError where they are too many."""
        if self.keys is not None:
            found = _follow(root, self.keys)
            return [] if found is NOTHING else [found]
        return self._select(root)


@lru_cache(maxsize=4096)
def parse_path(text: str) -> JsonPath:
    """Reads a JSONPath. Raises PathError."""
    from wf_engine.transforms.path_reading import read_path  # its library is wanted only where there is a path

    if len(text) > _LONGEST:
        raise PathError(f"The path is longer than {_LONGEST:,} characters.", Span(0, len(text)))
    return read_path(text)


def _follow(value: Any, keys: tuple[str | int, ...]) -> Any:
    """What names and indexes lead to from a value, NOTHING where there is nothing."""
    for key in keys:
        if isinstance(key, str):
            value = value.get(key, NOTHING) if isinstance(value, dict) else NOTHING
        elif isinstance(value, list | tuple) and -len(value) <= key < len(value):
            value = value[key]
        else:
            return NOTHING
    return value
