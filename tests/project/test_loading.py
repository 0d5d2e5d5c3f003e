"""Settings from wf.toml, the environment and options."""

from datetime import timedelta
from pathlib import Path

import pytest

from wf_engine.project import load_settings
from wf_engine.text import WfError
from wf_engine.workspace.settings import SETTINGS, Network, Settings, settings_table

HOME = {"HOME": "/home/me"}


def _root(tmp_path: Path, text: str, name: str = "wf.toml") -> Path:
    (tmp_path / name).write_text(text)
    return tmp_path


def _shown(path: Path, error: WfError) -> str:
    assert error.location is not None
    assert error.location.path == str(path)
    return path.read_text()[slice(*error.location.span)]


def test_without_configuration_defaults_hold(tmp_path: Path) -> None:
    default = Settings.of({"history.url": "/home/me/.local/state/wf/history.db"})
    assert load_settings(tmp_path, HOME) == default
    assert default.network == Network(allow_loopback=False, allow_private=False, allow_hosts=(), deny_hosts=())


@pytest.mark.parametrize(("name", "prefix"), [("wf.toml", ""), ("pyproject.toml", "tool.wf.")])
def test_every_setting_is_read_from_the_file(tmp_path: Path, name: str, prefix: str) -> None:
    text = f"""
    [{prefix}env]
    HOST = "localhost"
    PORT = 8080
    [{prefix}env.prod]
    HOST = "example.com"
    [{prefix}secrets]
    provider = "directory"
    location = "run/secrets"
    [{prefix}network]
    allow_loopback = true
    allow_private = true
    allow_hosts = ["a.example", "10.0.0.0/8"]
    deny_hosts = ["b.example"]
    ca_file = "ca.pem"
    proxy = "http://proxy:3128"
    transport = "httpx"
    [{prefix}history]
    url = "~/wf.db"
    retention = "30d"
    spill = 5
    [{prefix}limits]
    steps = 1
    events = 2
    response_bytes = 3
    output_bytes = 4
    nesting = 5
    [{prefix}checks]
    severity = {{ WF301 = "off" }}
    ignore = ["gen/"]
    fail_on = "hint"
    [{prefix}format]
    indent = 4
    indent_sequences = false
    brace_spacing = true
    blank_lines = 2
    """
    settings = load_settings(_root(tmp_path, text, name), HOME, {"env_name": "prod"})
    assert settings == Settings.of(
        {
            "env": {"HOST": "example.com", "PORT": 8080},
            "env_name": "prod",
            "secrets.provider": "directory",
            "secrets.location": str(tmp_path / "run/secrets"),
            "network.allow_loopback": True,
            "network.allow_private": True,
            "network.allow_hosts": ("a.example", "10.0.0.0/8"),
            "network.deny_hosts": ("b.example",),
            "network.ca_file": str(tmp_path / "ca.pem"),
            "network.proxy": "http://proxy:3128",
            "network.transport": "httpx",
            "history.url": "/home/me/wf.db",
            "history.retention": timedelta(days=30),
            "history.spill": 5,
            "limits.steps": 1,
            "limits.events": 2,
            "limits.response_bytes": 3,
            "limits.output_bytes": 4,
            "limits.nesting": 5,
            "checks.severity": {"WF301": "off"},
            "checks.ignore": ("gen/",),
            "checks.fail_on": "hint",
            "format.indent": 4,
            "format.indent_sequences": False,
            "format.brace_spacing": True,
            "format.blank_lines": 2,
        }
    )
    assert all(f"{setting.key.rpartition('.')[2]}" in text for setting in SETTINGS.values() if setting.key)


TEXTS: dict[str, tuple[str, object]] = {
    "env_name": ("prod", "prod"),
    "secrets.provider": ("file", "file"),
    "secrets.location": ("/run/s", "/run/s"),
    "network.allow_loopback": ("true", True),
    "network.allow_private": ("1", True),
    "network.allow_hosts": ("a, b,", ("a", "b")),
    "network.deny_hosts": ("c:80,[::1]:80,fc00::/7", ("c:80", "[::1]:80", "fc00::/7")),
    "network.ca_file": ("/etc/ca.pem", "/etc/ca.pem"),
    "network.proxy": ("env", "env"),
    "network.transport": ("httpx", "httpx"),
    "history.url": ("/x/y.db", "/x/y.db"),
    "history.retention": ("90m", timedelta(minutes=90)),
    "history.spill": ("6", 6),
    "limits.steps": ("7", 7),
    "limits.events": ("8", 8),
    "limits.response_bytes": ("9", 9),
    "limits.output_bytes": ("10", 10),
    "limits.nesting": ("11", 11),
    "checks.severity": ("WF301=off,WF801=error", {"WF301": "off", "WF801": "error"}),
    "checks.ignore": ("a/,b", ("a/", "b")),
    "checks.fail_on": ("warning", "warning"),
    "format.indent": ("4", 4),
    "format.indent_sequences": ("false", False),
    "format.brace_spacing": ("true", True),
    "format.blank_lines": ("2", 2),
}
FILE = '[env.prod]\n[secrets]\nlocation = "f"\n[network]\nallow_hosts = ["z"]\n[limits]\nsteps = 3\n'


@pytest.mark.parametrize("name", [name for name in SETTINGS if name != "env"])
def test_every_setting_is_overridden_by_variable_and_option(tmp_path: Path, name: str) -> None:
    root = _root(tmp_path, FILE)
    text, value = TEXTS[name]
    from_file = load_settings(root, HOME)
    environ = HOME | {SETTINGS[name].variable: text}
    location = {} if name != "secrets.provider" else {"secrets.location": str(tmp_path / "f")}
    assert load_settings(root, environ) == load_settings(root, HOME, {name: value, **location}) != from_file
    assert load_settings(root, HOME, {name: text}) == load_settings(root, environ)
    section, _, own = name.rpartition(".")
    settings = load_settings(root, HOME, {name: value})
    assert getattr(getattr(settings, section) if section else settings, own) == value


def test_an_option_wins_over_a_variable(tmp_path: Path) -> None:
    environ = HOME | {"WF_ALLOW_LOOPBACK": "true", "WF_LIMIT_STEPS": "5"}
    settings = load_settings(tmp_path, environ, {"network.allow_loopback": False, "limits.steps": None})
    assert (settings.network.allow_loopback, settings.limits.steps) == (False, 5)


def test_variables_keep_the_types_of_the_file(tmp_path: Path) -> None:
    root = _root(tmp_path, '[env]\nA = 1\nB = true\nC = 1.5\nD = "x"\nE = 1\n[env.dev]\nA = 2\n')
    environ = HOME | {"WF_ENV_A": "3", "WF_ENV_B": "false", "WF_ENV_C": "2", "WF_ENV_D": "4", "WF_ENV_N": "5"}
    assert load_settings(root, environ | {"WF_ENV": "dev"}, {"env": ["E=6", "N=7=8"]}).env == {
        "A": 3,
        "B": False,
        "C": 2.0,
        "D": "4",
        "E": 6,
        "N": "7=8",
    }
    assert load_settings(root, HOME, {"env_name": "dev", "env": {"D": True}}).env["A"] == 2
    with pytest.raises(WfError, match="WF_ENV_A is 'x', but wants an integer, as in"):
        load_settings(root, HOME | {"WF_ENV_A": "x"})


def test_wf_toml_wins_over_pyproject(tmp_path: Path) -> None:
    _root(tmp_path, "[tool.wf.limits]\nsteps = 1\n", "pyproject.toml")
    assert load_settings(tmp_path, HOME).limits.steps == 1
    assert load_settings(_root(tmp_path, "[limits]\nsteps = 2\n"), HOME).limits.steps == 2


@pytest.mark.parametrize(
    ("text", "shown", "message", "hint"),
    [
        (
            "[network]\nallow_loopbak = true\n",
            "allow_loopbak",
            "wf.toml: there is no setting `network.allow_loopbak`. Did you mean `allow_loopback`?",
            "Allowed here: `allow_loopback`, `allow_private`, `allow_hosts`, `deny_hosts`, `ca_file`, `proxy`, `transport`.",
        ),
        (
            "[netwrk]\n",
            "[netwrk]",
            "wf.toml: there is no setting `netwrk`. Did you mean `network`?",
            "Allowed here: `env`, `secrets`, `network`, `history`, `limits`, `checks`, `format`.",
        ),
        ("network = 3\n", "network", "wf.toml: `network` wants a table", "Write `[network]` and its keys below it."),
        (
            'limits.steps = "many"\n',
            "limits.steps",
            "wf.toml: `limits.steps` wants an integer from 1",
            "Steps an execution may run, those of iterations counted.",
        ),
        ("# é\n[env]\nA = [1]\n", "A", "wf.toml: `env.A` wants text, a number or a boolean", None),
        ("[env]\nA = nan\n", "A", "wf.toml: `env.A` wants a finite number", None),
        ("[env.prod]\nA = {}\n", "A", "wf.toml: `env.prod.A` wants text, a number or a boolean", None),
        (
            '[checks.severity]\nWF301 = "of"\n',
            "[checks.severity]",
            "wf.toml: `checks.severity` wants `error`, `warning`, `hint` or `off` for `WF301`. Did you mean `off`?",
            'Severity by code, such as `WF801 = "off"`.',
        ),
        (
            '[checks]\nseverity = { WF3 = "off" }\n',
            "severity",
            "wf.toml: `checks.severity` wants codes such as `WF301`, not `WF3`",
            'Severity by code, such as `WF801 = "off"`.',
        ),
        (
            '[history]\nretention = "1w"\n',
            "retention",
            "wf.toml: `history.retention` wants a duration such as `12h` or `30d`",
            "How long ended executions are kept, such as `30d` or `12h`; without it, for ever.",
        ),
        (
            '[secrets]\nprovider = "file"\n',
            "provider",
            "wf.toml: the secrets provider `file` wants `secrets.location`",
            'Say which file in wf.toml (`[secrets] location = "…"`), with --secrets-location or WF_SECRETS_LOCATION.',
        ),
        (
            "[network]\nallow_hosts = 'x'\n",
            "allow_hosts",
            "wf.toml: `network.allow_hosts` wants a list of text",
            "Hosts, `host:port` or networks that requests may go to whatever their address is.",
        ),
        *(
            (
                f"[network]\ndeny_hosts = ['a.example', '{host}']\n",
                "deny_hosts",
                f"wf.toml: `network.deny_hosts` wants hosts, `host:port` or networks such as `10.0.0.0/8`, not `{host}`",
                "Hosts or networks that requests never go to; this wins over everything that allows.",
            )
            for host in ("http://b.example", "*.b.example", "", "10.0.0.0/33", "b.example/x")
        ),
    ],
)
def test_errors_of_the_file_point_at_the_key(
    tmp_path: Path, text: str, shown: str, message: str, hint: str | None
) -> None:
    root = _root(tmp_path, text)
    with pytest.raises(WfError) as caught:
        load_settings(root, HOME)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert _shown(root / "wf.toml", caught.value) == shown


@pytest.mark.parametrize(
    ("text", "start", "message"),
    [
        ("[network]\nallow = [1\nx = 2\n", 21, "wf.toml: line 3 is not TOML: Unclosed array"),
        ("a = 1\na = 2\n", 11, "wf.toml: line 2 is not TOML: Cannot overwrite a value"),
        ("[env]\nA = ", 10, "wf.toml: line 2 is not TOML: Invalid value (at end of document)"),
    ],
)
def test_syntax_errors_name_their_line(tmp_path: Path, text: str, start: int, message: str) -> None:
    root = _root(tmp_path, text)
    with pytest.raises(WfError) as caught:
        load_settings(root, HOME)
    assert caught.value.message == message
    assert caught.value.location is not None
    assert caught.value.location.span.start == start


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "wf.toml").write_bytes(b"[env]\nA = '\xff'\n")
    with pytest.raises(WfError, match=r"wf\.toml is not UTF-8: byte 0xFF"):
        load_settings(tmp_path, HOME)
    (tmp_path / "wf.toml").write_bytes(b"\xef\xbb\xbf[limits]\r\nsteps = 2\r\n")
    assert load_settings(tmp_path, HOME).limits.steps == 2


def test_a_tool_table_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(WfError, match=r"pyproject\.toml: `tool\.wf` wants a table"):
        load_settings(_root(tmp_path, "[tool]\nwf = 1\n", "pyproject.toml"), HOME)


@pytest.mark.parametrize(
    ("environ", "overrides", "message"),
    [
        ({"WF_ALLOW_LOOPBACK": "maybe"}, {}, "WF_ALLOW_LOOPBACK is 'maybe', but wants true or false"),
        ({"WF_LIMIT_STEPS": "0"}, {}, "WF_LIMIT_STEPS is '0', but wants an integer from 1"),
        ({"WF_SEVERITY": "WF301"}, {}, "WF_SEVERITY is 'WF301', but wants NAME=value"),
        (
            {},
            {"checks.fail_on": "eror"},
            "--fail-on is 'eror', but wants `error`, `warning` or `hint`. Did you mean `error`?",
        ),
        ({}, {"env": ["A"]}, "--env-var is ['A'], but wants NAME=value"),
        ({}, {"network.allow_loopbak": True}, "There is no setting `network.allow_loopbak`. Did you mean"),
        ({"WF_ENV": "prod"}, {}, "There is no environment `prod`."),
        ({}, {"secrets.provider": "file"}, "the secrets provider `file` wants `secrets.location`"),
    ],
)
def test_errors_of_variables_and_options_name_them(
    tmp_path: Path, environ: dict[str, str], overrides: dict[str, object], message: str
) -> None:
    with pytest.raises(WfError) as caught:
        load_settings(tmp_path, HOME | environ, overrides)
    assert caught.value.message.startswith(message)


def test_an_unknown_environment_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(WfError) as caught:
        load_settings(_root(tmp_path, "[env.prod]\n[env.dev]\n"), HOME, {"env_name": "prd"})
    assert caught.value.message == "There is no environment `prd`. Did you mean `prod`?"
    assert caught.value.hint == "There are `prod`, `dev`."


def test_an_untrusted_file_decides_nothing_outside_its_texts(tmp_path: Path) -> None:
    text = '[network]\nallow_loopback = true\n[secrets]\nprovider = "file"\n[history]\nurl = "x"\n[env]\nA = 1\n'
    settings = load_settings(_root(tmp_path, text), HOME | {"WF_ALLOW_PRIVATE": "true"}, trusted=False)
    assert settings == Settings.of(
        {
            "env": {"A": 1},
            "network.allow_private": True,
            "history.url": "/home/me/.local/state/wf/history.db",
        }
    )


@pytest.mark.parametrize(
    ("environ", "url", "place"),
    [
        ({}, None, "/home/me/.local/state/wf/history.db"),
        ({"XDG_STATE_HOME": "/state"}, None, "/state/wf/history.db"),
        ({"XDG_STATE_HOME": "state"}, None, "/home/me/.local/state/wf/history.db"),
        ({}, "h.db", "{root}/h.db"),
        ({}, "sqlite:///h.db", "{root}/h.db"),
        ({}, "sqlite:////var/h.db", "/var/h.db"),
        ({}, "postgresql://db/wf", "postgresql://db/wf"),
    ],
)
def test_the_place_of_the_history(tmp_path: Path, environ: dict[str, str], url: str | None, place: str) -> None:
    overrides: dict[str, object] = {} if url is None else {"history.url": url}
    settings = load_settings(tmp_path, HOME | environ, overrides)
    assert settings.history.url == place.replace("{root}", str(tmp_path))


def test_names_of_settings_are_unique_and_documented() -> None:
    for name in ("option", "variable"):
        assert len({getattr(setting, name) for setting in SETTINGS.values()}) == len(SETTINGS)
    assert all(setting.documentation.endswith(".") for setting in SETTINGS.values())
    table = settings_table()
    assert table.count("\n") == len(SETTINGS) + 2
    assert (
        "| `network.allow_loopback` | `--allow-loopback` | `WF_ALLOW_LOOPBACK` | boolean | `false` "
        "| Lets requests go to this machine (127.0.0.0/8, ::1). |" in table
    )
