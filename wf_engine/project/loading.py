"""The settings of a workspace from its configuration file, the environment and options (language §11)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from wf_engine.project.configuration import Configuration, read_configuration
from wf_engine.project.values import UnfitError, from_text, from_toml, like, pairs, scalar
from wf_engine.text import WfError, did_you_mean
from wf_engine.workspace.settings import SETTINGS, Scalar, Setting, Settings

_VARIABLE_PREFIX = "WF_ENV_"
_NEEDS_TRUST = frozenset({"network", "secrets", "history"})
_SECTIONS = dict.fromkeys(setting.key.partition(".")[0] for setting in SETTINGS.values() if setting.key)


def load_settings(
    root: Path, environ: Mapping[str, str], overrides: Mapping[str, object] | None = None, *, trusted: bool = True
) -> Settings:
    """The settings that hold in `root`: options over the environment over the configuration file over defaults.

    `overrides` are options by setting name (`{"network.allow_loopback": True, "env_name": "prod"}`), as values or as
    the text typed; None is an option that was not given. In a workspace that is not trusted the file's network,
    secrets and history parts are left aside.
    Raises WfError that names the file and key, the variable or the option.
    """
    configuration = read_configuration(root)
    values = _from_file(configuration, trusted=trusted) if configuration else {}
    values |= _from_environment(environ)
    options = _from_options(overrides or {})
    env_options = cast("Mapping[str, object]", options.pop("env", {}))
    values |= options
    variables = _variables(configuration, cast("str | None", values.get("env_name")))
    values["env"] = variables | _typed_variables(environ, variables) | _typed_options(env_options, variables)
    _require_location(configuration, values)
    return Settings.of(_placed(values, root, environ))


def _checked_sections(configuration: Configuration) -> Mapping[str, Mapping[str, Any]]:
    for name, content in configuration.table.items():
        if name not in _SECTIONS:
            raise _unknown(configuration, (name,), _SECTIONS)
        if not isinstance(content, dict):
            raise configuration.error((name,), f"`{name}` wants a table", f"Write `[{name}]` and its keys below it.")
    return configuration.table


def _unknown(
    configuration: Configuration, keys: tuple[str, ...], allowed: Sequence[str] | Mapping[str, Any]
) -> WfError:
    near = did_you_mean(keys[-1], allowed)
    hint = "Allowed here: " + ", ".join(f"`{name}`" for name in allowed) + "."
    return configuration.error(keys, f"there is no setting `{'.'.join(keys)}`.{near}", hint)


def _from_file(configuration: Configuration, *, trusted: bool) -> dict[str, object]:
    values: dict[str, object] = {}
    for section, content in _checked_sections(configuration).items():
        if section == "env" or (not trusted and section in _NEEDS_TRUST):
            continue
        allowed = [key.partition(".")[2] for key in SETTINGS if key.startswith(section + ".")]
        for name, value in content.items():
            if name not in allowed:
                raise _unknown(configuration, (section, name), allowed)
            setting = SETTINGS[f"{section}.{name}"]
            try:
                values[setting.name] = from_toml(setting, value)
            except UnfitError as unfit:
                raise configuration.error((section, name), f"`{setting.key}` {unfit}", setting.documentation) from None
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    return {
        setting.name: _read(setting.variable, setting, environ[setting.variable])
        for setting in SETTINGS.values()
        if setting.kind != "scalars" and environ.get(setting.variable)
    }


def _from_options(overrides: Mapping[str, object]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in overrides.items():
        if name not in SETTINGS:
            raise WfError(f"There is no setting `{name}`.{did_you_mean(name, SETTINGS)}")
        if value is not None:
            values[name] = _read(SETTINGS[name].option.split(maxsplit=1)[0], SETTINGS[name], value)
    return values


def _read(place: str, setting: Setting, value: object) -> object:
    try:
        if setting.kind in ("scalars", "severities") and isinstance(value, list | tuple):
            value = pairs([str(item) for item in value])
        return from_text(setting, value) if isinstance(value, str) else from_toml(setting, value)
    except UnfitError as unfit:
        raise WfError(f"{place} is {value!r}, but {unfit}", hint=setting.documentation) from None


def _environments(configuration: Configuration) -> tuple[dict[str, Scalar], dict[str, dict[str, Scalar]]]:
    """The variables of `[env]`, and the environments in it."""
    plain: dict[str, Scalar] = {}
    environments: dict[str, dict[str, Scalar]] = {}
    for name, value in configuration.table.get("env", {}).items():
        if isinstance(value, dict):
            environments[name] = {key: _scalar(configuration, ("env", name, key), each) for key, each in value.items()}
        else:
            plain[name] = _scalar(configuration, ("env", name), value)
    return plain, environments


def _scalar(configuration: Configuration, keys: tuple[str, ...], value: object) -> Scalar:
    try:
        return scalar(value)
    except UnfitError as unfit:
        raise configuration.error(keys, f"`{'.'.join(keys)}` {unfit}") from None


def _variables(configuration: Configuration | None, env_name: str | None) -> dict[str, Scalar]:
    """The variables of wf.toml, with the chosen environment laid over them."""
    plain, environments = _environments(configuration) if configuration else ({}, {})
    if env_name is None:
        return plain
    if env_name not in environments:
        known = ", ".join(f"`{name}`" for name in environments)
        hint = f"There are {known}." if known else f"Add a table `[env.{env_name}]` to wf.toml."
        raise WfError(f"There is no environment `{env_name}`.{did_you_mean(env_name, environments)}", hint=hint)
    return plain | environments[env_name]


def _typed_variables(environ: Mapping[str, str], variables: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {
        name.removeprefix(_VARIABLE_PREFIX): _like(name, text, variables.get(name.removeprefix(_VARIABLE_PREFIX)))
        for name, text in environ.items()
        if name.startswith(_VARIABLE_PREFIX) and name != _VARIABLE_PREFIX
    }


def _typed_options(options: Mapping[str, object], variables: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {
        name: _like(f"--env-var {name}", value, variables.get(name)) if isinstance(value, str) else scalar(value)
        for name, value in options.items()
    }


def _like(place: str, text: str, model: Scalar | None) -> Scalar:
    try:
        return like(text, model)
    except UnfitError as unfit:
        raise WfError(f"{place} is {text!r}, but {unfit}, as in wf.toml") from None


def _require_location(configuration: Configuration | None, values: Mapping[str, object]) -> None:
    provider = values.get("secrets.provider")
    if provider not in ("file", "directory") or values.get("secrets.location"):
        return
    message = f"the secrets provider `{provider}` wants `secrets.location`"
    hint = (
        f'Say which {provider} in wf.toml (`[secrets] location = "…"`), with --secrets-location or WF_SECRETS_LOCATION.'
    )
    raise configuration.error(("secrets", "provider"), message, hint) if configuration else WfError(message, hint=hint)


def _placed(values: dict[str, object], root: Path, environ: Mapping[str, str]) -> dict[str, object]:
    """The values with places made absolute: relative ones are taken from the root, `~` is the user's home."""
    location, url = values.get("secrets.location"), values.get("history.url")
    if isinstance(location, str):
        values["secrets.location"] = str(root.absolute() / _home(location, environ))
    ca_file = values.get("network.ca_file")
    if isinstance(ca_file, str):
        values["network.ca_file"] = str(root.absolute() / _home(ca_file, environ))
    if url is None:
        values["history.url"] = str(_state_folder(environ) / "wf" / "history.db")
    elif isinstance(url, str) and (path := url.removeprefix("sqlite:///")) and "://" not in path:
        values["history.url"] = str(root.absolute() / _home(path, environ))
    return values


def _home(path: str, environ: Mapping[str, str]) -> Path:
    return _home_folder(environ) / path[2:] if path.startswith("~/") else Path(path)


def _home_folder(environ: Mapping[str, str]) -> Path:
    return Path(environ["HOME"]) if environ.get("HOME") else Path.home()


def _state_folder(environ: Mapping[str, str]) -> Path:
    """The user's state folder by the XDG base directory specification, which ignores relative paths."""
    given = environ.get("XDG_STATE_HOME", "")
    return Path(given) if Path(given).is_absolute() else _home_folder(environ) / ".local" / "state"
