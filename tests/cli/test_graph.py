"""`wf graph`."""

import xml.etree.ElementTree as ET

DESK = "workflows/order-desk.workflow.yaml"


def test_mermaid_is_what_is_drawn_unless_something_else_is_asked_for(wf, shop):
    answer = wf("graph", DESK)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("---\ntitle: order-desk\n---\nflowchart TD\n")


def test_other_formats(wf, shop):
    assert wf("graph", DESK, "--format", "dot").out.startswith('digraph "order-desk" {\n')
    assert ET.fromstring(wf("graph", DESK, "--format", "svg").out).tag.endswith("svg")
    answer = wf("graph", DESK, "--format", "png")
    assert answer.code == 2
    assert "mermaid" in answer.err


def test_a_workflow_that_there_is_not(wf, shop):
    answer = wf("graph", DESK, "order-dsk")
    assert answer.code != 0
    assert "order-dsk" in answer.err
