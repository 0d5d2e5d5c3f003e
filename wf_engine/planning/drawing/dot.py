"""A picture as DOT, for Graphviz."""

from collections.abc import Iterator, Mapping

from wf_engine.planning.drawing.picture import Look, Node, Picture

_SHAPES: dict[Look, str] = {
    "task": "box",
    "workflow": "box, peripheries=2",
    "transform": "parallelogram",
    "decision": "diamond",
    "value": "oval",
}


def dot(title: str, picture: Picture) -> str:
    """The text of a digraph."""
    lines = [
        f"digraph {_quoted(title)} {{",
        "  compound=true;",
        '  node [fontname="sans-serif", style="rounded"];',
        '  edge [fontname="sans-serif", fontsize=10];',
        *_lines(picture, 1),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _lines(picture: Picture, depth: int) -> Iterator[str]:
    margin = "  " * depth
    nodes = {node.key: node for node in picture.nodes}
    for node in picture.nodes:
        label = _quoted(node.title, node.detail)
        if node.inside is None:
            yield f"{margin}{node.key} [label={label}, shape={_SHAPES[node.look]}];"
        else:
            yield f"{margin}subgraph cluster_{node.key} {{"
            yield f'{margin}  label={label}; style="rounded"; fontname="sans-serif";'
            yield from _lines(node.inside, depth + 1)
            yield f"{margin}}}"
    for edge in picture.edges:
        facts = [f"label={_quoted(edge.label)}"] if edge.label else []
        facts += ['style="dashed"'] if edge.rarely else []
        facts += _clipped(nodes, "ltail", edge.start) + _clipped(nodes, "lhead", edge.end)
        start, end = _leaf(nodes[edge.start], last=True), _leaf(nodes[edge.end], last=False)
        yield f"{margin}{start} -> {end}" + (f" [{', '.join(facts)}];" if facts else ";")


def _clipped(nodes: Mapping[str, Node], side: str, key: str) -> list[str]:
    """Graphviz draws edges between nodes only; one of a group is clipped at its border."""
    return [f"{side}=cluster_{key}"] if nodes[key].inside is not None else []


def _leaf(node: Node, *, last: bool) -> str:
    while node.inside is not None and node.inside.nodes:
        node = node.inside.nodes[-1 if last else 0]
    return node.key


def _quoted(*lines: str) -> str:
    text = "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    return f'"{text}"'
