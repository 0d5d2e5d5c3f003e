"""WF102: values that YAML readers take differently."""

import pytest

from tests.support import check_diagnostics, check_fix, task, workflow
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace


def test_a_word_that_some_readers_take_for_a_boolean():
    check_fix(
        workflow("""
            description: yes
                         ^^^ WF102
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
        """),
        workflow("""
            description: "yes"
            tasks:
              - id: a
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_an_octal_number_as_an_input():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: send-mail
            input: {to: "ä", count: 0777}
                                    ^^^^ WF102
    """)
    )


def test_a_key():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef: get-user
            on: true
            ^^ WF102
            input: {id: "1"}
    """)
    )


@pytest.mark.parametrize("text", ["0X1F", "-0x1F", "0O17", "+0o17", "0o1_7", "0B11", "1._5", "1.5_0"])
def test_numbers_to_kubectl_that_are_texts_here(text: str) -> None:
    found = diagnostics(Workspace.of({"a.task.yaml": task(f"type: http\ntags: [{text}]\n")}), "a.task.yaml")
    assert "WF102" in [each.code for each in found]


@pytest.mark.parametrize("text", ["0x1F", "0o17", "1.5", "-1", "2001-01-01", "1:30", "0x", "0b12"])
def test_what_all_readers_take_alike(text: str) -> None:
    found = diagnostics(Workspace.of({"a.task.yaml": task(f"type: http\ntags: [{text}]\n")}), "a.task.yaml")
    assert "WF102" not in [each.code for each in found]


def test_an_input_whose_name_is_ambiguous_is_not_also_unknown():
    check_diagnostics(
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {to: ada, count: 1, yes: 2}}
                                                                       ^^^ WF102
              - {id: b, taskRef: get-user, input: {id: "1", on: 2}}
                                                            ^^ WF102
        """)
    )
