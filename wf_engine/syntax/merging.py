"""Entries of a map that others may bring in (`<<`), and those that are written twice."""

from collections.abc import Iterable, Iterator, Sequence

from wf_engine.syntax.nodes import Alias, Map, Node, Pair, Scalar, Seq, SyntaxIssue, resolved

MERGE = "<<"


def is_merge(pair: Pair) -> bool:
    """Whether an entry brings in those of another map (language §1)."""
    return isinstance(pair.key, Scalar) and pair.key.style == "plain" and pair.key.text == MERGE


def with_merges(pairs: Sequence[Pair]) -> list[Pair]:
    """The entries, with those that `<<` brings in laid under them."""
    found: list[Pair] = []
    for pair in pairs:
        if is_merge(pair):
            found += [
                Pair(each.key, each.value, merged=True) for source in _sources(pair.value) for each in source.pairs
            ]
        else:
            found.append(pair)
    return layered(found)


def layered(pairs: Sequence[Pair]) -> list[Pair]:
    """What is written directly wins over what is brought in, and the first that is brought in over later ones."""
    if not any(pair.merged for pair in pairs):
        return list(pairs)
    found = [pair for pair in pairs if not pair.merged]
    names = {pair.name for pair in found}
    for pair in pairs:
        if pair.merged and pair.name not in names:
            names.add(pair.name)
            found.append(pair)
    return found


def _sources(value: Node) -> Iterator[Map]:
    node = resolved(value)
    for each in node.items if isinstance(node, Seq) else (node,):
        source = resolved(each)
        if isinstance(source, Map):
            yield source


def wrong_merges(pairs: Iterable[Pair]) -> Iterator[SyntaxIssue]:
    """An issue for each `<<` that brings in what is no map."""
    for pair in pairs:
        if not is_merge(pair):
            continue
        node = resolved(pair.value)
        for each in node.items if isinstance(node, Seq) else (node,):
            if not isinstance(resolved(each), Map | Alias):
                hint = "write an alias of a map, such as `<<: *defaults`"
                yield SyntaxIssue("syntax", pair.value.place, "`<<` takes the entries of a map, and this is none", hint)
                break


def duplicate_keys(pairs: Iterable[Pair]) -> list[SyntaxIssue]:
    """An issue for each key that stood before in another segment; a segment reports its own."""
    latest: dict[str, Pair] = {}
    issues = []
    for pair in pairs:
        name = pair.name
        if name is None or pair.merged:
            continue
        earlier = latest.get(name)
        if earlier is not None and earlier.key.segment is not pair.key.segment:
            issues.append(duplicate_key(pair))
        latest[name] = pair
    return issues


def duplicate_keys_inside(pairs: Iterable[Pair]) -> Iterator[SyntaxIssue]:
    """An issue for each key of a map of one segment that stood before."""
    seen: set[str] = set()
    for pair in pairs:
        name = pair.name
        if name is None or is_merge(pair):
            continue
        if name in seen:
            yield duplicate_key(pair)
        seen.add(name)


def duplicate_key(pair: Pair) -> SyntaxIssue:
    """The issue for a key that stood before."""
    message = f"`{pair.name}` is written twice in this map"
    return SyntaxIssue("duplicate-key", pair.key.place, message, "remove one of them")
