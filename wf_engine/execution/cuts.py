"""Halves of secrets: where a text was cut, the beginning of one may be left (language §7)."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Final

SHORTEST_PART: Final = 6
"""Characters from which on a part of a secret is taken for one: fewer are in any text by chance."""
_CUT: Final = re.compile(r"…|\.{3,}")
"""What stands where a text was cut, by us and by the libraries whose words errors repeat."""
_LONGEST: Final = 4096
"""Characters up to which a text may be a message that repeats a part of another text."""


class Cuts:
    """Replaces what was left of secrets before a cut; `forms` are those in which secrets may stand in a text."""

    __slots__ = ("_forms", "_longest", "_mask", "_may_hold")

    def __init__(
        self, forms: Collection[str], mask: str, finder: Callable[[Collection[str]], Callable[[str], bool] | None]
    ) -> None:
        """`finder` gives, for many texts, what tells whether one of them may be in another; None for a few."""
        self._forms: dict[str, list[str]] = defaultdict(list)
        for form in forms:
            self._forms[form[:SHORTEST_PART]].append(form)
        self._longest = max(map(len, forms), default=0)
        self._may_hold = finder(tuple(self._forms))
        self._mask = mask

    def masked(self, text: str) -> str:
        """The text without the beginnings of secrets that it was cut in."""
        if len(text) > _LONGEST or ("…" not in text and "..." not in text) or not self._holds_beginning(text):
            return text
        kept, done = "", 0
        for cut in _CUT.finditer(text):
            kept += self._before(text[done : cut.start()]) + cut.group()
            done = cut.end()
        return kept + text[done:]

    def _holds_beginning(self, text: str) -> bool:
        if self._may_hold is not None:
            return self._may_hold(text)
        return any(beginning in text for beginning in self._forms)

    def _before(self, text: str) -> str:
        for begin in range(max(0, len(text) - self._longest), len(text) - SHORTEST_PART + 1):
            half = text[begin:]
            if any(form.startswith(half) for form in self._forms.get(half[:SHORTEST_PART], ())):
                return text[:begin] + self._mask
        return text
