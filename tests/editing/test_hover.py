"""Hover: what stands at the cursor, and the range it is about."""

from datetime import UTC, datetime

import pytest

from tests.editing.completing import TASKS
from tests.support import task, with_cursor, workflow, workspace_of
from wf_engine.editing import Observed, hover
from wf_engine.workspace import Settings

PATH = "main.workflow.yaml"
STEPS = """
    input:
      userId: {type: string, required: true}
    tasks:
      - id: first
        description: Who it is.
        taskRef: get-user
        input:
          id: "{{input.userId}}"
      - id: second
        taskRef: get-user
        condition: {if: tasks.first.output.age > 18}
        retry: {maxAttempts: 3}
        input:
          id: "größer 🙂 {{tasks.first.output.name | upper}}"
    output: {name: "{{tasks.second.output?.name ?? 'nobody'}}"}
    """


def about(source: str, settings: Settings | None = None) -> tuple[str, str]:
    """The text that hover is about, and what it says."""
    text, offset = with_cursor(source)
    workspace = workspace_of("", {"tasks.task.yaml": TASKS}, settings).with_text(PATH, text)
    found = hover(workspace, PATH, offset)
    return (text[found.span.start : found.span.end], found.markdown) if found else ("", "")


def at(fragment: str, source: str = STEPS) -> tuple[str, str]:
    """Hover at the `$0` of a fragment of the workflow."""
    plain = fragment.replace("$0", "")
    assert source.count(plain) >= 1
    return about(workflow(source.replace(plain, fragment, 1)))


def test_a_field_says_what_it_is_for_with_its_default_and_an_example():
    word, said = at("max$0Attempts")
    assert word == "maxAttempts"
    assert "default `4`" in said
    word, said = at("task$0Ref: get-user")
    assert word == "taskRef"
    assert "required" not in said
    assert "taskRef: get-user" in said


def test_a_required_field_says_so():
    assert "required" in at("- i$0d: second")[1]


def test_a_task_shows_its_contract():
    word, said = at("taskRef: get$0-user")
    assert word == "get-user"
    assert "`id`: string" in said
    assert "`verbose`: boolean *(optional)*" in said
    assert "`GET https://example.com/users/{{input.id}}`" in said
    assert "Output: `{id: string" in said


def test_an_input_of_a_task_shows_its_type():
    assert at('i$0d: "{{input.userId}}"') == ("id", "**id** — string, required")


def test_every_part_of_a_path_shows_its_own_type():
    assert at("tasks.first.output.na$0me | upper") == (
        "tasks.first.output.name",
        "```\ntasks.first.output.name: string\n```",
    )
    word, said = at("tasks.first.out$0put.name | upper")
    assert word == "tasks.first.output"
    assert "tags: list of string" in said


def test_a_step_in_a_path_says_what_it_runs_and_why():
    word, said = at("tasks.fir$0st.output.name")
    assert word == "tasks.first"
    assert "Step `first`, runs `get-user`: Who it is." in said


def test_a_function_shows_its_signature():
    word, said = at("| up$0per")
    assert "upper(" in said
    assert "Example" in said
    assert word.endswith("upper")


def test_a_bare_expression_and_one_inside_a_text():
    assert at("tasks.first.output.a$0ge > 18")[0] == "tasks.first.output.age"
    assert at("{{input.user$0Id}}")[0] == "input.userId"
    assert "second.output?.name" in at("second.output?.na$0me")[0]


def test_a_word_of_a_field_says_what_it_means():
    word, said = about(task("type: ht$0tp\nhttp: {method: GET, url: x}"))
    assert (word, said) == ("http", "`http` — Calls an HTTP service.")


def test_a_variable_shows_its_value():
    settings = Settings.of({"env": {"API": "http://localhost:1"}})
    source = task('type: http\nhttp: {method: GET, url: "{{env.A$0PI}}/x"}')
    word, said = about(source, settings)
    assert word == "env.API"
    assert "Configured as `http://localhost:1`." in said


def test_of_a_broken_document_the_rest_still_answers():
    source = STEPS.replace("retry: {maxAttempts: 3}", "retry: {maxAttempts: 3")
    assert at("tasks.first.output.na$0me | upper", source)[0] == "tasks.first.output.name"
    assert at("taskRef: get$0-user", source)[0] == "get-user"


def test_where_nothing_is_to_say_nothing_is_said():
    for fragment in ("Who it$0 is.", "größ$0er", "main$0"):
        assert at(fragment, STEPS + "    description: main\n") == ("", "")
    assert about("apiVersion: v1\nki$0nd: Pod") == ("", "")
    assert about("$0") == ("", "")


NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def with_more(fragment: str, source: str, seen: Observed | None = None) -> str:
    """Hover at the `$0` of a fragment, at a known time and after a run."""
    text, offset = with_cursor(workflow(source.replace(fragment.replace("$0", ""), fragment, 1)))
    workspace = workspace_of("", {"tasks.task.yaml": TASKS}).with_text(PATH, text)
    key = workspace.files[PATH].documents[0].definition.key
    found = hover(workspace, PATH, offset, seen={key: seen} if seen else None, now=NOW)
    return found.markdown if found else ""


def test_an_expression_shows_the_value_of_the_last_run():
    run = Observed(dry=False, input={"userId": "7"}, outputs={"first": ("succeeded", {"name": "Ada"})})
    said = with_more("tasks.first.output.na$0me", STEPS, run)
    assert "string" in said
    assert 'In the last run:\n```json\n"Ada"\n```' in said
    said = with_more("tasks.first.out$0put.name", STEPS, run)
    assert '"name": "Ada"' in said
    assert "In the last" not in with_more("tasks.second.out$0put?.name", STEPS, run)
    assert "In the last dry run" in with_more("input.user$0Id", STEPS, Observed(dry=True, input={"userId": "7"}))


TRIGGER = """
    tasks: [{id: a, taskRef: get-user}]
    triggers:
      - {type: schedule, id: nightly, cron: "30 6 * * 1", timezone: Europe/Berlin}
    """


def test_a_cron_line_is_said_in_words_with_its_next_three_firings():
    said = with_more('"30 6 $0* * 1"', TRIGGER)
    assert "At 06:30 on Monday (Europe/Berlin)" in said
    firings = [line for line in said.split("\n") if line.startswith("- ")]
    assert firings == [
        "- Mon 2026-01-05 06:30 (in 3 days)",
        "- Mon 2026-01-12 06:30 (in 10 days)",
        "- Mon 2026-01-19 06:30 (in 17 days)",
    ]


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("61 * * * *", "UTC"),
        ("x", "UTC"),
        ("* * * * * *", "UTC"),
        ("0 0 30 2 *", "UTC"),
        ("* * * * *", "No/Where"),
        ("* * * * *", "/etc/passwd"),
    ],
)
def test_a_cron_line_that_is_wrong_says_what_cron_is(line, zone):
    said = with_more('cron: "$0', TRIGGER.replace("30 6 * * 1", line).replace("Europe/Berlin", zone))
    assert "When it starts" in said


PIPELINE = """
    tasks:
      - id: first
        taskRef: get-user
        input: {id: a}
      - id: shaped
        transform:
          input: '[tasks.first.output]'
          pipeline:
            - filter: {where: item.age > 18}
            - reverse
            - template: {template: "{{item.name}}"}
    """


def test_an_item_of_a_pipeline_shows_the_type_that_it_has_there():
    assert at("item.a$0ge > 18", PIPELINE)[1].startswith("```\nitem.age: integer")
    assert at("{{item.na$0me}}", PIPELINE)[1].startswith("```\nitem.name: string")


@pytest.mark.parametrize(
    ("fragment", "name"), [("fil$0ter", "filter"), ("rev$0erse", "reverse"), ("templ$0ate: {", "template")]
)
def test_an_operation_shows_what_it_does_with_an_example(fragment, name):
    text, markdown = at(fragment, PIPELINE)
    assert text == name
    assert markdown.startswith(f"**{name}** — ")
    assert " gives `" in markdown


def test_an_argument_of_an_operation_shows_what_it_takes():
    text, markdown = at("{wh$0ere", PIPELINE)
    assert text == "where"
    assert markdown.startswith("`where`: an expression")
