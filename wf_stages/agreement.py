"""Whether the state of a stage says what its evidence says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wf_stages.state import StageStore


def of_entry(entry: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[str]:
    """What a gate's entry in the state has otherwise than the record of its run; the verdict is found elsewhere."""
    definition = record["definition"]
    said = {"name": definition["name"], "tier": definition["tier"], "at": record["started"]}
    said |= {name: record[name] for name in ("reason", "seconds", "commit", "clean")}
    for name, value in said.items():
        if entry[name] != value:
            yield f"the state says {name} {entry[name]}, the evidence {value}"


def of_plan(state: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Gates that ran as something else than they are planned as, by number."""
    for number, planned in sorted(state["planned"].items()):
        entry = state["gates"].get(number)
        for name in ("name", "tier"):
            if entry is not None and entry[name] != planned[name]:
                yield number, f"it is planned as {planned[name]} and ran as {entry[name]}: run it again"


def of_metrics(state: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Figures of the state that no recorded step of a gate that passed has."""
    known: dict[str, set[float]] = {}
    for step in steps:
        for name, value in step["figures"].items():
            known.setdefault(name, set()).add(value)
    for name, value in state["metrics"].items():
        if value not in known.get(name, ()):
            yield f"metrics: the state says {name} {value:g}, and no run that passed does"


def of_phase(store: StageStore, state: Mapping[str, Any]) -> Iterator[str]:
    """What only a complete stage has, of one whose state says that it is not."""
    if store.proof.exists():
        yield f"{store.proof.name} is there, yet the state says {state['phase']}"
    if "proven" in state or "completed" in state["times"]:
        yield f"the state names when or what was proven, yet says {state['phase']}"
