"""WF307 unknown-version."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import replacement
from wf_engine.syntax import Place
from wf_engine.text import Severity, Span, closest


@check("step", "WF307", "unknown-version", Severity.ERROR, "A version of a Workflow that there is not.")
def unknown_version(step: StepAnalysis) -> Iterator[Draft]:
    """The workflow is there, in other versions; a task has none at all."""
    for use in step.uses:
        node = use.use.node
        if use.contract is not None or not use.certain or node is None or "@" not in use.use.ref:
            continue
        name, _, version = use.use.ref.partition("@")
        at = node.place_of(Span(len(name) + 1, len(use.use.ref)))
        whole = node.place
        if use.use.kind == "WorkflowTask" and name in use.known:
            fix = replacement(f"Change it to `{name}`", whole, name)
            yield Draft(at, f"a task has no versions, and so no `{version}`", f"write `{name}`", fixes=(fix,))
        elif use.versions:
            yield _draft(name, version, tuple(filter(None, use.versions)), at, whole)


def _draft(name: str, version: str, versions: tuple[str, ...], at: Place, whole: Place) -> Draft:
    known = f"its versions are {', '.join(versions)}" if versions else "it is not versioned"
    fix = replacement(f"Change it to `{name}`, the highest version", whole, name, safe=False)
    message = f"the workflow `{name}` has no version `{version}`; {known}"
    near = closest(version, _alike(version, versions))
    if near is not None:
        meant = replacement(f"Change it to `{near}`", at, near, safe=False)
        return Draft(at, f"{message}. Did you mean `{near}`?", _HIGHEST, fixes=(meant, fix))
    return Draft(at, message, _HIGHEST, fixes=(fix,))


_HIGHEST = "without a version the highest is taken"


def _alike(version: str, versions: tuple[str, ...]) -> list[str]:
    """The versions of the same major number: another one is seldom what a slip of the fingers meant."""
    major = version.lstrip("v^~").partition(".")[0]
    return [each for each in versions if each.partition(".")[0] == major]
