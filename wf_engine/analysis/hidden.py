"""Reads of steps that there are, but not in sight: those inside the blocks of others (language §4)."""

from dataclasses import replace

from wf_engine.analysis.scopes import StepScope
from wf_engine.expressions import Finding
from wf_engine.types import property_of


def hidden_step(finding: Finding, scope: StepScope) -> Finding | None:
    """What to say of a step that is unknown because it stands in a block; None of any other finding.

    `data["inside"]` is the step that holds the block, `data["path"]` what gives the same from outside, where anything
    does.
    """
    if finding.kind != "unknown_member" or finding.data.get("root") != "tasks":
        return None
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
