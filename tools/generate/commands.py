"""docs/cli.md: every command, from the command line itself."""

from wf_engine.cli.reference import reference


def render() -> dict[str, str]:
    """The page."""
    return {"docs/cli.md": reference()}
