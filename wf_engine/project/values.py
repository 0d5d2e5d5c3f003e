"""Values of settings: what may stand in wf.toml, in the environment and behind an option."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from ipaddress import ip_network

from wf_engine.text import did_you_mean
from wf_engine.workspace.settings import Kind, Scalar, Setting

_DURATION = re.compile(r"([0-9]{1,9})(ms|s|m|h|d)")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_HOST = re.compile(r"([0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_CODE = re.compile(r"WF[0-9]{3}")
_BOOLEANS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


class UnfitError(ValueError):
    """A value that a setting does not take. The text says what it wants: `wants true or false`."""


def from_toml(setting: Setting, value: object) -> object:
    """A value of wf.toml as the setting's field has it, or UnfitError."""
    return _READERS[setting.kind](setting, value)


def from_text(setting: Setting, text: str) -> object:
    """The text of a variable or an option: lists and tables are separated by commas, tables are `NAME=value`."""
    match setting.kind:
        case "boolean":
            return _boolean(text)
        case "integer":
            return from_toml(setting, _number(text, int))
        case "texts" | "hosts":
            return from_toml(setting, _items(text))
        case "scalars" | "severities":
            return from_toml(setting, pairs(_items(text)))
        case _:
            return from_toml(setting, text)


def like(text: str, model: Scalar | None) -> Scalar:
    """The text of a variable, read by the type that the variable has in wf.toml; text where it has none."""
    if isinstance(model, bool):
        return _boolean(text)
    if isinstance(model, int):
        return scalar(_number(text, int))
    if isinstance(model, float):
        return scalar(_number(text, float))
    return text


def pairs(items: list[str]) -> dict[str, str]:
    """`NAME=value` items as a map."""
    found = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals or not name.strip():
            raise UnfitError("wants NAME=value")
        found[name.strip()] = value
    return found


def scalar(value: object) -> Scalar:
    """A variable's value, or UnfitError."""
    if isinstance(value, float) and not math.isfinite(value):
        raise UnfitError("wants a finite number")
    if isinstance(value, str | int | float):
        return value
    raise UnfitError("wants text, a number or a boolean")


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _boolean(text: str) -> bool:
    found = _BOOLEANS.get(text.strip().lower())
    if found is None:
        raise UnfitError("wants true or false")
    return found


def _number(text: str, kind: Callable[[str], object]) -> object:
    try:
        return kind(text.strip())
    except ValueError:
        raise UnfitError(f"wants {'an integer' if kind is int else 'a number'}") from None


def _read_boolean(_: Setting, value: object) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("wants true or false")
    return value


def _read_integer(_: Setting, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UnfitError("wants an integer from 1")
    return value


def _read_text(setting: Setting, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise UnfitError("wants " + (_one_of(setting) if setting.choices else "text"))
    if setting.choices and value not in setting.choices:
        raise UnfitError(f"wants {_one_of(setting)}.{did_you_mean(value, setting.choices)}")
    return value


def _read_duration(_: Setting, value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise UnfitError("wants a duration such as `12h` or `30d`")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _read_texts(_: Setting, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise UnfitError("wants a list of text")
    return tuple(value)


def _read_hosts(setting: Setting, value: object) -> tuple[str, ...]:
    hosts = _read_texts(setting, value)
    for host in hosts:
        if _HOST.fullmatch(host) is None and not _is_network(host):
            raise UnfitError(f"wants hosts, `host:port` or networks such as `10.0.0.0/8`, not `{host}`")
    return hosts


def _is_network(text: str) -> bool:
    try:
        ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return False
    return True


def _read_scalars(_: Setting, value: object) -> dict[str, Scalar]:
    if not isinstance(value, Mapping):
        raise UnfitError("wants a table")
    return {str(name): scalar(each) for name, each in value.items()}


def _read_severities(setting: Setting, value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise UnfitError("wants a table of severities by code")
    for code, level in value.items():
        if _CODE.fullmatch(str(code)) is None:
            raise UnfitError(f"wants codes such as `WF301`, not `{code}`")
        if level not in setting.choices:
            raise UnfitError(f"wants {_one_of(setting)} for `{code}`.{did_you_mean(str(level), setting.choices)}")
    return {str(code): str(level) for code, level in value.items()}


def _one_of(setting: Setting) -> str:
    return " or ".join([", ".join(f"`{choice}`" for choice in setting.choices[:-1]), f"`{setting.choices[-1]}`"])


_READERS: Mapping[Kind, Callable[[Setting, object], object]] = {
    "boolean": _read_boolean,
    "integer": _read_integer,
    "text": _read_text,
    "duration": _read_duration,
    "texts": _read_texts,
    "hosts": _read_hosts,
    "scalars": _read_scalars,
    "severities": _read_severities,
}
