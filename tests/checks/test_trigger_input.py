"""WF703: the input that a trigger hands over."""

from tests.support import check_diagnostics, check_fix, workflow


def test_missing():
    check_diagnostics(
        workflow("""
        input: {größe: {type: integer, required: true}, other: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}{{input.other ?? ''}}"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *"}
                                 ^ WF703 This trigger does not give the input `größe`, which the workflow
          - {type: schedule, id: b, cron: "0 6 * * *", input: {other: x}}
                                                       ^^^^^ WF703 This trigger does not give the input
          - {type: webhook, id: c, path: c, secretRef: KEY, inputMapping: {other: payload.x}}
                                                            ^^^^^^^^^^^^ WF703 This trigger does not give
    """),
    )


def test_unknown():
    check_fix(
        workflow("""
        input: {größe: {type: integer, required: true}, other: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}{{input.other ?? ''}}"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", input: {größe: 1, othr: x}}
                                                                         ^^^^ WF703 This workflow has no
    """),
        workflow("""
        input: {größe: {type: integer, required: true}, other: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}{{input.other ?? ''}}"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", input: {größe: 1, other: x}}
    """),
    )


def test_of_another_type():
    check_diagnostics(
        workflow("""
        input: {größe: {type: integer, required: true}, other: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}{{input.other ?? ''}}"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", input: {größe: viel}}
                                                                      ^^^^ WF703 The input `größe` is
          - {type: webhook, id: b, path: b, secretRef: KEY, inputMapping: {größe: "'x'", other: payload.x}}
                                                                                  ^^^^^ WF703 The input
    """),
    )


def test_of_a_workflow_that_takes_none():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: get-user, input: {id: "größe"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", input: {x: 1}}
                                                               ^ WF703 This workflow has no input `x`
    """),
    )


def test_what_fits():
    check_diagnostics(
        workflow("""
        input: {größe: {type: integer, required: true}, other: {type: string}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input['größe']}}{{input.other ?? ''}}"}}
        triggers:
          - {type: schedule, id: a, cron: "0 6 * * *", input: {größe: 1}}
          - {type: webhook, id: b, path: b, secretRef: KEY, inputMapping: {größe: payload.x}}
    """),
    )


def test_an_input_that_belongs_to_the_other_type_is_all_that_is_said():
    check_diagnostics(
        workflow("""
        input: {id: {type: string, required: true}}
        tasks:
          - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
        triggers:
          - {type: webhook, id: w, path: p, secretRef: S, input: {id: "1"}}
                                                          ^^^^^ WF710 `input` belongs to a schedule
    """)
    )
