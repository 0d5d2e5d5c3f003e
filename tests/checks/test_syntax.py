"""WF101: what is no YAML."""

from tests.support import MAIN, check_diagnostics, workflow, workspace_of
from wf_engine.checks import diagnostics


def test_a_line_that_is_no_yaml():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef get-user
            ^^^^^^^^^^^^^^^^ WF101
            input: {id: "1"}
    """)
    )


def test_a_second_colon_behind_wide_characters():
    source = workflow("""
        description: 日本語 größe: b
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """)
    found = diagnostics(workspace_of(source), MAIN)
    assert [each.code for each in found] == ["WF101"]
    start, end = found[0].location.span
    assert source.splitlines()[5] == "  description: 日本語 größe: b"
    assert source.index("  description") <= start <= end <= source.index("  tasks")


def test_what_the_broken_line_took_along_is_not_missed():
    source = workflow("""
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "1"}
          - id b
            taskRef: get-user
            input: {id: "{{tasks.a.output.name}}"}
          - id: c
            taskRef: get-user
            input: {id: "{{tasks.b.output.name}}"}
            dependsOn: [b]
    """)
    assert [each.code for each in diagnostics(workspace_of(source), MAIN)] == ["WF101"]


def test_other_mistakes_are_still_found():
    check_diagnostics(
        workflow("""
        tasks:
          - id: a
            taskRef get-user
            ^^^^^^^^^^^^^^^^ WF101
            input: {id: "1"}
          - id: b
            taskRef: get-usr
                     ^^^^^^^ WF301
            input: {id: "1"}
    """)
    )


def test_a_second_colon_in_braces():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: note: größe}}
                                                       ^ WF101 this entry has a second one
          - {id: b, taskRef: get-user, input: {id: "a: b: c"}}
    """)
    )


def test_a_path_with_brackets_in_braces():
    check_diagnostics(
        workflow("""
        input: {rows: {type: array, required: true}}
        tasks:
          - {id: a, transform: {input: input.rows, jsonPath: $[*].name}}
                                                              ^ WF101 has to be in quotes
          - {id: b, transform: {input: input.rows, jsonPath: "$[*].name"}}
    """)
    )
