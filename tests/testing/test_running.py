"""Cases run: the answers they give, and what is compared."""

import pytest

from wf_engine.history.folds import timeline
from wf_engine.testing import cases_of, coverage_of, in_words, run_cases
from wf_engine.workspace import Workspace

TASK = """
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: get-user}
spec:
  type: http
  inputSchema: {type: object, properties: {id: {type: string}}, required: [id], additionalProperties: false}
  outputSchema:
    type: object
    properties: {name: {type: string}, age: {type: integer}}
    required: [name, age]
  http: {method: GET, url: "https://example.invalid/users/{{input.id}}"}
---
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: shout}
spec:
  type: transform
  inputSchema: {type: object, properties: {words: {type: array, items: {type: string}}}, required: [words]}
  transform: {input: input.words, pipeline: [uppercase]}
  examples:
    - {name: two words, input: {words: [a, "{{b}}"]}, output: [A, "{{B}}"]}
    - {name: wrong, input: {words: [a]}, output: [a]}
---
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: greet}
spec:
  input: {id: {type: string, required: true}, loud: {type: boolean, default: false}}
  tasks:
    - {id: user, taskRef: get-user, input: {id: "{{input.id}}"}}
    - id: again
      taskRef: get-user
      condition: {if: input.loud, else: {taskRef: get-user, input: {id: "0"}}}
      input: {id: "{{tasks.user.output.name}}"}
      fallback: {output: {name: nobody, age: 0}}
  output: {greeting: "Hello {{tasks.user.output.name}}", again: "{{tasks.again.output.name}}"}
---
"""

ADA, BOB = "{body: {name: Ada, age: 36}}", "{body: {name: Bob, age: 40}}"


def case(mocks: str, expect: str, given: str = '{id: "1"}', more: str = "") -> str:
    return (
        TASK
        + f"""
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {{name: greet-test}}
spec:
  workflow: greet
  cases:
    - name: it greets
      input: {given}
      mocks: {mocks}
      expect: {expect}
      {more}
"""
    )


async def results(text: str, kind: str = "test"):
    workspace = Workspace.of({"greet.wftest.yaml": text})
    cases = [each for each in cases_of(workspace) if each.kind == kind]
    return [result async for result in run_cases(workspace, cases)]


async def said(text: str) -> list[str]:
    (result,) = await results(text)
    return [result.error] if result.error else [in_words(each) for each in result.mismatches]


async def test_a_mock_for_a_task_answers_all_its_calls():
    assert await said(case(f"{{get-user: {ADA}}}", "{output: {greeting: Hello Ada, again: Ada}}")) == []


async def test_a_mock_for_a_step_goes_before_that_of_its_task():
    mocks = f"{{get-user: {ADA}, user: {BOB}}}"
    assert await said(case(mocks, "{output: {greeting: Hello Bob, again: Ada}}")) == []


async def test_a_list_has_one_answer_a_call():
    mocks = f"{{get-user: [{ADA}, {BOB}]}}"
    assert await said(case(mocks, "{output: {greeting: Hello Ada, again: Bob}}")) == []


async def test_a_call_without_a_mock_fails_and_is_never_sent():
    (found,) = await said(case("{}", "{status: succeeded}"))
    assert found.startswith('status: "succeeded" was expected, "failed" came (NETWORK_ERROR user: There is no mock for')


async def test_a_list_that_is_used_up_fails():
    found = await said(case(f"{{user: [{ADA}, {BOB}], again~else: {ADA}}}", "{output: {again: Ada}, partial: true}"))
    assert found == []
    found = await said(case(f"{{user: [{ADA}], again~else: []}}", "{output: {again: nobody}, partial: true}"))
    assert found == []


async def test_a_list_of_one_is_for_one_call():
    text = TASK.replace("      fallback: {output: {name: nobody, age: 0}}\n", "")
    (found,) = await said(case(f"{{get-user: [{ADA}]}}", "{}").replace(TASK, text))
    assert "The mocks of `get-user` are used up: this is call 2, and there is 1. A test sends nothing." in found


async def test_a_mock_is_named_by_a_task_of_a_namespace():
    for written, name in (("get-user", "default/get-user"), ("default/get-user", "get-user")):
        text = TASK.replace("taskRef: get-user", f"taskRef: {written}")
        assert await said(case(f"{{{name}: {ADA}}}", "{output: {again: Ada}, partial: true}").replace(TASK, text)) == []


async def test_an_output_of_null_is_expected_where_it_is_written():
    assert await said(case(f"{{get-user: {ADA}}}", "{output: null}")) == [
        'output: null was expected, {"greeting": "Hello Ada", "again": "Ada"} came'
    ]


async def test_iterations_are_looked_at():
    text = TASK.replace('input: {id: "{{tasks.user.output.name}}"}', 'input: {id: "{{forEach.item}}"}').replace(
        '      condition: {if: input.loud, else: {taskRef: get-user, input: {id: "0"}}}\n',
        "      forEach: {items: [a, b, c], onError: continue}\n      retry: {initialDelay: 1ms}\n",
    )
    text = text.replace("      fallback: {output: {name: nobody, age: 0}}\n", "").replace(
        "again.output.name", "again.output.itemCount"
    )
    mocks = f"{{user: {ADA}, again: {BOB}, 'again[1]': {{status: 404}}, 'again[2]': [{{status: 503}}, {ADA}]}}"
    right = (
        "'again[0]': {status: succeeded, attempts: 1, input: {id: a}}, 'again[1]': {status: failed}, "
        "'again[2]': {status: succeeded, attempts: 2, input: {id: c}}"
    )
    assert await said(case(mocks, f"{{steps: {{{right}}}}}").replace(TASK, text)) == []
    wrong = "'again[0]': {status: failed, attempts: 2, input: {id: b}}, 'again[3]': {attempts: 1}"
    assert await said(case(mocks, f"{{steps: {{{wrong}}}}}").replace(TASK, text)) == [
        'steps.again[0].status: "failed" was expected, "succeeded" came',
        'steps.again[0].input.id: "b" was expected, "a" came',
        "steps.again[0].attempts: 2 was expected, 1 came",
        "steps.again[3]: the step did not run",
    ]


@pytest.mark.parametrize(
    ("mock", "expect"),
    [
        ("{status: 404, body: {why: gone}}", "{error: NOT_FOUND}"),
        ("{status: 404, body: {why: gone}}", "{error: {code: NOT_FOUND, originalError: {why: gone}}}"),
        ("{error: network}", "{error: NETWORK_ERROR, status: failed}"),
        ("{error: timeout}", "{error: TIMEOUT, steps: {user: {status: failed}}}"),
        ("{body: {name: Ada}}", "{error: SCHEMA_MISMATCH}"),
        ("{status: 503}", "{error: SERVICE_ERROR}"),
    ],
)
async def test_failures_are_mocked(mock, expect):
    fast = TASK.replace("  http: {method", "  retry: {maxAttempts: 1}\n  http: {method")
    assert await said(case(f"{{user: {mock}}}", expect).replace(TASK, fast)) == []


async def test_a_partial_mock_may_leave_out_what_the_schema_requires():
    mocks = "{get-user: {body: {name: Ada}, partial: true}}"
    assert await said(case(mocks, "{output: {greeting: Hello Ada}, partial: true}")) == []


async def test_a_partial_mock_is_completed_in_lists_too():
    users = TASK.replace(
        "type: object\n    properties: {name", "type: array\n    items: {type: object, properties: {name", 1
    )
    users = users.replace("required: [name, age]", "required: [name, age]}", 1).replace(
        "age: {type: integer}}\n", "age: {type: integer}},\n", 1
    )
    text = case(
        "{get-user: {body: [{name: Ada}, {name: Bob}], partial: true}}",
        "{output: {greeting: 'Hello Bob'}, partial: true}",
    )
    text = text.replace(TASK, users.replace('tasks.user.output.name}}"', 'tasks.user.output[1].name}}"'))
    assert await said(text.replace("tasks.again.output.name", "tasks.again.output[0].name")) == []


async def test_a_mock_without_a_status_succeeds_whatever_the_task_takes_for_success():
    accepting = TASK.replace("  http: {method", "  http: {successStatus: [202], method", 1)
    assert await said(case(f"{{get-user: {ADA}}}", "{status: succeeded}").replace(TASK, accepting)) == []


async def test_steps_are_looked_at():
    right = '{steps: {user: {status: succeeded, input: {id: "1"}, attempts: 1}, again: {status: succeeded}}}'
    assert await said(case(f"{{get-user: {ADA}}}", right)) == []
    wrong = '{steps: {user: {status: skipped, input: {id: "2"}, attempts: 3}, nowhere: {status: succeeded}}}'
    assert await said(case(f"{{get-user: {ADA}}}", wrong)) == [
        'steps.user.status: "skipped" was expected, "succeeded" came',
        'steps.user.input.id: "2" was expected, "1" came',
        "steps.user.attempts: 3 was expected, 1 came",
        "steps.nowhere: the step did not run",
    ]


async def test_a_failure_that_was_not_expected_says_why():
    (found,) = await said(case("{user: {status: 404}}", "{output: {}}"))
    assert "NOT_FOUND user" in found


async def test_an_invalid_input_is_said():
    (found,) = await said(case("{}", "{}", given="{}"))
    assert "id" in found


async def test_secrets_are_those_of_the_case():
    text = case(f"{{get-user: {ADA}}}", "{}", more="secrets: {TOKEN: geheim-1}").replace(
        "http: {method: GET,", 'http: {method: GET, headers: {authorization: "{{secrets.TOKEN}}"},'
    )
    (result,) = await results(text)
    assert result.passed, result
    assert "geheim-1" not in repr(result.events)


@pytest.mark.parametrize("written", ["geheim-1", "***"])
async def test_what_is_expected_may_hold_the_secrets_of_the_case(written):
    text = TASK.replace('{id: "{{tasks.user.output.name}}"}', '{id: "{{secrets.TOKEN}}"}')
    expect = f"{{steps: {{again: {{input: {{id: {written!r}}}}}}}}}"
    found = case(f"{{get-user: {ADA}}}", expect, given='{id: "1", loud: true}', more="secrets: {TOKEN: geheim-1}")
    assert await said(found.replace(TASK, text)) == []


async def test_examples_of_tasks_are_cases():
    right, wrong = await results(TASK, "taskExample")
    assert right.passed, right
    assert [in_words(each) for each in wrong.mismatches] == ['output[0]: "a" was expected, "A" came']


async def test_examples_of_what_reads_secrets_are_cases():
    text = (
        TASK.replace("http: {method: GET,", 'http: {method: GET, headers: {authorization: "{{secrets.TOKEN}}"},')
        .replace("metadata: {name: get-user}\nspec:\n", 'metadata: {name: get-user}\nspec:\n  examples: [{input: {id: "1"}, output: {name: Ada, age: 36}}]\n')
        .replace('{id: "{{tasks.user.output.name}}"}', '{id: "{{secrets.OTHER}}"}')
        .replace("metadata: {name: greet}\nspec:\n", 'metadata: {name: greet}\nspec:\n  examples: [{input: {id: "1", loud: true}}]\n')
    )  # fmt: skip
    (task, *_), (workflow,) = await results(text, "taskExample"), await results(text, "workflowExample")
    assert (task.passed, task.execution["status"]) == (True, "succeeded"), task
    assert workflow.execution["status"] == "succeeded", workflow
    assert "secret-OTHER" not in repr(workflow.events)


async def test_examples_of_workflows_are_compared_where_every_answer_is_an_example():
    example = '  examples: [{name: ada, input: {id: "1"}, expectedOutput: {greeting: Hello Ada, again: Ada}}]\n'
    known = (
        "  examples:\n"
        '    - {input: {id: "1"}, output: {name: Ada, age: 36}}\n'
        '    - {input: {id: "0"}, output: {name: Ada, age: 36}}\n'
    )
    text = TASK.replace("metadata: {name: greet}\nspec:\n", "metadata: {name: greet}\nspec:\n" + example)
    (guessed,) = await results(text, "workflowExample")
    assert guessed.passed
    assert guessed.note is not None
    assert guessed.note == "not judged: no example of a task has the input of `user`, `again~else`"
    complete = text.replace("metadata: {name: get-user}\nspec:\n", "metadata: {name: get-user}\nspec:\n" + known)
    (compared,) = await results(complete, "workflowExample")
    assert (compared.passed, compared.note) == (True, None)
    (failed,) = await results(complete.replace("again: Ada}", "again: Bob}"), "workflowExample")
    assert [in_words(each) for each in failed.mismatches] == ['output.again: "Bob" was expected, "Ada" came']


async def test_what_no_case_reaches():
    found = await results(case(f"{{get-user: {ADA}}}", "{}"))
    (coverage,) = coverage_of(found)
    assert coverage.workflow == "greet"
    assert coverage.missed == (("again", "if true"), ("again", "fallback"))
    both = [*found, *await results(case(f"{{get-user: {ADA}}}", "{}", given='{id: "1", loud: true}'))]
    assert coverage_of(both)[0].missed == (("again", "fallback"),)


async def test_which_cases_of_a_switch_are_reached():
    switch = (
        "    - id: chosen\n"
        "      switch:\n"
        "        value: input.id\n"
        "        cases: [{match: [a, b], taskRef: get-user, input: {id: a}}, {match: null, taskRef: get-user, input: {id: c}}]\n"
        "        default: {taskRef: get-user, input: {id: d}}\n"
    )
    text = TASK.replace("  output: {greeting", switch + "  output: {greeting")
    mocks = f"{{get-user: {ADA}}}"
    (default,) = coverage_of(await results(case(mocks, "{}").replace(TASK, text)))
    assert ("chosen", "default") not in default.missed
    assert ("chosen", 'case "a", "b"') in default.missed
    (first,) = coverage_of(await results(case(mocks, "{}", given="{id: b}").replace(TASK, text)))
    assert ("chosen", 'case "a", "b"') not in first.missed
    assert {("chosen", "default"), ("chosen", "case null")} <= set(first.missed)


async def test_an_unknown_workflow():
    (result,) = await results(case("{}", "{}").replace("workflow: greet", "workflow: gret"))
    assert result.error is not None
    assert result.error.startswith("There is no workflow `gret`.")


async def test_the_default_of_a_switch_is_reached_by_what_no_case_matches():
    text = """
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: choose}
spec:
  input: {kind: {type: string, required: true}}
  tasks:
    - id: chosen
      switch:
        value: input.kind
        cases: [{match: a, tasks: [{id: one, transform: {input: "[1]", jsonPath: $}}]}]
        default: {tasks: [{id: two, transform: {input: "[2]", jsonPath: $}}]}
---
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {name: choose}
spec: {workflow: choose, cases: [{name: other, input: {kind: b}}]}
"""
    workspace = Workspace.of({"f.yaml": text})
    found = [each async for each in run_cases(workspace, cases_of(workspace))]
    assert coverage_of(found)[0].missed == (("chosen", 'case "a"'), ("chosen.one", "runs"))


async def test_a_case_that_is_called_default_is_not_the_default():
    text = """
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: choose}
spec:
  input: {kind: {type: string, required: true}}
  tasks:
    - id: chosen
      switch:
        value: input.kind
        cases: [{match: default, tasks: [{id: one, transform: {input: "[1]", jsonPath: $}}]}]
        default: {tasks: [{id: two, transform: {input: "[2]", jsonPath: $}}]}
---
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {name: choose}
spec: {workflow: choose, cases: [{name: other, input: {kind: default}}]}
"""
    workspace = Workspace.of({"f.yaml": text})
    found = [each async for each in run_cases(workspace, cases_of(workspace))]
    assert coverage_of(found)[0].missed == (("chosen", "default"), ("chosen.two", "runs"))
    assert [each["text"] for each in timeline(found[0].events) if each["type"] == "caseMatched"] == ['took "default"']


async def test_the_attempts_of_a_loop_are_those_of_its_iterations():
    text = """
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: looping}
spec:
  tasks:
    - id: loop
      forEach: {items: "[1, 2, 3]"}
      taskRef: get-user
      input: {id: "{{toString(forEach.item)}}"}
      fallback: {taskRef: get-user, input: {id: other}}
---
apiVersion: workflow.io/v1
kind: WorkflowTest
metadata: {name: looping}
spec:
  workflow: looping
  cases:
    - name: one falls back
      mocks: {"loop[1]": {status: 404}, get-user: {body: {name: a, age: 1}}}
      expect: {steps: {loop: {attempts: 3}, "loop[1]": {attempts: 1}, "loop[1]~fallback": {attempts: 1}}}
"""
    (result,) = await results(TASK + text)
    assert (result.error, result.mismatches) == (None, [])
