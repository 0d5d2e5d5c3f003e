"""The tables of examples/README.md: workflows by category and level, and tasks by domain."""

from itertools import groupby
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wf_engine.testapi.endpoints import DOMAINS

_PAGE = Path(__file__).resolve().parents[2] / "examples" / "README.md"
_BEGIN, _END = "<!-- tables: `make generate` writes them -->\n", "<!-- end of the tables -->\n"
_LEVELS = ("beginner", "intermediate", "advanced")
_CATEGORIES = {
    "composition": "API composition",
    "data": "Data processing",
    "real-time": "Real time",
    "integrations": "Integrations",
}


def render() -> dict[str, str]:
    """The page, with its tables anew."""
    head, _, rest = _PAGE.read_text().partition(_BEGIN)
    tail = rest.partition(_END)[2]
    return {"examples/README.md": f"{head}{_BEGIN}\n{_workflows()}\n{_tasks()}\n{_END}{tail}"}


def _workflows() -> str:
    specs = [(path, _first(path)["spec"]) for path in sorted(_PAGE.parent.glob("workflows/*.yaml"))]
    rows = sorted((_rank(spec), _row(path, spec)) for path, spec in specs)
    lines = ["| workflow | level | what it does | shows |", "|---|---|---|---|"]
    for (number, _), found in groupby(rows, key=lambda row: (row[0][0], "")):
        lines += [f"| **{list(_CATEGORIES.values())[number]}** | | | |", *(row for _, row in found)]
    return "\n".join(lines) + "\n"


def _rank(spec: dict[str, Any]) -> tuple[int, int]:
    return list(_CATEGORIES).index(spec["categories"][0]), _LEVELS.index(_level(spec))


def _level(spec: dict[str, Any]) -> str:
    return next(tag for tag in spec["tags"] if tag in _LEVELS)


def _row(path: Path, spec: dict[str, Any]) -> str:
    name = path.name.removesuffix(".workflow.yaml")
    shows = ", ".join(tag for tag in spec["tags"] if tag not in _LEVELS)
    return f"| [{name}](workflows/{path.name}) | {_level(spec)} | {spec['description']} | {shows} |"


def _tasks() -> str:
    lines = ["| tasks/ | tasks, one for each endpoint |", "|---|---|"]
    for domain, endpoints in DOMAINS.items():
        lines.append(f"| {domain} | {', '.join(endpoint.task.name for endpoint in endpoints)} |")
    return "\n".join(lines) + "\n"


def _first(path: Path) -> dict[str, Any]:
    documents: list[dict[str, Any]] = list(YAML(typ="safe", pure=True).load_all(path.read_text()))
    return documents[0]
