"""The table of forms: what compiles a target that is written in each of them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from wf_engine.execution.kinds.block import compile_block
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.kinds.subworkflow import compile_workflow_ref
from wf_engine.execution.kinds.switch import compile_switch
from wf_engine.execution.kinds.task import compile_task
from wf_engine.execution.kinds.transform import compile_in_place
from wf_engine.execution.program import Target
from wf_engine.language import Step
from wf_engine.language import Target as Written

Form = Callable[[Step | Written, Mapping[str, Any], Scoping], Target]


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "task_ref": compile_task,
        "workflow_ref": compile_workflow_ref,
        "transform": compile_in_place,
        "switch": compile_switch,
        "tasks": compile_block,
    }
)
"""By the attribute of the record that the form is written in."""


def compile_target(written: Step | Written, given: Mapping[str, Any], scoping: Scoping) -> Target:
    """The target that is written there; `given` is the input it gets unless it writes its own. Raises WfError."""
    forms = [form for form in FORMS if getattr(written, form, None) is not None]
    if len(forms) != 1:
        count = "nothing" if not forms else "more than one thing"
        raise scoping.error(f"{count} is written that could run.", "Write exactly one target, such as `taskRef`.")
    own = written.input
    return FORMS[forms[0]](written, given if own is None else own, scoping)
