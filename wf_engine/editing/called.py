"""What is called where the cursor gives it an input."""

from wf_engine.editing.cursor import Cursor
from wf_engine.language import Step
from wf_engine.language.spellings import modernised
from wf_engine.syntax import Map
from wf_engine.workspace import Contract

_DESCRIBED = ("examples", "triggers")
"""Lists of a spec whose entries hold inputs of the definition itself."""


def called_contract(cursor: Cursor) -> Contract | None:
    """The contract of what takes the `input` that the cursor stands in; None outside of an input."""
    path = cursor.trail.path
    if "input" not in path:
        return None
    step = cursor.step
    if step is None:
        definition = cursor.source.definition
        return (
            definition.contract
            if definition and path[:1] == ("spec",) and path[1:2] and path[1] in _DESCRIBED
            else None
        )
    inside = cursor.trail.crumbs[path.index("input")].container
    here = modernised(Step, inside).node if isinstance(inside, Map) else inside
    own = [use.contract for use in step.uses if use.use.target.node is here]
    return own[0] if own else next((use.contract for use in step.uses if use.contract), None)
