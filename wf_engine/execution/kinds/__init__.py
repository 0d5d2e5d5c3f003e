"""The forms of steps, one file each, and what is common to all of them: the table of forms, the condition, the loop."""

from wf_engine.execution.kinds.fallback import compile_fallback
from wf_engine.execution.kinds.forms import compile_target
from wf_engine.execution.kinds.loop import compile_loop
from wf_engine.execution.kinds.opening import open_step
from wf_engine.execution.kinds.scoping import Scoping

__all__ = ["Scoping", "compile_fallback", "compile_loop", "compile_target", "open_step"]
