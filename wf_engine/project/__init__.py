"""A folder on disk: its root, its documents, its configuration and its secrets.

The only layer below the doors that reads files. What it gives is values (`Settings`, texts) or a `WfError`; it decides
nothing about workflows.
"""

from wf_engine.project.documents import belongs, documents
from wf_engine.project.ignoring import Ignored
from wf_engine.project.loading import load_settings
from wf_engine.project.reading import Unreadable, read_text
from wf_engine.project.roots import find_root
from wf_engine.project.secret_values import SHORTEST_SECRET, SecretValues, secrets

__all__ = [
    "SHORTEST_SECRET",
    "Ignored",
    "SecretValues",
    "Unreadable",
    "belongs",
    "documents",
    "find_root",
    "load_settings",
    "read_text",
    "secrets",
]
