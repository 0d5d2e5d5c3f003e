"""WF603 unreachable-case."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.analysis.branches import Branches, Match, branches_of
from wf_engine.checks.base import Draft, check
from wf_engine.language.values import first_line, short
from wf_engine.syntax import Scalar
from wf_engine.text import Severity
from wf_engine.types import describe, literal


@check(
    "step",
    "WF603",
    "unreachable-case",
    Severity.WARNING,
    "A branch of a `switch` that is never taken.",
    tags=("unnecessary",),
    yields_to="errors",
)
def unreachable_case(step: StepAnalysis) -> Iterator[Draft]:
    """A value that an earlier case takes, a value that never comes, or a default where nothing is left for it."""
    branches = branches_of(step)
    if branches is None:
        return
    found = False
    for place in branches.empty:
        found = True
        yield Draft(
            place, "an empty list matches nothing: this case is never taken", "write a value, or a list of them"
        )
    for index, match in enumerate(branches.matches):
        draft = _draft(branches, index, match)
        if draft is not None:
            found = True
            yield draft
    default = branches.node.pair("default")
    if default is not None and not found and branches.complete:
        message = "this default is never taken: the cases take every value there can be"
        yield Draft(default.key.place, message, "remove it, or a case that it should stand in for")


def _draft(branches: Branches, index: int, match: Match) -> Draft | None:
    place, shown = first_line(match.node), describe(literal(match.value), 1)
    before = branches.earlier(index)
    if before is not None:
        message = f"`{shown}` never gets here: an earlier case takes it"
        return Draft(place, message, "the first case that matches runs", ((first_line(before.node), "this one"),))
    if isinstance(match.node, Scalar) and "{{" in match.node.text:
        message = f"`{short(match.node.text)}` is compared as the text that it is: a `match` holds no templates"
        return Draft(place, message, "compare in `value`, such as `value: a == b`, and match true")
    if not branches.impossible(match):
        return None
    message = f"the value is never `{shown}`: it is `{describe(branches.value, 1)}`"
    return Draft(place, message, "a match is equal in type too: `1` is no `'1'`")
