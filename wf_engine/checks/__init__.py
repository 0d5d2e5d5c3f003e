"""The checks: one file a diagnostic, and the catalogue of them all. A check reads the analysis and nothing else."""

from wf_engine.checks.base import Check, Draft, DraftFix, Found
from wf_engine.checks.catalogue import BY_CODE, BY_NAME, CHECKS
from wf_engine.checks.diagnose import FileUnits, absolute, diagnostics, file_units
from wf_engine.checks.old_spellings import OLD_CODES
from wf_engine.checks.suppression import Suppressions
from wf_engine.checks.units import Unit, units

__all__ = [
    "BY_CODE",
    "BY_NAME",
    "CHECKS",
    "OLD_CODES",
    "Check",
    "Draft",
    "DraftFix",
    "FileUnits",
    "Found",
    "Suppressions",
    "Unit",
    "absolute",
    "diagnostics",
    "file_units",
    "units",
]
