"""The figures that later ones are compared with: `stage-proofs/baseline.yaml`, recorded on purpose and never by itself."""

from collections.abc import Mapping
from pathlib import Path

from wf_stages.documents import read_yaml, to_yaml, write_atomically
from wf_stages.errors import StageError
from wf_stages.repository import PROOFS


def _path(root: Path) -> Path:
    return root / PROOFS / "baseline.yaml"


def read_baseline(root: Path) -> dict[str, float]:
    """Figures by name; none where nothing was recorded yet."""
    path = _path(root)
    found = (read_yaml(path) if path.exists() else None) or {}
    if not isinstance(found, dict) or not all(isinstance(each, int | float) for each in found.values()):
        raise StageError(f"{path}: figures by name, each a number, are wanted")
    return found


def record_baseline(root: Path, figures: Mapping[str, float]) -> None:
    """Enters the figures; others stay."""
    write_atomically(_path(root), to_yaml({**read_baseline(root), **figures}).encode())
