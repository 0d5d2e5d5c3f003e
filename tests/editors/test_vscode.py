"""The extension in the real VS Code workbench, driven as a user would (tests/editors/vscode/scenario.mjs)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SCENARIO = Path(__file__).parent / "vscode" / "scenario.mjs"


@pytest.mark.parametrize("scenario", ["session", "fromNothing", "missingServer"])
def test_vscode(scenario: str, vscode: dict[str, str], run_scenario: Callable[..., None]) -> None:
    """With WF_KEEP_SCREENSHOTS=1 the screenshots of the documentation are renewed."""

    def command(workspace: Path, _artifacts: Path) -> tuple[list[str | Path], dict[str, str]]:
        profile = workspace.parent / "profile"
        environment = {**vscode, "WF_WORKSPACE": str(workspace), "WF_PROFILE": str(profile)}
        if os.environ.get("WF_KEEP_SCREENSHOTS") == "1":
            images = CHECKOUT / "docs" / "images"
            images.mkdir(parents=True, exist_ok=True)
            environment["WF_IMAGES"] = str(images)
        return ["node", SCENARIO, scenario], environment

    run_scenario(f"vscode-{scenario}", command)
