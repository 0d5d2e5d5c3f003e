"""WF811, and what `# wf-ignore` silences."""

import pytest

from tests.support import MAIN, applied, check_diagnostics, check_fix, errors, task, workflow, workspace_of
from wf_engine.checks import BY_CODE, absolute, diagnostics, file_units
from wf_engine.workspace import Settings
from wf_engine.workspace.settings import Checks

HTTP = 'http: {method: GET, url: "https://example.com/x"}'


@pytest.mark.parametrize(
    "spec",
    [
        f"type: http\ntimout: 3s # wf-ignore: WF201\n{HTTP}",
        f"type: http\n# wf-ignore: WF201 (a reason, with WF999 in it)\ntimout: 3s\n{HTTP}",
        f"type: http\n# wf-ignore: unknown-field\n# another comment\n\ntimout: 3s\n{HTTP}",
        f"type: http\n#wf-ignore WF201\ntimout: 3s\n{HTTP}",
        f"# wf-ignore-file: WF201 (generated)\ntype: http\n{HTTP}\ntimout: 3s",
        f"type: http\ntimout: 3s # wf-ignore: WF204, WF201\nresponseValidation: sometimes # wf-ignore: WF204\n{HTTP}".replace(
            "WF204, ", ""
        ),
    ],
)
def test_a_finding_is_silenced(spec: str) -> None:
    check_diagnostics(task(spec + "\n"))


def test_several_codes_and_several_comments() -> None:
    check_diagnostics(
        task(f"type: http\n# wf-ignore: WF201\n# wf-ignore: WF204\n{HTTP[:-1]}, a: 1, successStatus: []}}\n")
    )
    check_diagnostics(task(f"type: http\n# wf-ignore: WF204,WF201 (both)\n{HTTP[:-1]}, a: 1, successStatus: []}}\n"))


def test_inside_a_text_of_several_lines_the_first_line_counts() -> None:
    check_diagnostics(
        workflow(
            """
            input: {a: {type: boolean, required: true}}
            tasks:
              - id: x
                taskRef: get-user
                input: {id: "1"}
                condition:
                  if: | # wf-ignore: WF405
                    input.a
                    && input.b
            output:
              # wf-ignore: WF405
              text: "one
                {{input.c}}"
            """
        )
    )


def test_only_its_own_line_and_the_one_below() -> None:
    check_diagnostics(
        task(
            """
            type: http
            timout: 3s
            ^^^^^^ WF201
            # wf-ignore: WF201
            http: {method: GET, url: "https://example.com/x"}
            """
        )
    )


def test_what_looks_like_a_comment_in_a_text_is_none() -> None:
    check_diagnostics(
        task(
            """
            type: http
            http: {method: GET, url: "https://example.com/x", body: " # wf-ignore: WF201", a: 1}
                                                                                           ^ WF201
            """
        )
    )


def test_the_fix_removes_the_comment() -> None:
    check_fix(
        task(
            """
            type: http
            # wf-ignore: WF301 (gone)
            ^^^^^^^^^^^^^^^^^^^^^^^^^ WF811 there is no WF301 here
            http: {method: GET, url: "https://example.com/x"}
            """
        ),
        task('type: http\nhttp: {method: GET, url: "https://example.com/x"}\n'),
    )
    source = task(f"type: http   # wf-ignore: WF301\n{HTTP}\n")
    (found,) = diagnostics(workspace_of(source), MAIN)
    assert applied(source, found.fixes[0].edits) == task(f"type: http\n{HTTP}\n")


def test_the_fix_keeps_what_is_used() -> None:
    source = task(f"type: http\nretryCount: 1 # wf-ignore: WF301, WF910, WF902 (old)\n{HTTP}\n")
    (found,) = diagnostics(workspace_of(source), MAIN)
    assert (found.code, found.message) == ("WF811", "There is no WF301 or WF902 here to ignore")
    assert applied(source, found.fixes[0].edits) == source.replace("WF301, WF910, WF902", "WF910")


def test_without_a_code() -> None:
    check_diagnostics(
        task(
            """
            type: http # wf-ignore
                       ^^^^^^^^^^^ WF811 names no code
            http: {method: GET, url: "https://example.com/x"}
            """
        )
    )


def test_it_is_not_reported_beside_an_error_nor_for_what_is_switched_off() -> None:
    check_diagnostics(
        task(
            """
            type: http # wf-ignore: WF301
            timout: 3s
            ^^^^^^ WF201
            http: {method: GET, url: "https://example.com/x"}
            """
        )
    )
    off = Settings(checks=Checks(severity={"WF910": "off"}))
    check_diagnostics(task(f"type: http\nretryCount: 1 # wf-ignore: WF910\n{HTTP}\n"), settings=off)


def test_what_is_silenced_still_keeps_a_workflow_from_running() -> None:
    source = task(f"type: http\ntimout: 3s # wf-ignore: WF201\n{HTTP}\n")
    workspace = workspace_of(source)
    assert errors(diagnostics(workspace, MAIN)) == []
    work = file_units(workspace, MAIN)
    found = (*work.known, *((document, unit.run()) for document, unit in work.todo))
    assert errors(absolute(workspace, MAIN, found, silent=False)) == ["WF201"]


def test_it_is_a_hint() -> None:
    assert BY_CODE["WF811"].severity.label == "hint"
