"""Secrets from their three providers."""

from pathlib import Path

import pytest

from wf_engine.project import secrets
from wf_engine.text import WfError
from wf_engine.workspace.settings import Settings


def _settings(provider: str, location: Path) -> Settings:
    return Settings.of({"secrets.provider": provider, "secrets.location": str(location)})


def test_the_environment_gives_variables_with_the_prefix_only() -> None:
    found = secrets(Settings(), {"WF_SECRET_TOKEN": "abcd", "TOKEN": "wxyz", "WF_SECRET_": "abcd", "WF_SECRETS": "x"})
    assert dict(found) == {"TOKEN": "abcd"}
    assert found.place("OTHER") == "the variable WF_SECRET_OTHER"
    assert found.get("OTHER") is None
    with pytest.raises(KeyError):
        found["OTHER"]


@pytest.mark.parametrize("value", ["", "a", "abc"])
def test_a_short_secret_is_refused_where_it_is_read(value: str) -> None:
    found = secrets(Settings(), {"WF_SECRET_A": value, "WF_SECRET_B": "long enough"})
    assert "A" in found
    assert found["B"] == "long enough"
    with pytest.raises(WfError, match="The secret `A` is shorter than 4 characters") as caught:
        found["A"]
    assert caught.value.hint == "Put a longer value into the variable WF_SECRET_A."


@pytest.mark.parametrize(
    "text",
    [
        '{"A": "first one", "B": "a=b#c"}',
        "# comment\n\nA=first one\r\nexport B = a=b#c \n",
        "\ufeffA='first one'\nB=\"a=b#c\"\n",
    ],
)
def test_a_file_is_json_or_lines(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets"
    path.write_text(text)
    found = secrets(_settings("file", path), {"WF_SECRET_C": "not asked"})
    assert dict(found) == {"A": "first one", "B": "a=b#c"}
    assert found.place("C") == f"`C` in {path}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"A": "canary-value"', "line 1 is not JSON: Expecting ',' delimiter"),
        ('{"A": 12345678}', "the secret `A` is not a text."),
        ("A=x\ncanary-value\n", "line 2 is not `NAME=value`."),
        ("=canary-value\n", "line 1 is not `NAME=value`."),
        ('{"A": ' + "[" * 100_000, "is nested too deep to be a file of secrets"),
    ],
)
def test_a_broken_file_is_reported_without_its_values(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "secrets"
    path.write_text(text)
    with pytest.raises(WfError) as caught:
        secrets(_settings("file", path), {})
    assert caught.value.message == f"{path}: {message}"
    assert "canary" not in str(caught.value)


def test_a_missing_file_or_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(WfError, match="cannot be read: No such file"):
        secrets(_settings("file", tmp_path / "none"), {})
    with pytest.raises(WfError, match="There is no folder"):
        secrets(_settings("directory", tmp_path / "none"), {})


def test_a_folder_as_kubernetes_mounts_it(tmp_path: Path) -> None:
    data = tmp_path / "..2024_01_01"
    data.mkdir()
    (data / "TOKEN").write_text("first value\n")
    (tmp_path / "..data").symlink_to(data)
    (tmp_path / "TOKEN").symlink_to(tmp_path / "..data" / "TOKEN")
    (tmp_path / "PLAIN").write_text("two\nlines\n\n")
    (tmp_path / "folder").mkdir()
    found = secrets(_settings("directory", tmp_path), {})
    assert dict(found) == {"PLAIN": "two\nlines\n", "TOKEN": "first value"}
    (data / "TOKEN").write_text("rotated")
    assert found["TOKEN"] == "rotated"
    with pytest.raises(KeyError):
        found["../" + tmp_path.name + "/TOKEN"]
    (tmp_path / "BINARY").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WfError, match="is UTF-16"):
        found["BINARY"]
