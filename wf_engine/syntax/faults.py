"""What is wrong with a line that YAML cannot read: in words, which part has to go, and how to mend it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wf_engine.text import Span


class Fault(NamedTuple):
    """A fault in a line: `start` and `end` are the columns that explain it."""

    message: str
    hint: str | None
    start: int
    end: int
    value: bool = False
    """A value is masked: the rest of the line stays readable with a placeholder in its place."""
    fix: str | None = None
    """What to put in the place of `fix_span`, or of the range itself."""
    fix_title: str | None = None
    fix_span: Span | None = None
    masked: tuple[Span, ...] = ()
    """What has to go, where that is more or less than the range itself."""
    kind: str = "syntax"


_ENTRY = re.compile(
    r"""\ *+(?:[-?]\ ++)*+(?:[&!]\S*+\ ++)*+
    (?:"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\r\n]|'')*+'|[^\s#\[\]{},"'&*!|>%@`-][^\r\n:]*+(?::(?![ \r\n]|\Z)[^\r\n:]*+)*+|-[^\s:][^\r\n:]*+)
    [ ]*+:(?=[ \r\n]|\Z)\ *+(?:[&!]\S*+\ *+)*+(?P<value>[^\r\n]*+)""",
    re.VERBOSE,
)
_ITEM = re.compile(r" *+(?:- ++)+(?:[&!]\S*+ ++)*+(?P<value>[^\r\n]++)")
_COMMENT = re.compile(r"[ \t]+(?:#[^\r\n]*+)?\Z")
_WORD = re.compile(r"[A-Za-z_][\w.-]*")
_TIGHT = re.compile(r"([A-Za-z_][\w-]*):(?=[^\s/])")


def fault_of(line: str, above: str | None = None) -> Fault | None:
    """The fault that can be told from a line alone, None where it looks sound. `above`: the content line before it."""
    content = line.lstrip(" ")
    start = len(line) - len(content)
    if not content or content[0] == "#":
        return None
    if content[0] == "\t":
        return _tab(line, above)
    if _MARKER.match(line):
        return _leftover(line)
    entry = _ENTRY.match(line) or _ITEM.match(line)
    value = _COMMENT.sub("", entry["value"]) if entry else ""
    return _value_fault(start, entry.start("value"), value) if entry and value else None


def _tab(line: str, above: str | None) -> Fault:
    content = line.lstrip(" \t")
    lead = Span(0, len(line) - len(content))
    tabs = Span(line.index("\t"), line.rindex("\t", 0, lead.end) + 1)
    return Fault(
        "a tab stands in the indentation; YAML allows spaces only", "indent with spaces", tabs.start, tabs.end,
        fix=" " * _expected(above), fix_title="Indent with spaces", fix_span=lead, masked=(Span(0, len(line)),),
    )  # fmt: skip


def _expected(above: str | None) -> int:
    """The indentation of a line below another."""
    if above is None:
        return 0
    indent = len(above) - len(above.lstrip(" "))
    if above[indent : indent + 2] == "- ":
        indent += 2
    return indent + 2 if _COMMENT.sub("", above).endswith(":") else indent


def _value_fault(indent: int, start: int, value: str) -> Fault | None:
    """A fault in the value that stands at column `start` of a line indented by `indent`."""
    end = start + len(value)
    first = value[0]
    if first in "\"'":
        return _quote_fault(start, value)
    if first in "[{":
        return _bracket_fault(start, value)
    if first in "@`%]},":
        message = f"a value cannot begin with `{first}`"
        return Fault(
            message, "put it in quotes", start, end, value=True, fix=quoted(value), fix_title="Put it in quotes"
        )
    if first == "-" and value[1:2] == " ":
        return Fault(
            "a list cannot begin on the line of its key", "begin it on the next line", start, end, value=True,
            fix="\n" + " " * (indent + 2) + value, fix_title="Begin the list on the next line",
        )  # fmt: skip
    if first not in "|>&*!#" and re.search(r":(?: |$)", value):
        return Fault(
            "YAML takes a `: ` for the end of a key, and this line has a second one",
            "put the value in quotes, or begin a new line", start, end, value=True, fix=quoted(value), fix_title="Put the value in quotes",
        )  # fmt: skip
    return None


def quoted(text: str) -> str:
    """A text as a quoted scalar."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


_SINGLE = re.compile(r"'(?:[^']|'')*+'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def _quoted_end(value: str, at: int = 0) -> int | None:
    """Where a quoted scalar ends in its line, None where it does not."""
    match = (_SINGLE if value[at] == "'" else _DOUBLE).match(value, at)
    return match.end() if match else None


def _quote_fault(start: int, value: str) -> Fault | None:
    quote, end = value[0], start + len(value)
    closed = _quoted_end(value)
    if closed is None:
        hint = f"write {quote} where the text ends"
        fix = value + quote if not value.endswith("\\") else None
        return Fault(
            f"the quote {quote} is not closed",
            hint,
            start,
            end,
            value=True,
            fix=fix,
            fix_title=f"Add {quote} at the end",
        )
    rest = value[closed:].lstrip()
    if not rest or rest[0] in "#,]}" or rest[0] == ":":
        return None
    at = end - len(rest)
    return Fault(
        f"`{_short(rest)}` stands behind the closing quote", "put the whole value in one pair of quotes", at, end,
        value=True, fix=quoted(value), fix_title="Put the whole value in quotes", fix_span=Span(start, end), masked=(Span(start, end),),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"


_CLOSER = {"[": "]", "{": "}"}


def _bracket_fault(start: int, value: str) -> Fault | None:
    """Brackets that do not match in the line; those left open may close on a later one."""
    stack: list[str] = []
    whole = Span(start, start + len(value))
    at = 0
    while at < len(value):
        char = value[at]
        if char in "\"'" and value[at - 1] in " [{,:":
            closed = _quoted_end(value, at)
            if closed is None:
                return Fault(f"the quote {char} is not closed", f"write {char} where the text ends", start + at, whole.end,
                             value=True, masked=(whole,))  # fmt: skip
            at = closed
            continue
        if char in "[{":
            stack.append(_CLOSER[char])
        elif char in "]}" and (not stack or stack.pop() != char):
            message, hint = f"`{char}` closes no bracket", "remove it, or add the bracket that it closes"
            return Fault(
                message,
                hint,
                start + at,
                start + at + 1,
                value=True,
                fix="",
                fix_title=f"Remove `{char}`",
                masked=(whole,),
            )
        at += 1
    if not stack:
        return None
    missing = "".join(reversed(stack))
    opener = "[" if stack[0] == "]" else "{"
    return Fault(
        f"`{opener}` is not closed",
        f"add `{missing}`",
        *whole,
        value=True,
        fix=value + missing,
        fix_title=f"Add `{missing}`",
    )


def unreadable(line: str, above: str | None) -> Fault:
    """The fault of a line that the parser stopped at, where nothing better can be told."""
    content = _COMMENT.sub("", line.lstrip(" "))
    start = len(line) - len(line.lstrip(" "))
    end = start + len(content)
    if _WORD.fullmatch(content):
        return Fault(
            f"`{_short(content)}` is no entry: a `:` and a value are missing",
            f"write `{_short(content)}: …`",
            start,
            end,
        )
    tight = _TIGHT.match(content)
    if tight and not _ENTRY.match(line):
        at = start + tight.end()
        return Fault(f"a space is missing behind `{_short(tight[1])}:`", f"write `{_short(tight[1])}: …`", start, at, fix=" ",
                     fix_title="Add the space", fix_span=Span(at, at), masked=(Span(start, end),))  # fmt: skip
    lead, expected = Span(0, start), _expected(above)
    fix = " " * expected if above is not None and expected != start else None
    title = f"Indent it by {expected}"
    if content.startswith("-") and content[1:2] in ("", " "):
        message, hint = (
            "no list that this `-` could belong to is at its indentation",
            "align it with the other items, or remove it",
        )
        return Fault(message, hint, start, start + 1, masked=(Span(start, end),))
    if _ENTRY.match(line) or _ITEM.match(line):
        message, hint = "this line is indented otherwise than those it belongs to", "align it with its neighbours"
        return Fault(message, hint, start, end, fix=fix, fix_title=title, fix_span=lead)
    return Fault("YAML cannot read this line here", "write `key: value`, or put a text in quotes", start, end)


_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)
_CONFLICT = re.compile(r"^<{7}(?: |\r?$)", re.MULTILINE)
_SIDES = re.compile(
    r"^(?P<theirs>(?:\|{7}(?: |\r?$)[^\n]*\n(?:(?!={7}\r?$)[^\n]*\n)*+)?={7}\r?\n(?:(?!>{7}(?: |\r?$))[^\n]*\n)*+)>{7}[^\r\n]*",
    re.MULTILINE,
)


def _leftover(line: str) -> Fault:
    hint = "keep one version and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return Fault("a merge conflict is not resolved here", hint, 0, len(line))


def conflicts(source: str) -> Iterator[Fault]:
    """Merge conflicts: of the two versions the first is read. Its first marker may stand in a segment before."""
    if "=======" not in source:
        return
    for sides in _SIDES.finditer(source):
        opening = None
        for opening in _CONFLICT.finditer(source, 0, sides.start()):
            pass
        begin = sides.start() if opening is None else opening.start()
        end = source.find("\n", begin)
        fault = _leftover(source[begin:end].rstrip("\r"))
        masked = (Span(begin, end), Span(sides.start(), sides.end()))
        yield fault._replace(start=begin, end=begin + fault.end, masked=masked)


def conflict_sides(text: str) -> list[Span]:
    """The ranges of the second versions in merge conflicts."""
    return [Span(match.start(), match.end()) for match in _SIDES.finditer(text)] if "=======" in text else []


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text as the parser may see it: lone \\r as \\n, and a letter for each character that YAML forbids."""
    text = _CONTROL.sub("x", text)
    return re.sub(r"\r(?!\n)", "\n", text) if "\r" in text else text


_VERSIONS = re.compile(
    r"(?:(?:[ \t]*+(?:#[^\n]*+)?|%(?!YAML\b)[^\n]*+)\n)*+%YAML\b[^\n]*+\n(?:[ %#][^\n]*+\n)*?(%YAML\b[^\r\n]*+)"
)


def version_fault(source: str) -> Fault | None:
    """A second `%YAML` in front of a document."""
    match = _VERSIONS.match(source) if "%YAML" in source else None
    if match is None:
        return None
    return Fault("`%YAML` is given a second time", "remove it", *match.span(1), fix="", fix_title="Remove it")


def control_fault(text: str) -> Fault | None:
    """The first character that YAML forbids."""
    match = _CONTROL.search(text)
    if match is None:
        return None
    hint = "remove it, or write it as an escape in double quotes"
    message = f"the character U+{ord(match[0]):04X} is not allowed in YAML"
    return Fault(message, hint, match.start(), match.end(), fix="", fix_title="Remove it")
