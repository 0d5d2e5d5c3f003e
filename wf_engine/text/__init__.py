"""Text and places in it: the text store, spans, diagnostics and edits.

Offsets count Unicode code points from 0; a span is half open. Position encodings of editors (UTF-8, UTF-16) are
known to the language server alone.
"""

from wf_engine.text.diagnostics import Diagnostic, FileEdit, Fix, Location, Related, Severity, WfError
from wf_engine.text.spans import Edit, Position, Span
from wf_engine.text.store import Text
from wf_engine.text.suggest import closest, did_you_mean

__all__ = [
    "Diagnostic",
    "Edit",
    "FileEdit",
    "Fix",
    "Location",
    "Position",
    "Related",
    "Severity",
    "Span",
    "Text",
    "WfError",
    "closest",
    "did_you_mean",
]
