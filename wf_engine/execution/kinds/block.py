"""Blocks: steps in a scope of their own that runs as one step (language §4)."""

from collections.abc import Mapping
from typing import Any

from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.program import Context, Enter, Frame, ScopeProgram, StepRun
from wf_engine.language import Step
from wf_engine.language import Target as Written


def compile_block(written: Step | Written, _: Mapping[str, Any], scoping: Scoping) -> "BlockTarget":
    """The block under `tasks`. Raises WfError where it cannot run."""
    has_output = written.output is not None or bool(written.node and written.node.pair("output"))
    output = (written.output,) if has_output else None
    return BlockTarget(scoping.compiler.block(scoping, written.tasks or (), output))


class BlockTarget:
    """The steps of a block. They see the steps around them; outside, only the block itself is seen."""

    task_ref = None

    def __init__(self, scope: ScopeProgram) -> None:
        self._scope = scope

    def open(self, step: StepRun, _: Context) -> Enter:
        """Enters the scope."""
        step.task_ref = None
        roots = step.frame.roots
        return Enter(self._scope, Frame(f"{step.path}.", {**roots, "tasks": dict(roots["tasks"])}))
