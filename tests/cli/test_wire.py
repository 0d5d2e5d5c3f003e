"""The installed command in a process of its own: signals, pipes, what is imported."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.test_testing import BAD, GOOD

WF = Path(sys.executable).with_name("wf")
USER = "workflows/user-profile.workflow.yaml"
ORDER = "workflows/order-dashboard.workflow.yaml"


def call(*arguments, **options):
    return subprocess.run([WF, *arguments], capture_output=True, text=True, check=False, timeout=120, **options)


def started(*arguments, **options):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([WF, *arguments], **pipes, **options)


def test_the_command_runs_a_workflow(shop):
    answer = call("run", USER, "-i", "userId=1", "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["status"] == "succeeded"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_cancels_a_run_and_records_it(shop, wf, number, code):
    with started("run", ORDER, "-i", "orderId=ord-1001", "-i", "reportMs=5000", "--events") as process:
        events = []
        for line in process.stdout:
            events.append(json.loads(line))
            if events[-1]["event"]["type"] == "stepFinished":
                break
        process.send_signal(number)
        # what is left is read through the same buffer: `communicate` would lose what it holds
        events += [json.loads(line) for line in process.stdout]
        err = process.stderr.read()
    assert (process.returncode, err) == (code, "")
    execution = events.pop()["execution"]
    assert execution["status"] == "cancelled"
    report = next(task for task in execution["tasks"] if task["path"] == "report")
    assert report["status"] == "cancelled"
    recorded = wf("trace", execution["executionId"])
    assert recorded.out.startswith("⊘ order-dashboard cancelled")
    (listed,) = wf("history", "--json").json
    assert (listed["executionId"], listed["status"]) == (execution["executionId"], "cancelled")


def test_what_was_printed_of_a_killed_run_is_in_the_history(shop, wf):
    with started("run", ORDER, "-i", "orderId=ord-1001", "-i", "reportMs=5000", "--events") as process:
        seen = []
        for line in process.stdout:
            seen.append(json.loads(line)["event"])
            if sum(event["type"] == "stepFinished" for event in seen) == 6:
                break
        process.kill()
        seen += [json.loads(line)["event"] for line in process.stdout if line.endswith("}\n")]
    (listed,) = wf("history", "--json").json
    assert (listed["executionId"], listed["status"]) == (seen[0]["executionId"], "interrupted")
    timings = {each["taskId"]: each["status"] for each in wf("trace", "--json").json["taskTimings"]}
    assert timings["report"] == "cancelled"
    for event in seen:
        if event["type"] == "stepFinished":
            assert timings[event["path"]] == event["status"]


def test_a_reader_who_has_enough_is_no_error(shop):
    with started("explain", "--json") as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode in {0, 141}


def test_a_run_whose_reader_is_gone_is_cancelled(shop, wf):
    with started("run", ORDER, "-i", "orderId=ord-1001", "-i", "reportMs=5000", "--events") as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141
    (listed,) = wf("history", "--json").json
    assert listed["status"] == "cancelled"


def test_standard_input_reaches_the_command(shop):
    text = (shop / "broken/order-dashboard.workflow.yaml").read_text("utf-8")
    answer = call("validate", "-", "--fix", "--stdin-filename", "broken/order-dashboard.workflow.yaml", input=text)
    assert answer.returncode == 1, "one thing is left to a person"
    assert "taskRef: get-payment\n" in answer.stdout


def test_a_request_is_answered_while_standard_input_stays_open(shop):
    with started("run", "--stdin", stdin=subprocess.PIPE) as process:
        process.stdin.write(json.dumps({"path": USER, "input": {"userId": "1"}}) + "\n")
        process.stdin.flush()
        lines = [json.loads(line) for line in process.stdout]
        assert lines[-1]["execution"]["status"] == "succeeded"


def test_the_test_api_says_where_it_listens_and_ends_on_ctrl_c():
    with started("test-api", "--port", "0") as process:
        line = process.stdout.readline()
        assert re.search(r"http://127\.0\.0\.1:\d+/", line)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == ""


def test_the_test_api_tells_programs_its_address_and_behaves_as_it_is_told():
    with started("test-api", "--port", "0", "--json", "--fail", "507", "--fail-times", "1", "--delay", "1") as process:
        url = json.loads(process.stdout.readline())["url"]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
        with pytest.raises(urllib.error.HTTPError, match="507"):
            urllib.request.urlopen(f"{url}/users/1")
        with urllib.request.urlopen(f"{url}/users/1") as answer:
            assert json.load(answer)["id"] == "1"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_a_port_that_is_taken_is_an_error(service):
    port = service.rpartition(":")[2]
    answer = call("test-api", "--port", port)
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"error: The test API cannot listen on 127.0.0.1:{port}")


def test_the_language_server_starts_without_the_libraries_of_the_command_line():
    code = """
import sys
import urllib.error
import urllib.request
import wf_engine.cli.commands as commands
from wf_engine.cli import main

def instead(arguments):
    heavy = {"typer", "rich", "networkx", "sqlalchemy", "alembic", "aiohttp", "starlette", "uvicorn", "pydantic"}
    print(arguments, sorted(heavy & set(sys.modules)))
    return 7

commands.Entry.load = lambda self: instead
sys.exit(main(["lsp", "--stdio"]))
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (7, "['--stdio'] []\n"), answer.stderr


def test_help_imports_no_engine():
    code = """
import sys
import urllib.error
import urllib.request
from wf_engine.cli import main
main(["--help"])
main(["--version"])
print(sorted({"wf_engine.checks", "wf_engine.session", "wf_engine.execution", "sqlalchemy"} & set(sys.modules)))
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.endswith("\n[]\n")


def test_the_command_works_where_the_terminal_knows_ascii_only(shop):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert call("plan", USER, env=environment).returncode == 0
    answer = call("run", USER, "-i", "userId=10", "--json", env=environment)
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["output"]["name"] == "Jonas Weiß"


def test_tests_run_again_when_a_file_changes(tmp_path):
    place, settings = tmp_path / "greet.wftest.yaml", tmp_path / "wf.toml"
    settings.touch()
    place.write_text(GOOD)
    with started("test", place, "--watch", "--color", "never") as process:
        try:
            assert until(process, "Waiting")[-3].startswith("2 passed in")
            place.write_text(BAD)
            assert "1 passed, 1 failed in" in until(process, "Waiting")[-3]
            settings.write_text("[nonsense]\n")
            assert "there is no setting `nonsense`" in "".join(until(process, "Waiting"))
            settings.write_text("[env]\nA = 1\n")
            assert "1 passed, 1 failed in" in until(process, "Waiting")[-3]
            place.unlink()
            assert "There is no file or folder" in "".join(until(process, "Waiting"))
            place.write_text(GOOD)
            assert until(process, "Waiting")[-3].startswith("2 passed in")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()


def until(process, text):
    """The lines up to the one that begins so."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(text):
            return lines
    raise AssertionError("".join(lines) + process.stderr.read())
