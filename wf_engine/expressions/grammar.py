"""What the grammar of language §5 fixes: how a name is spelt, and how tightly the operators bind."""

import re
from collections.abc import Mapping

LEVELS = {
    "??": 2,
    "||": 3,
    "&&": 4,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), 5),
    **dict.fromkeys("+-", 6),
    **dict.fromkeys("*/%", 7),
}
"""How tightly each operator binds its operands; the grammar's `coal`, `or`, `and`, `cmp`, `sum` and `term`."""

COMPARISON = LEVELS["=="]

WORDS: Mapping[str, bool | None] = {"null": None, "true": True, "false": False}
SLIPS = {"=": "==", "&": "&&", "and": "&&", "or": "||"}
"""What people write for an operator who come from another language."""

NAME = r"[A-Za-z_$][A-Za-z0-9_]*+(?:-++[A-Za-z0-9_]++)*+"
_NAME = re.compile(NAME)


def is_name(text: str) -> bool:
    """Whether a text can stand after a dot."""
    return _NAME.fullmatch(text) is not None


KEYED_ROOTS: Mapping[str, str] = {
    "tasks": "the id of a step: `tasks.ID.output`",
    "env": "the name of a variable: `env.NAME`",
    "secrets": "the name of a secret: `secrets.NAME`",
    "forEach": "the name of a loop variable: `forEach.item`",
}
"""The roots that cannot be read whole or by a computed key, and what has to follow them."""

ROOTS = frozenset({"input", "execution", "error", "item", "index", "payload", *KEYED_ROOTS})
"""Every root there is, each known in some places."""

TASK_KEYS = ("output", "status", "response")
"""What can be read of a step."""
