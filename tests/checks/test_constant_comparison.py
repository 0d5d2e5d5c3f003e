"""WF609: comparisons that always turn out the same."""

from tests.support import check_diagnostics, task, workflow


def test_a_status_that_there_is_not():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
        output: {größe: "{{tasks.a.status == 'failed'}}"}
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ WF609 This comparison is always false: `"succeeded"`
    """),
    )


def test_in_a_choice():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
          - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name != null ? 'a' : 'b'}}"}}
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ WF609 This comparison is
    """),
    )


def test_a_member_that_cannot_be_one():
    check_diagnostics(
        workflow("""
        input: {n1: {type: integer, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.n1 in ['a', 'b'] ? 'a' : 'b'}}"}}
                                                      ^^^^^^^^^^^^^^^^^^^^^^ WF609 This comparison is
    """),
    )


def test_in_a_condition_that_depends_on_more():
    check_diagnostics(
        workflow("""
        input: {n1: {type: integer, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, condition: {if: "input.n1 > 1 && input.n1 != 'x'"}}
                                                                                          ^^^^^^^^^^^^^^^ WF609
    """),
    )


def test_in_a_task():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com", query: {a: "{{1 == 1.0}}", b: "{{[1] == [true]}}"}}
                                                                      ^^^^^^^^ WF609 This comparison is
                                                                                         ^^^^^^^^^^^^^ WF609
    """),
    )


def test_what_may_differ():
    check_diagnostics(
        workflow("""
        input: {n1: {type: number, required: true}, any: {required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.n1 == 1 || input.any == null || 'a' in input.any ? 'a' : 'b'}}"}}
    """),
    )
