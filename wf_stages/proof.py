"""The proof of a stage, rendered from its state, its evidence and its author's words; the same input, the same bytes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from wf_stages import waivers
from wf_stages.evidence import read_record
from wf_stages.model import Tier
from wf_stages.review import read_review
from wf_stages.state import StageStore

_TESTS_GATE, _COVERAGE_GATE, _SECURITY_GATE = 5, 6, 7
_SECURITY = (
    "vulnerabilities",
    "transitive vulnerabilities",
    "dependencies",
    "dependencies audited",
    "dependencies left out",
)
_TESTS = ("tests", "failed", "skipped", "unexplained")


def render(store: StageStore, state: Mapping[str, Any]) -> str:
    """The text of STAGE_N_PROOF.md; a StageError where the review or a record is missing."""
    review = read_review(store.review)
    records = {number: read_record(store.folder / entry["evidence"]) for number, entry in state["gates"].items()}
    day = state["times"].get("completed") or state["times"].get("gates") or state["times"]["begun"]
    parts = [
        _head(state, review),
        _gates(state, day),
        _section("Tests", _figures(records, _TESTS_GATE, _TESTS) + _skips(records)),
        _section("Coverage", _figures(records, _COVERAGE_GATE, ("coverage",))),
        _section("Security", _figures(records, _SECURITY_GATE, _SECURITY)),
        _section("Tools", _tools(records)),
        _section("Deliverables", [f"{_cell(each['name'])}: {each['status']}" for each in state["deliverables"]]),
        f"## Value\n\n{review['value'].strip()}\n",
        _review(review),
        _artifacts(state, records),
    ]
    return "\n".join(parts)


def _head(state: Mapping[str, Any], review: Mapping[str, Any]) -> str:
    commit = state.get("proven") or "not proven yet"
    rows = [("Profile", state["profile"]), ("Technology", state["technology"]), ("Proven commit", f"`{commit}`")]
    rows += [("Begun", state["times"]["begun"]), ("Completed", state["times"].get("completed") or "not yet")]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    title = f"# Stage {state['stage']}: {state['name']}"
    note = "Rendered by `wf stage` from the evidence below and from review.yaml; not to be edited."
    return f"{title}\n\n{note}\n\n## Summary\n\n{review['summary'].strip()}\n\n| | |\n|---|---|\n{table}\n"


def _gates(state: Mapping[str, Any], day: str) -> str:
    out = ["## Gates\n"]
    for tier in Tier:
        rows = list(_rows(state, tier, day))
        if rows:
            header = "| gate | verdict | what it found | seconds |\n|---|---|---|---|"
            out.append(f"### {tier.value.capitalize()}\n\n{header}\n" + "\n".join(rows) + "\n")
    return "\n".join(out)


def _rows(state: Mapping[str, Any], tier: Tier, day: str) -> Iterator[str]:
    # Those that ran beside the profile are shown too: one that failed is not to be overlooked.
    for number, planned in sorted({**state["gates"], **state["planned"]}.items()):
        entry = state["gates"].get(number)
        if (entry or planned)["tier"] != tier:
            continue
        verdict = waivers.shown(state, number, day)
        found = _cell(entry["reason"]) if entry else "not run"
        waiver = waivers.active(state, number, day)
        if waiver and "WAIVED" in verdict:
            found += f"; waived by {_cell(waiver['who'])} until {waiver['until']}: {_cell(waiver['why'])}"
        yield f"| {number} {_cell(planned['name'])} | {verdict} | {found} | {entry['seconds'] if entry else ''} |"


def _figures(records: Mapping[int, Any], number: int, names: Sequence[str]) -> list[str]:
    record = records.get(number)
    if record is None or record["verdict"] == "not_run":
        return [f"gate {number} was not run"]
    figures = {name: value for step in record["steps"] for name, value in step["figures"].items() if value is not None}
    return [f"{name}: {figures[name]:g}" for name in names if name in figures]


def _tools(records: Mapping[int, Any]) -> list[str]:
    """Each tool with the version that it gave, in the order of the gates."""
    steps = [step for _, record in sorted(records.items()) for step in record["steps"] if step["version"]]
    return list(dict.fromkeys(f"{_cell(step['name'])}: {_cell(step['version'])}" for step in steps))


def _skips(records: Mapping[int, Any]) -> list[str]:
    known = records[_TESTS_GATE]["skips"] if _TESTS_GATE in records else []
    return [f"may be skipped: `{each['test']}`, {_cell(each['reason'])}" for each in known]


def _section(title: str, lines: Iterable[str]) -> str:
    return f"## {title}\n\n" + ("\n".join(f"- {line}" for line in lines) or "- none") + "\n"


def _review(review: Mapping[str, Any]) -> str:
    warnings = [f"gate {number}: {text}" for number, text in sorted(review.get("warnings", {}).items())]
    parts = [("What goes well", review["goesWell"]), ("Risks", review["risks"]), ("Warnings explained", warnings)]
    lists = [f"### {title}\n\n" + "\n".join(f"- {each.strip()}" for each in items) for title, items in parts if items]
    return "\n\n".join(["## Review", *lists, f"**Recommendation: {review['recommendation']}**"]) + "\n"


def _artifacts(state: Mapping[str, Any], records: Mapping[int, Any]) -> str:
    rows = []
    for number, record in sorted(records.items()):
        entry = state["gates"][number]
        files = {"record.json": entry["record"], **record["files"]}
        rows += [f"| {entry['evidence']}/{name} | `{value}` |" for name, value in files.items()]
    return "## Artifacts\n\n| file | SHA-256 |\n|---|---|\n" + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "\\|").split())
