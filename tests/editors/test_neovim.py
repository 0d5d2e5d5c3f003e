"""The plugin in headless Neovim (tests/editors/neovim/scenario.lua)."""

from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parent / "neovim"


def test_neovim(neovim: Path, run_scenario: Callable[..., None]) -> None:
    def command(workspace: Path, artifacts: Path) -> tuple[list[str | Path], dict[str, str]]:
        home = workspace.parent / "home"
        home.mkdir()
        # Neovim's own log and the history of runs go where nothing of this machine's user is.
        environment = {
            "HOME": str(home),
            "XDG_STATE_HOME": str(artifacts / "state"),
            "XDG_CONFIG_HOME": str(home),
            "XDG_DATA_HOME": str(home),
            "WF_WORKSPACE": str(workspace),
        }
        script = FOLDER / "scenario.lua"
        return [neovim, "--clean", "--headless", "-u", FOLDER / "init.lua", "-c", f"luafile {script}"], environment

    run_scenario("neovim", command)
