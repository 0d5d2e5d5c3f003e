"""JSON values as people write them in YAML."""

import json
import re
from typing import Any

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*")
_AMBIGUOUS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def yaml_word(value: Any) -> str:
    """A JSON value as it is written in YAML on one line: a plain word where that is read back as the same text."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _AMBIGUOUS:
        return value
    return json.dumps(value, ensure_ascii=False)
