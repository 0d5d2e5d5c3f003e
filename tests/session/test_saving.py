"""Files are written as a whole or not at all."""

import pytest

from wf_engine.session.saving import save
from wf_engine.text import WfError


def test_a_file_keeps_its_permissions_and_its_line_ends(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(0o600)
    save(path, "\ufeffa\r\nb\n")
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\nb\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_a_new_file_has_the_permissions_of_the_process(tmp_path):
    save(tmp_path / "a.yaml", "x")
    (tmp_path / "b.yaml").write_text("x")
    assert (tmp_path / "a.yaml").stat().st_mode == (tmp_path / "b.yaml").stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    save(tmp_path / "link.yaml", "new")
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "new"


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(WfError, match="cannot be written"):
        save(tmp_path / "nowhere" / "a.yaml", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WfError, match="cannot be written"):
        save(tmp_path / "folder", "x")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]
