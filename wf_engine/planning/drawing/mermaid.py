"""A picture as Mermaid, which GitHub, GitLab and many editors draw in Markdown."""

from collections.abc import Iterator

from wf_engine.planning.drawing.picture import Look, Node, Picture

_SHAPES: dict[Look, tuple[str, str]] = {
    "task": ("[", "]"),
    "workflow": ("[[", "]]"),
    "transform": ("[/", "/]"),
    "decision": ("{", "}"),
    "value": ("([", "])"),
}


def mermaid(title: str, picture: Picture) -> str:
    """The text of a flowchart."""
    lines = ["---", f"title: {_title(title)}", "---", "flowchart TD", *_lines(picture, 1)]
    return "\n".join(lines) + "\n"


def _lines(picture: Picture, depth: int) -> Iterator[str]:
    margin = "  " * depth
    for node in picture.nodes:
        if node.inside is None:
            start, end = _SHAPES[node.look]
            yield f"{margin}{node.key}{start}{_label(node)}{end}"
        else:
            yield f"{margin}subgraph {node.key}[{_label(node)}]"
            yield from _lines(node.inside, depth + 1)
            yield f"{margin}end"
    for edge in picture.edges:
        arrow = "-.->" if edge.rarely else "-->"
        label = f"|{_quoted(edge.label)}|" if edge.label else ""
        yield f"{margin}{edge.start} {arrow}{label} {edge.end}"


def _label(node: Node) -> str:
    return _quoted(node.title, node.detail)


def _quoted(*lines: str) -> str:
    """A label in quotes: everything that Mermaid or HTML could read is written as a character's number."""
    return '"' + "<br/>".join(_escaped(line) for line in lines if line) + '"'


def _escaped(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in _PLAIN else f"#{ord(letter)};" for letter in text)


_PLAIN = " _-.,:/()!?=+*~…'"


def _title(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "-_ ")
