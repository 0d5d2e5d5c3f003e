"""The shop: the part of the examples that most tests work in, so that they stay quick whatever the examples grow to."""

import shutil
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_FOLDERS = ("users", "orders", "inventory", "payments", "shipping", "transforms")
_OTHERS = ("notifications/send-notification", "delays/wait", "retry/call-flaky")
_WORKFLOWS = ("user-profile", "order-dashboard", "order-desk", "pay-with-retry", "best-sellers")

TASKS = sorted(
    [path for folder in _FOLDERS for path in (EXAMPLES / "tasks" / folder).glob("*.yaml")]
    + [EXAMPLES / "tasks" / f"{name}.task.yaml" for name in _OTHERS]
)
WORKFLOWS = sorted(EXAMPLES / "workflows" / f"{name}.workflow.yaml" for name in _WORKFLOWS)
BROKEN = EXAMPLES / "broken" / "order-dashboard.workflow.yaml"
FILES = {str(path.relative_to(EXAMPLES)): path.read_text("utf-8") for path in (*TASKS, *WORKFLOWS)}
"""The texts of what is whole, by their paths from the examples."""


def copy_of_shop(folder: Path, *, broken: bool = True) -> Path:
    """The shop as a project of its own in a folder, which it gives back."""
    for path in (EXAMPLES / "wf.toml", *TASKS, *WORKFLOWS, *([BROKEN] if broken else [])):
        target = folder / path.relative_to(EXAMPLES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder
