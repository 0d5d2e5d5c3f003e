"""`python -m tools.generate [--check]`: writes the generated files, or tells which are not what would be written."""

import sys
from difflib import unified_diff
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATORS = (
    "diagnostics",
    "schemas",
    "plan_schema",
    "settings",
    "commands",
    "errors",
    "gates",
    "operations",
    "server",
    "tasks",
    "examples_page",
)
"""Each a module beside this one whose `render()` gives the files by their path from the root."""


def rendered() -> dict[Path, str]:
    """All generated files."""
    files: dict[Path, str] = {}
    for name in GENERATORS:
        for path, text in import_module(f"tools.generate.{name}").render().items():
            files[ROOT / path] = text
    return files


def main(arguments: list[str]) -> int:
    """Returns 1 if `--check` found a file that differs."""
    stale = 0
    for path, text in rendered().items():
        now = path.read_text() if path.exists() else ""
        if now == text:
            continue
        if "--check" in arguments:
            stale += 1
            name = str(path.relative_to(ROOT))
            print(f"{name} is not what `make generate` writes:")
            print("".join(list(unified_diff(now.splitlines(True), text.splitlines(True), name, "generated", n=1))[:20]))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
