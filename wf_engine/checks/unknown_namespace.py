"""WF308 unknown-namespace."""

from collections.abc import Iterator

from wf_engine.analysis import StepAnalysis
from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import rename_to_closest, replacement
from wf_engine.text import Severity, Span, did_you_mean


@check("step", "WF308", "unknown-namespace", Severity.ERROR, "A namespace in which nothing is defined.")
def unknown_namespace(step: StepAnalysis) -> Iterator[Draft]:
    """Of `ns/name`, where no definition at all is in that namespace."""
    for use in step.uses:
        namespace, node, rest = use.astray, use.use.node, use.use.ref.partition("/")[2]
        if namespace is None or not use.certain or node is None:
            continue
        place = node.place_of(Span(0, len(namespace)))
        known = sorted(use.namespaces)
        message = f"there is no namespace `{namespace}`.{did_you_mean(namespace, known)}"
        fixes = rename_to_closest(place, namespace, known)
        if rest.partition("@")[0] in use.known:
            fixes = (*fixes, replacement(f"Change it to `{rest}`, of this namespace", node.place, rest))
        yield Draft(place, message, f"the namespaces are {', '.join(known)}", fixes=fixes)
