"""Steps that change nothing where they run: whether one is there makes no difference but for what it reads."""

from collections.abc import Callable

from wf_engine.analysis.steps import targets
from wf_engine.language import Fallback, Step, Target
from wf_engine.workspace import Contract

Find = Callable[[str, str], Contract | None]
_SAFE_METHODS = ("GET", "HEAD")


def is_safe(step: Step, find: Find) -> bool:
    """Whether all that may run in a step only reads; `find` gives the contract of a kind and a reference."""
    return all(_only_reads(target, find) for path, target in targets(step) if path or not step.switch)


def _only_reads(target: Step | Target, find: Find) -> bool:
    if target.workflow_ref:
        return False
    if target.task_ref:
        contract = find("WorkflowTask", target.task_ref)
        return contract is not None and (not contract.makes_call or contract.method in _SAFE_METHODS)
    if target.tasks is not None:
        return all(is_safe(step, find) for step in target.tasks)
    return (isinstance(target, Step) and target.transform is not None) or isinstance(target, Fallback)
