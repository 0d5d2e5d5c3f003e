"""Reading `pipeline` and `jsonPath`: what the transforms find wrong with them, at its place in the text (language §8)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wf_engine.language import shapes
from wf_engine.language.sites import Owner, Problem, Site, place_of
from wf_engine.language.spellings.expressions import old_forms
from wf_engine.language.values import first_line
from wf_engine.syntax.nodes import Map, Node, Pair, Place, Scalar, Seq, resolved, value_of
from wf_engine.text import closest
from wf_engine.transforms import Pipeline, PipelineProblem, read_json_path, read_pipeline

if TYPE_CHECKING:
    from wf_engine.language.reading import Reader
    from wf_engine.language.records import Record

_Path = tuple[str | int, ...]


def read_operations(reader: "Reader", shape: shapes.Shape, node: Node, _: Owner) -> Pipeline | None:
    """The pipeline that is written there."""
    if not isinstance(node, Seq):
        reader.wrong_type(node, shape.wanted)
        return None
    pipeline = read_pipeline(value_of(node))
    for problem in pipeline.problems:
        place, target = _place(node, problem)
        if target is None or not _broken(target):
            reader.problems.append(_problem(problem, place, target))
    for pair in _pairs(node) if "{{" in node.segment.text else ():
        reader.key(pair)
    for path, parsed in pipeline.sites:
        found = node_at(node, path)
        if isinstance(found, Scalar) and not found.broken:
            reader.sites.append(Site((*reader.path, *path), found, parsed))
            reader.problems.extend(old_forms(found, parsed))
    return pipeline


def _pairs(node: Node) -> Iterator[Pair]:
    """The entries of all maps in a value."""
    node = resolved(node)
    for pair in node.pairs if isinstance(node, Map) else ():
        yield pair
        yield from _pairs(pair.value)
    for item in node.items if isinstance(node, Seq) else ():
        yield from _pairs(item)


def read_path(reader: "Reader", shape: shapes.Shape, node: Node, _: Owner) -> Any:
    """The JSONPath that is written there."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        reader.wrong_type(node, shape.wanted)
        return None
    found = read_json_path(node.value)
    if not isinstance(found, PipelineProblem):
        return found
    reader.problems.append(_problem(found, node.place_of(found.span) if found.span else node.place, node))
    return None


def check_transform(reader: "Reader", record: "type[Record]", node: Map, owner: Owner) -> None:
    """Notes a transform that says twice, or not at all, what it does."""
    if record.__name__ != "Transform":
        return
    written = [pair for pair in node.pairs if pair.name in ("pipeline", "jsonPath", "query")]
    if len(written) > 1:
        message = "both `pipeline` and `jsonPath` are written; a transform does one of them"
        reader.problems.append(Problem("transform-body", written[1].key.place, message, "remove one of them"))
    elif not written and not any(closest(pair.name or "", ("pipeline", "jsonPath", "query")) for pair in node.pairs):
        message = "neither `pipeline` nor `jsonPath` is written, so there is nothing to do"
        hint = "write `pipeline:` with a list of operations, or `jsonPath: $.items[*].id`"
        reader.problems.append(Problem("transform-body", place_of(owner), message, hint))


def node_at(node: Node, path: _Path) -> Node | None:
    """The node that a path leads to inside a value."""
    current: Node | None = node
    for key in path:
        current = resolved(current) if current is not None else None
        if isinstance(current, Map) and isinstance(key, str):
            current = current.get(key)
        elif isinstance(current, Seq) and isinstance(key, int) and key < len(current.items):
            current = current.items[key]
        else:
            return None
    return resolved(current) if current is not None else None


def place_at(node: Node, path: _Path, *, on_key: bool = False) -> Place:
    """Where the value at a path stands, or the key at its end; the nearest around it where it is nowhere."""
    around = node_at(node, path[:-1]) if path else None
    if on_key and isinstance(around, Map) and (pair := around.pair(str(path[-1]))) is not None:
        return pair.key.place
    found = node_at(node, path)
    if found is None or (isinstance(found, Scalar) and found.style == "missing"):
        return place_at(node, path[:-1], on_key=True) if found is None and path else _key_or(node, path, around)
    return first_line(found)


def _key_or(node: Node, path: _Path, around: Node | None) -> Place:
    pair = around.pair(str(path[-1])) if isinstance(around, Map) else None
    return pair.key.place if pair is not None else first_line(node)


def _place(node: Node, problem: PipelineProblem) -> tuple[Place, Node | None]:
    target = node_at(node, problem.path)
    if problem.span is not None and isinstance(target, Scalar):
        return target.place_of(problem.span), target
    return place_at(node, problem.path, on_key=problem.on_key), target


def _broken(node: Node) -> bool:
    return isinstance(node, Scalar) and node.broken


def _problem(problem: PipelineProblem, place: Place, node: Node | None) -> Problem:
    message, hint = problem.message.removesuffix("."), problem.hint
    better = problem.better
    if better is not None and isinstance(node, Scalar) and node.style in ("single", "double"):
        better = f"'{better}'" if "'" not in better else f'"{better}"'
    return Problem(
        problem.kind,
        place,
        f"{message[0].lower()}{message[1:]}" if not message.startswith("`") else message,
        None if hint is None else f"{hint[0].lower()}{hint[1:]}".removesuffix("."),
        problem.name,
        problem.candidates,
        node,
        better=better,
    )
