"""The page of all stages."""

from html.parser import HTMLParser

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
    assert '1<span class="said"> No template leftovers</span>' in text
    assert "http:" not in text
    assert "https:" not in text


def test_names_are_text_and_never_markup(project):
    project.begin(profile="MINIMAL")
    project.must("init", "--stage", "10", "--name", "<script>alert(1)</script>", "--profile", "MINIMAL")
    states = [project.state("9.7"), project.state("10")]
    assert Cells(page(states, "2026-01-01T00:00:00Z")).loads == []


def test_figures_are_drawn_from_stage_to_stage(project):
    project.begin(profile="MINIMAL")
    states = [{**project.state(), "stage": stage, "metrics": {"tests": n}} for stage, n in (("1", 10), ("2", 40))]
    assert 'aria-label="tests: 1 10, 2 40"' in page(states, "2026-01-01T00:00:00Z")
