"""One self-contained page of all stages: gates as a grid, how the figures went from stage to stage, and each by itself."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib import resources
from typing import Any

from wf_stages import waivers
from wf_stages.charts import duration, trend

State = Mapping[str, Any]

_CLASSES = {"PASSED": "passed", "FAILED": "failed", "WARNING": "warning", "NOT RUN, WAIVED": "waived"}
_SIGNS = {"PASSED": "✓", "FAILED": "✗", "WARNING": "!", "NOT RUN, WAIVED": "w", "NOT RUN": "?", "-": "·"}
_WORDS = {"-": "not begun"}
_HOLD = ("PASSED", "NOT RUN, WAIVED")
_TRENDS = (("tests", "{:,.0f}"), ("coverage", "{:.1f} %"), ("mutation", "{:.1f} %"))
# Nothing is fetched and nothing runs, whatever a stage is called; only the page's own style counts.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(states: Sequence[State], at: str, *, title: str = "") -> str:
    """The page as HTML; states in the order in which they are to stand. It fetches nothing and runs nothing."""
    name = escape(f"Stages of {title}" if title else "Stages")
    style = resources.files("wf_stages").joinpath("dashboard.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n{style}</style>\n</head>\n'
        f'<body>\n<main>\n<h1>{name}</h1>\n<p class="as-of">As of {at.replace("T", " ").removesuffix("Z")} UTC</p>\n'
        + (_body(states, at) if states else '<p class="card empty">No stage yet: <code>wf stage init</code>.</p>\n')
        + "</main>\n</body>\n</html>\n"
    )


def _body(states: Sequence[State], at: str) -> str:
    drawn = "".join(_trends(states))
    trends = f'<h2>From stage to stage</h2>\n<div class="trends">\n{drawn}</div>\n' if drawn else ""
    each = "".join(_details(state, at) for state in states)
    return f"{_tiles(states, at)}<h2>Gates</h2>\n{_grid(states, at)}{trends}<h2>Each stage</h2>\n{each}"


def _verdict(state: State, number: int, at: str) -> str:
    # A waiver counts as of the day the stage was completed, and as of now before that.
    return waivers.shown(state, number, state["times"].get("completed", at))


def _numbers(state: State) -> list[int]:
    return sorted({*state["planned"], *state["gates"]})


def _tiles(states: Sequence[State], at: str) -> str:
    verdicts = [_verdict(state, number, at) for state in states for number in _numbers(state)]
    complete = sum(state["phase"] == "complete" for state in states)
    tiles = [
        ("stages complete", f"{complete} of {len(states)}"),
        ("gates hold", f"{sum(each in _HOLD for each in verdicts)} of {len(verdicts)}"),
        ("failed", str(verdicts.count("FAILED"))),
        ("waived", str(verdicts.count("NOT RUN, WAIVED"))),
    ]
    items = "".join(f'<li class="card"><strong>{value}</strong><span>{name}</span></li>\n' for name, value in tiles)
    return f'<ul class="tiles">\n{items}</ul>\n'


def _grid(states: Sequence[State], at: str) -> str:
    names: dict[int, str] = {}
    for state in states:
        names |= {number: _name(state, number) for number in _numbers(state)}
    head = "".join(_heading(number, escape(names[number])) for number in sorted(names))
    rows = "".join(_row(state, sorted(names), at) for state in states)
    return (
        '<div class="card wide" role="region" aria-label="Gates of each stage" tabindex="0">\n<table class="grid">\n'
        '<caption class="said">The verdict on each gate of each stage</caption>\n'
        f'<thead><tr><th scope="col">Stage</th><th scope="col">Phase</th>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n'
        f'</table>\n</div>\n<ul class="legend" aria-label="Signs">\n{"".join(_legend())}</ul>\n'
    )


def _legend() -> Iterator[str]:
    for verdict, sign in _SIGNS.items():
        yield f"<li>{_sign(verdict, sign)}{_WORDS.get(verdict, verdict.lower())}</li>\n"


def _sign(verdict: str, sign: str) -> str:
    return f'<span class="sign {_CLASSES.get(verdict, "not-run")}" aria-hidden="true">{sign}</span>'


def _name(state: State, number: int) -> str:
    return str((state["planned"].get(number) or state["gates"][number])["name"])


def _heading(number: int, name: str) -> str:
    return f'<th scope="col" class="number" title="{name}"><span>{name}</span> {number}</th>'


def _row(state: State, numbers: Sequence[int], at: str) -> str:
    cells = "".join(_cell(state, number, at) for number in numbers)
    head = f'<th scope="row">{escape(state["name"])}<small>{escape(state["stage"])}</small></th>'
    day = state["times"].get("completed", state["times"].get("gates", state["times"]["begun"]))[:10]
    return f'<tr>{head}<td class="phase">{state["phase"]}<small>{day}</small></td>{cells}</tr>\n'


def _cell(state: State, number: int, at: str) -> str:
    if number not in state["planned"] and number not in state["gates"]:
        return '<td><span class="said">not a gate of this stage</span></td>'
    verdict = _verdict(state, number, at)
    entry = state["gates"].get(number)
    title = escape(
        f"{verdict}: {entry['reason']} ({entry['seconds']:.1f} s)" if entry else _WORDS.get(verdict, verdict)
    )
    sign = f'<span class="sign" aria-hidden="true">{_SIGNS[verdict]}</span><span class="said">{title}</span>'
    return f'<td class="gate {_CLASSES.get(verdict, "not-run")}" title="{title}">{sign}</td>'


def _trends(states: Sequence[State]) -> Iterator[str]:
    # In the order of time: a trend is what came after what.
    states = sorted(states, key=lambda state: state["times"].get("completed", state["times"].get("gates", "9")))
    for name, form in _TRENDS:
        points = [(state["stage"], state["metrics"][name]) for state in states if name in state["metrics"]]
        yield trend(name, points, form.format)
    times = [(state["stage"], sum(each["seconds"] for each in state["gates"].values())) for state in states]
    yield trend("duration of all gates", [each for each in times if each[1]], duration)


def _details(state: State, at: str) -> str:
    rows = "".join(_detail(state, number, at) for number in _numbers(state))
    held = sum(_verdict(state, number, at) in _HOLD for number in _numbers(state))
    done = "".join(f"<li>{escape(each['name'])}: {each['status']}</li>\n" for each in state["deliverables"])
    deliverables = f"<p>Deliverables</p>\n<ul>\n{done}</ul>\n" if done else ""
    return (
        f'<details class="card">\n<summary>{escape(state["name"])}'
        f"<small>{escape(state['stage'])}: {state['phase']}, {held} of {len(_numbers(state))} gates hold, {escape(state['profile'])}</small>"
        f'</summary>\n<div class="more">\n{deliverables}<div class="wide"><table>\n<thead><tr><th scope="col">Gate</th>'
        '<th scope="col">Verdict</th><th scope="col">What it found</th><th scope="col">Took</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table></div>\n</div>\n</details>\n"
    )


def _detail(state: State, number: int, at: str) -> str:
    verdict, entry = _verdict(state, number, at), state["gates"].get(number)
    head = f'<th scope="row">{_sign(verdict, _SIGNS[verdict])}{number} {escape(_name(state, number))}</th>'
    found, took = (escape(entry["reason"]), duration(entry["seconds"])) if entry else ("", "")
    waiver = waivers.active(state, number, state["times"].get("completed", at)) if "WAIVED" in verdict else None
    if waiver:
        found += escape(f"; waived by {waiver['who']} until {waiver['until']}: {waiver['why']}")
    return f"<tr>{head}<td>{_WORDS.get(verdict, verdict)}</td><td>{found}</td><td>{took}</td></tr>\n"
