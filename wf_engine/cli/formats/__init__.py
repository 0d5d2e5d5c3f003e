"""The formats of `wf validate`: each writes a report, the findings of some files with their texts."""

from wf_engine.cli.formats.github import write_github
from wf_engine.cli.formats.records import records, write_json
from wf_engine.cli.formats.report import Report
from wf_engine.cli.formats.sarif import write_sarif
from wf_engine.cli.formats.text import finding, write_text

__all__ = ["Report", "finding", "records", "write_github", "write_json", "write_sarif", "write_text"]
