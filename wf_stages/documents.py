"""YAML files of the framework: read, checked against their schema, written whole or not at all."""

import io
import json
import os
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from wf_stages.errors import StageError


@cache
def schema(name: str) -> Any:
    """The JSON Schema `stages`, `stage-state`, or `stage-review`, which is a part of the first."""
    if name == "stage-review":
        return {"$ref": "#/$defs/review", "$defs": schema("stages")["$defs"]}
    return json.loads(resources.files("wf_stages").joinpath(f"{name}.schema.json").read_text("utf-8"))


@cache
def _validator(name: str) -> Any:
    return jsonschema_rs.validator_for(schema(name))


def check(name: str, value: object, where: str) -> None:
    """Raises a StageError that names the first place where the value breaks the schema."""
    # YAML has numbers as keys and dates, JSON has not.
    error = next(_validator(name).iter_errors(json.loads(json.dumps(value, default=str))), None)
    if error is not None:
        path = "/".join(str(part) for part in error.instance_path) or "the document"
        raise StageError(f"{where}: {path}: {error.message}")


def parse_yaml(text: str, where: str) -> Any:
    """The values of a YAML text; a StageError where it is none."""
    try:
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise StageError(f"{where}{place}: not YAML: {error.problem or error.context}") from error
    except YAMLError as error:
        raise StageError(f"{where}: not YAML: {error}") from error


def read_yaml(path: Path) -> Any:
    """The values of a YAML file; a StageError where it cannot be read."""
    try:
        return parse_yaml(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        raise StageError(f"{path} is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StageError(f"{path} cannot be read: {error}") from error


def to_yaml(value: object) -> str:
    """The value as block YAML, keys in the order given."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    # ruamel's annotation says None, its documentation that False keeps the order.
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.width = 110
    out = io.StringIO()
    writer.dump(value, out)
    return out.getvalue()


def write_atomically(path: Path, data: bytes) -> None:
    """Replaces the file in one step: whoever reads it, or is killed here, finds the old text or the new."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
