"""Stages and proofs: "done" means proven by evidence.

Runs the gates of a stage of any Python, TypeScript or .NET project, keeps what they said under stage-proofs/, and judges
from that alone. Imports nothing of the engine. The command is `wf_stages.cli:main`.
"""

from wf_stages.errors import StageError
from wf_stages.judging import Verdict, judge
from wf_stages.state import StageStore
from wf_stages.verifying import verify_stage

__all__ = ["StageError", "StageStore", "Verdict", "judge", "verify_stage"]
