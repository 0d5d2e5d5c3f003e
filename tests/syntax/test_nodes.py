"""What texts mean: scalars of the core schema, anchors, merges, tags, keys (language §1)."""

from typing import Any

import pytest

from wf_engine.syntax import File, Map, Scalar, value_of


def read(text: str) -> tuple[Any, list[str]]:
    document = File.parse(text).documents[0]
    value = value_of(document.root) if document.root is not None else None
    return value, [f"{issue.kind}: {text[slice(*document.span(issue.place))]}" for issue in document.issues]


SCALARS = {
    "null": None, "~": None, "": None, "true": True, "False": False, "1": 1, "-7": -7, "+3": 3, "0o17": 15, "0x1F": 31,
    "1.5": 1.5, ".5": 0.5, "1e3": 1000.0, "2026-07-01": "2026-07-01", "12:30": "12:30", "1.2.3": "1.2.3", "30s": "30s",
    "nulls": "nulls", "TrUe": "TrUe", "9" * 500: "9" * 500,
    r'"a\tb\u00e9\U0001F600\x41\/"': "a\tbé😀A/", r'"\ud83d\ude00"': "😀", r'"\ud83d"': "\ufffd", "'it''s'": "it's",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS.items())
def test_scalars(text: str, value: Any) -> None:
    found, issues = read(f"a: {text}\n")
    assert (found["a"], type(found["a"]), issues) == (value, type(value), [])


@pytest.mark.parametrize(
    "text",
    ["y", "N", "yes", "No", "on", "OFF", "0777", "-012", "0b11", "1_000", "0x1_F", ".inf", "-.INF", ".nan", "1e999"],
)
def test_what_readers_take_differently(text: str) -> None:
    for source in (f"a: {text}\n", f"{text}: a\n", f"[{text}]\n"):
        document = File.parse(source).documents[0]
        assert [(issue.kind, issue.fix_text) for issue in document.issues] == [("ambiguous-scalar", f'"{text}"')]
    root = File.parse(f"a: {text}\n").documents[0].root
    assert isinstance(root, Map)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert value.broken


MEANT = {
    "alias": ("a: &x [1]\nb: *x\n", {"a": [1], "b": [1]}, []),
    "anchor given again": ("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", {"a": 1, "b": 1, "c": 2, "d": 2}, []),
    "anchor given again inside": ("a: &x {b: &x 1}\nc: *x\n", {"a": {"b": 1}, "c": 1}, []),
    "alias as a key": ("a: &x k\n*x : 1\n", {"a": "k", "k": 1}, []),
    "alias before its anchor": ("a: *x\nb: &x 1\n", {"a": None, "b": 1}, ["unknown-alias: *x"]),
    "alias of what it stands in": ("a: &x [*x]\n", {"a": [None]}, ["unknown-alias: *x"]),
    "merge": ("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}}, []),
    "merge below": ("a: &x {q: 2}\nb:\n  q: 3\n  <<: *x\n", {"a": {"q": 2}, "b": {"q": 3}}, []),
    "merge of several": (
        "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}\n",
        {"a": {"p": 1}, "b": {"p": 2, "q": 2}, "c": {"p": 1, "q": 2}},
        [],
    ),
    "merge of no map": ("a: {<<: 5, b: 1}\n", {"a": {"b": 1}}, ["syntax: 5"]),
    "a quoted merge is a key": ('a: {"<<": 5}\n', {"a": {"<<": 5}}, []),
    "key twice": ("a: 1\nb: 2\na: 3\n", {"a": 3, "b": 2}, ["duplicate-key: a"]),
    "key twice, quoted": ('a: 1\n"a": 3\n', {"a": 3}, ['duplicate-key: "a"']),
    "core tags": ("a: !!str 1\nb: !!int 2\nc: !!float 3\nd: !!map {}\n", {"a": "1", "b": 2, "c": 3.0, "d": {}}, []),
    "a long tag": ("a: !<tag:yaml.org,2002:str> 1\n", {"a": "1"}, []),
    "own tag": ("a: !ours 1\n", {"a": 1}, ["syntax: !ours"]),
    "a key that is a list": ("? [a]\n: 1\nb: 2\n", {"b": 2}, ["syntax: [a]"]),
}


@pytest.mark.parametrize(("text", "value", "issues"), MEANT.values(), ids=MEANT)
def test_meanings(text: str, value: Any, issues: list[str]) -> None:
    assert read(text) == (value, issues)
    before = {f"before{number}": "v" for number in range(50)}
    cut = read("".join(f"{key}: v\n" for key in before) + text)
    assert cut == (before | value, issues)


REFUSED = {
    "an escape that is none": 'a: "\\q"\n',
    "a block scalar whose first blank line is deeper": "a: >\n \n  \n   \n # c\n",
    "a tab in the place of a text": "foo: |\n\t\nbar: 1\n",
    "two versions": "%YAML 1.2\n%YAML 1.2\n---\n",
    "a tag whose handle nothing declares": "%TAG !p! tag:x:\n---\na: !p!A b\n---\na: !p!A b\n",
    "a text behind a list": "a:\n- b\nc\nd: 1\n",
    "no space in front of a comment": "block: ># comment\n  scalar\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_yaml_forbids_is_reported(text: str) -> None:
    documents = File.parse(text).documents
    assert [issue for document in documents for issue in document.issues if not issue.restriction]


def test_what_the_language_alone_forbids_is_told_apart() -> None:
    for text, restriction in (("a: !ours 1\n", True), ("? [a]\n: 1\n", True), ("a: @b\n", False)):
        assert [issue.restriction for issue in File.parse(text).documents[0].issues] == [restriction]
