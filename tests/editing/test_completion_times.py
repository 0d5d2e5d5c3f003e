"""Times: durations, the fields of a schedule, time zones."""

import pytest

from tests.editing.completing import Asked, ask
from tests.support import workflow
from wf_engine.checks import diagnostics
from wf_engine.workspace import Workspace

HEAD = """
    description: "größer 🙂"
    tasks: [{id: a, taskRef: get-user, input: {id: "1"}}]
    triggers:
      - type: schedule
        id: nightly
    """


def trigger(text: str) -> Asked:
    return ask(workflow(HEAD) + "".join(f"      {line}\n" for line in text.split("\n")))


@pytest.mark.parametrize("text", ["cron: $0", 'cron: "$0"', 'cron: "$0', "description: é 🙂\ncron: $0", "cron:$0"])
def test_usual_schedules_come_with_their_words(text):
    asked = trigger(text)
    assert asked.labels[0] == "0 6 * * *"
    assert asked.item("0 6 * * *").detail == "At 06:00 every day"
    assert asked.item("0 9 * * MON-FRI").detail == "At 09:00 on Monday through Friday"
    assert asked.line("0 6 * * *").strip().splitlines()[-1].lstrip() == (
        'cron: "0 6 * * *' + ("" if text == 'cron: "$0' else '"')
    )


@pytest.mark.parametrize("text", ["cron: $0", "cron:$0", "cron: 0 $0", "cron: */5 $0", "cron: '0 $0'", 'cron: "0 $0"'])
def test_every_line_that_is_offered_is_a_schedule_that_reads_as_text(text):
    asked = trigger(text)
    assert len(asked.labels) > 5
    for label in asked.labels:
        found = diagnostics(Workspace.of({"a.workflow.yaml": asked.chosen(label)}), "a.workflow.yaml")
        assert not [each.code for each in found if each.code in ("WF101", "WF105", "WF701", "WF203")], label


@pytest.mark.parametrize(
    ("text", "labels", "about"),
    [
        ('cron: "$0"', {"*/5 * * * *", "30 * * * *"}, "minute"),
        ('cron: "0 $0"', {"0 6 * * *", "0 9-17 * * *"}, "hour"),
        ('cron: "0 6 $0"', {"0 6 * * *", "0 6 1 * *", "0 6 L * *"}, "day of the month"),
        ('cron: "0 6 1 $0"', {"0 6 1 * *", "0 6 1 JAN *", "0 6 1 */3 *"}, "month"),
        ('cron: "0 6 * * $0"', {"0 6 * * *", "0 6 * * MON-FRI", "0 6 * * MON#1"}, "day of the week"),
        ('cron: "0 6 * * M$0"', {"0 6 * * MON-FRI"}, "day of the week"),
        ('cron: "0 6 $0 * MON"', {"0 6 * * MON", "0 6 1 * MON"}, "day of the month"),
        ('cron: "0 6$0 1 * *"', {"0 6 1 * *", "0 9 1 * *"}, "hour"),
    ],
)
def test_each_field_is_helped_with_by_itself(text, labels, about):
    asked = trigger(text)
    assert labels <= set(asked.labels)
    assert all(f"At the cursor: {about}" in item.documentation for item in asked.found.items)


def test_what_stands_there_already_is_said_in_words():
    asked = trigger('cron: "17 3 * * TUE$0"')
    assert asked.labels[0] == "17 3 * * TUE"
    assert asked.item("17 3 * * TUE").detail == "At 03:17 on Tuesday"


@pytest.mark.parametrize("text", ['cron: "0 6 * * * $0"', 'cron: "61 $0"', 'cron: "é $0"', "cron: [$0]"])
def test_of_what_is_no_schedule_nothing_is_made(text):
    assert trigger(text).labels == []


@pytest.mark.parametrize(
    "text", ["timezone: $0", 'timezone: "$0"', "timezone: Eur$0", "timezone: 'Europe/$0", "timezone:$0"]
)
def test_time_zones(text):
    asked = trigger(text)
    assert asked.labels[0] == ("Europe/Amsterdam" if "Eur" in text else "UTC")
    assert (
        asked.labels.index("Europe/Berlin") < asked.labels.index("America/New_York") < asked.labels.index("US/Eastern")
    )
    assert "localtime" not in asked.labels
    assert asked.line("Europe/Berlin").lstrip().replace('"', "").replace("'", "") == "timezone: Europe/Berlin"


def test_a_zone_that_is_used_already_comes_first():
    other = {"other.workflow.yaml": workflow(HEAD, "other") + "      cron: '0 6 * * *'\n      timezone: Asia/Tokyo\n"}
    asked = ask(workflow(HEAD) + "      timezone: $0\n", other)
    assert asked.labels[:2] == ["Asia/Tokyo", "UTC"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("timeout: $0", ["30s", "500ms"]),
        ('timeout: "$0"', ["30s", "500ms"]),
        ("timeout:$0", ["30s", "500ms"]),
        ("timeout: 3$0", ["3s", "3m", "3ms"]),
        ("timeout: 20$0", ["20s", "20ms"]),
        ("timeout: 5$0s", ["5s", "5m"]),
    ],
)
def test_durations(text, labels):
    asked = ask(workflow(f"{text}\ndescription: größer\ntasks: []"))
    assert asked.labels[: len(labels)] == labels
    assert asked.line(labels[0]).strip().replace('"', "") == f"timeout: {labels[0]}"
    assert "1h" not in asked.labels, "a workflow runs five minutes at most"


def test_the_default_of_a_field_says_so():
    asked = ask(workflow("tasks: [{id: a, taskRef: get-user, circuitBreaker: {samplingDuration: $0}}]"))
    assert asked.labels[0] == "60s"
    assert asked.item("60s").detail == "60 seconds, the default"
    assert asked.item("1s").detail == "1 second"
    assert asked.item("1h").detail == "1 hour"
