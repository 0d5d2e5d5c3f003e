"""What expressions read, as chains from a root: `tasks.order.output.items[0].sku`."""

from collections.abc import Iterator
from dataclasses import dataclass

from wf_engine.analysis import SiteAnalysis, expressions_of
from wf_engine.editing.refactoring.model import Selection
from wf_engine.expressions import Index, Member, Name, walk
from wf_engine.text import Span
from wf_engine.types import ANY, Type


@dataclass(frozen=True, eq=False)
class Read:
    """A chain of names in an expression: `links` begin behind the root."""

    site: SiteAnalysis
    root: Name
    links: tuple[Member | Index, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names up to the first bracket."""
        found = []
        for link in self.links:
            if not isinstance(link, Member):
                break
            found.append(link.name)
        return tuple(found)

    @property
    def sure(self) -> int:
        """How many links there are before the first bracket or `?.`."""
        return next(
            (n for n, link in enumerate(self.links) if not isinstance(link, Member) or link.optional), len(self.links)
        )

    def upto(self, count: int) -> Span:
        """The range of the root with some links, in the text of the site."""
        return Span(self.root.span.start, self.links[count - 1].span.end if count else self.root.span.end)

    def text(self, count: int) -> str:
        """The root with some links as it is written."""
        return self.site.site.node.text[slice(*self.upto(count))]

    def type(self, count: int) -> Type:
        """The type of the root with some links."""
        return self.site.inference.types.get(self.links[count - 1].span, ANY) if count else ANY


def reads_of(site: SiteAnalysis) -> Iterator[Read]:
    """The chains in a site."""
    for root in expressions_of(site.site):
        outer: dict[int, Member | Index] = {}
        names: list[Name] = []
        for node in walk(root):
            if isinstance(node, Member | Index):
                outer[id(node.target)] = node
            elif isinstance(node, Name):
                names.append(node)
        for name in names:
            links, at = [], outer.get(id(name))
            while at is not None:
                links.append(at)
                at = outer.get(id(at))
            yield Read(site, name, tuple(links))


def all_reads(selection: Selection) -> Iterator[Read]:
    """The chains in all expressions of the workflow."""
    for each in selection.analyses:
        for site in each.sites:
            yield from reads_of(site)
    for site in selection.workflow.own_sites() if selection.workflow else ():
        yield from reads_of(site)
