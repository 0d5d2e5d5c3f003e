"""Refactorings: what each makes of a document, that comments and style stay, and that nothing is wrong after it."""

from collections import Counter

import pytest

from tests.shop import FILES
from tests.support import MAIN, TASKS, dedented, with_cursor, workflow, workspace_of
from wf_engine.checks import diagnostics
from wf_engine.editing.refactoring import Selection, applied, offered, refactored
from wf_engine.text import Span
from wf_engine.workspace import Workspace

CHILD = workflow(
    """
    input: {who: {type: string, required: true}, loud: {type: boolean, default: false}}
    tasks:
      # who is it?
      - id: look
        taskRef: get-user
        input: {id: "{{input.who}}", verbose: "{{input.loud}}"}
    output: {name: "{{tasks.look.output.name}} é 🙂"}
    """,
    "child",
)


def codes(workspace: Workspace) -> Counter[str]:
    """What is wrong; what is only more than needed may come along with steps that are moved."""
    found = (each for path in workspace.files for each in diagnostics(workspace, path))
    return Counter(each.code for each in found if "unnecessary" not in each.tags)


def done(source: str, name: str, *, files: dict[str, str] | None = None, new_files: bool = True) -> dict[str, str]:
    """The texts that are new or changed after a refactoring at `$0`, or from `$0` to `$1`."""
    text, start = with_cursor(workflow(source))
    before, mark, after = text.partition("$1")
    text, end = before + after, len(before) if mark else start
    workspace = workspace_of(text, files)
    change = refactored(Selection(workspace, MAIN, Span(start, end), new_files), name)
    assert change is not None
    after_it = applied(workspace, change)
    assert not codes(after_it) - codes(workspace)
    return {
        path: file.text.value
        for path, file in after_it.files.items()
        if path not in workspace.files or file.text.value != workspace.files[path].text.value
    }


def check(source: str, name: str, expected: str, **options) -> dict[str, str]:
    """Asserts what becomes of the document; the new files."""
    found = done(source, name, **options)
    assert found.pop(MAIN) == workflow(expected)
    return found


def refused(source: str, name: str) -> None:
    text, start = with_cursor(workflow(source))
    assert refactored(Selection(workspace_of(text), MAIN, Span(start, start)), name) is None


def test_a_literal_becomes_an_input_with_type_and_default():
    check(
        """
        input:
          id: {type: string, required: true}  # whose
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "{{input.id}}", limit: $05}
        """,
        "extract-input",
        """
        input:
          id: {type: string, required: true}  # whose
          limit: {type: integer, default: 5}
        tasks:
          - id: a
            taskRef: get-user
            input: {id: "{{input.id}}", limit: "{{input.limit}}"}
        """,
    )


@pytest.mark.parametrize(
    ("before", "literal", "after"),
    [
        ("", "'é 🙂'", 'input:\n  id: {type: string, default: "é 🙂"}\n'),
        ("input: {other: {type: string}}\n", "x", "input: {other: {type: string}, id: {type: string, default: x}}\n"),
        ("input: {id: {type: string}}\n", "x", "input: {id: {type: string}, id2: {type: string, default: x}}\n"),
        (
            "input:\n  type: object\n  properties:\n    other: {type: string}\n",
            '"yes"',
            'input:\n  type: object\n  properties:\n    other: {type: string}\n    id: {type: string, default: "yes"}\n',
        ),
    ],
)
def test_an_input_is_declared_as_the_others_are(before, literal, after):
    name = "id2" if "id2" in after else "id"
    tasks = "tasks: [{{id: a, taskRef: get-user, input: {{id: {}}}}}]\noutput: 1\n"
    check(
        before + tasks.format(literal[:1] + "$0" + literal[1:]),
        "extract-input",
        after + tasks.format(f'"{{{{input.{name}}}}}"'),
    )


SERIAL = """
    input: {flag: {type: boolean, default: true}, ids: {type: array, items: {type: string}, default: []}}
    tasks:
      - id: one  # the first
        taskRef: get-user
        input: {id: "1"}
      # between 🙂
      - id: two
        taskRef: get-user
        dependsOn: [one]
        input:
          id: >-
            {{tasks.one.output.id}}

            and more
      - id: three
        taskRef: get-user
        dependsOn:
          - two
        input: {id: "{{tasks.two.output.address.city}}"}
    output: {x: "{{tasks.three.output.name}}"}
    """


def at(fragment: str, end: str | None = None) -> str:
    """The serial steps with the cursor in front of a fragment, and the end of the selection behind another."""
    text = dedented(SERIAL)
    assert text.count(fragment) == 1
    text = text.replace(fragment, "$0" + fragment)
    return text.replace(end, end + "$1") if end else text


def test_steps_into_a_block():
    found = done(at("- id: one", "- id: two"), "wrap-block")[MAIN]
    assert found == workflow("""
    input: {flag: {type: boolean, default: true}, ids: {type: array, items: {type: string}, default: []}}
    tasks:
      - id: block
        tasks:
          - id: one  # the first
            taskRef: get-user
            input: {id: "1"}
          # between 🙂
          - id: two
            taskRef: get-user
            dependsOn: [one]
            input:
              id: >-
                {{tasks.one.output.id}}

                and more
      - id: three
        taskRef: get-user
        dependsOn:
          - block
        input: {id: "{{tasks.block.output.two.address.city}}"}
    output: {x: "{{tasks.three.output.name}}"}
    """)


def test_a_step_of_a_flow_list_into_a_block():
    check(
        'tasks: [{id: $0a, taskRef: get-user, input: {id: "1"}}]\noutput: "{{tasks.a.output.id}}"\n',
        "wrap-block",
        'tasks: [{id: block, tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]}]\n'
        'output: "{{tasks.block.output.a.id}}"\n',
    )


def test_dashes_stay_where_the_document_writes_them():
    found = done('tasks:\n- id: $0a\n  taskRef: get-user\n  input: {id: "1"}\n', "wrap-block")[MAIN]
    assert "  tasks:\n  - id: block\n    tasks:\n    - id: a\n      taskRef" in found


def test_steps_into_a_workflow_of_their_own():
    found = done(at("- id: two", "- id: three"), "extract-workflow")
    assert found["main-two.workflow.yaml"] == dedented("""
        apiVersion: workflow.io/v1
        kind: Workflow
        metadata:
          name: main-two
        spec:
          input:
            type: object
            required: [id]
            properties:
              id: {type: string}
          tasks:
            - id: two
              taskRef: get-user
              input:
                id: >-
                  {{input.id}}

                  and more
            - id: three
              taskRef: get-user
              dependsOn:
                - two
              input: {id: "{{tasks.two.output.address.city}}"}
          output:
            three: "{{tasks.three.output}}"
        """)
    assert found[MAIN].endswith("""\
    - id: extracted
      workflowRef: main-two
      dependsOn: [one]
      input:
        id: "{{tasks.one.output.id}}"
  output: {x: "{{tasks.extracted.output.three.name}}"}
""")


def test_without_new_files_the_workflow_is_another_document():
    found = done(at("- id: three"), "extract-workflow", new_files=False)
    assert list(found) == [MAIN]
    assert "\n---\napiVersion: workflow.io/v1\nkind: Workflow\nmetadata:\n  name: main-three\n" in found[MAIN]


def test_a_workflow_is_put_in_the_place_of_its_reference():
    check(
        """
        input: {user: {type: string, required: true}}
        tasks:
          - id: sub
            workflowRef: chi$0ld  # the other
            input:
              who: "{{input.user ?? 'x'}}"
            timeout: 5s
        output: {y: "{{tasks.sub.output.name}}"}
        """,
        "inline-workflow",
        """
        input: {user: {type: string, required: true}}
        tasks:
          - id: sub
            tasks:
              # who is it?
              - id: look
                taskRef: get-user
                input: {id: "{{(input.user ?? 'x')}}", verbose: "{{false}}"}
            output: {name: "{{tasks.look.output.name}} é 🙂"}  # the other
            timeout: 5s
        output: {y: "{{tasks.sub.output.name}}"}
        """,
        files={"child.workflow.yaml": CHILD},
    )


def test_extracted_and_inlined_again_nothing_is_wrong():
    found = done(at("- id: two", "- id: three"), "extract-workflow")
    source = found[MAIN].replace("workflowRef: main-two", "workflowRef: main$0-two").partition("spec:\n")[2]
    back = done(dedented(source), "inline-workflow", files={"main-two.workflow.yaml": found["main-two.workflow.yaml"]})
    assert "{{tasks.extracted.output.three.name}}" in back[MAIN]


def test_a_step_into_a_loop_and_under_a_condition():
    found = done(at("- id: three").replace("{{tasks.three.output.name}}", "y"), "wrap-loop")[MAIN]
    assert '      forEach:\n        items: "{{input.ids}}"\n' in found
    found = done(at("- id: three").replace("{{tasks.three.output.name}}", "y"), "wrap-condition")[MAIN]
    assert '      condition:\n        if: "input.flag"\n' in found
    check(
        'tasks: [{id: $0a, taskRef: get-user, input: {id: "1"}}]\n',
        "wrap-loop",
        'tasks: [{id: a, taskRef: get-user, input: {id: "1"}, forEach: {items: [1]}}]\n',
    )
    refused(at("- id: one"), "wrap-loop")
    refused(at("- id: one"), "wrap-condition")


def test_serial_steps_become_parallel():
    found = done(at("- id: two", "- id: three"), "make-parallel")[MAIN]
    assert "dependsOn" not in found
    assert "# between 🙂\n    - id: two\n      taskRef: get-user\n      input:\n" in found
    check(
        'tasks: [{id: a, taskRef: get-user, input: {id: "1"}}, {id: $0b, taskRef: get-user, dependsOn: [a], input: {id: "1"}}]\n',
        "make-parallel",
        'tasks: [{id: a, taskRef: get-user, input: {id: "1"}}, {id: b, taskRef: get-user, dependsOn: [], input: {id: "1"}}]\n',
    )


def test_the_missing_task_is_made_from_its_use():
    source = """
        input: {n: {type: integer, required: true}}
        tasks:
          - id: a
            taskRef: fet$0ch-größe
            input: {count: "{{input.n}}", "two words": [a], where: {city: Köln}}
        output: "{{tasks.a.output.total}} {{tasks.a.output.rows[0]}}"
        """.replace("größe", "size")
    found = done(source, "create-task")
    assert found["fetch-size.task.yaml"] == dedented("""
        apiVersion: workflow.io/v1
        kind: WorkflowTask
        metadata:
          name: fetch-size
        spec:
          type: http
          inputSchema:
            type: object
            required: [count, two words, where]
            properties:
              count: {type: integer}
              two words: {type: array}
              where: {type: object}
          outputSchema:
            type: object
            required: [total, rows]
            properties:
              total: {}
              rows: {}
          http:
            method: GET
            url: "https://example.com/fetch-size"
        """)
    assert MAIN in done(source, "create-task", new_files=False)


def test_all_inputs_are_added():
    check(
        """
        input: {body: {type: string, required: true}}
        tasks:
          - id: a
            taskRef: send-$0mail
            input:
              to: x  # whom
        """,
        "add-inputs",
        """
        input: {body: {type: string, required: true}}
        tasks:
          - id: a
            taskRef: send-mail
            input:
              to: x  # whom
              count: 0
              body: "{{input.body}}"
        """,
    )
    check(
        "tasks: [{id: a, taskRef: get-u$0ser}]\n",
        "add-inputs",
        'tasks: [{id: a, taskRef: get-user, input: {id: "", verbose: false, limit: 0}}]\n',
    )


@pytest.mark.parametrize(
    "source", ["tasks:\n  - id: $0a\n    taskRef: [\n  - id: b\n", "$0", "tasks: $0{{", "- $0\n\tx: 1"]
)
def test_in_a_broken_document_nothing_fails(source):
    text, start = with_cursor(workflow(source))
    selection = Selection(workspace_of(text), MAIN, Span(start, start))
    for each, _ in offered(selection):
        refactored(selection, each.name)


def test_over_all_examples_nothing_is_wrong_after_it_and_every_comment_is_there():
    texts = FILES
    workspace = Workspace.of(texts)
    counted: Counter[str] = Counter()
    for path in (path for path in texts if "workflows" in path):
        text = workspace.files[path].text
        for line in range(0, text.line_count, 6):
            end = text.line_span(line).end
            selection = Selection(workspace, path, Span(end, end))
            for each, title in offered(selection):
                change = refactored(selection, each.name)
                assert title
                if change is not None:
                    counted[each.name] += 1
                    after = applied(workspace, change)
                    now = "\n".join(after.files[name].text.value for name in (path, *change.new_files))
                    assert [
                        c for c in texts[path].split("\n") if c.strip().startswith("#") and c.strip() not in now
                    ] == []
    assert counted.keys() >= {"extract-workflow", "wrap-block", "add-inputs"}


def test_tasks_and_documents_of_others_have_none():
    workspace = Workspace.of({"t.task.yaml": TASKS, "k.yaml": "apiVersion: v1\nkind: Service\n"})
    assert list(offered(Selection(workspace, "t.task.yaml", Span(60, 60)))) == []
    assert list(offered(Selection(workspace, "k.yaml", Span(3, 3)))) == []
    assert list(offered(Selection(workspace, "gone.yaml", Span(3, 3)))) == []


def test_line_ends_stay_as_they_are():
    text = workflow('tasks:\n  - id: a\n    taskRef: get-user\n    input: {id: "1"}\n').replace("\n", "\r\n")
    workspace = workspace_of("").with_text(MAIN, text)
    start = text.index("id: a")
    change = refactored(Selection(workspace, MAIN, Span(start, start)), "wrap-block")
    assert change is not None
    after = applied(workspace, change).files[MAIN].text.value
    assert after.count("\n") == after.count("\r\n") == text.count("\n") + 2
