"""Inputs as they are typed."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.cli.inputs import read_inputs
from wf_engine.text import WfError

SCHEMA = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "count": {"type": "integer"},
        "share": {"type": "number"},
        "flag": {"type": "boolean"},
        "list": {"type": "array"},
        "map": {"type": "object"},
        "maybe": {"type": ["integer", "null"]},
        "either": {"type": ["string", "integer"]},
        "any": {},
        "level": {"enum": ["low", "high"]},
        "number": {"enum": [1, 2]},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("text=1", "1"),
        ("text=", ""),
        ("text=a=b", "a=b"),
        ("text=a:=b", "a:=b"),
        ("text=日本", "日本"),
        ("count=1", 1),
        ("count=-7", -7),
        ("count=123456789012345678901234567890", 123456789012345678901234567890),
        ("share=0.5", 0.5),
        ("share=1e3", 1000.0),
        ("flag=true", True),
        ("flag=FALSE", False),
        ("list=[1, null]", [1, None]),
        ('map={"a": 1}', {"a": 1}),
        ("maybe=null", None),
        ("maybe=3", 3),
        ("either=3", "3"),
        ("any=3", "3"),
        ("level=high", "high"),
        ("number=2", 2),
        ("text:=1", 1),
        ('any:={"a": [true]}', {"a": [True]}),
        ("unknown=x", "x"),
    ],
)
def test_a_value_is_read_by_the_type_of_its_parameter(argument, value):
    (found,) = read_inputs([argument], SCHEMA).values()
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("text", "`--input text` is no input."),
        ("=x", "`--input =x` is no input."),
        (":=x", "`--input :=x` is no input."),
        ("count=x", "The input `count` is of type integer; `x` is not."),
        ("count=", "The input `count` is of type integer; `` is not."),
        ("count=true", "The input `count` is of type integer; `true` is not."),
        ("share=NaN", "The input `share` is of type number; `NaN` is not."),
        ("flag=1", "The input `flag` is of type boolean; `1` is not."),
        ("list={}", "The input `list` is of type list; `{}` is not."),
        ("any:={", "The value of `any:={` is no JSON: "),
        ("any:=1e999", "The value of `any:=1e999` is no JSON: 1e999 is too large for a number."),
        ("share=1e999", "The input `share` is of type number; `1e999` is not."),
        ("any:=Infinity", "The value of `any:=Infinity` is no JSON: Infinity is no JSON."),
        ("any:=" + "[" * 100_000, "is nested too deep."),
        ("@nowhere.json", "The input file nowhere.json cannot be read: "),
    ],
)
def test_what_cannot_be_read_is_said(argument, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WfError) as caught:
        read_inputs([argument], SCHEMA)
    assert message in caught.value.message


@given(st.integers())
def test_every_integer_is_read_as_itself(number):
    assert read_inputs([f"count={number}"], SCHEMA) == {"count": number}


@given(st.text())
def test_every_text_is_read_as_itself(text):
    assert read_inputs([f"text={text}"], SCHEMA) == {"text": text}


def test_files_hold_all_inputs_and_later_ones_win(tmp_path):
    (tmp_path / "a.json").write_text('\ufeff{"text": "a", "count": 1}', "utf-8")
    (tmp_path / "b.yaml").write_text("text: b\nlist:\n  - 1\n", "utf-8")
    given = [f"@{tmp_path / 'a.json'}", f"@{tmp_path / 'b.yaml'}", "count=2"]
    assert read_inputs(given, SCHEMA) == {"text": "b", "count": 2, "list": [1]}


def test_standard_input_can_hold_them(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"text": "a"}'))
    assert read_inputs(["@-"], SCHEMA) == {"text": "a"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "[1]", "is no object."),
        ("a.json", "{", "is no JSON: "),
        ("a.yaml", "a: [", "cannot be read as YAML: "),
        ("a.yaml", "a: 1\n---\nb: 2\n", "cannot be read as YAML: it wants one document."),
        ("a.yaml", "", "cannot be read as YAML: "),
        ("a.json", "\0", "holds a NUL character"),
    ],
)
def test_files_that_hold_something_else_are_refused(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(WfError) as caught:
        read_inputs([f"@{tmp_path / name}"], SCHEMA)
    assert message in caught.value.message
    assert name in caught.value.message
