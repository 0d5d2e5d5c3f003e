"""WF204: a value of the right type that is not allowed."""

from tests.support import check_diagnostics, check_fix, task, workflow


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
