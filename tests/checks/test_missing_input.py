"""WF504: a required input that is not given."""

import pytest

from tests.support import MAIN, check_diagnostics, check_fix, task, workflow, workspace_of
from wf_engine.checks import diagnostics


def test_it_is_added_from_the_workflows_own_input():
    check_fix(
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - id: größe
                    ^^^^^ WF204
                taskRef: get-user
                         ^^^^^^^^ WF504 The input `id` is missing: `get-user` needs it
            output: "{{input.id}}"
        """),
        workflow("""
            input: {id: {type: string, required: true}}
            tasks:
              - id: größe
                    ^^^^^ WF204
                taskRef: get-user
                input:
                  id: "{{input.id}}"
            output: "{{input.id}}"
        """),
        title="Add `id`",
    )


def test_into_a_block_of_inputs():
    check_fix(
        workflow("""
            tasks:
              - id: a
                taskRef: send-mail
                input:
                ^^^^^ WF504 The input `count` is missing
                  to: größe  # whom

              - {id: b, taskRef: get-user, input: {id: "1"}}
        """),
        workflow("""
            tasks:
              - id: a
                taskRef: send-mail
                input:
                  to: größe  # whom
                  count: 0

              - {id: b, taskRef: get-user, input: {id: "1"}}
        """),
    )


def test_several_in_a_flow_map():
    check_fix(
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {body: ä}}
                                            ^^^^^ WF504 The inputs `to` and `count` are missing
        """),
        workflow("""
            tasks:
              - {id: a, taskRef: send-mail, input: {body: ä, to: "", count: 0}}
        """),
    )


def test_a_misspelt_one_is_not_missing_too():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {idd: "1"}}
                                               ^^^ WF508 Did you mean `id`?
    """)
    )


@pytest.mark.parametrize(
    ("between", "value"), [(0, '"{{tasks.giving.output.id}}"'), (49, '"{{tasks.giving.output.id}}"'), (50, '""')]
)
def test_a_value_is_looked_for_in_the_steps_shortly_before(between: int, value: str):
    giving = task(
        "type: transform\ninput: {}\noutputSchema: {type: object, required: [id], properties: {id: {type: string}}}\n",
        "giving",
    )
    others = "".join(
        f"  - {{id: s{number}, taskRef: send-mail, input: {{to: a, count: 1}}}}\n" for number in range(between)
    )
    found = diagnostics(
        workspace_of(
            workflow(f"tasks:\n  - {{id: giving, taskRef: giving}}\n{others}  - {{id: z, taskRef: get-user}}\n"),
            {"giving.task.yaml": giving},
        ),
        MAIN,
    )
    (missing,) = [each for each in found if each.code == "WF504"]
    assert missing.fixes[0].edits[0].edit.new_text == f", input: {{id: {value}}}"


@pytest.mark.parametrize(
    ("schema", "given", "missing"),
    [
        ("{$ref: '#/$defs/a', $defs: {a: {required: [x], properties: {x: {type: string}}}}}", "{}", True),
        ("{allOf: [{required: [x], properties: {x: {type: string}}}]}", "{}", True),
        ("{allOf: [{required: [x], properties: {x: {type: string}}}]}", "{x: a}", False),
        ("{required: [x], not: {required: [z]}}", "{}", True),
        ("{anyOf: [{required: [x], properties: {x: {type: string}}}, {properties: {x: {type: string}}}]}", "{}", False),
        ("{required: [x], properties: {x: {$ref: '#/$defs/a'}}, $defs: {a: {default: q}}}", "{}", False),
    ],
)
def test_what_schemas_of_the_schema_require(schema: str, given: str, missing: bool):
    called = task(f"type: http\ninputSchema: {schema}\nhttp: {{method: GET, url: 'https://example.com/'}}\n", "called")
    marks = " " * 29 + "^^^^^ WF504 `x`\n" if missing else ""
    check_diagnostics(
        workflow(f"tasks:\n  - {{id: a, taskRef: called, input: {given}}}\n{marks}"), {"called.task.yaml": called}
    )
