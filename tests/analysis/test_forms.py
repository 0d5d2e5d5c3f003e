"""Every form that a step may take, as those see it who read it (language §4, §6)."""

import pytest

from tests.analysis.test_types import analysed
from tests.support import MAIN, check_diagnostics, task, workflow, workspace_of
from wf_engine.checks import diagnostics
from wf_engine.text import Edit, Span
from wf_engine.types import describe
from wf_engine.workspace import Change

TRANSFORM = {
    "count.task.yaml": task(
        "type: transform\noutputSchema: {type: integer}\ntransform: {pipeline: [{limit: {count: 1}}]}", "count"
    ),
    "cached.task.yaml": task('type: http\ncache: {ttl: 5m}\nhttp: {method: GET, url: "https://example.com"}', "cached"),
}


def view(step: str, before: str = ""):
    source = workflow(f"input: {{flag: {{type: boolean, required: true}}}}\ntasks:\n{before}  - {step}")
    return analysed(source, TRANSFORM).views["s"]


@pytest.mark.parametrize(
    ("loop", "item"),
    [
        ("{items: [1]}", "{sent: boolean}"),
        ("{items: [1], onError: fail}", "{sent: boolean}"),
        ("{items: [1], onError: continue}", "(null or {sent: boolean})"),
    ],
)
def test_only_a_loop_that_goes_on_has_results_that_are_null(loop: str, item: str) -> None:
    shown = describe(view(f"{{id: s, taskRef: send-mail, forEach: {loop}}}").output, 3)
    assert shown.startswith(f"{{results: list of {item}, itemCount: integer, successCount: integer"), shown


def test_the_else_of_a_loop_runs_once_without_it() -> None:
    output = view(
        "{id: s, taskRef: send-mail, forEach: {items: [1]}, condition: {if: input.flag, else: {taskRef: count}}}"
    ).output
    assert describe(output).startswith("integer or {results:")


@pytest.mark.parametrize(
    ("step", "response"),
    [
        ("taskRef: send-mail", "always"),
        ("taskRef: send-mail, retry: {maxAttempts: 2}", "always"),
        ("taskRef: send-mail, condition: {if: input.flag}", "always"),
        ("taskRef: cached", "perhaps"),
        ("taskRef: count", "never"),
        ("taskRef: count, forEach: {items: [1]}", "never"),
        ("taskRef: count, fallback: {taskRef: count}", "never"),
        ("taskRef: count, fallback: {output: 1}", "perhaps"),
        ("taskRef: send-mail, forEach: {items: [1]}", "perhaps"),
        ("taskRef: send-mail, fallback: {taskRef: send-mail}", "perhaps"),
        ("taskRef: send-mail, condition: {if: input.flag, else: {taskRef: get-user}}", "always"),
        ("taskRef: send-mail, condition: {if: input.flag, else: {taskRef: count}}", "perhaps"),
        ("switch: {value: 1, cases: [{match: 1, taskRef: send-mail}], default: {taskRef: get-user}}", "always"),
        ("switch: {value: 1, cases: [{match: 1, taskRef: send-mail}], default: {taskRef: count}}", "perhaps"),
        ("switch: {value: 1, cases: [{match: 1, taskRef: count}]}", "never"),
        ("switch: {value: 1, cases: []}", "perhaps"),
        ("tasks: [{id: a, taskRef: send-mail}]", "perhaps"),
        ("taskRef: nowhere", "perhaps"),
    ],
)
def test_the_response_is_there_where_exactly_one_call_is_made(step: str, response: str) -> None:
    assert view(f"{{id: s, {step}}}").response == response


def test_outputs_of_a_fallback_and_of_cases_are_joined() -> None:
    source = "{id: s, switch: {value: 1, cases: [{match: 1, taskRef: send-mail}, {match: 2, taskRef: count}]},"
    assert describe(view(source + " fallback: {output: none}}").output, 2) == 'integer, {sent: boolean} or "none"'


def test_a_value_read_under_the_same_condition_is_there() -> None:
    check_diagnostics(
        workflow("""
            input: {flag: {type: boolean, required: true}, size: {type: integer, required: true}}
            tasks:
              - {id: some, taskRef: get-user, input: {id: "1"}, condition: {if: "input.flag && input.size > 1"}}
              - id: same
                taskRef: get-user
                input: {id: "{{tasks.some.output.name}}"}
                condition: {if: "{{input.size}} > 1 && ({{input.flag}}) && input.size < 9"}
              - id: tested
                condition: {if: "tasks.some.status == 'succeeded'"}
                tasks:
                  - {id: inner, taskRef: get-user, input: {id: "{{tasks.some.output.name}}"}}
              - id: half
                taskRef: get-user
                input: {id: "{{tasks.some.output.name}}"}
                               ^^^^^^^^^^^^^^^^^ WF506 is null where step `some` was skipped
                condition: {if: input.flag}
            output: ["{{tasks.same.output?.id}}", "{{tasks.tested.output?.inner.id}}", "{{tasks.half.output?.id}}"]
        """)
    )


def test_an_else_knows_that_the_condition_did_not_hold() -> None:
    check_diagnostics(
        workflow("""
            input: {flag: {type: boolean, required: true}}
            tasks:
              - {id: some, taskRef: get-user, input: {id: "1"}, condition: {if: input.flag}}
              - {id: other, taskRef: get-user, input: {id: "1"}, condition: {if: "!input.flag"}}
              - id: s
                taskRef: get-user
                input: {id: "2"}
                condition:
                  if: tasks.some.status == 'skipped'
                  else: {taskRef: get-user, input: {id: "{{tasks.some.output.name}}"}}
              - id: t
                taskRef: get-user
                input: {id: "{{tasks.some.output.name}}"}
                condition: {if: input.flag, else: {taskRef: get-user, input: {id: "{{tasks.other.output.name}}"}}}
              - id: u
                taskRef: get-user
                input: {id: "{{tasks.other.output.name}}"}
                condition: {if: "!input.flag", else: {taskRef: get-user, input: {id: "{{tasks.some.output.name}}"}}}
              - id: v
                taskRef: get-user
                input: {id: "1"}
                condition: {if: input.flag, else: {taskRef: get-user, input: {id: "{{tasks.some.output.name}}"}}}
                                                                                     ^^^^^^^^^^^^^^^^^ WF506
            output: ["{{tasks.s.output.id}}", "{{tasks.t.output.id}}", "{{tasks.u.output.id}}", "{{tasks.v.output.id}}"]
        """)
    )


def test_a_step_in_a_block_sees_those_around_it_and_not_the_block() -> None:
    check_diagnostics(
        workflow("""
            tasks:
              - {id: first, taskRef: get-user, input: {id: "1"}}
              - id: outer
                tasks:
                  - id: middle
                    tasks:
                      - {id: a, taskRef: get-user, input: {id: "{{tasks.first.output.name}}"}}
                      - {id: b, taskRef: get-user, input: {id: "{{tasks.a.output.name}}"}}
                  - {id: c, taskRef: get-user, input: {id: "{{tasks.middle.output.b.name}}"}}
            output: "{{tasks.outer.output.middle.a.name + tasks.outer.output.c.name}}"
        """)
    )


def test_a_step_inside_a_block_cannot_be_read_from_outside() -> None:
    check_diagnostics(
        workflow("""
            tasks:
              - {id: plain, tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]}
              - {id: shaped, tasks: [{id: b, taskRef: get-user, input: {id: "1"}}], output: "{{tasks.b.output.name}}"}
              - id: s
                taskRef: get-user
                input: {id: "{{tasks.a.output.name}}"}
                                     ^ WF407 `a` stands inside `plain`; from outside only `plain` itself can be read
              - id: t
                tasks:
                  - {id: u, taskRef: get-user, input: {id: "{{tasks.b.output.name}}"}}
                                                                    ^ WF407 hand it out in the `output` of `shaped`
            output: ["{{tasks.a.output}}", "{{tasks.s.output}}", "{{tasks.t.output}}", "{{tasks.shaped.output}}"]
                              ^ WF407 its output is `tasks.plain.output.a`
        """)
    )


def test_that_a_step_has_moved_into_a_block_is_noticed_after_an_edit() -> None:
    before = workflow("""
        tasks:
          - {id: plain, tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]}
          - {id: s, taskRef: get-user, input: {id: "{{tasks.b.output.name}}"}}
        output: "{{tasks.b.output.name}}"
    """)
    workspace = workspace_of(before)
    assert [each.message for each in diagnostics(workspace, MAIN) if "stands inside" in each.message] == []
    place = before.index("id: a,") + len("id: ")
    file = workspace.files[MAIN].edited(Edit(Span(place, place + 1), "b"))
    moved = workspace.apply([Change(MAIN, file)])
    assert len([each for each in diagnostics(moved, MAIN) if "`b` stands inside `plain`" in each.message]) == 2
