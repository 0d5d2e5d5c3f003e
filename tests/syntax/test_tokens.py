"""Tokens: what stands between the values, and that a sign inside a text is none."""

from hypothesis import given

from tests.syntax.yaml_texts import texts
from wf_engine.syntax import File, tokens


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for document in File.parse(text).documents for token in tokens(document)]


def test_comments_and_signs_in_texts_are_none() -> None:
    text = "a: \"# no\" # yes\nb: |+ # head\n  # no\n\nc: {d: 'x, y'}\n"
    assert [text for kind, text in kinds(text) if kind == "comment"] == ["# yes", "# head"]
    assert [kind for kind, _ in kinds(text) if kind in "{},[]"] == ["{", "}"]


def test_properties_and_merges() -> None:
    text = "%YAML 1.2\n---\na: &x !!str b\nc:\n  <<: [*m, {d: 1}]\n...\n"
    found = [(kind, text) for kind, text in kinds(text) if kind not in ("scalar", "newline")]
    assert [text for _, text in found] == [
        "%YAML 1.2",
        "---",
        ":",
        "&x",
        "!!str",
        ":",
        ":",
        "[",
        "*m",
        ",",
        "{",
        ":",
        "}",
        "]",
        "...",
    ]
    assert not [text for kind, text in found if kind == "other"]


@given(texts(breadth=3))
def test_they_are_the_whole_text_but_for_spaces(text: str) -> None:
    for document in File.parse(text).documents:
        at, pieces = 0, []
        for token in tokens(document):
            if token.span.start >= at:
                assert not document.text[at : token.span.start].strip(" \t")
                at = token.span.end
            pieces.append(token)
        assert not document.text[at:].strip(" \t")
        assert all(document.text[token.span.start : token.span.end] == token.text for token in pieces)
