"""What is wrong with a line that YAML cannot read: in words, which part has to go, and how to mend it."""

import re
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


_PROPERTIES = r"(?:[&!]\S*+(?:[ ]++|(?=[\r\n]|\Z)))*+"
_ENTRY = re.compile(
    rf"""[ ]*+(?:[-?][ ]++)*+{_PROPERTIES}
    (?:"(?:[^"\\\r\n]|\\.)*+"
    |'(?:[^'\r\n]|'')*+'
    |[^\s#\[\]{{}},"'&*!|>%@`-][^\r\n:]*+(?::(?![ \r\n]|\Z)[^\r\n:]*+)*+
    |-[^\s:][^\r\n:]*+)
    [ ]*+:(?=[ \r\n]|\Z)[ ]*+{_PROPERTIES}(?P<value>[^\r\n]*+)""",
    re.VERBOSE,
)
_ITEM = re.compile(rf" *+(?:- ++)+{_PROPERTIES}(?P<value>[^\r\n]++)")
_COMMENT = re.compile(r"(?<![ \t])[ \t]++(?:#[^\r\n]*+)?\Z")
_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7})(?: [^\r\n]*+)?\Z|={7}\Z")
_WORD = re.compile(r"[A-Za-z_][\w.-]*")
_TIGHT = re.compile(r"([A-Za-z_][\w-]*):(?=[^\s/:])")
_SINGLE = re.compile(r"'(?:[^']|'')*+'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ESCAPE = re.compile(r"\\.")
_KNOWN_ESCAPE = re.compile(r'\\(?:[0abt\tnvfre "/\\N_LP]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})')
_CLOSER = {"[": "]", "{": "}"}
_SHORT = 30


def fault_of(line: str, above: str | None = None) -> Fault | None:
    """The fault that can be told from a line alone, None where it looks sound. `above`: the content line before it."""
    content = line.lstrip(" ")
    indent = len(line) - len(content)
    if not content or content[0] == "#":
        return None
    if content[0] == "\t":
        return _tab(line, above)
    if is_conflict_marker(line):
        return leftover(line)
    entry = _ENTRY.match(line) or _ITEM.match(line)
    value = without_comment(entry["value"]) if entry else ""
    return _value_fault(indent, entry.start("value"), value) if entry and value else None


def without_comment(value: str) -> str:
    """A value without the comment behind it."""
    end = _quoted_end(value) if value[:1] in ("'", '"') else 0
    return value if end is None else value[:end] + _COMMENT.sub("", value[end:])


def is_conflict_marker(line: str) -> bool:
    """Whether a line is one that a merge leaves where both sides changed."""
    return _MARKER.match(line) is not None


def leftover(line: str) -> Fault:
    """The fault of a conflict's marker."""
    hint = "keep one version and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return Fault("this merge conflict is not resolved", hint, 0, len(line))


def _tab(line: str, above: str | None) -> Fault:
    lead = Span(0, len(line) - len(line.lstrip(" \t")))
    start, end = line.index("\t"), line.rindex("\t", 0, lead.end) + 1
    fault = Fault("a tab in the indentation: YAML allows spaces only", "indent with spaces", start, end)
    fix = " " * _indent_below(above)
    return fault._replace(fix=fix, fix_title="Indent with spaces", fix_span=lead, masked=(Span(0, len(line)),))


def _indent_below(above: str | None) -> int:
    """The indentation of a line below another."""
    if above is None:
        return 0
    indent = len(above) - len(above.lstrip(" "))
    while above[indent : indent + 2] == "- ":
        indent += 2
    return indent + 2 if _COMMENT.sub("", above).endswith(":") else indent


def _value_fault(indent: int, start: int, value: str) -> Fault | None:
    """A fault in the value that stands at column `start` of a line indented by `indent`."""
    first = value[0]
    if first in "\"'":
        return _quote_fault(start, value)
    if first in "[{":
        return _bracket_fault(start, value)
    fault = Fault("", None, start, start + len(value), value=True)
    if first in "@`%]},":
        shown = "a backtick" if first == "`" else f"`{first}`"
        message = f"a value that begins with {shown} has to be in quotes"
        return _mended(fault, message, "put it in quotes", quoted(value), "Put it in quotes")
    if first == "-" and value[1:2] == " ":
        below = "\n" + " " * (indent + 2) + value
        message = "a list cannot begin on the line of its key"
        return _mended(fault, message, "begin it on the next line", below, "Begin the list on the next line")
    if first not in "|>&*!#" and re.search(r":(?: |$)", value):
        message = "YAML takes a `: ` for the end of a key, and this line has a second one"
        return _mended(fault, message, "put the value in quotes", quoted(value), "Put the value in quotes")
    return None


def _mended(fault: Fault, message: str, hint: str, fix: str, title: str) -> Fault:
    return fault._replace(message=message, hint=hint, fix=fix, fix_title=title)


def quoted(text: str) -> str:
    """A text as a quoted scalar."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _quoted_end(value: str, at: int = 0) -> int | None:
    """Where a quoted scalar ends in its line, None where it does not."""
    match = (_SINGLE if value[at] == "'" else _DOUBLE).match(value, at)
    return match.end() if match else None


def _quote_fault(start: int, value: str) -> Fault | None:
    quote, whole = value[0], Span(start, start + len(value))
    closed = _quoted_end(value)
    if closed is None:
        fault = Fault(f"the closing `{quote}` is missing", f"write `{quote}` where the text ends", *whole, value=True)
        return (
            fault if value.endswith("\\") else fault._replace(fix=value + quote, fix_title=f"Add `{quote}` at the end")
        )
    rest = value[closed:].lstrip()
    if not rest or rest[0] in "#,]}:":
        return _escape_fault(start, value[:closed], whole) if quote == '"' else None
    hint = "put the whole value in one pair of quotes"
    fault = Fault(
        f"`{_short(rest)}` stands behind the closing quote", hint, whole.end - len(rest), whole.end, value=True
    )
    title = "Put the whole value in quotes"
    return fault._replace(fix=quoted(value), fix_title=title, fix_span=whole, masked=(whole,))


def _escape_fault(start: int, value: str, whole: Span) -> Fault | None:
    """An escape in double quotes that YAML does not know."""
    for match in _ESCAPE.finditer(value):
        if not _KNOWN_ESCAPE.match(value, match.start()):
            at = Span(start + match.start(), start + match.end())
            fault = Fault(
                f"`{match[0]}` is no escape", "write two backslashes for one", *at, value=True, masked=(whole,)
            )
            return fault._replace(fix="\\" + match[0], fix_title="Write two backslashes")
    return None


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


_BEFORE_BRACKET = frozenset(" \t,:[{")


def _bracket_fault(start: int, value: str) -> Fault | None:
    """Brackets that do not match in the line; those left open may close on a later one."""
    stack: list[str] = []
    keyed = [False]
    """Whether a key has ended in the entry, for each bracket that is open."""
    at = 0
    while at < len(value):
        char, before = value[at], value[at - 1 : at]
        if char in "\"'" and before in (" ", "[", "{", ",", ":"):
            closed = _quoted_end(value, at)
            if closed is None:
                return _inside(
                    start, value, at, f"the closing `{char}` is missing", f"write `{char}` where the text ends"
                )
            at = closed
            continue
        if char == "#" and before in (" ", "\t"):
            value = value[:at].rstrip()
            break
        if char in "[{":
            if stack and before == ":" and value[at - 2] not in "\"'":
                return _tight(start, value, at)
            if stack and before not in _BEFORE_BRACKET:
                message = f"in braces and brackets a text with `{char}` in it has to be in quotes"
                return _inside(start, value, at, message, "put the whole text in quotes")._replace(end=start + at + 1)
            stack.append(_CLOSER[char])
            keyed.append(False)
        elif char == "," or (char == ":" and value[at + 1 : at + 2] == " "):
            if char == ":" and keyed[-1]:
                message = "YAML takes a `: ` for the end of a key, and this entry has a second one"
                return _inside(start, value, at, message, "put the value in quotes")._replace(end=start + at + 1)
            keyed[-1] = char == ":"
        elif char in "]}" and (not stack or stack.pop() != char):
            fault = _inside(
                start, value, at, f"`{char}` closes no bracket", "remove it, or add the bracket that it closes"
            )
            return fault._replace(end=fault.start + 1, fix="", fix_title=f"Remove `{char}`")
        elif char in "]}":
            keyed.pop()
        at += 1
    return _unclosed(start, value, stack) if stack else None


def _tight(start: int, value: str, at: int) -> Fault:
    """A bracket right behind the colon of a key without quotes: YAML readers disagree about it."""
    fault = _inside(start, value, at - 1, "a space is missing behind this `:`", f"write `: {value[at]}`")
    place = Span(start + at, start + at)
    return fault._replace(end=fault.start + 1, fix=" ", fix_title="Add the space", fix_span=place)


def _inside(start: int, value: str, at: int, message: str, hint: str) -> Fault:
    """A fault in the middle of a value that goes as a whole."""
    end = start + len(value)
    return Fault(message, hint, start + at, end, value=True, masked=(Span(start, end),))


def _unclosed(start: int, value: str, stack: list[str]) -> Fault:
    missing = "".join(reversed(stack))
    opener = "[" if stack[0] == "]" else "{"
    fault = Fault(
        f"the closing `{missing}` is missing", f"`{opener}` is not closed", start, start + len(value), value=True
    )
    return fault._replace(fix=value + missing, fix_title=f"Add `{missing}`")


def unreadable(line: str, above: str | None) -> Fault:
    """The fault of a line that the parser stopped at, where nothing better can be told."""
    start = len(line) - len(line.lstrip(" "))
    content = without_comment(line[start:])
    end = start + len(content)
    if _WORD.fullmatch(content):
        word = _short(content)
        message = f"`{word}` is no entry: `:` and a value are missing"
        return Fault(message, f"write `{word}: value`, or remove it", start, end)
    tight = _TIGHT.match(content)
    if tight and not _ENTRY.match(line):
        at, key = start + tight.end(), _short(tight[1])
        fault = Fault(
            f"a space is missing behind `{key}:`", f"write `{key}: value`", start, at, masked=(Span(start, end),)
        )
        return fault._replace(fix=" ", fix_title="Add the space", fix_span=Span(at, at))
    if content.startswith("-") and content[1:2] in ("", " "):
        message, hint = "this `-` belongs to no list", "align it with the items of its list, or remove it"
        return Fault(message, hint, start, start + 1, masked=(Span(start, end),))
    if _ENTRY.match(line):
        return misaligned(start, end, _indent_below(above) if above is not None else start)
    return Fault("YAML cannot read this line", "write `key: value`, or put a text in quotes", start, end)


def misaligned(start: int, end: int, expected: int) -> Fault:
    """The fault of a line whose content begins at the wrong column."""
    message = "this line is not aligned with the entries that it belongs to"
    if expected == start:
        return Fault(message, "align it with them", start, end)
    fix, title = " " * expected, f"Indent it by {expected}"
    return Fault(message, f"indent it by {expected}", start, end, fix=fix, fix_title=title, fix_span=Span(0, start))
