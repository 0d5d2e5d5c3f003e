"""Which files paths name."""

from pathlib import Path

import pytest

from wf_engine.session import selected
from wf_engine.text import WfError

TASK = "apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {name: a}\n"


def found(*paths, **options):
    chosen = selected(paths, environ={}, **options)
    return {
        project.root.name: [str(Path(path).relative_to(project.root)) for path in files] for project, files in chosen
    }


@pytest.fixture
def root(files, monkeypatch):
    files(
        {
            "top/wf.toml": "[checks]\nignore = ['gen/']\n",
            "top/a.yaml": TASK,
            "top/b/c.yaml": TASK,
            "top/b/values.yaml": "a: 1\n",
            "top/gen/d.yaml": TASK,
            "top/inner/wf.toml": "[checks]\nignore = ['old.yaml']\n",
            "top/inner/e.yaml": TASK,
            "top/inner/old.yaml": TASK,
        }
    )
    root = files({}) / "top"
    monkeypatch.chdir(root)
    return root


def test_a_folder_means_its_documents_each_in_the_project_nearest_to_it(root):
    assert found(".") == {"top": ["a.yaml", "b/c.yaml"], "inner": ["e.yaml"]}
    assert found("b") == {"top": ["b/c.yaml"]}
    assert found("inner") == {"inner": ["e.yaml"]}


def test_a_file_means_itself_whatever_is_ignored(root):
    assert found("gen/d.yaml", "inner/old.yaml", "b/values.yaml") == {
        "top": ["gen/d.yaml", "b/values.yaml"],
        "inner": ["old.yaml"],
    }


def test_a_file_that_is_named_twice_is_there_once(root):
    assert found("a.yaml", ".", root / "a.yaml", "b/../a.yaml")["top"] == ["a.yaml", "b/c.yaml"]


def test_texts_stand_for_files(root):
    (selection,) = selected(["new.yaml"], environ={}, texts={"new.yaml": TASK})
    assert [each.key.name for each in selection.project.workspace.files[str(root / "new.yaml")].definitions()] == ["a"]


def test_a_folder_without_documents_has_none(root):
    (root / "empty").mkdir()
    assert found("empty") == {}


def test_a_path_that_is_not_there_is_said(root):
    with pytest.raises(WfError, match="There is no file or folder `nope`"):
        found("a.yaml", "nope")
