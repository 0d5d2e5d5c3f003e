"""The page docs/stages.md: its commands are run in order, its settings are valid, its table names every gate."""

import re
import shlex
from pathlib import Path

from wf_stages.documents import check, parse_yaml
from wf_stages.settings import load_settings

PAGE = (Path(__file__).resolve().parents[2] / "docs/stages.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_commands_work_in_the_order_of_the_page(project):
    project.commit()
    for line in "".join(blocks("console")).splitlines():
        words = shlex.split(line)
        assert words[:2] == ["wf", "stage"]
        if words[2:] == ["gates", "--stage", "9.7", "8"]:
            project.write_words()
        project.must(*words[2:])
    assert project.state()["phase"] == "complete"


def test_the_settings_are_valid(project):
    for text in blocks("yml"):
        check("stages", parse_yaml(text, "docs/stages.md"), "docs/stages.md")
    project.write("stages.yaml", blocks("yml")[0])
    assert load_settings(project.root).profile_gates("OURS") == [1, 2, 3, 4, 5, 7, 8, 12, 18]


def test_every_gate_stands_in_the_table(project):
    settings = load_settings(project.root)
    rows = {int(number): name for number, name in re.findall(r"(?m)^\| (\d+) ([^|(]+?) (?:\([a-z]+\) )?\|", PAGE)}
    assert rows == {number: settings.data["gates"][number]["name"] for number in settings.numbers()}


def test_every_command_stands_on_the_page():
    from wf_stages.commands import COMMANDS

    assert set(re.findall(r"(?m)^\| `(\w+)", PAGE)) == set(COMMANDS)
