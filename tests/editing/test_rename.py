"""Rename: one name everywhere, spelt as its place needs it, or refused with a reason."""

import os

import pytest

from tests.editing.naming import CHILD, MAIN, TASK, at, texts
from tests.shop import BROKEN, FILES
from tests.support import with_cursor, workflow, workspace_of
from wf_engine.checks import diagnostics
from wf_engine.editing import Refused, Renamed, Renaming, prepare_rename, rename
from wf_engine.editing.names.collecting import occurrences_in
from wf_engine.editing.names.finding import location_of
from wf_engine.editing.names.verifying import edited
from wf_engine.text import Span
from wf_engine.workspace import Settings, Workspace

SHARE = 1 if os.environ.get("WF_TEST_PROFILE") == "soak" else 20


def renamed(fragment: str, name: str, path: str = MAIN) -> dict[str, str]:
    """The texts after a rename."""
    workspace, offset = at(fragment, path)
    found = rename(workspace, path, offset, name)
    assert isinstance(found, Renamed), found
    return texts_of(edited(workspace, [each.edit for each in found.edits]))


def texts_of(workspace: Workspace) -> dict[str, str]:
    return {path: file.text.value for path, file in workspace.files.items()}


def changed_lines(after: dict[str, str]) -> list[str]:
    before = texts()
    return [
        new.strip()
        for path in sorted(before)
        for old, new in zip(before[path].split("\n"), after[path].split("\n"), strict=True)
        if old != new
    ]


def codes(workspace: Workspace) -> dict[str, list[str]]:
    return {path: sorted(each.code for each in diagnostics(workspace, path)) for path in workspace.files}


def test_a_step():
    assert changed_lines(renamed("id: fetch$0-user", "user")) == [
        "- id: user",
        "dependsOn: [user]",
        "condition: {if: \"tasks['user'].output.id != 'x'\"}",
        "forEach: {items: tasks.user.output.tags, itemVar: tag}",
        'forEach: {items: "{{tasks.user.output.tags}}"}',
        "{{ tasks.user.output.address.city }} and",
        "{{ tasks.user.output['full name'] }}",
    ]


def test_a_task_keeps_its_namespace_and_a_workflow_its_version():
    after = renamed("taskRef: people/get-$0user\n      input:\n        id:", "read-user")
    assert after[MAIN].count("taskRef: people/read-user") == 2
    assert "{name: read-user, namespace: people}" in after[TASK]
    after = renamed("workflowRef: chi$0ld@1.0.0", "kid")
    assert "workflowRef: kid@1.0.0" in after[MAIN]
    assert "name: child-1-0-0\n  annotations: {workflow.io/name: kid," in after[CHILD]
    after = renamed("workflowRef: child@1$0.0.0", "1.1.0-rc.1")
    assert "workflowRef: child@1.1.0-rc.1" in after[MAIN]
    assert "workflow.io/version: 1.1.0-rc.1}" in after[CHILD]


@pytest.mark.parametrize(
    ("fragment", "path", "name", "expected"),
    [
        ("us$0erId: {type", MAIN, "first name", ["first name: {", "input['first name']}}\"", '{first name: "1"']),
        ("us$0erId: {type", MAIN, "it's", ['"it\'s": {', "{{input['it\\\\'s']}}", '{"it\'s": "1"']),
        ("us$0erId: {type", MAIN, "yes", ['"yes": {', "{{input.yes}}", '{"yes": "1"']),
        ("fu$0ll name: {type: string}", TASK, "name", ["who.name ??", ".output.name }}"]),
        ("fu$0ll name: {type: string}", TASK, "the name", ["who['the name']", "output['the name']"]),
        ("itemVar: ta$0g", MAIN, "x", ["itemVar: x", "{{forEach.x.label}} {{forEach.index}}"]),
        ("forEach.ind$0ex}}", MAIN, "n", ['itemVar: tag, indexVar: "n"}', "{{forEach.n}}"]),
        ("forEach.$parent.it$0em", MAIN, "tag", ['tags}}", itemVar: tag}', "{{forEach.$parent.tag.label}}"]),
        ("secrets.NO$0BODY", MAIN, "SOMEBODY", ["secrets.SOMEBODY"]),
        ("properties: {ci$0ty: {type: string}}, default", TASK, "town", ['where: {town: "é 🙂 {{input.address.city}}"}']),
    ],
)  # fmt: skip
def test_a_name_is_spelt_as_its_place_needs_it(fragment, path, name, expected):
    after = renamed(fragment, name, path)
    for each in expected:
        assert each in after[MAIN], after[MAIN]
    assert codes(Workspace.of(after)) == codes(Workspace.of(texts()))


def test_an_object_in_an_expression_that_is_handed_over():
    after = renamed("properties: {ci$0ty: {type: string}}, default", "town", TASK)
    assert 'where: "{{ {town: input.a} }}"' in after[CHILD]
    assert "default: {town: Köln}" in after[TASK]
    assert "{{input.where?.town}}" in after[TASK]
    after = renamed("properties: {ci$0ty: {type: string}}, default", "a b", TASK)
    assert "{{ {'a b': input.a} }}" in after[CHILD]
    assert "{{input.where?.['a b']}}" in after[TASK]


def test_a_plain_condition_in_braces_gets_the_quotes_that_brackets_need():
    text, offset = with_cursor(
        workflow("""
        input: {go$0: {type: boolean, required: true}}
        tasks: [{id: a, taskRef: get-user, condition: {if: input.go}, input: {id: "1"}}]
        """)
    )
    workspace = workspace_of(text)
    found = rename(workspace, MAIN, offset, "go on")
    assert isinstance(found, Renamed)
    after = edited(workspace, [each.edit for each in found.edits])
    assert "condition: {if: \"input['go on']\"}" in after.files[MAIN].text.value
    assert diagnostics(after, MAIN) == ()


def test_a_text_with_escapes():
    source = 'tasks:\n  - {id: "\\u0061b", taskRef: get-user, input: {id: "1"}}\noutput: {x: "\\"{{tasks.\\x61b.output.id}}\\" \\t {{tasks.ab.output.id}}"}'
    text = workflow(source)
    workspace = workspace_of(text)
    found = rename(workspace, MAIN, text.index("\\u0061b") + 3, "cd")
    assert isinstance(found, Renamed)
    after = edited(workspace, [each.edit for each in found.edits]).files[MAIN].text.value
    assert '{id: "cd", taskRef' in after
    assert '"\\"{{tasks.cd.output.id}}\\" \\t {{tasks.cd.output.id}}"' in after


@pytest.mark.parametrize(
    ("fragment", "path", "name", "reason"),
    [
        ("id: fetch$0-user", MAIN, "each", "a step `each` in this workflow already"),
        ("id: fetch$0-user", MAIN, "deep", "a step `deep` in this workflow already"),
        ("id: fetch$0-user", MAIN, "1st", "no digit first"),
        ("id: fetch$0-user", MAIN, "", "at least one character"),
        ("taskRef: people/get-$0user\n      input:\n        id:", MAIN, "Get_User", "lower-case"),
        ("taskRef: people/get-$0user\n      input:\n        id:", MAIN, "x" * 64, "at most 63"),
        ("workflowRef: child@1$0.0.0", MAIN, "one", "SemVer"),
        ("us$0erId: {type", MAIN, "address", "beside `userId` already"),
        ("us$0erId: {type", MAIN, "a\nb", "no line ends"),
        ('la$0bel: "{{tasks.block', MAIN, "first", "beside `label` already"),
        ("itemVar: ta$0g", MAIN, "index", "a variable `index` already"),
        ("itemVar: ta$0g", MAIN, "a-b", "letters, digits and `_`"),
        ("secrets.NO$0BODY", MAIN, "no one", "letters, digits and `_`"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_reason(fragment, path, name, reason):
    workspace, offset = at(fragment, path)
    found = rename(workspace, path, offset, name)
    assert isinstance(found, Refused), found
    assert reason in found.reason


TRANSFORM = """\
apiVersion: workflow.io/v1
kind: WorkflowTask
metadata: {name: best}
spec:
  type: transform
  inputSchema:
    type: object
    required: [lines]
    properties:
      lines:
        type: array
        items:
          type: object
          required: [sku, price, plain]
          properties: {sku: {type: string}, price: {type: number}, plain: {type: string}}
  transform:
    input: input.lines
"""
PIPELINE = "    pipeline:\n      - sort: {by: $.price}\n      - filter: {where: item.sku != ''}\n"


@pytest.mark.parametrize("name", ["sku", "price"])
def test_what_a_pipeline_names_is_refused_and_what_it_does_not_name_is_renamed(name):
    text = TRANSFORM + PIPELINE
    workspace = Workspace.of({TASK: text})
    assert codes(workspace) == {TASK: []}
    found = rename(workspace, TASK, text.index(f"{name}: {{type"), "other")
    assert isinstance(found, Refused)
    line = text[: text.index(f".{name}")].count("\n") + 1
    assert f"Line {line} of {TASK}" in found.reason
    assert f"names `{name}`" in found.reason
    assert isinstance(rename(workspace, TASK, text.index("plain: {type"), "other"), Renamed)


def test_what_a_json_path_names_is_refused():
    text = TRANSFORM + "    jsonPath: $[*].sku\n"
    workspace = Workspace.of({TASK: text})
    assert codes(workspace) == {TASK: []}
    found = rename(workspace, TASK, text.index("sku: {type"), "other")
    assert isinstance(found, Refused)
    assert isinstance(rename(workspace, TASK, text.index("price: {type"), "other"), Renamed)


def test_what_would_be_captured_is_refused():
    text, offset = with_cursor(
        workflow("""
        tasks: [{id: a$0, taskRef: get-user, input: {id: "1"}}, {id: b, taskRef: get-user, input: {id: "{{tasks.gone.output}}"}}]
        """)
    )
    found = rename(workspace_of(text), MAIN, offset, "gone")
    assert isinstance(found, Refused)
    assert "`gone` in line" in found.reason


def test_what_stands_once_for_two_things_is_refused():
    text, offset = with_cursor(
        workflow("tasks: [{id: &n get-us$0er, taskRef: *n, input: {id: '1'}}]\noutput: '{{tasks.get-user.output}}'")
    )
    found = rename(workspace_of(text), MAIN, offset, "other")
    assert isinstance(found, Refused)


def test_a_task_that_is_not_there_and_a_variable_that_is_configured_stay():
    text, offset = with_cursor(workflow("tasks: [{id: a, taskRef: no$0body}]\noutput: '{{env.HOST}}'"))
    workspace = workspace_of(text, settings=Settings(env={"HOST": "x"}))
    refused = prepare_rename(workspace, MAIN, offset)
    assert isinstance(refused, Refused)
    assert "no task `nobody`" in refused.reason
    refused = prepare_rename(workspace, MAIN, text.index("HOST"))
    assert isinstance(refused, Refused)
    assert "wf.toml" in refused.reason


def test_prepare_gives_the_exact_range():
    for fragment, name in (
        ("condition: {if: \"tasks['fet$0ch-user']", "fetch-user"),
        ("workflowRef: chi$0ld@1.0.0", "child"),
        ("{{input.user$0Id}}", "userId"),
        ("é 🙂 {{input.address.ci$0ty}}", "city"),
    ):
        workspace, offset = at(fragment)
        found = prepare_rename(workspace, MAIN, offset)
        assert isinstance(found, Renaming)
        assert workspace.files[MAIN].text.slice(found.span) == found.name == name
    workspace, offset = at("type: str$0ing, required")
    assert prepare_rename(workspace, MAIN, offset) is None


def test_what_may_mean_two_things_waits_for_a_look():
    source = """
        input: {kind: {type: string, required: true}}
        tasks:
          - id: either
            switch:
              value: input.kind
              cases: [{match: a, tasks: [{id: one, taskRef: get-user, input: {id: "1"}}], output: {x$0: 1}}]
              default: {tasks: [{id: two, taskRef: get-user, input: {id: "1"}}], output: {x: 2}}
        output: {y: "{{tasks.either.output.x}}"}
        """
    text, offset = with_cursor(workflow(source))
    found = rename(workspace_of(text), MAIN, offset, "z")
    assert isinstance(found, Renamed)
    assert [each.certain for each in found.edits] == [True, False]


def names_in(workspace: Workspace):
    """Every name of a workspace once, with a place where it stands."""
    seen = {}
    for source in workspace.documents():
        for each in occurrences_in(workspace, source):
            seen.setdefault(each.subjects[0], location_of(workspace, each))
    return sorted(seen.items(), key=lambda each: (each[1].path, each[1].span))


def examples() -> Workspace:
    return Workspace.of({**FILES, str(BROKEN): BROKEN.read_text("utf-8")})


@pytest.mark.parametrize("name", ["renamed", "renamed-name", "renämed name"])
def test_there_and_back_is_where_it_was_and_nothing_else_is_wrong_then(name):
    workspace = examples()
    before, found, done = texts_of(workspace), codes(workspace), 0
    for subject, where in names_in(workspace)[len(name) % SHARE :: SHARE]:
        there = rename(workspace, where.path, where.span.start, name)
        if not isinstance(there, Renamed):
            continue
        after = edited(workspace, [each.edit for each in there.edits])
        if codes(after) != found:
            # what may mean another thing too is shown to whoever renames, and not done unseen
            assert not all(each.certain for each in there.edits), subject
            continue
        first = min(each.edit.edit.span.start for each in there.edits if each.edit.path == where.path)
        back = rename(after, where.path, first + 2, subject.name)
        assert isinstance(back, Renamed), (subject, back)
        assert texts_of(edited(after, [each.edit for each in back.edits])) == before, subject
        done += 1
    assert done >= 60 // SHARE


def test_there_and_back_with_every_kind_of_name():
    workspace = Workspace.of(texts())
    for subject, where in names_in(workspace):
        for name in ("renamed", "renamed name") if subject.kind != "version" else ("9.9.9",):
            there = rename(workspace, where.path, where.span.start, name)
            # what needs brackets needs quotes in some places, and nobody takes those away again
            quotes = isinstance(there, Renamed) and any(each.edit.edit.new_text == '"' for each in there.edits)
            if isinstance(there, Renamed) and not subject.implied and not quotes:
                after = edited(workspace, [each.edit for each in there.edits])
                assert codes(after) == codes(workspace), subject
                moved = next(
                    found for other, found in names_in(after) if (other.kind, other.name) == (subject.kind, name)
                )
                back = rename(after, moved.path, moved.span.start, subject.name)
                assert isinstance(back, Renamed), (subject, back)
                assert texts_of(edited(after, [each.edit for each in back.edits])) == texts()


def test_the_same_name_changes_nothing():
    workspace, offset = at("id: fetch$0-user")
    found = rename(workspace, MAIN, offset, "fetch-user")
    assert isinstance(found, Renamed)
    assert found.edits == ()


def test_line_ends_of_any_kind():
    for end in ("\r\n", "\r"):
        text = workflow(
            'tasks:\n  - id: a\n    taskRef: get-user\n    input: {id: "1"}\noutput: "{{tasks.a.output}}"'
        ).replace("\n", end)
        workspace = workspace_of("").with_text(MAIN, text)
        found = rename(workspace, MAIN, text.index("id: a") + 4, "b")
        assert isinstance(found, Renamed)
        assert [workspace.files[MAIN].text.slice(Span(*each.edit.edit.span)) for each in found.edits] == ["a", "a"]
