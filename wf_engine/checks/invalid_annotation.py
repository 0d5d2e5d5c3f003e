"""WF212 invalid-annotation."""

from collections.abc import Iterator

from wf_engine.checks.base import Draft, check
from wf_engine.checks.fixes import replacement
from wf_engine.language.documents import is_name
from wf_engine.syntax import Map, Scalar
from wf_engine.text import Severity
from wf_engine.workspace import SourceDocument, Workspace
from wf_engine.workspace.references import is_version


@check(
    "workspace",
    "WF212",
    "invalid-annotation",
    Severity.ERROR,
    "A name or version in an annotation that is none.",
    yields_to="breaks",
)
def invalid_annotation(_: Workspace, source: SourceDocument) -> Iterator[Draft]:
    """`workflow.io/version` is a SemVer, `workflow.io/name` a name like that of the document."""
    metadata = source.model.metadata if source.model else None
    annotations = metadata.node.get("annotations") if metadata and metadata.node else None
    if not isinstance(annotations, Map):
        return
    version, name = annotations.get("workflow.io/version"), annotations.get("workflow.io/name")
    if _is_text(version) and isinstance(version, Scalar) and not is_version(version.text):
        full = ".".join([*version.text.removeprefix("v").split("."), "0", "0"][:3])
        fixes = (replacement(f"Change it to `{full}`", version.place, full, safe=False),) if is_version(full) else ()
        message = f"`{version.text}` is not a version such as `1.2.0`"
        yield Draft(
            version.place,
            message,
            "three numbers with dots between them, and perhaps a suffix: `2.0.0-beta.1`",
            fixes=fixes,
        )
    if _is_text(name) and isinstance(name, Scalar) and not is_name(name.text):
        message = f"`{name.text}` is not a name such as `get-user`"
        yield Draft(name.place, message, "lower-case letters, digits and `-`, at most 63 characters")


def _is_text(node: object) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, str) and not node.broken
