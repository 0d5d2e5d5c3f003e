"""One self-contained page of all stages: gates as a grid, and how the figures went from stage to stage."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from wf_stages import waivers

_CLASSES = {"PASSED": "passed", "FAILED": "failed", "WARNING": "warning", "NOT RUN, WAIVED": "waived"}
_SIGNS = {"PASSED": "✓", "FAILED": "✗", "WARNING": "!", "NOT RUN, WAIVED": "w", "NOT RUN": "?", "-": "·"}
_TRENDS = ("tests", "coverage", "mutation")
_WIDTH, _HEIGHT, _EDGE = 360, 90, 8
# Nothing is fetched and nothing runs, whatever a stage is called; only the page's own style counts.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: #1257a6; }
@media (prefers-color-scheme: dark) { :root { --line: #82b6ff; } }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; background: Canvas; color: CanvasText; }
.wide { overflow-x: auto; } table { border-collapse: collapse; } caption { text-align: left; padding: .5rem 0; }
th, td { padding: .25rem .5rem; text-align: left; }
td.gate { text-align: center; min-width: 1.6rem; border: 1px solid #8888; }
.passed { background: #2e7d3240; } .failed { background: #c6282860; } .warning { background: #f9a82550; }
.waived { background: #6a1b9a40; } .not-run { background: #8883; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { display: inline-block; margin: 1rem 1rem 0 0; }
polyline { fill: none; stroke: var(--line); stroke-width: 2; } circle { fill: var(--line); }
"""


def page(states: Sequence[Mapping[str, Any]], day: str) -> str:
    """The page as HTML; states in the order of the stages. It fetches nothing and runs nothing."""
    numbers = sorted({number for state in states for number in (*state["planned"], *state["gates"])})
    legend = " · ".join(f"{sign} {verdict.lower()}" for verdict, sign in _SIGNS.items() if verdict != "-")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Stages</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n'
        '<body>\n<main>\n<h1>Stages</h1>\n<div class="wide" role="region" aria-label="Gates" tabindex="0">\n'
        f"<table>\n<caption>Gates of each stage: {legend}</caption>\n"
        f"<thead>{_head(states, numbers)}</thead>\n<tbody>\n"
        + "".join(f"{_row(state, numbers, day)}\n" for state in states)
        + "</tbody>\n</table>\n</div>\n<h2>From stage to stage</h2>\n"
        + "".join(_trends(states))
        + "</main>\n</body>\n</html>\n"
    )


def _head(states: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> str:
    names = {number: each["name"] for state in states for number, each in (state["planned"] | state["gates"]).items()}
    gates = "".join(_heading(number, escape(names[number])) for number in numbers)
    return f'<tr><th scope="col">stage</th><th scope="col">phase</th>{gates}</tr>'


def _heading(number: int, name: str) -> str:
    return f'<th scope="col" title="{name}">{number}<span class="said"> {name}</span></th>'


def _row(state: Mapping[str, Any], numbers: Sequence[int], day: str) -> str:
    cells = "".join(_cell(state, number, day) for number in numbers)
    return f'<tr><th scope="row">{escape(state["stage"])} {escape(state["name"])}</th><td>{state["phase"]}</td>{cells}</tr>'


def _cell(state: Mapping[str, Any], number: int, day: str) -> str:
    if number not in state["planned"] and number not in state["gates"]:
        return "<td></td>"
    # A waiver counts as of the day the stage was completed, and as of now before that.
    verdict = waivers.shown(state, number, state["times"].get("completed", day))
    entry = state["gates"].get(number)
    title = escape(f"{verdict}: {entry['reason']} ({entry['seconds']:.1f} s)" if entry else verdict)
    sign = f'<span aria-hidden="true">{_SIGNS[verdict]}</span><span class="said">{title}</span>'
    return f'<td class="gate {_CLASSES.get(verdict, "not-run")}" title="{title}">{sign}</td>'


def _trends(states: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for name in _TRENDS:
        yield _trend(name, [(state["stage"], state["metrics"][name]) for state in states if name in state["metrics"]])
    times = [(state["stage"], sum(each["seconds"] for each in state["gates"].values())) for state in states]
    yield _trend("seconds of all gates", [each for each in times if each[1]])


def _trend(name: str, points: Sequence[tuple[str, float]]) -> str:
    if not points:
        return ""
    top = max(value for _, value in points) or 1
    step = (_WIDTH - 2 * _EDGE) / max(len(points) - 1, 1)
    places = [
        (_EDGE + i * step, _HEIGHT - _EDGE - value / top * (_HEIGHT - 2 * _EDGE)) for i, (_, value) in enumerate(points)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(stage)}: {value:g}</title></circle>'
        for (x, y), (stage, value) in zip(places, points, strict=True)
    )
    said = escape(f"{name}: " + ", ".join(f"{stage} {value:g}" for stage, value in points))
    return (
        f'<figure><svg role="img" aria-label="{said}" width="{_WIDTH}" height="{_HEIGHT}">'
        f'<polyline points="{line}"/>{dots}</svg><figcaption>{escape(name)}: {points[-1][1]:g}</figcaption></figure>\n'
    )
