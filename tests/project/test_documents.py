"""Which files under a folder are ours."""

import os
from pathlib import Path

import pytest

from wf_engine.project import Ignored, belongs, documents
from wf_engine.project.reading import LARGEST

OURS = "apiVersion: workflow.io/v1\nkind: Workflow\n"


def _write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def _found(root: Path, *ignore: str) -> list[str]:
    paths = list(documents(root, ignore))
    assert all(belongs(root, path, ignore) for path in paths)
    return [path.relative_to(root).as_posix() for path in paths]


def test_files_that_name_a_group_or_carry_a_suffix_are_ours(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "b.yaml": OURS,
            "a.yml": "apiVersion: v1\n---\n" + OURS,
            "old.yaml": "apiVersion: workflows.example.com/v1\n",
            "empty.workflow.yaml": "",
            "empty.task.yaml": "",
            "empty.wf.yaml": "",
            "empty.wftest.yaml": "",
            "sub/c.yaml": OURS,
            "other.yaml": "apiVersion: apps/v1\n",
            "empty.yaml": "",
            "notes.txt": OURS,
            "late.yaml": "#" * (1024 * 1024 - 15) + "\n" + OURS,
        },
    )
    assert _found(tmp_path) == [
        "a.yml",
        "b.yaml",
        "empty.task.yaml",
        "empty.wf.yaml",
        "empty.wftest.yaml",
        "empty.workflow.yaml",
        "late.yaml",
        "old.yaml",
        "sub/c.yaml",
    ]


def test_folders_that_are_not_indexed(tmp_path: Path) -> None:
    names = [".hidden/a.yaml", "node_modules/p/a.yaml", ".venv/a.yaml", "x/.git/a.yaml", "chart/templates/a.yaml"]
    _write(tmp_path, dict.fromkeys([*names, "templates/a.yaml", "chart/charts/a.yaml"], OURS))
    _write(tmp_path, {"chart/Chart.yaml": "name: x\n"})
    assert _found(tmp_path) == ["chart/charts/a.yaml", "templates/a.yaml"]
    assert not any(belongs(tmp_path, tmp_path / name) for name in names)
    assert not belongs(tmp_path / "x", tmp_path / "templates" / "a.yaml")


def test_a_root_inside_a_left_out_folder_is_indexed(tmp_path: Path) -> None:
    _write(tmp_path, {".hidden/a.yaml": OURS})
    assert _found(tmp_path / ".hidden") == ["a.yaml"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("gen", ["a.yaml", "sub/x.gen.yaml"]),
        ("gen/", ["a.yaml", "sub/x.gen.yaml"]),
        ("/gen", ["a.yaml", "sub/gen/d.yaml", "sub/x.gen.yaml"]),
        ("*.gen.yaml", ["a.yaml", "gen/b.yaml", "gen/c/d.yaml", "sub/gen/d.yaml"]),
        ("**/d.yaml", ["a.yaml", "gen/b.yaml", "sub/x.gen.yaml"]),
        ("gen/**", ["a.yaml", "sub/gen/d.yaml", "sub/x.gen.yaml"]),
        ("sub/*/d.yaml", ["a.yaml", "gen/b.yaml", "gen/c/d.yaml", "sub/x.gen.yaml"]),
        ("?.yaml", ["sub/x.gen.yaml"]),
        ("a+.yaml", ["a.yaml", "gen/b.yaml", "gen/c/d.yaml", "sub/x.gen.yaml", "sub/gen/d.yaml"]),
        (" ", ["a.yaml", "gen/b.yaml", "gen/c/d.yaml", "sub/x.gen.yaml", "sub/gen/d.yaml"]),
    ],
)
def test_ignored_paths(tmp_path: Path, pattern: str, left: list[str]) -> None:
    _write(tmp_path, dict.fromkeys(["a.yaml", "gen/b.yaml", "gen/c/d.yaml", "sub/gen/d.yaml", "sub/x.gen.yaml"], OURS))
    assert sorted(_found(tmp_path, pattern)) == sorted(left)
    every = list(documents(tmp_path))
    assert sorted(p.relative_to(tmp_path).as_posix() for p in every if belongs(tmp_path, p, [pattern])) == sorted(left)


def test_a_hostile_pattern_is_matched_in_linear_time() -> None:
    assert not Ignored(["**/*a" * 30 + "b"]).matches("a" * 5000)


def test_links_are_followed_once_and_never_round(tmp_path: Path) -> None:
    root, shared = tmp_path / "root", tmp_path / "shared"
    _write(root, {"a.yaml": OURS, "sub/b.yaml": OURS, ".data/c.yaml": OURS})
    _write(shared, {"s.yaml": OURS})
    (shared / "back").symlink_to(root)
    (root / "shared").symlink_to(shared)
    (root / "sub" / "again").symlink_to(shared)
    (root / "sub" / "loop").symlink_to(root)
    (root / "up").symlink_to(tmp_path)
    (root / "aa.yaml").symlink_to(root / "a.yaml")
    (root / "c.yaml").symlink_to(root / ".data" / "c.yaml")
    (root / "self.yaml").symlink_to(root / "self.yaml")
    (root / "gone.yaml").symlink_to(root / "nothing.yaml")
    assert _found(root) == ["a.yaml", "shared/s.yaml", "sub/b.yaml", "c.yaml"]


def test_what_cannot_be_read_is_passed_over(tmp_path: Path, unprivileged: Path) -> None:
    _write(unprivileged, {"a.yaml": OURS, "closed/b.yaml": OURS, "shut.yaml": OURS, "shut.task.yaml": OURS})
    os.mkfifo(unprivileged / "pipe.yaml")
    for name in ("closed", "shut.yaml", "shut.task.yaml"):
        (unprivileged / name).chmod(0)
    assert _found(unprivileged) == ["a.yaml", "shut.task.yaml"]
    assert list(documents(tmp_path / "nowhere")) == []


def test_a_file_too_large_to_be_read_is_not_looked_through(tmp_path: Path) -> None:
    for name in ("dump.yaml", "dump.task.yaml"):
        with (tmp_path / name).open("wb") as file:
            file.write(OURS.encode())
            file.truncate(LARGEST + 1)  # it takes no room on the disk
    assert _found(tmp_path) == ["dump.task.yaml"], "its name says that it is meant to be read"
