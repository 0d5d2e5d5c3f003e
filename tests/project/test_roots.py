"""Which folder is the root of a file."""

from pathlib import Path

import pytest

from wf_engine.project import find_root


@pytest.mark.parametrize(
    ("marker", "content"),
    [("wf.toml", ""), ("pyproject.toml", "[tool.wf.network]\nallow_loopback = true\n"), (".git/HEAD", "")],
)
def test_the_nearest_marker_up_is_the_root(tmp_path: Path, marker: str, content: str) -> None:
    (tmp_path / "wf.toml").write_text("")
    root = tmp_path / "inner"
    file = root / "a" / "b" / "x.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("")
    (root / marker).parent.mkdir(exist_ok=True)
    (root / marker).write_text(content)
    assert find_root(file) == root
    assert find_root(file.parent) == root
    assert find_root(root) == root
    assert find_root(root / "not" / "there.yaml") == root


@pytest.mark.parametrize("content", ["[project]\nname = 'wf'\n", "[tool.wf", "tool = 3\n# wf\n", "[tool]\nwfx = 1\n"])
def test_other_python_projects_are_no_root(tmp_path: Path, content: str) -> None:
    (tmp_path / "wf.toml").write_text("")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text(content)
    assert find_root(inner / "x.yaml") == tmp_path


def test_without_a_marker_the_own_folder_is_the_root(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    assert find_root(folder / "x.yaml") == folder


def test_a_folder_may_be_named_like_a_marker(tmp_path: Path) -> None:
    (tmp_path / "wf.toml").write_text("")
    (tmp_path / "inner" / "wf.toml").mkdir(parents=True)
    assert find_root(tmp_path / "inner" / "x.yaml") == tmp_path
