"""The page of all stages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wf_stages import dashboard
from wf_stages.charts import duration
from wf_stages.dashboard import page


class Cells(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.loads = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "td" and "gate" in values.get("class", ""):
            self.found.append((values["class"], values["title"]))
        self.loads += [value for name, value in attrs if name in {"src", "href"}] + ([tag] if tag == "script" else [])


def test_the_page_shows_every_verdict_and_loads_nothing(project):
    project.begin(profile="MINIMAL")
    project.write("src/demo/extra.py", "import os\n")
    project.stage("gates", "--stage", "9.7", "1", "2")
    project.must("dashboard")
    cells = Cells((project.root / "stage-proofs/dashboard.html").read_text())
    assert [each[0] for each in cells.found] == ["gate passed", "gate failed", *["gate not-run"] * 4]
    assert cells.found[1][1].startswith("FAILED: ruff check")
    assert cells.loads == []


def test_the_page_forbids_itself_to_load_and_says_what_signs_mean(project):
    project.begin(profile="MINIMAL")
    project.stage("gates", "--stage", "9.7", "1")
    project.must("dashboard")
    text = (project.root / "stage-proofs/dashboard.html").read_text()
    assert "Content-Security-Policy\" content=\"default-src 'none'" in text
    assert "color-scheme: light dark" in text
    assert '<html lang="en">' in text
    assert '<span class="said">PASSED: leftovers 0' in text, "a screen reader hears the verdict, not the sign"
    assert "<span>No template leftovers</span> 1</th>" in text
    assert "http:" not in text
    assert "https:" not in text


def test_names_are_text_and_never_markup(project):
    project.begin(profile="MINIMAL")
    project.must("init", "--stage", "10", "--name", "<script>alert(1)</script>", "--profile", "MINIMAL")
    states = [project.state("9.7"), project.state("10")]
    assert Cells(page(states, "2026-01-01T00:00:00Z")).loads == []


def test_stages_of_every_work_tree_are_on_the_page(project):
    project.begin(profile="MINIMAL")
    project.commit()
    project.must("init", "--stage", "10", "--name", "Beside", "--profile", "MINIMAL", "--worktree")
    assert "2 stages in" in project.must("dashboard")
    text = (project.root / "stage-proofs/dashboard.html").read_text()
    assert "<h1>Stages of demo</h1>" in text
    assert text.index("Feature") < text.index("Beside")


def test_without_a_stage_the_page_says_how_to_begin(project):
    project.commit()
    (project.root / "stage-proofs").mkdir()
    project.must("dashboard")
    assert "<code>wf stage init</code>" in (project.root / "stage-proofs/dashboard.html").read_text()


def test_each_stage_is_told_with_what_its_gates_found(project):
    project.begin("gates: {4: {steps: {python: []}}}\n", profile="MINIMAL")
    project.stage("gates", "--stage", "9.7", "1", "4")
    project.must(
        "waive", "--stage", "9.7", "4", "--who", "A <b>", "--why", "no such tool here", "--until", "2999-01-01"
    )
    text = page([project.state()], "2026-01-01T00:00:00Z")
    assert "<td>leftovers 0, files read 4</td>" in text
    assert "; waived by A &lt;b&gt; until 2999-01-01: no such tool here" in text
    assert "<li>doubling: planned</li>" in text


def _light(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_what_is_written_can_be_read_in_light_and_in_dark(scheme):
    """The contrast that WCAG 2 AA wants of text."""
    css = (Path(dashboard.__file__).parent / "dashboard.css").read_text()
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css.split("prefers-color-scheme: dark")[scheme]))
    verdicts = [(name, f"{name}-back") for name in ("passed", "failed", "warning", "waived", "not-run")]
    pairs = [*verdicts, *((ink, back) for ink in ("ink", "quiet", "accent") for back in ("page", "card"))]
    assert {
        pair: _contrast(*(colours[each] for each in pair))
        for pair in pairs
        if _contrast(*(colours[each] for each in pair)) < 4.5
    } == {}


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.24, "0.2 s"), (59.94, "59.9 s"), (61, "1 min 1 s"), (4000, "66 min 40 s")]
)
def test_durations_are_said_as_people_do(seconds, said):
    assert duration(seconds) == said


def test_figures_are_drawn_from_stage_to_stage(project):
    project.begin(profile="MINIMAL")
    states = [{**project.state(), "stage": stage, "metrics": {"tests": n}} for stage, n in (("1", 10), ("2", 40))]
    assert 'aria-label="tests: 1 10, 2 40"' in page(states, "2026-01-01T00:00:00Z")
