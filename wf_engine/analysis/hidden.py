"""Reads of what there is, but not in sight: steps inside the blocks of others, variables of the loops around."""

from msgspec.structs import replace

from wf_engine.analysis.scopes import Loop, StepScope
from wf_engine.expressions import Finding
from wf_engine.types import property_of


def explained(finding: Finding, scope: StepScope) -> Finding:
    """A finding that says where the name is known, if anywhere (language §4, §5).

    `data["inside"]` is the step that holds the block, `data["path"]` what reads the same from here, if anything does.
    """
    if finding.kind != "unknown_member":
        return finding
    found = {"tasks": _step, "forEach": _variable}.get(finding.data.get("root", ""))
    return (found and found(finding, scope)) or finding


def _variable(finding: Finding, scope: StepScope) -> Finding | None:
    """A variable of a loop further out."""
    for levels, loop in enumerate(reversed(scope.loops[:-1]), 1):
        if finding.name in _variables(loop):
            path = ".".join([*["$parent"] * levels, finding.name])
            message = f"`{finding.name}` belongs to a loop further out."
            hint = f"Read it as `forEach.{path}`."
            data = {**finding.data, "path": f"forEach.{path}"}
            return replace(finding, message=message, hint=hint, candidates=(path,), data=data)
    return None


def _variables(loop: Loop) -> tuple[str, str]:
    return loop.item_var, loop.index_var


def _step(finding: Finding, scope: StepScope) -> Finding | None:
    """A step in a block."""
    holder = scope.holder(finding.name)
    if holder is None:
        return None
    name, block = finding.name, holder.id
    data = {**finding.data, "inside": block}
    hint = f"Hand it out in the `output` of `{block}`."
    if property_of(holder.output, name).status in {"required", "optional"}:
        data["path"] = f"tasks.{block}.output.{name}"
        hint = f"Its output is `{data['path']}`."
    message = f"`{name}` stands inside `{block}`; from outside only `{block}` itself can be read."
    return replace(finding, message=message, hint=hint, candidates=(), data=data)
