"""Document links: where the names and addresses of a document lead."""

from tests.support import task, workflow, workspace_of
from wf_engine.editing import links

PATH = "main.workflow.yaml"


def said(source: str, files: dict[str, str] | None = None) -> list[tuple[str, str]]:
    workspace = workspace_of(source, files)
    text = workspace.files[PATH].text
    return [
        (
            text.slice(link.span),
            link.address or link.code or workspace.files[link.location.path].text.slice(link.location.span),
        )
        for link in links(workspace, PATH)
    ]


def test_references_lead_to_the_name_of_what_they_mean():
    child = workflow("tasks: [{id: a, taskRef: get-user}]\n", "child")
    found = said(
        workflow(
            "tasks:\n  - {id: a, taskRef: get-user}\n  - {id: b, workflowRef: child}\n  - {id: c, taskRef: gone}\n"
        ),
        {"child.workflow.yaml": child},
    )
    assert found == [("get-user", "get-user"), ("child", "child")]


def test_addresses_modelines_and_pages():
    source = "# yaml-language-server: $schema=../schemas/workflow.schema.json\n" + workflow(
        "description: See https://example.com/a?b=c. Or (http://x.org/y).\n"
        "tasks:\n  # wf-ignore: WF301, WF302\n  - {id: größer, taskRef: gone}\n"
    )
    assert said(source) == [
        ("../schemas/workflow.schema.json", "../schemas/workflow.schema.json"),
        ("https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("http://x.org/y", "http://x.org/y"),
        ("WF301", "WF301"),
        ("WF302", "WF302"),
    ]


def test_an_address_that_a_template_goes_on_with_is_none():
    assert said(task('type: http\nhttp: {method: GET, url: "https://x.org/{{input.id}}"}\n')) == []
    assert said('kind: Pod\nurl: "https://x.org/"\n') == []
