"""References and highlights: every place that names a thing, in keys, values and expressions, across files."""

import pytest

from tests.editing.naming import CHILD, MAIN, TASK, at
from tests.support import with_cursor, workflow, workspace_of
from wf_engine.editing import highlights, references


def named(fragment: str, path: str = MAIN, *, declaration: bool = True) -> list[str]:
    """The lines of the places, each with the text that is named in brackets."""
    workspace, offset = at(fragment, path)
    found = []
    for each in references(workspace, path, offset, declaration=declaration):
        text, span = workspace.files[each.location.path].text, each.location.span
        line = text.line_span(text.position(span.start).line)
        drawn = f"{text.value[line.start : span.start]}⟦{text.slice(span)}⟧{text.value[span.end : line.end]}"
        found.append(f"{each.location.path.partition('.')[0]} {each.role}: {drawn.strip()}")
    return found


def test_a_step_is_named_in_keys_lists_and_expressions_and_not_in_comments():
    found = named("id: fetch$0-user")
    assert found == [
        "main definition: - id: ⟦fetch-user⟧",
        "main read: dependsOn: [⟦fetch-user⟧]",
        "main read: condition: {if: \"tasks['⟦fetch-user⟧'].output.id != 'x'\"}",
        "main read: forEach: {items: tasks.⟦fetch-user⟧.output.tags, itemVar: tag}",
        'main read: forEach: {items: "{{tasks.⟦fetch-user⟧.output.tags}}"}',
        "main read: {{ tasks.⟦fetch-user⟧.output.address.city }} and",
        "main read: {{ tasks.⟦fetch-user⟧.output['full name'] }}",
    ]
    assert named("id: fetch$0-user", declaration=False) == found[1:]
    assert named("dependsOn: [fetch-u$0ser]") == found


def test_a_task_is_named_across_files_with_its_namespace():
    found = named("taskRef: people/get-$0user\n      input:\n        id:")
    assert [line.partition(":")[0] for line in found] == [
        "child read", "get-user definition", "main read", "main read",
    ]  # fmt: skip
    assert "taskRef: people/⟦get-user⟧" in found[2]
    assert named("{name: get-us$0er", TASK) == found


def test_a_workflow_and_its_version_are_two_names():
    assert named("workflowRef: chi$0ld@1.0.0") == [
        "child definition: annotations: {workflow.io/name: ⟦child⟧, workflow.io/version: 1.0.0}",
        "main read: workflowRef: ⟦child⟧@1.0.0",
    ]
    assert named("workflow.io/version: 1.0$0.0", CHILD) == [
        "child definition: annotations: {workflow.io/name: child, workflow.io/version: ⟦1.0.0⟧}",
        "main read: workflowRef: child@⟦1.0.0⟧",
    ]


@pytest.mark.parametrize(
    ("fragment", "path", "count"),
    [
        ("us$0erId: {type", MAIN, 3),
        ("{{input.address.ci$0ty}}", MAIN, 4),
        ("properties:\n      i$0d: {type: string}\n      where", TASK, 7),
        ("properties: {ci$0ty: {type: string}}, default", TASK, 6),
        ("la$0bel: {type: string}", TASK, 5),
        ("fu$0ll name: {type: string}", TASK, 5),
        ("itemVar: ta$0g", MAIN, 2),
        ("{{forEach.$parent.it$0em.label}}", MAIN, 1),
        ("itemVar: num$0ber", MAIN, 2),
        ("{{env.A$0PI}}", TASK, 1),
        ("secrets.NO$0BODY", MAIN, 1),
        ("output.in$0ner.itemCount", MAIN, 2),
        ('la$0bel: "{{tasks.block', MAIN, 2),
        ("output: {wh$0o", CHILD, 2),
    ],
)
def test_each_kind_of_name_is_found_wherever_it_is_read(fragment, path, count):
    found = named(fragment, path)
    assert len(found) == count, "\n".join(found)


def test_highlights_stay_in_the_file_and_tell_reading_from_writing():
    workspace, offset = at("{{input.user$0Id}}")
    assert [each.role for each in highlights(workspace, MAIN, offset)] == ["definition", "read", "write"]
    workspace, offset = at("taskRef: people/get-$0user\n      input:\n        id:")
    assert [each.location.path for each in highlights(workspace, MAIN, offset)] == [MAIN, MAIN]


def test_what_is_read_from_one_of_two_things_is_a_use_of_both():
    source, offset = with_cursor(
        workflow("""
        input: {kind: {type: string, required: true}}
        tasks:
          - id: either
            switch:
              value: input.kind
              cases: [{match: a, tasks: [{id: one, taskRef: get-user}], output: {x$0: 1}}]
              default: {tasks: [{id: two, taskRef: get-user}], output: {x: 2}}
        output: {y: "{{tasks.either.output.x}}"}
        """)
    )
    workspace = workspace_of(source)
    assert len(references(workspace, MAIN, offset)) == 2
    read = source.index("output.x}}") + len("output.")
    assert len(references(workspace, MAIN, read)) == 3


def test_an_anchor_is_one_place():
    source, offset = with_cursor(
        workflow("""
        tasks:
          - {id: a, taskRef: &ref get-u$0ser, input: &in {id: "1"}}
          - {id: b, taskRef: *ref, input: *in}
          - {id: c, taskRef: get-user, input: {<<: *in}}
        """)
    )
    found = references(workspace_of(source), MAIN, offset)
    assert [each.location.path for each in found].count(MAIN) == 2


@pytest.mark.parametrize("broken", ["dependsOn: [fetch-user", 'x: "unclosed', "- - - ", "{{"])
def test_in_a_broken_document_the_rest_is_found(broken):
    text, offset = with_cursor(
        workflow(f"""
        tasks:
          - id: a
            taskRef: get-user
            input: {{id: "1"}}
          - id: worse
            {broken}
          - id: last
            taskRef: get-user
            input: {{id: "{{{{tasks.a$0.output.id}}}}"}}
        """)
    )
    assert len(references(workspace_of(text), MAIN, offset)) == 2


@pytest.mark.parametrize(
    "fragment", ["ty$0pe: string, required", "# 🙂 a comm$0ent", "met$0hod: GET", "tasks.fetch-user.out$0put.address"]
)
def test_what_is_no_name_has_no_uses(fragment):
    path = TASK if "GET" in fragment else MAIN
    assert named(fragment, path) == []


def test_of_two_steps_with_one_id_the_first_is_meant():
    text = workflow('tasks: [{id: a, taskRef: get-user}, {id: a, taskRef: get-user}]\noutput: "{{tasks.a.output}}"')
    found = references(workspace_of(text), MAIN, text.index("id: a") + 4)
    assert len(found) == 2


def test_circles_of_outputs_end():
    one = workflow('tasks: [{id: a, workflowRef: two}]\noutput: "{{tasks.a.output}}"', "one")
    two = workflow('tasks: [{id: a, workflowRef: one}]\noutput: "{{tasks.a.output.x.y}}"', "two")
    workspace = workspace_of(one, {"two.workflow.yaml": two})
    assert len(references(workspace, "two.workflow.yaml", two.index("tasks.a") + 6)) == 2
    steps = "".join(
        f'  - {{id: s{n}, tasks: [{{id: t{n}, taskRef: get-user}}], output: "{{{{tasks.s{n + 1}.output}}}}"}}\n'
        for n in range(200)
    )
    text = workflow(f'tasks:\n{steps}output: "{{{{tasks.s0.output.id}}}}"')
    assert len(references(workspace_of(text), MAIN, text.index("tasks.s0") + 6)) == 2
