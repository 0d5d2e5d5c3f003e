"""WF511: an example that the schemas refuse."""

from tests.support import check_diagnostics, task, workflow


def test_the_input_of_a_workflow():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}, size: {type: integer, default: 1}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        output: "{{input.size}}"
        examples:
          - {name: fine, input: {id: "1"}}
          - {name: größe, input: {id: 1}}
                                      ^ WF511 `input.id` of this example is an integer
          - {name: empty}
             ^^^^ WF511 lacks the required property `id`
    """)
    )


def test_the_output_of_a_task():
    check_diagnostics(
        task("""
        type: http
        outputSchema: {type: object, required: [id], properties: {id: {type: string}}}
        http: {method: GET, url: "https://example.com"}
        examples:
          - {name: ä, output: {id: "1"}}
          - {name: b, output: {}}
                      ^^^^^^ WF511 `output` of this example lacks the required property `id`
    """)
    )


def test_the_output_of_a_task_that_transforms():
    check_diagnostics(
        task("""
        type: transform
        transform: {input: "[1, 2]", pipeline: [{map: {fields: {größe: $}}}, first]}
        examples:
          - {name: a, input: {}, output: {größe: 1}}
          - {name: b, input: {}, output: [1]}
                                 ^^^^^^ WF511 `output` of this example is a list
    """)
    )


def test_what_a_workflow_is_expected_to_give():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: {größe: "{{tasks.a.output.name}}", age: "{{tasks.a.output.age ?? 0}}"}
        examples:
          - {name: fine, input: {}, expectedOutput: {größe: Ä, age: 1}}
          - {name: other, input: {}, expectedOutput: {größe: 1, age: 1}}
                                                             ^ WF511 `expectedOutput.größe` of this example is an integer
          - {name: less, input: {}, expectedOutput: {größe: Ä}}
                                    ^^^^^^^^^^^^^^ WF511 lacks the required property `age`
          - {name: more, input: {}, expectedOutput: {größe: Ä, age: 1, x: 1}}
                                                                          ^ WF511 `expectedOutput.x` of this example
          - {name: none, input: {}}
    """)
    )


def test_a_workflow_without_output_gives_an_empty_map():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: "ö", count: 1}}
        examples:
          - {name: fine, expectedOutput: {}}
          - {name: größe, expectedOutput: {x: 1}}
                                              ^ WF511 `expectedOutput.x` of this example
    """)
    )


def test_what_is_expected_of_an_output_with_a_mistake_is_left_alone():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: send-mail, input: {to: "ö", count: 1}}
        output: {größe: "{{tasks.b.output.age}}"}
                                 ^ WF407
        examples:
          - {name: fine, expectedOutput: {größe: x}}
    """)
    )


def test_an_input_of_a_workflow_that_takes_none():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        examples:
          - {name: one, input: {}}
          - {name: two, input: {userId: u-1}}
                                        ^^^ WF511 `input.userId` of this example
    """)
    )


def test_the_input_of_a_case_that_the_workflow_refuses():
    tested = workflow(
        """
        input: {user: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.user}}"}}
        """,
        "tested",
    )
    check_diagnostics(
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTest
        metadata: {name: probe}
        spec:
          workflow: tested
          cases:
            - {name: fits, input: {user: größe}, expect: {status: succeeded}}
            - {name: another kind, input: {user: 5}, expect: {status: succeeded}}
                                                 ^ WF511 `input.user` of this case is an integer
            - {name: nothing in it, input: {}}
                                    ^^^^^ WF511 `input` of this case lacks the required property `user`
            - {name: none}
            - {name: what is refused, input: {user: 5}, expect: {error: VALIDATION_ERROR}}
            - {name: the same, input: {user: 5}, expect: {status: failed}}
        """,
        {"tested.workflow.yaml": tested},
    )
