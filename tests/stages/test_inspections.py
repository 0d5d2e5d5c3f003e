"""The framework's own gates, in this process: what they find, what they looked at, and what they cannot read."""

import json

import pytest

from wf_stages.figures import read_figures
from wf_stages.inspections.__main__ import main
from wf_stages.judging import Verdict, judge_step
from wf_stages.model import step_of


@pytest.fixture
def inspect(project):
    """Gives exit code and lines of an inspection in the project."""

    def run(*arguments):
        project.capsys.readouterr()
        code = main(list(arguments))
        said = project.capsys.readouterr()
        return code, (said.out + said.err).splitlines()

    return run


PIP = [
    {"name": "old", "version": "1!1.2", "latest_version": "1!4.0"},
    {"name": "near", "version": "8.1", "latest_version": "9.0"},
]
NPM = {
    "old": {"current": "1.0.0", "wanted": "1.9.0", "latest": "4.0.0"},
    "absent": {"wanted": "2.0.0", "latest": "2.1.0"},
}
PACKAGE = {"id": "old", "resolvedVersion": "1.9.2", "latestVersion": "4.0.0"}
DOTNET = {"projects": [{"path": "a"}, {"path": "b", "frameworks": [{"topLevelPackages": [PACKAGE]}, {}]}]}


@pytest.mark.parametrize("report", [PIP, NPM, DOTNET])
def test_freshness_reads_what_each_package_manager_says(project, inspect, report):
    project.write("outdated.json", json.dumps(report))
    code, lines = inspect("freshness", "outdated.json")
    assert code == 1
    assert lines[0].startswith("old: 1")
    assert lines[0].split(" is ", 1)[1].startswith("3 majors behind")
    assert lines[-1].startswith("1 found, ")


@pytest.mark.parametrize(
    "report", ["", "3", '{"error": {"code": "E404"}}', '[{"name": "x"}]', '{"projects": [1]}', "null"]
)
def test_a_list_of_dependencies_that_is_none_is_not_read(project, inspect, report):
    project.write("outdated.json", report)
    code, lines = inspect("freshness", "outdated.json")
    assert code == 2
    assert "outdated.json is no list of outdated dependencies" in lines[0]


def test_nothing_outdated_is_nothing_found(project, inspect):
    project.write("outdated.json", "{}")
    assert inspect("freshness", "outdated.json") == (0, ["0 found, 0 looked at"])


@pytest.mark.parametrize("version", ["", "latest"])
def test_a_version_without_a_number_is_said_to_be_none(project, inspect, version):
    project.write("outdated.json", json.dumps([{"name": "x", "version": version, "latest_version": "2"}]))
    code, lines = inspect("freshness", "outdated.json")
    assert code == 2
    assert "is no version" in lines[0]


SHAPES = """\
from typing import Protocol

LIMIT: int = 3
_HIDDEN: int = 4
AGREED = 1


class Shape(Protocol):
    sides: int

    def area(self, scale: float = 1.0) -> float: ...

    def _own(self) -> None: ...


async def load(name: str, *rest: str, deep: bool = False) -> Shape: ...


def _private() -> None: ...
"""


def test_the_interface_of_python_is_compared_with_the_one_agreed_on(project, inspect):
    project.write("src/demo/shapes.py", SHAPES)
    project.write("src/demo/_inner.py", "def hidden() -> None: ...\n")
    code, lines = inspect("interface", "found.txt", "src")
    assert code == 2
    assert "contracts/interface.txt is missing" in lines[0]
    found = (project.root / "found.txt").read_text()
    assert found.splitlines() == [
        "demo/__init__.py: def double(x: int) -> int",
        "demo/shapes.py: LIMIT: int",
        "demo/shapes.py: class Shape(Protocol)",
        "demo/shapes.py: Shape.sides: int",
        "demo/shapes.py: def Shape.area(self, scale: float=1.0) -> float",
        "demo/shapes.py: def load(name: str, *rest: str, deep: bool=False) -> Shape",
    ]
    project.write("contracts/interface.txt", found)
    assert inspect("interface", "found.txt", "src") == (0, ["0 found, 6 looked at"])
    project.write("src/demo/shapes.py", SHAPES.replace("*rest: str, ", ""))
    code, lines = inspect("interface", "found.txt", "src")
    assert code == 1
    assert lines[:-1] == [
        "- demo/shapes.py: def load(name: str, *rest: str, deep: bool=False) -> Shape",
        "+ demo/shapes.py: def load(name: str, deep: bool=False) -> Shape",
    ]


@pytest.mark.parametrize("name", ["interface", "complexity"])
def test_python_that_is_none_is_named(project, inspect, name):
    project.write("src/demo/broken.py", "def (:\n")
    code, lines = inspect(name, *(["found.txt"] if name == "interface" else []), "src")
    assert code == 2
    assert "broken.py" in lines[0]


def audits(**found):
    return json.dumps({"audits": found})


def test_serious_findings_of_a_page_count_and_others_do_not(project, inspect):
    def audit(score, impact):
        return {"score": score, "details": {"debugData": {"impact": impact}}}

    project.write(
        "lighthouse.json",
        audits(
            a=audit(0, "critical"),
            b=audit(0, "serious"),
            c=audit(0, "minor"),
            d=audit(1, "critical"),
            e={"score": None},
        ),
    )
    assert inspect("accessibility", "lighthouse.json") == (1, ["a: critical", "b: serious", "2 found, 4 looked at"])


@pytest.mark.parametrize(
    "text", ["", "{}", '{"audits": 3}', '{"audits": {"a": {}}}', '{"audits": {"a": {"score": "x"}}}']
)
def test_a_report_of_a_page_that_is_none_is_not_read(project, inspect, text):
    project.write("lighthouse.json", text)
    assert inspect("accessibility", "lighthouse.json")[0] == 2


def test_leftovers_are_named_by_line_and_by_file(project, inspect):
    project.write("src/demo/CHANGEME.txt", "one\n[PROJECT NAME]\nYOUR_TOKEN_HERE\n")
    project.write("image.png", "\0")
    (project.root / "image.png").write_bytes(b"\xff\xfe\x00")
    (project.root / "large.txt").write_text("CHANGEME " * 200_000)
    code, lines = inspect("leftovers")
    assert code == 1
    assert lines[:-1] == [
        "src/demo/CHANGEME.txt: the file's name",
        "src/demo/CHANGEME.txt:3: YOUR_TOKEN_HERE",
        "src/demo/CHANGEME.txt:2: [PROJECT NAME]",
    ]


def test_a_pattern_of_leftovers_that_is_none_is_named(project, inspect):
    project.write("stages.yaml", "leftovers: {patterns: ['(']}\n")
    assert "'(' is no regular expression" in inspect("leftovers")[1][0]


def test_the_words_and_the_beginner_path_of_a_stage(project, inspect):
    project.begin(profile="MINIMAL")
    assert inspect("words", "9.7")[0] == 1
    project.finish_words()
    assert inspect("words", "9.7") == (0, ["0 found, 2 looked at"])
    assert inspect("beginner", "9.7")[1][-1] == "6 found, 0 looked at"
    project.must("gates", "--stage", "9.7", "1")
    lines = inspect("beginner", "9.7")[1]
    assert "gate 1: PASSED" not in lines
    assert lines[-1] == "5 found, 1 looked at"
    project.write("src/demo/more.py", '"""More."""\n')
    project.commit()
    assert "gate 1: it ran on another commit" in inspect("beginner", "9.7")[1]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def f(x):\n" + "    if x: pass\n" * 15, "cyclomatic complexity 16"),
        ("def f(x):\n" + "    x += 1\n" * 50, "lines 51"),
        ("def f(x):\n    def g():\n" + "        x += 1\n" * 9, None),
        ("def f(x):\n    if x: pass\n" + "    elif x: pass\n" * 9, None),
        ("def f(x):\n    return [y and z or w for y in x if y]\n", None),
    ],
)
def test_the_bounds_of_complexity(project, inspect, code, found):
    project.write("src/demo/more.py", code)
    ended, lines = inspect("complexity", "src")
    assert ended == (1 if found else 0)
    assert not found or found in lines[0]


def test_an_inspection_that_there_is_not(inspect):
    code, lines = inspect("nonsense")
    assert code == 2
    assert "no inspection 'nonsense'" in lines[0]
    assert inspect()[0] == 2


STEP = step_of(
    {
        "name": "bench",
        "run": ["bench"],
        "figures": [
            {
                "name": "ms",
                "read": "json-each",
                "at": "runs[]",
                "key": "id",
                "value": "took.median",
                "scale": 1000,
                "file": "b",
            }
        ],
        "requires": [{"figure": "ms", "rise_at_most": 10}],
    }
)
ENDED = {"exit_code": 0, "timed_out": False, "error": None, "version": "1", "version_command": []}


@pytest.mark.parametrize(
    ("text", "baseline", "verdict"),
    [
        ('{"runs": [{"id": "a", "took": {"median": 0.1}}, {"id": "b", "took": {"median": 0.2}}]}', {"ms: a": 100, "ms: b": 190}, "passed"),
        ('{"runs": [{"id": "a", "took": {"median": 0.1}}, {"id": "b", "took": {"median": 0.3}}]}', {"ms: a": 100, "ms: b": 190}, "failed"),
        ('{"runs": [{"id": "a", "took": {"median": 0.1}}]}', {}, "not_run"),
        ('{"runs": []}', {"ms: a": 100}, "not_run"),
        ('{"runs": [{"id": "a"}]}', {"ms: a": 100}, "not_run"),
        ("{", {}, "not_run"),
    ],
)  # fmt: skip
def test_every_benchmark_of_a_report_is_compared_with_its_own_baseline(tmp_path, text, baseline, verdict):
    (tmp_path / "b").write_text(text)
    figures = read_figures(STEP, tmp_path, "log", [])
    assert judge_step(STEP, {**ENDED, "figures": figures, "baseline": baseline}, "").verdict == Verdict(verdict)
