"""Formatting: what it changes, and that nothing a document says is ever changed."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.checks.rich import FILES
from tests.support import applied, dedented
from tests.syntax.yaml_texts import texts
from wf_engine.editing import format_document, format_range
from wf_engine.syntax import File, tokens, value_of
from wf_engine.text import Span
from wf_engine.workspace import Format

ROOT = Path(__file__).resolve().parents[2]
HEAD = "apiVersion: workflow.io/v1\n"
SOURCES = {
    **{str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.glob("examples/**/*.yaml"))},
    **FILES,
}


def formatted(text: str, settings: Format | None = None) -> str:
    """A text as it is laid out; asserts that it was not refused."""
    found = format_document(File.parse(text), settings)
    assert found.refusal is None, found.refusal
    return applied(text, found.edits)


def check(before: str, after: str, settings: Format | None = None) -> None:
    """Asserts what comes of a text below the head of a document, and that it stays so."""
    source, wanted = HEAD + dedented(before), HEAD + dedented(after)
    result = formatted(source, settings)
    assert result == wanted, result
    assert formatted(wanted, settings) == wanted


def test_indentation() -> None:
    check(
        """
        spec:
            tasks:
            - id: a
              taskRef: x
            -   id: b
                tasks:
                        - id: c
                          taskRef: x
        """,
        """
        spec:
          tasks:
            - id: a
              taskRef: x
            - id: b
              tasks:
                - id: c
                  taskRef: x
        """,
    )


def test_spaces() -> None:
    check(
        """
        a :   1
        b:  { x: 1,w:   [ 1,2 ,3 ] , "z":1}
        -x:   -1
        c: [{ }, [ ]]
        """,
        """
        a: 1
        b: {x: 1, w: [1, 2, 3], "z": 1}
        -x: -1
        c: [{}, []]
        """,
    )


def test_anchors_aliases_and_tags() -> None:
    check(
        """
        a:   &x   1
        b: [ *x , *x ]
        c:  !!str   2
        d: &m
              k:   v
        e: {<<:   *m}
        """,
        """
        a: &x 1
        b: [*x, *x]
        c: !!str 2
        d: &m
          k: v
        e: {<<: *m}
        """,
    )


def test_comments_go_with_what_they_stand_at() -> None:
    check(
        """
        spec:
            # about the tasks
            tasks:
            # about a
            - id: a   # the first
              # at the end of a
            # about b
            - id: b
              # at the end of b
            # at the end of spec
        # at the end of all
        """,
        """
        spec:
          # about the tasks
          tasks:
            # about a
            - id: a   # the first
              # at the end of a
            # about b
            - id: b
              # at the end of b
          # at the end of spec
        # at the end of all
        """,
    )


def test_texts_of_several_lines() -> None:
    check(
        """
        a: |
              one
                two

              three
        b:
            c: >- # why
                one
                two
            d: |2
                indented
            e: "one
              two

             three"
            f: one
                 two
        """,
        """
        a: |
          one
            two

          three
        b:
          c: >- # why
            one
            two
          d: |2
              indented
          e: "one
            two

            three"
          f: one
            two
        """,
    )


def test_flow_collections_of_several_lines() -> None:
    check(
        """
        a: {
         "b": 1,   # one
              c: [
              1,
              2] }
        d:
          - [1,
           2]
        """,
        """
        a: {
            "b": 1,   # one
            c: [
              1,
              2]}
        d:
          - [1,
              2]
        """,
    )


def test_blank_lines_and_trailing_blanks() -> None:
    assert formatted("\n\napiVersion: workflow.io/v1   \n\n\n\n# c\t\nkind: Workflow\n \t\n\n") == (
        "apiVersion: workflow.io/v1\n\n# c\t\nkind: Workflow\n"
    )
    assert formatted("apiVersion: workflow.io/v1") == "apiVersion: workflow.io/v1\n"


def test_blank_lines_of_a_text_that_is_kept() -> None:
    text = HEAD + "a: |+\n  one\n\n\n\nb: |\n  two\n"
    assert formatted(text) == text


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    assert formatted(
        "\ufeffapiVersion:  workflow.io/v1\r\nspec:\r\n    a:  |\r\n        x\r\n\r\n\r\n\r\n    b: 1"
    ) == ("\ufeffapiVersion: workflow.io/v1\r\nspec:\r\n  a: |\r\n    x\r\n\r\n  b: 1\r\n")


def test_documents() -> None:
    text = "---\napiVersion:  workflow.io/v1\n---\napiVersion:   apps/v1\nkind:   Deployment\n---   # ours\napiVersion:  workflow.io/v1\n"
    assert formatted(text) == (
        "---\napiVersion: workflow.io/v1\n---\napiVersion:   apps/v1\nkind:   Deployment\n---   # ours\napiVersion: workflow.io/v1\n"
    )


def test_settings() -> None:
    before = "spec:\n  tasks:\n    - id: a\n      input: {a: 1}\n\n\n\nx: 1\n"
    after = "spec:\n    tasks:\n    - id: a\n      input: { a: 1 }\n\n\nx: 1\n"
    check(before, after, Format(indent=4, indent_sequences=False, brace_spacing=True, blank_lines=2))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [1, 2\n", "`]` is missing"),
        ("a: {{x}}\n", "template needs quotes"),
        ("? a\n: b\n", "keys that are no plain texts"),
        ("a:\n\t- b\n", "tab"),
    ],
)
def test_what_cannot_be_read_is_left_alone(text: str, reason: str) -> None:
    found = format_document(File.parse(HEAD + text))
    assert found.edits == ()
    assert found.refusal is not None
    assert reason in found.refusal
    assert found.span is not None


def test_documents_of_others_are_none_of_our_business() -> None:
    assert format_document(File.parse("a:   1\n")).edits == ()


def test_a_range() -> None:
    text = HEAD + "a:   1\nb:   2\nc:   3\n"
    at = text.index("b")
    edits = format_range(File.parse(text), Span(at, at + 1)).edits
    assert applied(text, edits) == HEAD + "a:   1\nb: 2\nc:   3\n"


def test_a_range_grows_to_the_block_that_holds_together() -> None:
    text = HEAD + "a:   1\nspec:\n     x: 1\n     z: 2\nc:   3\n"
    at = text.index("z")
    edits = format_range(File.parse(text), Span(at, at)).edits
    assert applied(text, edits) == HEAD + "a:   1\nspec:\n  x: 1\n  z: 2\nc:   3\n"


def said(text: str) -> tuple[object, ...]:
    """The values of a text, and its comments and anchors in order."""
    documents = File.parse(text).documents
    kept = [t.text for d in documents for t in tokens(d) if t.kind in ("comment", "anchor", "alias", "tag")]
    return repr([value_of(document.root) if document.root else None for document in documents]), kept


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_what_is_laid_out_already_stays(name: str) -> None:
    assert formatted(SOURCES[name]) == SOURCES[name]


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_an_example_whose_layout_was_lost(name: str) -> None:
    text = SOURCES[name]
    lost = "\n".join(map(twice_as_wide, text.split("\n")))
    result = formatted(lost)
    assert said(result) == said(lost)
    assert formatted(result) == result
    if said(lost) == said(text) and "|" not in text:
        assert result == text


def twice_as_wide(line: str) -> str:
    """A line whose content stands in twice its column."""
    content = line.lstrip(" ")
    dashes = len(content) - len(content.replace("- ", "-   ", 1)) if content.startswith("- ") else 0
    return " " * (2 * (len(line) - len(content))) + (content.replace("- ", "-   ", 1) if dashes else content)


@given(texts(breadth=3, documents=1), st.builds(Format, st.integers(1, 5), st.booleans(), st.booleans()))
def test_nothing_changes_but_the_layout(body: str, settings: Format) -> None:
    assume(not body.startswith(("---", "%")) and "\n..." not in body and "\n---" not in body)
    text = HEAD + "spec:\n" + "".join(f"  {line}" if line.strip() else line for line in body.splitlines(keepends=True))
    found = format_document(File.parse(text), settings)
    if found.refusal is not None:
        assert "would change" not in found.refusal
        assume(False)
    result = applied(text, found.edits)
    assert said(result) == said(text)
    assert formatted(result, settings) == result
