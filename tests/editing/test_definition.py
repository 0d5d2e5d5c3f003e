"""Definition: from a name to the place that declares it, across files."""

import pytest

from tests.editing.completing import TASKS
from tests.support import task, with_cursor, workflow, workspace_of
from wf_engine.editing import definition

PATH = "main.workflow.yaml"
CHILD = workflow("input: {a: {type: string}}\ntasks: [{id: x, taskRef: get-user}]\noutput: {sum: 1, more: 2}", "child")
STEPS = """
    input:
      userId: {type: string, required: true}
      address: {type: object, properties: {city: {type: string}}}
    tasks:
      - id: first
        taskRef: get-user
        input: {id: "{{input.userId}} 🙂 {{input.address.city}}"}
      - id: second
        workflowRef: child
        dependsOn: [first]
        forEach: {items: tasks.first.output.tags, itemVar: tag}
        input: {a: "{{tasks.first.output.address.city}} {{forEach.tag}} {{forEach.index}}"}
      - id: third
        tasks:
          - id: inner
            taskRef: default/get-user
            input: {id: "{{tasks.second.output.results[0].sum}}"}
          - id: later
            taskRef: get-user
            input: {id: "{{tasks.inner.output.tags[0]}}"}
    """


def target(source: str) -> tuple[str, str, str, str] | None:
    """The range that leads there; the file, the text and the line of where it leads."""
    text, offset = with_cursor(source)
    files = {"tasks.task.yaml": TASKS, "child.workflow.yaml": CHILD}
    workspace = workspace_of("", files).with_text(PATH, text)
    found = definition(workspace, PATH, offset)
    if not found:
        return None
    (found,) = found
    there = workspace.files[found.location.path].text
    span = found.location.span
    line = there.line(there.position(span.start).line).strip()
    return text[found.origin.start : found.origin.end], found.location.path, there.slice(span), line


@pytest.mark.parametrize(
    ("fragment", "origin", "path", "name", "line"),
    [
        ("taskRef: get$0-user", "get-user", "tasks.task.yaml", "get-user", "metadata: {name: get-user}"),
        (
            "taskRef: default/get$0-user",
            "default/get-user",
            "tasks.task.yaml",
            "get-user",
            "metadata: {name: get-user}",
        ),
        ("workflowRef: chi$0ld", "child", "child.workflow.yaml", "child", "name: child"),
        ("dependsOn: [fir$0st]", "first", PATH, "first", "- id: first"),
        ("{{input.user$0Id}}", "userId", PATH, "userId", "userId: {type: string, required: true}"),
        ("{{input.address.ci$0ty}}", "city", PATH, "city", None),
        ("{{input.addr$0ess.city}}", "address", PATH, "address", None),
        ("items: tasks.fir$0st", "first", PATH, "first", "- id: first"),
        ("tasks.second.out$0put.results", "output", PATH, "second", "- id: second"),
        ("tasks.first.output.address.ci$0ty", "city", "tasks.task.yaml", "city", None),
        ("tasks.first.output.addr$0ess.city", "address", "tasks.task.yaml", "address", None),
        (
            "tasks.inner.output.ta$0gs[0]",
            "tags",
            "tasks.task.yaml",
            "tags",
            "tags: {type: array, items: {type: string}}",
        ),
        ("tasks.second.output.results[0].su$0m", "sum", "child.workflow.yaml", "sum", "output: {sum: 1, more: 2}"),
        ("tasks.inn$0er.output", "inner", PATH, "inner", "- id: inner"),
        ("forEach.ta$0g", "tag", PATH, "tag", None),
        ("forEach.ind$0ex", "index", PATH, "forEach", None),
    ],
)
def test_a_name_leads_to_its_declaration(fragment, origin, path, name, line):
    plain = fragment.replace("$0", "")
    assert plain in STEPS
    found = target(workflow(STEPS.replace(plain, fragment, 1)))
    assert found is not None
    assert found[:3] == (origin, path, name)
    assert line in (None, found[3])


def test_an_input_of_a_task_is_declared_in_its_schema():
    source = task("""
        type: http
        inputSchema: {type: object, properties: {id: {type: string}}}
        http: {method: GET, url: "https://x/{{input.i$0d}}"}
        """)
    assert target(source) == ("id", PATH, "id", "inputSchema: {type: object, properties: {id: {type: string}}}")


@pytest.mark.parametrize(
    "fragment",
    [
        "taskRef: get$0-nobody",
        "dependsOn: [fir$0sty]",
        "{{input.no$0thing}}",
        "{{tasks.no$0body.output}}",
        "i$0d: first",
        "'te$0xt'",
    ],
)
def test_what_is_declared_nowhere_leads_nowhere(fragment):
    source = (
        STEPS
        + f"      - id: last\n        description: x\n        {fragment if ':' in fragment else 'input: {id: ' + chr(34) + fragment + chr(34) + '}'}\n"
    )
    assert target(workflow(source)) is None


def test_in_a_broken_document_the_rest_still_leads_there():
    source = STEPS.replace("dependsOn: [first]", "dependsOn: [first").replace(
        "taskRef: get-user", "taskRef: get$0-user", 1
    )
    found = target(workflow(source))
    assert found is not None
    assert found[2] == "get-user"
