"""The settings of a workspace as one value (language §11), and what people call each of them.

A setting is defined once, on its field: its sentence, its key in wf.toml, its option and its environment variable.
Reading files and the environment is the project layer's work; here are values only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast

Scalar = str | int | float | bool
"""A value of `env.NAME`."""

Kind = Literal["boolean", "integer", "text", "duration", "texts", "hosts", "scalars", "severities"]
"""How a setting is written: `texts` and `hosts` are lists, `scalars` and `severities` are tables."""

_T = TypeVar("_T")
_NOTHING: Mapping[str, Any] = {}
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Setting:
    """What people need to know of one setting; `key` is dotted as in wf.toml, None for what cannot stand there."""

    name: str
    kind: Kind
    documentation: str
    key: str | None
    option: str
    variable: str
    default: object
    shown_default: str
    choices: tuple[str, ...] = ()


def _setting(
    default: _T,
    kind: Kind,
    documentation: str,
    key: str | None,
    option: str,
    *,
    name: str | None = None,
    variable: str | None = None,
    shown: str | None = None,
    choices: tuple[str, ...] = (),
) -> _T:
    """A dataclass field that carries its `Setting`. The variable is the option in capitals unless given."""
    flag = option.split(maxsplit=1)[0]
    setting = Setting(
        name=name or cast("str", key),
        kind=kind,
        documentation=documentation,
        key=key,
        option=option,
        variable=variable or "WF_" + flag.removeprefix("--").replace("-", "_").upper(),
        default=default,
        shown_default=shown if shown is not None else _shown(default),
        choices=choices,
    )
    return field(default_factory=lambda: default, metadata={"setting": setting})


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "true" if default else "false"
    return "" if default is None or default in ((), _NOTHING) else str(default)


@dataclass(frozen=True, slots=True)
class Secrets:
    """Where `secrets.NAME` comes from."""

    provider: str = _setting(
        "env",
        "text",
        "Where secrets come from: variables `WF_SECRET_NAME`, one file (a JSON object or `NAME=value` lines), "
        "or a folder with one file a secret, as Kubernetes mounts them.",
        "secrets.provider",
        "--secrets-provider",
        choices=("env", "file", "directory"),
    )
    location: str | None = _setting(
        None,
        "text",
        "The file or folder of the provider; a relative one is taken from the workspace's root.",
        "secrets.location",
        "--secrets-location",
    )


@dataclass(frozen=True, slots=True)
class Network:
    """The addresses that requests may go to (language §7)."""

    allow_loopback: bool = _setting(
        default=False,
        kind="boolean",
        documentation="Lets requests go to this machine (127.0.0.0/8, ::1).",
        key="network.allow_loopback",
        option="--allow-loopback",
    )
    allow_private: bool = _setting(
        default=False,
        kind="boolean",
        documentation="Lets requests go to private networks (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7).",
        key="network.allow_private",
        option="--allow-private",
    )
    allow_hosts: tuple[str, ...] = _setting(
        (),
        "hosts",
        "Hosts, `host:port` or networks that requests may go to whatever their address is.",
        "network.allow_hosts",
        "--allow-host",
    )
    deny_hosts: tuple[str, ...] = _setting(
        (),
        "hosts",
        "Hosts or networks that requests never go to; this wins over everything that allows.",
        "network.deny_hosts",
        "--deny-host",
    )
    ca_file: str | None = _setting(
        None,
        "text",
        "Certificates of authorities (PEM) that are trusted besides those of the system; a relative path is taken from "
        "the workspace's root.",
        "network.ca_file",
        "--ca-file",
    )
    proxy: str | None = _setting(
        None,
        "text",
        "The proxy that requests go through, such as `http://proxy.example.com:3128`; `env` takes it from HTTP_PROXY, "
        "HTTPS_PROXY and NO_PROXY. Hosts are still looked up here, so that the policy holds.",
        "network.proxy",
        "--proxy",
    )
    transport: str = _setting(
        "aiohttp",
        "text",
        "The HTTP client that carries requests.",
        "network.transport",
        "--transport",
        choices=("aiohttp", "httpx"),
    )


@dataclass(frozen=True, slots=True)
class HistorySettings:
    """Where executions are recorded and for how long."""

    url: str = _setting(
        "",
        "text",
        "Where executions are recorded: a file, a `sqlite:///` or a `postgresql://` address; a relative file is taken from the root.",
        "history.url",
        "--history",
        shown="`$XDG_STATE_HOME/wf/history.db`, else `~/.local/state/wf/history.db`",
    )
    retention: timedelta | None = _setting(  # noqa: RUF009 - it is a dataclass field
        None,
        "duration",
        "How long ended executions are kept, such as `30d` or `12h`; without it, for ever.",
        "history.retention",
        "--history-retention",
    )
    spill: int = _setting(
        1024 * 1024 * 1024,
        "integer",
        "Bytes of events that are kept in a file while PostgreSQL cannot be reached; past them, events are dropped.",
        "history.spill",
        "--history-spill",
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """What one execution may use before it fails with `LIMIT_EXCEEDED`."""

    steps: int = _setting(
        100_000, "integer", "Steps an execution may run, those of iterations counted.", "limits.steps", "--limit-steps"
    )
    events: int = _setting(
        1_000_000, "integer", "Events that an execution may record.", "limits.events", "--limit-events"
    )
    response_bytes: int = _setting(
        10 * _MIB,
        "integer",
        "Bytes that the body of an answer may have, unpacked.",
        "limits.response_bytes",
        "--limit-response-bytes",
    )
    output_bytes: int = _setting(
        10 * _MIB,
        "integer",
        "Bytes that the output of a step or a workflow may have as JSON.",
        "limits.output_bytes",
        "--limit-output-bytes",
    )
    nesting: int = _setting(
        100, "integer", "Levels that a JSON value may be nested.", "limits.nesting", "--limit-nesting"
    )


@dataclass(frozen=True, slots=True)
class Checks:
    """Which findings are shown, and how bad they are."""

    severity: Mapping[str, str] = _setting(
        _NOTHING,
        "severities",
        'Severity by code, such as `WF801 = "off"`.',
        "checks.severity",
        "--severity CODE=LEVEL",
        choices=("error", "warning", "hint", "off"),
    )
    ignore: tuple[str, ...] = _setting(
        (),
        "texts",
        "Paths that are not indexed, as patterns from the root: `gen/`, `*.gen.yaml`, `a/**/b.yaml`.",
        "checks.ignore",
        "--ignore GLOB",
    )
    fail_on: str = _setting(
        "error",
        "text",
        "The least severity at which `wf validate` exits with 1.",
        "checks.fail_on",
        "--fail-on",
        choices=("error", "warning", "hint"),
    )


@dataclass(frozen=True, slots=True)
class Format:
    """How `wf fmt` and the editor lay documents out."""

    indent: int = _setting(2, "integer", "Columns by which a level is indented.", "format.indent", "--format-indent")
    indent_sequences: bool = _setting(
        default=True,
        kind="boolean",
        documentation="Whether the dashes of a list are indented below its key.",
        key="format.indent_sequences",
        option="--format-indent-sequences",
    )
    brace_spacing: bool = _setting(
        default=False,
        kind="boolean",
        documentation="Whether `{ a: 1 }` has spaces inside its braces.",
        key="format.brace_spacing",
        option="--format-brace-spacing",
    )
    blank_lines: int = _setting(
        1, "integer", "Blank lines in a row that are kept.", "format.blank_lines", "--format-blank-lines"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a workspace. `Settings()` is what holds without any configuration."""

    env: Mapping[str, Scalar] = _setting(
        _NOTHING,
        "scalars",
        "The variables behind `env.NAME`; a table in it, such as `[env.prod]`, is an environment laid over them.",
        "env",
        "--env-var NAME=VALUE",
        variable="WF_ENV_*",
    )
    env_name: str | None = _setting(
        None,
        "text",
        "The environment, a table in `[env]` such as `prod`, that is laid over the variables.",
        None,
        "--env",
        name="env_name",
    )
    secrets: Secrets = field(default_factory=Secrets)
    network: Network = field(default_factory=Network)
    history: HistorySettings = field(default_factory=HistorySettings)
    limits: Limits = field(default_factory=Limits)
    checks: Checks = field(default_factory=Checks)
    format: Format = field(default_factory=Format)

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Settings":
        """Settings from values by setting name (`network.allow_loopback`), which must have the fields' types."""
        sections: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
        top: dict[str, Any] = {}
        for name, value in values.items():
            section, _, own = name.rpartition(".")
            (sections[section] if section else top)[own] = value
        return cls(**top, **{name: _SECTIONS[name](**own) for name, own in sections.items()})


_SECTIONS: Mapping[str, type[Any]] = {
    "secrets": Secrets,
    "network": Network,
    "history": HistorySettings,
    "limits": Limits,
    "checks": Checks,
    "format": Format,
}


def _defined() -> Iterator[Setting]:
    owners: tuple[type[Any], ...] = (Settings, *_SECTIONS.values())
    for owner in owners:
        for each in fields(owner):
            if "setting" in each.metadata:
                yield each.metadata["setting"]


SETTINGS: Mapping[str, Setting] = MappingProxyType({setting.name: setting for setting in _defined()})
"""Every setting by its name (its key in wf.toml, else its field's name), in the order of the documentation."""


_KIND_WORDS: Mapping[Kind, str] = {
    "boolean": "boolean",
    "integer": "integer",
    "text": "text",
    "duration": "duration (`ms`, `s`, `m`, `h`, `d`)",
    "texts": "list of text",
    "hosts": "list of hosts",
    "scalars": "table of text, numbers and booleans",
    "severities": "table",
}


def settings_table() -> str:
    """The settings as a Markdown table: key, option, variable, type, default, meaning."""
    rows = [
        "| wf.toml | option | environment | type | default | meaning |",
        "|---|---|---|---|---|---|",
        *(_row(setting) for setting in SETTINGS.values()),
    ]
    return "\n".join(rows) + "\n"


def _row(setting: Setting) -> str:
    key = f"`{setting.key}`" if setting.key else ""
    kind = _KIND_WORDS[setting.kind]
    if setting.choices:
        words = ", ".join(f"`{choice}`" for choice in setting.choices)
        kind = f"{kind} of {words}" if setting.kind == "severities" else words
    shown = setting.shown_default
    default = f"`{shown}`" if shown and not shown.startswith("`") else shown
    cells = (key, f"`{setting.option}`", f"`{setting.variable}`", kind, default, setting.documentation)
    return "| " + " | ".join(cells) + " |"
