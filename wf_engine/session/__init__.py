"""An opened project: a folder with its workspace, its history and its way to the network.

What every door does with workflows (check, mend, plan, run, look back) is done here once, and from Python:
`Project.open("shop").run("user-profile", {"userId": "1"})`.
"""

from wf_engine.session.past import opened_history, project_here
from wf_engine.session.project import Fixed, Project
from wf_engine.session.readiness import InvalidDocuments
from wf_engine.session.selection import Selection, selected
from wf_engine.session.watching import stamps

__all__ = ["Fixed", "InvalidDocuments", "Project", "Selection", "opened_history", "project_here", "selected", "stamps"]
