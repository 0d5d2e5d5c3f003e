"""Order, several at once, stopping, timeouts, and runs that are stopped."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

WF_STAGES = Path(__file__).resolve().parents[2]


def gate(number, code, *, tier="mandatory", timeout=20):
    step = f"{{name: work, run: ['{{python}}', -c, '{code}']}}"
    return (
        f"  {number}: {{name: Gate {number}, tier: {tier}, timeout: {timeout}, purpose: a test,"
        f" steps: {{any: [{step}], python: [{step}]}}}}\n"
    )


def begin(project, *gates):
    numbers = sorted(int(each.split(":")[0]) for each in gates)
    own = f"profiles: {{OWN: {{technology: python, gates: {numbers}}}}}\n"
    project.begin(own + "gates:\n" + "".join(gates), profile="OWN")


def spawn(project, *arguments):
    command = [sys.executable, "-m", "wf_stages.cli", *arguments]
    env = {**os.environ, "PYTHONPATH": str(WF_STAGES)}
    return subprocess.Popen(
        command, cwd=project.root, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # who adopted it need not have noticed yet


def wait_for(path):
    end = time.monotonic() + 30
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < end, f"{path} was never written"
        time.sleep(0.02)
    return path.read_text()


def test_a_mandatory_failure_stops_and_keep_going_does_not(project):
    begin(project, gate(31, "pass"), gate(32, "raise SystemExit(1)"), gate(33, "pass"))
    code, out = project.stage("gates", "--stage", "9.7")
    assert code == 1
    assert sorted(project.state()["gates"]) == [31, 32]
    assert "not begun after the failure: 33" in out
    assert project.stage("gates", "--stage", "9.7", "--keep-going")[0] == 1
    assert sorted(project.state()["gates"]) == [31, 32, 33]


def test_a_recommended_failure_warns(project):
    begin(project, gate(31, "raise SystemExit(1)", tier="recommended"), gate(32, "pass"))
    code, out = project.stage("gates", "--stage", "9.7")
    assert code == 0
    assert "Gate 31: WARNING" in out
    assert out.index("gate 32") < out.index("gate 31"), "mandatory gates run first"


def test_an_optional_failure_fails_without_stopping(project):
    begin(project, gate(31, "raise SystemExit(1)", tier="optional"), gate(32, "pass", tier="optional"))
    assert project.stage("gates", "--stage", "9.7")[0] == 1
    assert sorted(project.state()["gates"]) == [31, 32]


def test_gates_run_at_once_with_jobs(project):
    """Each waits until the other has begun, which it does only beside it."""
    meet = (
        'import pathlib, sys, time; pathlib.Path("../{me}").touch(); end = time.time() + 15\n\n'
        '        while not pathlib.Path("../{other}").exists(): time.sleep(0.01); time.time() < end or sys.exit(1)'
    )
    begin(
        project,
        gate(31, meet.format(me="a", other="b")),
        gate(32, meet.format(me="b", other="a")),
    )
    project.must("gates", "--stage", "9.7", "--jobs", "2")


def test_a_gate_that_hangs_is_stopped_with_its_children(project):
    child = 'import subprocess, time; p = subprocess.Popen(["sleep", "600"]); open("../child", "w").write(str(p.pid)); time.sleep(600)'
    begin(project, gate(31, child, timeout=2))
    record = project.gate(31, expected=1)
    assert record["steps"][0]["timed_out"]
    assert not alive(int((project.root.parent / "child").read_text()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_stopped_leaves_a_state_that_resumes(project, number):
    hang = 'import os, pathlib, time; pathlib.Path("../go").exists() or (open("../child", "w").write(str(os.getpid())), time.sleep(600))'
    begin(project, gate(31, "pass"), gate(32, hang))
    run = spawn(project, "gates", "--stage", "9.7")
    child = int(wait_for(project.root.parent / "child"))
    run.send_signal(number)
    out, _ = run.communicate(timeout=30)
    assert run.returncode == 130, out
    assert not alive(child)
    assert "1 of 2 gates hold" in project.must("status")
    (project.root.parent / "go").touch()
    out = project.must("gates", "--stage", "9.7", "--resume")
    assert "Gate 31" not in out
    assert "2 of 2 gates hold" in project.must("status")


def test_two_runs_at_once_lose_nothing(project):
    begin(project, *(gate(number, "pass") for number in range(31, 37)))
    runs = [spawn(project, "gates", "--stage", "9.7", which) for which in ("31-33", "34-36", "31-36")]
    for run in runs:
        out, _ = run.communicate(timeout=60)
        assert run.returncode == 0, out
    assert sorted(project.state()["gates"]) == list(range(31, 37))
    assert len(list((project.folder() / "reports").glob("gate-*/run-*/record.json"))) == 12
    project.must("verify", "9.7")


def test_changes_from_many_threads_all_arrive(project):
    begin(project, gate(31, "pass"))
    with ThreadPoolExecutor(8) as pool:
        names = [f"part {number}" for number in range(24)]
        list(pool.map(lambda name: add(project, name), names))
    assert {each["name"] for each in project.state()["deliverables"]} >= set(names)


def add(project, name):
    from wf_stages import StageStore

    with StageStore(project.root, "9.7").change() as state:
        state["deliverables"].append({"name": name, "status": "planned"})


def test_a_damaged_state_is_never_written_over(project):
    begin(project, gate(31, "pass"))
    path = project.folder() / ".stage-state.yaml"
    path.write_text("phase: [")
    for command in (
        ("gates",),
        ("status",),
        ("complete",),
        ("waive", "31", "--who", "A", "--why", "x", "--until", "2999-01-01"),
    ):
        assert project.stage(command[0], "--stage", "9.7", *command[1:])[0] in {1, 2}
    assert project.stage("verify", "9.7")[0] == 1
    assert path.read_text() == "phase: ["


def test_what_is_kept_names_no_machine(project, monkeypatch):
    host = "packages.example.org"
    monkeypatch.setenv("PIP_INDEX_URL", f"https://reader:word@{host}:8443/simple")
    monkeypatch.setenv("HOME", str(project.root.parent))
    code = (
        'import os; print(os.getcwd() + chr(47) + str(1)); print(os.environ[chr(72) + "OME"] + "/x");'
        f' print(os.environ["PIP_INDEX_URL"]); print("from {host}")'
    )
    begin(project, gate(31, code))
    record = project.gate(31, expected=0)
    folder = project.folder() / project.state()["gates"][31]["evidence"]
    log = (folder / record["steps"][0]["log"]).read_text()
    assert log == "$ROOT/1\n$HOME/x\nhttps://$REGISTRY/simple\nfrom $REGISTRY\n"
    for path in folder.rglob("*"):
        assert str(project.root.parent) not in path.read_text()
    project.must("verify", "9.7")


def test_a_child_that_left_the_session_is_stopped_too(project):
    child = 'import subprocess, time; p = subprocess.Popen(["sleep", "600"], start_new_session=True); open("../child", "w").write(str(p.pid)); {}'
    begin(
        project, gate(31, child.format("time.sleep(600)"), timeout=2), gate(32, child.format("pass"), tier="optional")
    )
    for number, code in ((31, 1), (32, 0)):
        project.gate(number, expected=code)
        assert not alive(int((project.root.parent / "child").read_text())), number


def test_the_framework_starts_few_processes_for_a_gate(project, monkeypatch):
    """Its overhead is what it starts beside the gate's command: git, a handful of times, and nothing else."""
    begin(project, gate(31, "pass"))
    started = []
    begin_process = subprocess.Popen.__init__
    monkeypatch.setattr(
        subprocess.Popen,
        "__init__",
        lambda self, command, *rest, **more: (started.append(command), begin_process(self, command, *rest, **more))[1],
    )
    record = project.gate(31, expected=0)
    assert record["seconds"] >= record["steps"][0]["seconds"] > 0, "what it adds can be read from the evidence"
    others = [command for command in started if Path(command[0]).name != "git"]
    assert len(others) == 1, others
    assert len(started) <= 8, started


def test_a_step_in_a_copy_leaves_the_project_as_it_was(project):
    step = '{name: mutate, copy: true, run: [\'{python}\', -c, \'open("src/demo/__init__.py", "w").write("broken")\']}'
    project.begin(f"gates: {{9: {{steps: {{python: [{step}]}}}}}}\n")
    record = project.gate(9, expected=0)
    assert record["clean"]
    assert "broken" not in (project.root / "src/demo/__init__.py").read_text()


def test_a_stage_has_sources_and_tests_of_its_own(project):
    step = "{name: say, run: ['{python}', -c, 'import sys; print(sys.argv[1:])', '{sources}', '{tests}', '{ours}']}"
    settings = f"values: {{ours: [a, b]}}\nstages: {{'9.7': {{sources: [src/demo], tests: [tests/test_demo.py]}}}}\ngates: {{9: {{steps: {{python: [{step}]}}}}}}\n"
    project.begin(settings)
    command = project.gate(9, expected=0)["steps"][0]["command"]
    assert command[3:] == ["src/demo", "tests/test_demo.py", "a", "b"]
