"""WF901 to WF914: an old spelling is one hint at the narrowest place, and its fix rewrites exactly that."""

import re
from pathlib import Path

import pytest

from tests.support import MAIN, applied, check_diagnostics, check_fix, task, workflow, workspace_of
from wf_engine.checks import diagnostics
from wf_engine.checks.old_spellings import OLD_CODES
from wf_engine.text import Severity
from wf_engine.workspace import Workspace

PAGES = Path(__file__).resolve().parents[2] / "docs/diagnostics"
HTTP = 'http: {method: GET, url: "https://example.com/x"}'


@pytest.mark.parametrize("code", sorted(OLD_CODES))
def test_the_fix_makes_the_right_example_of_the_wrong_one(code: str) -> None:
    wrong, right = re.findall(r"```yaml\n(.*?)```", (PAGES / f"{code}.md").read_text(), re.DOTALL)
    (found,) = diagnostics(Workspace.of({"a.workflow.yaml": wrong}), "a.workflow.yaml")
    assert (found.code, found.severity, found.tags) == (code, Severity.HINT, ("deprecated",))
    assert applied(wrong, found.fixes[0].edits) == right


def check_rewriting(source: str, code: str | None, wanted: str) -> None:
    """Asserts that one old spelling is all there is to say, and what its fix makes of the text."""
    (found,) = diagnostics(workspace_of(source), MAIN)
    assert found.code == code or (code is None and found.code in OLD_CODES)
    assert applied(source, found.fixes[0].edits) == wanted
    assert diagnostics(workspace_of(wanted), MAIN) == ()


def test_only_the_group_is_pointed_at() -> None:
    source = task(f"type: http\n{HTTP}\n")
    check_diagnostics(
        source.replace("workflow.io/v1", "workflows.example.com/v1\n            ^^^^^^^^^^^^^^^^^^^^^^^^ WF901")
    )


def test_another_version_of_an_old_group_is_no_spelling_of_ours() -> None:
    source = task(f"type: http\n{HTTP}\n")
    check_diagnostics(
        source.replace("workflow.io/v1", "workflow.example.com/v2\n            ^^^^^^^^^^^^^^^^^^^^^^^ WF204")
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("condition: input.go   # why", "condition: {if: input.go}   # why"),
        ('condition: "{{input.go}}"', 'condition: {if: "{{input.go}}"}'),
        ("condition: input.go == [true][0]", "condition:\n      if: input.go == [true][0]"),
        ("condition: |\n      input.go\n      && true", "condition:\n      if: |\n        input.go\n        && true"),
        ("condition: input.go\n      && true", "condition:\n      if: input.go\n        && true"),
        ("condition:\n      input.go", "condition:\n      if: input.go"),
        ("condition: &go input.go", "condition: {if: &go input.go}"),
        (
            "condition:   # why\n      # more\n      input.go # go",
            "condition:   # why\n      # more\n      if: input.go # go",
        ),
        ("condition:\n      input.go\n      && true", "condition:\n      if: input.go\n        && true"),
        ("condition:\n      |\n      input.go", "condition:\n      if: |\n        input.go"),
    ],
)
def test_a_condition_keeps_its_text(old: str, new: str) -> None:
    head = "input: {go: {type: boolean, required: true}}\ntasks:\n  - id: a\n    taskRef: get-user\n    input: {id: '1'}\n    "
    check_rewriting(workflow(head + old + "\n"), "WF903", workflow(head + new + "\n"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("retryPolicy: {maxRetries: 3, backoff: 1s}", "retry: {maxAttempts: 4, initialDelay: 1s}"),
        ("retryPolicy: {maxRetries: 0, backoff: 250}", "retry: {maxAttempts: 1, initialDelay: 250ms}"),
        ("retryPolicy: {backoff: exponential, backoffMs: 50}", "retry: {multiplier: 2, initialDelay: 50ms}"),
        ("retryPolicy: {maxAttempts: 3, backoff: fixed}", "retry: {maxAttempts: 3, multiplier: 1}"),
        ("retryPolicy:\n  # twice\n  maxRetries: 2 # more", "retry:\n  # twice\n  maxAttempts: 3 # more"),
        ("retry: {maxRetries: 9}", "retry: {maxAttempts: 10}"),
        ("retry: {backoffMs: 0}", "retry: {initialDelay: 0ms}"),
        ('"retryCount": 3', "retry: {maxAttempts: 4}"),
        ("retryCount: 2.0", "retry: {maxAttempts: 3}"),
        ("retry: {backoffMs: 200ms}", "retry: {initialDelay: 200ms}"),
        ('retryPolicy: {"maxRetries":2,"backoff":"1s"}', 'retry: {"maxAttempts":3,"initialDelay":1s}'),
    ],
)
def test_retries_are_attempts_less_one(old: str, new: str) -> None:
    source, wanted = task(f"type: http\n{HTTP}\n{old}\n"), task(f"type: http\n{HTTP}\n{new}\n")
    check_rewriting(source, None, wanted)


def test_what_an_old_spelling_says_is_checked_at_its_place() -> None:
    check_diagnostics(
        task(
            f"""
            type: http
            {HTTP}
            retryCount: 10
                        ^^ WF204 retries from 0 to 9
            """
        )
    )
    check_diagnostics(
        task(
            f"""
            type: http
            {HTTP}
            retryPolicy: {{maxRetries: 1, backoff: soon}}
                                                  ^^^^ WF204 a duration
            """
        )
    )
    check_diagnostics(
        task(
            """
            type: http
            request: {method: GTE, url: "https://example.com/x"}
            ^^^^^^^ WF902
                              ^^^ WF204 GET
            """
        )
    )


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("retryCount: '2'", "            ^^^ WF203 `2` is a text, but a whole number of retries from 0 to 9"),
        ("retryPolicy: {maxRetries: many}", "                          ^^^^ WF203 from 0 to 9"),
        ("retryCount:", "^^^^^^^^^^ WF203 `retryCount` has no value"),
        ("retryCount: &n 2", "^^^^^^^^^^ WF910"),
    ],
)
def test_retries_that_are_no_number_are_said_once(line: str, wanted: str) -> None:
    check_diagnostics(task(f"type: http\n{HTTP}\n{line}\n{wanted}\n"))


def test_what_an_anchor_is_on_is_left_to_its_author() -> None:
    (found,) = diagnostics(workspace_of(task(f"type: http\n{HTTP}\nretryCount: &n 2\n")), MAIN)
    assert found.fixes == ()


def test_keys_in_the_manner_of_json() -> None:
    head = "input: {go: {type: boolean, required: true}, ids: {type: array, items: {type: string}, required: true}}\ntasks:\n"
    old = '"condition":"input.go","retryCount":1,"forEach":{"collection":"{{input.ids}}","maxParallel":3}'
    new = '"condition":{if: "input.go"},"retry":{maxAttempts: 2},"forEach":{"items":"{{input.ids}}","maxConcurrency":3}'
    step = '  - {{"id":"a","taskRef":"get-user","input":{{"id":"1"}},{}}}\n'
    source = workflow(head + step.format(old))
    fixes = [each.fixes[0].edits for each in diagnostics(workspace_of(source), MAIN) if each.code in OLD_CODES]
    assert len(fixes) == 4
    assert applied(source, (edit for fix in fixes for edit in fix)) == workflow(head + step.format(new))


def test_an_input_schema_that_is_a_map_of_parameters() -> None:
    check_fix(
        workflow(
            """
            inputSchema: {id: {type: string, required: true}}
            ^^^^^^^^^^^ WF906
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
            """
        ),
        workflow(
            """
            input: {id: {type: string, required: true}}
            tasks:
              - {id: a, taskRef: get-user, input: {id: "{{input.id}}"}}
            """
        ),
    )


def test_expressions_are_understood_wherever_they_stand() -> None:
    check_diagnostics(
        workflow(
            """
            input: {ids: {type: array, items: {type: string}, required: true}}
            tasks:
              - id: a
                taskRef: get-user
                forEach: {items: "workflow.input.ids | unique"}
                                  ^^^^^^^^^^^^^^ WF914
                input: {id: "{{forEach.item}}"}
              - id: b
                taskRef: get-user
                input: {id: "n{{ length(tasks.a.forEach.outputs) + length(tasks['a'].forEach.outputs) }}"}
                                                ^^^^^^^^^^^^^^^ WF913
                                                                                     ^^^^^^^^^^^^^^^ WF913
            output: {first: "{{tasks.b.output.name}}", none: "{{workflow.input.idz}}"}
                                                                ^^^^^^^^^^^^^^ WF914
                                                                               ^^^ WF405 `ids`
            """
        )
    )


def test_expressions_in_a_pipeline() -> None:
    check_diagnostics(
        workflow(
            """
            input: {least: {type: integer, required: true}, rows: {type: array, required: true}}
            tasks:
              - id: a
                transform:
                  input: input.rows
                  pipeline:
                    - filter: {where: "item.n > workflow.input.least"}
                                                ^^^^^^^^^^^^^^ WF914
            output: "{{tasks.a.output}}"
            """
        )
    )


def test_a_merged_old_spelling_yields_to_what_is_written() -> None:
    source = """\
        apiVersion: workflow.io/v1
        kind: Workflow
        metadata: {name: main}
        spec:
          input: {ids: {type: array, items: {type: string}, required: true}}
          tasks:
            - id: a
              taskRef: get-user
              forEach: &loop {items: "{{input.ids}}", maxParallel: 2}
                                                      ^^^^^^^^^^^ WF904
              input: {id: "{{forEach.item}}"}
            - id: b
              taskRef: get-user
              forEach: {<<: *loop, maxConcurrency: 3}
              input: {id: "{{forEach.item}}"}
        """
    check_diagnostics(source)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- unique", "- distinct"),
        ("- unique: {by: $.id}", "- distinct: {by: $.id}"),
        ("- operation: unique", "- distinct"),
        ("- {field: $.a, operation: filter, operator: exists}", "- {filter: {field: $.a, operator: exists}}"),
        ("- operation: limit\n  # few\n  count: 2", "- limit:\n    # few\n    count: 2"),
        ("- count: 2 # few\n  operation: limit\n- reverse", "- limit:\n    count: 2 # few\n- reverse"),
        ("- count: 2\n  operation: limit # few\n- reverse", "- limit:\n    count: 2\n    # few\n- reverse"),
        ("- operation:\n    limit\n  count: 2", "- limit:\n    count: 2"),
        ("- {operation: limit, # few\n   count: 2 # two\n  }", "- {limit: { # few\n   count: 2 # two\n  }}"),
        ("- {count: 2, # two\n   operation: limit, # few\n  }", "- {limit: {count: 2, # two\n    # few\n  }}"),
        ("- {operation: limit, <<: {count: 2}}", "- {limit: {<<: {count: 2}}}"),
        ("- <<: {count: 2}\n  operation: limit", "- limit:\n    <<: {count: 2}"),
    ],
)
def test_operations(old: str, new: str) -> None:
    source, wanted = (task("type: transform\ntransform:\n  pipeline:\n" + _indented(each)) for each in (old, new))
    check_rewriting(source, None, wanted)


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.split("\n"))
