"""Where the segments of a document come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wf_engine.syntax.limits import MOST_NODES
from wf_engine.syntax.nodes import Node, Segment
from wf_engine.syntax.parsing import Parse


@dataclass(frozen=True, slots=True)
class Work:
    """What was done to make a document: segments parsed, nodes made of them."""

    segments: int = 0
    nodes: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(self.segments + other.segments, self.nodes + other.nodes)

    def __sub__(self, other: "Work") -> "Work":
        return Work(self.segments - other.segments, self.nodes - other.nodes)


class Pool:
    """Where segments come from: those of the text before an edit, each used again once, else the parser."""

    def __init__(
        self, old: Iterable[Segment] = (), known: Mapping[str, Node] | None = None, *, expand: bool = True
    ) -> None:
        self.known = dict(known or {})
        """The anchors that stand before what is taken next."""
        self.expand = expand
        """Whether aliases get what they stand for; no longer once that is more than a document may hold."""
        self._segments = self._nodes = 0
        self._expansion = 0
        self._old: dict[tuple[str, int], list[Segment]] = {}
        for segment in old:
            self._old.setdefault((segment.text, segment.shift), []).append(segment)

    @property
    def work(self) -> Work:
        """What was done so far."""
        return Work(self._segments, self._nodes)

    def begin(self) -> None:
        """Begins a document: nothing stands before what is taken next."""
        self.known = {}
        self.expand, self._expansion = True, 0

    def take(self, text: str) -> Segment:
        """A segment; what the parser cannot read is isolated."""
        return self._kept(text, 0) or self.parse(text)

    def parse(self, text: str, shift: int = 0) -> Segment:
        """A newly parsed segment."""
        return self._finished(Parse(text, shift))

    def sound(self, text: str, shift: int = 0) -> Segment | None:
        """A segment that the parser reads without an error, None where it does not."""
        old = self._old.get((text, shift))
        if old and not old[0].sound:
            return None
        kept = self._kept(text, shift)
        if kept is not None:
            return kept
        parse = Parse(text, shift)
        if parse.sound:
            return self._finished(parse)
        self._segments += 1
        return None

    def _kept(self, text: str, shift: int) -> Segment | None:
        kept = self._old.get((text, shift), [])
        for number, segment in enumerate(kept):
            if self._fits(segment):
                return self._given(kept.pop(number))
        return None

    def _fits(self, segment: Segment) -> bool:
        """Whether the aliases of an old segment mean what they would mean now."""
        if segment.aliases and segment.expanded != self.expand:
            return False
        return all(self.known.get(name) is target for name, target in segment.uses.items())

    def _finished(self, parse: Parse) -> Segment:
        segment = parse.whole(self.known if self.expand else None)
        self._segments += 1
        self._nodes += segment.count
        return self._given(segment)

    def _given(self, segment: Segment) -> Segment:
        self.known.update(segment.anchors)
        self._expansion += segment.expansion
        self.expand = self.expand and self._expansion <= MOST_NODES
        return segment
