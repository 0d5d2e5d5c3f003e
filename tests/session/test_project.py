"""The opened project, as Python sees it."""

import asyncio
import signal
import threading

import pytest

from wf_engine.execution import InvalidInput
from wf_engine.session import InvalidDocuments, Project
from wf_engine.text import WfError


def test_a_workflow_is_run_and_recorded(shop):
    execution = shop.run("hello")
    assert (execution["status"], execution["output"]) == ("succeeded", "Hello, Ada Lovelace!")
    with shop.history() as history:
        (listed,) = history.executions()
        assert (listed.execution_id, listed.source) == (execution["executionId"], str(shop.root))
        assert history.events(execution["executionId"])[-1]["type"] == "executionFinished"


def test_a_failed_step_is_no_exception(shop):
    execution = shop.run("fail", {})
    assert execution["status"] == "failed"
    assert [error["code"] for error in execution["errors"]] == ["NOT_FOUND"]


def test_a_watcher_gets_every_event_once_it_is_recorded(shop):
    seen, recorded = [], []

    def watch(event):
        seen.append(event["seq"])
        with shop.history() as history:
            recorded.append([each["seq"] for each in history.events(event["executionId"])])

    shop.run("hello", watcher=watch)
    assert seen == list(range(1, len(seen) + 1))
    assert all(seq in known for seq, known in zip(seen, recorded, strict=True))


def test_what_a_watcher_raises_cancels_the_run(shop):
    def watch(event):
        raise BrokenPipeError(event["seq"])

    with pytest.raises(BrokenPipeError):
        shop.run("slow", watcher=watch)
    with shop.history() as history:
        assert [each.status for each in history.executions()] == ["cancelled"]


async def test_a_run_can_be_cancelled(shop):
    cancel = asyncio.Event()
    execution = await shop.execute(
        "slow", cancel=cancel, watcher=lambda event: cancel.set() if event["type"] == "stepFinished" else None
    )
    assert execution["status"] == "cancelled"
    assert [task["status"] for task in execution["tasks"]] == ["succeeded", "cancelled"]


async def test_a_cancelled_task_cancels_its_run_and_records_that(shop):
    begun = asyncio.Event()
    task = asyncio.create_task(shop.execute("slow", watcher=lambda _: begun.set()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with shop.history() as history:
        assert [each.status for each in history.executions()] == ["cancelled"]


def test_ctrl_c_cancels_a_run_and_is_raised(shop):
    def watch(event):
        if (event["type"], event["path"]) == ("attemptStarted", "b"):
            # From another thread, as a terminal would: not in the middle of the event loop's own work.
            threading.Thread(target=signal.pthread_kill, args=(threading.get_ident(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        shop.run("slow", watcher=watch)
    with shop.history() as history:
        assert [each.status for each in history.executions()] == ["cancelled"]


def test_an_input_that_does_not_fit_is_refused_and_not_recorded(shop):
    with pytest.raises(InvalidInput) as caught:
        shop.run("hello", {"name": 1})
    assert "There is no input `name`." in caught.value.message
    with shop.history() as history:
        assert history.executions() == []


def test_a_document_with_errors_is_refused(shop):
    with pytest.raises(InvalidDocuments) as caught:
        shop.run("bad")
    (error,) = caught.value.diagnostics
    assert (error.code, error.location.path) == ("WF301", str(shop.root / "bad.workflow.yaml"))
    assert caught.value.texts[error.location.path].slice(error.location.span) == "usr"


def test_errors_of_used_tasks_count_and_others_do_not(shop):
    path = str(shop.root / "user.task.yaml")
    broken = Project.open(shop.root, environ={}, texts={path: shop.workspace.files[path].text.value + "  nope: 1\n"})
    with pytest.raises(InvalidDocuments) as caught:
        broken.run("hello")
    assert [each.location.path for each in caught.value.diagnostics] == [path]
    assert broken.run("fail")["status"] == "failed"


def test_a_plan_needs_no_service(shop):
    plan = shop.plan("hello")
    assert plan.execution_order == ("a",)
    assert plan.estimated_duration_ms is None
    assert not (shop.root / "history.db").exists()
    shop.run("hello")
    assert shop.plan("hello").estimated_duration_ms > 0
    assert shop.plan("hello", durations={"a": 7}).estimated_duration_ms == 7


def test_diagnostics_are_those_of_the_files_asked_for(shop):
    assert [each.code for each in shop.diagnostics()] == ["WF301"]
    assert shop.diagnostics([shop.root / "hello.workflow.yaml"]) == ()
    with pytest.raises(WfError, match="is no file of the workspace"):
        shop.diagnostics([shop.root / "other.yaml"])


def test_fixes_are_values_until_they_are_saved(shop):
    path = str(shop.root / "bad.workflow.yaml")
    fixed = shop.fixed([path])
    assert (fixed.changed, fixed.applied) == ((path,), 1)
    assert fixed.project.diagnostics() == ()
    assert len(Project.open(shop.root, environ={}).diagnostics()) == 1
    fixed.project.save(fixed.changed)
    assert Project.open(shop.root, environ={}).diagnostics() == ()


def test_any_path_of_a_project_opens_it(shop, monkeypatch):
    monkeypatch.chdir(shop.root)
    for path in (".", "hello.workflow.yaml", shop.root / "x" / ".." / "hello.workflow.yaml"):
        opened = Project.open(path, environ={})
        assert (opened.root, set(opened.workspace.files)) == (shop.root, set(shop.workspace.files))


def test_texts_stand_for_files_that_are_not_there_yet(shop):
    text = shop.workspace.files[str(shop.root / "hello.workflow.yaml")].text.value.replace("name: hello", "name: new")
    opened = Project.open(shop.root / "new.yaml", environ={}, texts={str(shop.root / "new.yaml"): text})
    assert opened.run("new")["status"] == "succeeded"


def test_a_named_file_belongs_to_the_project_whatever_it_is_called(files, monkeypatch):
    root = files({"wf.toml": "", "a.txt": "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: odd}\n"})
    assert Project.open(root, environ={}).workspace.files == {}
    assert Project.open(root / "a.txt", environ={}).workflow().key.name == "odd"


def test_a_link_stands_for_the_document_it_leads_to(files):
    root = files(
        {"wf.toml": "", "a.task.yaml": "apiVersion: workflow.io/v1\nkind: WorkflowTask\nmetadata: {name: a}\n"}
    )
    (root / "link.yaml").symlink_to(root / "a.task.yaml")
    found = Project.open(root / "link.yaml", environ={})
    assert list(found.workspace.files) == [str(root / "link.yaml")]


def test_settings_are_laid_over_those_of_the_file(shop):
    assert (
        Project.open(shop.root, environ={}, settings={"network.allow_loopback": False}).settings.network.allow_loopback
        is False
    )
    assert Project.open(shop.root, environ={"WF_ALLOW_LOOPBACK": "no"}).settings.network.allow_loopback is False


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(WfError, match="There is no file or folder"):
        Project.open(tmp_path / "nowhere")


def test_a_history_that_cannot_be_opened_stops_the_run_before_it_begins(shop):
    (shop.root / "history.db").mkdir()
    with pytest.raises(WfError, match="history"):
        shop.run("hello")
