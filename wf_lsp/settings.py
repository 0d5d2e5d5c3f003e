"""What a user may set in the editor, under `wf.`: pulled from clients that can be asked, pushed by the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Setting(NamedTuple):
    """A switch. `name` is dotted, without the `wf.` in front."""

    name: str
    default: bool
    sentence: str


SETTINGS = (
    Setting("run.enabled", True, "Lets workflows be run from the editor. Off, no request is ever sent from it."),
    Setting("diagnostics.workspace", True, "Checks the files that are not open, too."),
    Setting("inlayHints.types", True, "Shows the type behind templates that are a whole value."),
    Setting("inlayHints.levels", True, "Shows behind a step at which level of the graph it runs, where any run at once."),
    Setting("inlayHints.durations", True, "Shows behind a step how long it took the last time."),
    Setting("inlayHints.values", True, "Shows behind a template the value it had in the last run or dry run."),
    Setting("codeLens.run", True, "Shows Run and Dry run above workflows."),
    Setting("codeLens.references", True, "Shows above workflows and tasks how often they are used."),
    Setting("codeLens.lastRun", True, "Shows above workflows how the last run ended."),
)  # fmt: skip

_BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True)
class ClientSettings:
    """The switches that hold, and what was given that means nothing."""

    given: Mapping[str, bool] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: Any) -> "ClientSettings":
        """The settings in what a client sends: nested or with dots in the names, with or without `wf` around it."""
        given: dict[str, bool] = {}
        unknown: list[str] = []
        for name, each in _flat("", _section(value)):
            if name in _BY_NAME and isinstance(each, bool):
                given[name] = each
            elif each is not None and name.partition(".")[0] in _SECTIONS:
                unknown.append(name)
        return cls(given, tuple(unknown))

    def over(self, other: "ClientSettings") -> "ClientSettings":
        """These settings, laid over others."""
        return ClientSettings({**other.given, **self.given}, self.unknown)

    def on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.given.get(name, _BY_NAME[name].default)

    @property
    def inlay_hints(self) -> tuple[str, ...]:
        """The kinds of inlay hints that are switched on."""
        return tuple(kind for kind in ("types", "levels", "durations", "values") if self.on(f"inlayHints.{kind}"))


_SECTIONS = frozenset(setting.name.partition(".")[0] for setting in SETTINGS)
"""What else clients keep under `wf`, such as the server's command, is theirs."""


def _section(value: Any) -> Any:
    return value["wf"] if isinstance(value, dict) and isinstance(value.get("wf"), dict) else value


def _flat(prefix: str, value: Any) -> "list[tuple[str, Any]]":
    if not isinstance(value, dict):
        return [(prefix.removeprefix("wf."), value)] if prefix else []
    return [
        each
        for name, inner in value.items()
        if isinstance(name, str)
        for each in _flat(f"{prefix}.{name}" if prefix else name, inner)
    ]
