"""`wf` itself, its help, and the smaller commands."""

import re

import pytest

import wf_engine.cli.explain
from wf_engine.checks import CHECKS
from wf_engine.cli.commands import COMMANDS
from wf_engine.cli.reference import reference
from wf_engine.workspace.settings import SETTINGS


def test_help_lists_all_commands(wf):
    answer = wf("--help")
    assert (answer.code, answer.err) == (0, "")
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.summary)}$", answer.out, re.MULTILINE)
    assert wf().out == answer.out


@pytest.mark.parametrize("name", [name for name, entry in COMMANDS.items() if not entry.own_arguments])
def test_every_command_has_help(wf, name):
    answer = wf(name, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert f"Usage: wf {name} " in answer.out
    assert "--help" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_every_setting_is_an_option_of_run_or_validate_or_fmt(wf, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    said = "".join(wf(name, "--help").out for name in ("run", "validate", "fmt"))
    for setting in SETTINGS.values():
        assert f"  {setting.option.split()[0]} " in said
        assert f"[{setting.variable}]" in re.sub(r"\s+", " ", said)


def test_version_is_that_of_the_package(wf):
    assert wf("--version").out == f"wf {wf_engine.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["vaildate"], "There is no command `vaildate`. Did you mean `validate`?"),
        (["--bogus"], "No such option: --bogus"),
        (["--color", "never"], "Missing command."),
        (["--color", "odd"], "'odd' is not one of"),
    ],
)
def test_wrong_usage_exits_with_2(wf, arguments, message):
    answer = wf(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert message in answer.err
    assert "  hint: `wf --help`" in answer.err


@pytest.mark.parametrize("arguments", [["trace"], ["stats"], ["history", "--workflow"], ["run", ".", "-i"]])
def test_an_argument_that_is_no_text_exits_with_2(wf, arguments):
    answer = wf(*arguments, "a=\udcff")
    assert (answer.code, answer.out) == (2, "")
    assert "is no text in UTF-8" in answer.err


def test_a_fault_of_wf_is_told_without_a_traceback(wf, monkeypatch):
    monkeypatch.setitem(COMMANDS, "explain", COMMANDS["explain"]._replace(target="wf_engine.cli.nowhere:nothing"))
    answer = wf("explain")
    assert answer.code == 70
    assert answer.err.startswith("error: wf has a fault of its own: ModuleNotFoundError: ")
    assert "Traceback" not in answer.err
    monkeypatch.setenv("WF_DEBUG", "1")
    assert wf("explain").err.startswith("Traceback (most recent call last):\n")


def test_explain_lists_all_diagnostics(wf):
    answer = wf("explain")
    assert [line.split()[:3] for line in answer.out.splitlines()] == [
        [check.code, check.name, check.severity.label] for check in sorted(CHECKS, key=lambda each: each.code)
    ]
    assert [each["code"] for each in wf("explain", "--json").json] == sorted(check.code for check in CHECKS)


@pytest.mark.parametrize("name", ["WF301", "wf301", "unknown-task"])
def test_explain_shows_the_page_of_a_diagnostic(wf, name):
    answer = wf("explain", name)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == wf("explain", name, "--json").json["page"].rstrip() + "\n"
    assert "WF301" in answer.out.splitlines()[0]


def test_every_diagnostic_has_a_page():
    assert [check.code for check in CHECKS if not wf_engine.cli.explain.page(check)] == []


def test_explain_of_an_unknown_diagnostic_exits_with_2(wf):
    answer = wf("explain", "unknown-tsk")
    assert answer.code == 2
    assert answer.err.startswith("error: There is no diagnostic `unknown-tsk`. Did you mean `unknown-task`?\n")


def test_init_makes_a_project_that_runs(wf, service, tmp_path):
    answer = wf("init", "new/shop")
    assert (answer.code, answer.err) == (0, "")
    root = tmp_path / "new/shop"
    made = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    assert made == ["tasks/get-user.task.yaml", "wf.toml", "workflows/hello.workflow.yaml"]
    assert wf("validate", root, "--fail-on", "hint").code == 0
    run = wf("run", "new/shop/workflows/hello.workflow.yaml", "--env-var", f"API={service}", "--json")
    assert run.json["output"] == {"greeting": "Hello, Ada Lovelace!"}


def test_init_never_overwrites(wf, tmp_path):
    (tmp_path / "wf.toml").write_text("# mine\n")
    answer = wf("init")
    assert answer.code == 0
    assert "is there wf.toml\n" in answer.out
    assert "created  tasks/get-user.task.yaml\n" in answer.out
    assert (tmp_path / "wf.toml").read_text() == "# mine\n"
    (tmp_path / "tasks/get-user.task.yaml").unlink()
    assert wf("init", "--json").json == {
        "created": ["tasks/get-user.task.yaml"],
        "kept": ["wf.toml", "workflows/hello.workflow.yaml"],
    }


def test_init_where_no_folder_can_be_exits_with_2(wf, tmp_path):
    (tmp_path / "file").touch()
    answer = wf("init", "file")
    assert answer.code == 2
    assert answer.err.startswith("error: ")


def test_completion_scripts_can_be_shown(wf, monkeypatch):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    answer = wf("--show-completion", "bash")
    assert answer.code == 0
    assert "_WF_COMPLETE=complete_bash" in answer.out


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("wf va", ["validate"]),
        ("wf validate --fo", ["--format"]),
        ("wf validate --format s", ["sarif"]),
        ("wf explain WF30", ["WF301", "WF302", "WF303", "WF304", "WF305", "WF306", "WF307", "WF308", "WF309"]),
        ("wf explain unknown-t", ["unknown-task", "unknown-tested", "unknown-task-input"]),
    ],
)
def test_words_are_completed(wf, monkeypatch, words, completed):
    monkeypatch.setenv("_WF_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert wf().out.split() == completed


def test_the_reference_has_every_command_and_setting():
    page = reference()
    assert [name for name in COMMANDS if f"\n## wf {name}\n" not in page] == []
    assert [each.name for each in SETTINGS.values() if f"`{each.variable}`" not in page] == []
    assert page == reference()
