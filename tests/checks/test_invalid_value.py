"""WF204: a value of the right type that is not allowed."""

from tests.support import MAIN, check_diagnostics, check_fix, task, workflow, workspace_of
from wf_engine.checks import diagnostics


def test_a_misspelt_word():
    check_fix(
        task("""
            type: http
            http: {method: GTE, url: "https://example.com"}
                           ^^^ WF204 Did you mean `GET`?
        """),
        task("""
            type: http
            http: {method: GET, url: "https://example.com"}
        """),
    )


def test_a_duration():
    check_fix(
        workflow("""
            timeout: 10 S
                     ^^^^ WF204 `10 S` is not a duration
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
        """),
        workflow("""
            timeout: 10s
            tasks:
              - {id: a, taskRef: get-user, input: {id: "1"}}
        """),
    )


def test_a_duration_beyond_the_limit():
    check_diagnostics(
        workflow("""
        timeout: 10m
                 ^^^ WF204 at most 5m is allowed
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}}
    """)
    )


def test_an_id_is_still_an_id():
    check_fix(
        workflow("""
            tasks:
              - id: höhe 1
                    ^^^^^^ WF204 `höhe 1` is not an id such as `fetch-user`
                taskRef: get-user
                input: {id: "1"}
        """),
        workflow("""
            tasks:
              - id: h-he-1
                taskRef: get-user
                input: {id: "1"}
        """),
    )


def test_a_number_out_of_range():
    check_diagnostics(
        task("""
        type: http
        http: {method: GET, url: "https://example.com"}
        retry: {maxAttempts: 11}
                             ^^ WF204 a whole number from 1 to 10 is wanted
    """)
    )


def test_the_kind():
    check_fix(
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTsk
              ^^^^^^^^^^^ WF204 Did you mean `WorkflowTask`?
        metadata: {name: a}
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
        """,
        """
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata: {name: a}
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
        """,
    )


def test_the_version_of_the_language():
    check_diagnostics("""
        apiVersion: workflow.io/v2
                    ^^^^^^^^^^^^^^ WF204 Did you mean `workflow.io/v1`?
        kind: WorkflowTask
        metadata: {name: a}
        spec: {type: http, http: {method: GET, url: "https://example.com"}}
    """)


def test_no_steps():
    check_diagnostics(
        workflow("""
        tasks: []
               ^^ WF204 There are no steps
    """)
    )


def test_a_reference_to_nothing():
    check_diagnostics(
        workflow("""
        tasks:
          - {id: a, taskRef: "", input: {id: "1"}}
                             ^^ WF204 An empty text is not the name of a task
          - {id: b, workflowRef: ''}
                                 ^^ WF204 An empty text is not the name of a workflow
    """)
    )


def _versioned(version: str, marks: str = "") -> str:
    body = "spec: {type: http, http: {method: GET, url: 'https://example.com'}}\n"
    head = "apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata:\n  name: a\n  annotations:\n"
    return f"{head}    workflow.io/version: {version}\n{marks}{body}"


def test_versions():
    for version in ("1.2.0", "1.0.0-rc.1", "1.0.0-0a.x-y+build.01"):
        check_diagnostics(_versioned(version))
    for version in ("1.02.0", "1.2.0-01", "1.2.0-a..b", "latest"):
        check_diagnostics(_versioned(version, " " * 25 + "^" * len(version) + " WF204 is not a version\n"))


def test_a_version_that_is_nearly_one():
    for version, code in (("v1.2.0", "WF204"), ("'1.2'", "WF204"), ("1.2", "WF203")):
        check_fix(_versioned(version, " " * 25 + "^" * len(version) + f" {code}\n"), _versioned("1.2.0"))


_HOOK = """
tasks:
  - {{id: a, taskRef: get-user, input: {{id: "1"}}}}
triggers:
  - {{type: webhook, id: w, path: {path}, secretRef: {secret}, methods: {methods}}}
"""


def test_the_fields_of_a_webhook():
    for path, secret, methods, said in (
        ("orders/paid", "KEY", "[POST]", ""),
        ("''", "KEY", "[POST]", "An empty text is not an address"),
        ("a b", "KEY", "[POST]", "`a b` is not an address"),
        ("p", "''", "[POST]", "An empty text is not the name of a secret"),
        ("p", "KEY", "[]", "This list is empty"),
    ):
        source = workflow(_HOOK.format(path=path, secret=secret, methods=methods))
        found = diagnostics(workspace_of(source), MAIN)
        assert [each.code for each in found] == ["WF204"] * bool(said)
        assert all(each.message.startswith(said) for each in found)


def test_a_secret_that_is_read_where_it_is_named():
    for given in ("secrets.KEY", "'{{secrets.KEY}}'"):
        wrong = _HOOK.format(path="orders/in", secret=given, methods="[POST]")
        column = wrong.splitlines()[-1].index(given)
        marks = " " * column + "^" * len(given) + " WF204 is not the name of a secret\n"
        right = _HOOK.format(path="orders/in", secret="KEY", methods="[POST]")
        check_fix(workflow(wrong + marks), workflow(right))


def test_a_timeout_in_which_nothing_could_end():
    check_diagnostics(
        workflow("""
        timeout: 0s
                 ^^ WF204 `0s` is no time at all
        tasks:
          - {id: a, taskRef: get-user, input: {id: "1"}, timeout: 00ms, retry: {initialDelay: 0ms}}
                                                                  ^^^^ WF204 no time at all
    """)
    )
    check_diagnostics(
        task("""
        type: http
        timeout: 0m
                 ^^ WF204 no time at all
        http: {method: GET, url: "https://example.com"}
    """)
    )
