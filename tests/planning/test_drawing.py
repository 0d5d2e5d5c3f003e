"""Pictures of workflows: Mermaid, DOT and SVG."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wf_engine.planning import FORMATS, draw
from wf_engine.planning.drawing.layout import laid_out
from wf_engine.planning.drawing.picture import Edge, Node, Picture
from wf_engine.text import WfError
from wf_engine.workspace import Workspace

ALL = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: everything}
spec:
  input: {go: {type: boolean}, rows: {type: array}}
  tasks:
    - {id: first, taskRef: get-it}
    - id: maybe
      taskRef: get-it
      condition: {if: "{{ input.go && 'a<b' != \\"&\\" }}", else: {taskRef: other-it}}
      dependsOn: [first]
    - {id: loop, taskRef: get-it, dependsOn: [first], forEach: {items: input.rows, itemVar: row, parallel: false}}
    - id: choose
      switch:
        value: tasks.maybe.output
        cases:
          - {match: [gold, vip], taskRef: get-it}
          - {match: x, tasks: [{id: one, taskRef: get-it}, {id: two, taskRef: get-it, dependsOn: [one]}]}
        default: {workflowRef: child}
      fallback: {output: nothing}
    - {id: sub, workflowRef: child@1.0.0, dependsOn: [choose, loop]}
    - {id: shape, transform: {input: tasks.sub.output, pipeline: [reverse]}}
    - {id: block, tasks: [{id: in, taskRef: get-it, input: {v: "{{tasks.shape.output}}"}}]}
"""
WORKSPACE = Workspace.of({"f.yaml": ALL})


def drawn(form: str, text: str = ALL, name: str = "everything") -> str:
    workspace = Workspace.of({"f.yaml": text})
    definition = workspace.workflow(name)
    assert definition is not None
    return draw(workspace, definition, form)


def test_mermaid() -> None:
    assert (
        drawn("mermaid")
        == """\
---
title: everything
---
flowchart TD
  n1["first<br/>get-it"]
  subgraph n5["maybe"]
    n3{"if<br/>input.go #38;#38; 'a#60;b' != #34;#38;#34;"}
    n2["maybe<br/>get-it"]
    n4["other-it<br/>task"]
    n3 -->|"true"| n2
    n3 -.->|"else"| n4
  end
  subgraph n7["loop<br/>for each row of input.rows, one at a time"]
    n6["loop<br/>get-it"]
  end
  subgraph n15["choose"]
    n8{"switch<br/>tasks.maybe.output"}
    n9["get-it<br/>task"]
    subgraph n10["x"]
      n11["one<br/>get-it"]
      n12["two<br/>get-it"]
      n11 --> n12
    end
    n13[["child<br/>workflow"]]
    n14(["value"])
    n8 -->|"gold, vip"| n9
    n8 -->|"x"| n10
    n8 -->|"default"| n13
    n8 -.->|"on failure"| n14
  end
  n16[["sub<br/>child#64;1.0.0"]]
  n17[/"shape<br/>transform"/]
  subgraph n18["block"]
    n19["in<br/>get-it"]
  end
  n1 --> n5
  n1 --> n7
  n5 --> n15
  n15 --> n16
  n7 --> n16
  n16 --> n17
  n17 --> n18
"""
    )


def test_dot_has_every_box_and_edge_and_balances() -> None:
    text = drawn("dot")
    assert text.count("{") == text.count("}")
    assert text.count("subgraph cluster_") == 5
    assert '[label="if\\ninput.go && \'a<b\' != \\"&\\"", shape=diamond];' in text
    assert 'style="dashed"' in text
    assert re.search(r"n\d+ -> n\d+ \[ltail=cluster_n\d+, lhead=cluster_n\d+\]|lhead=cluster_n\d+", text)
    assert "peripheries=2" in text


def test_svg_is_whole_and_well_formed() -> None:
    text = drawn("svg")
    root = ET.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    words = [element.text for element in root.iter(f"{space}text")]
    for word in (
        "first",
        "maybe",
        "gold, vip",
        "on failure",
        "child@1.0.0",
        "for each row of input.rows, one at a time",
    ):
        assert word in words
    assert "input.go && 'a<b' != \"&\"" in words
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|<script|<image|@import|url\((?!#)", text)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for box in root.iter(f"{space}rect"):
        if "x" in box.attrib:
            assert float(box.attrib["x"]) >= 0
            assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width + 0.1
            assert float(box.attrib["y"]) + float(box.attrib["height"]) <= height + 0.1


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_are_only_words(form: str) -> None:
    text = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: everything}
spec:
  tasks:
    - {id: a, taskRef: '"]; --> <script>alert(1)</script> & \\ | `x` {{', forEach: {items: ["<b>", "\\x01"]}}
"""
    found = drawn(form, text)
    assert "<script>" not in found.replace("\\", "") or form == "dot"
    if form == "svg":
        ET.fromstring(found)
    if form == "mermaid":
        assert '"]; -->' not in found


@pytest.mark.parametrize("form", FORMATS)
def test_a_circle_is_an_error(form: str) -> None:
    text = ALL.replace("{id: first, taskRef: get-it}", "{id: first, taskRef: get-it, dependsOn: [sub]}")
    with pytest.raises(WfError, match="waits for itself"):
        drawn(form, text)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30), st.integers(1, 12))
def test_boxes_stand_below_those_they_wait_for_and_never_on_one_another(
    pairs: list[tuple[int, int]], size: int
) -> None:
    nodes = tuple(Node(f"n{number}", "x" * (number * 3 + 1), "", "task") for number in range(size))
    edges = tuple(Edge(f"n{a}", f"n{b}") for a, b in pairs if a < b < size)
    layout = laid_out(Picture(nodes, edges))
    boxes = list(layout.boxes.values())
    assert len(boxes) == size
    for edge in edges:
        start, end = layout.boxes[edge.start], layout.boxes[edge.end]
        assert start.y + start.height < end.y
    for number, box in enumerate(boxes):
        assert box.x >= 0
        assert box.x + box.width <= layout.width + 0.01
        for other in boxes[number + 1 :]:
            apart = box.x + box.width < other.x or other.x + other.width < box.x
            assert apart or box.y + box.height < other.y or other.y + other.height < box.y
    for number, edge in enumerate(layout.lanes):
        for lane in layout.lanes[edge]:
            for box in boxes:
                beside = lane.x < box.x or lane.x > box.x + box.width
                assert beside or lane.bottom < box.y or lane.top > box.y + box.height, number
