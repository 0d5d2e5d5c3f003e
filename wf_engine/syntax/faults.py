"""What is wrong with a line that YAML cannot read: the fault in words, and the part of the line that has to go."""

import re
from typing import NamedTuple


class Fault(NamedTuple):
    """A fault in a line: `start` and `end` are columns of what is to be masked; `value` tells whether a value is."""

    message: str
    hint: str | None
    start: int
    end: int
    value: bool
    """True: the rest of the line stays readable with a placeholder in place of the masked part."""
    fix: str | None = None
    kind: str = "syntax"


_ENTRY = re.compile(
    r"""(?P<indent>\ *)(?P<dashes>(?:-\ +)*)
    (?P<key>"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s#\[\]{},"'&*!|>%@`-][^\r\n]*?|-[^\s][^\r\n]*?)
    \ *:(?:\ +(?P<value>[^\r\n]*?))?\ *(?=[\r\n]|\Z)""",
    re.VERBOSE,
)
_ITEM = re.compile(r"(?P<indent> *)-(?: +(?P<value>[^\r\n]*?))? *(?=[\r\n]|\Z)")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_UNQUOTED = re.compile(r"(?:^|[:\-] )[ ]*(\{\{[^\r\n]*)")


def fault_of(line: str) -> Fault | None:
    """The fault that can be told from the line alone, None where it looks sound."""
    content = line.lstrip(" ")
    start = len(line) - len(content)
    if not content or content[0] == "#":
        return None
    if content[0] == "\t":
        return Fault("a tab stands in the indentation", "use spaces", start, len(line), value=False)
    if _CONFLICT.match(line):
        return Fault("a merge conflict is left here", "choose one side and remove the markers", 0, len(line), value=False)
    return _entry_fault(line)


def _entry_fault(line: str) -> Fault | None:
    entry = _ENTRY.match(line)
    if entry is None:
        item = _ITEM.match(line)
        return _value_fault(line, item.start("value"), item["value"]) if item and item["value"] else None
    value = entry["value"]
    return _value_fault(line, entry.start("value"), value) if value else None


def _value_fault(line: str, start: int, value: str) -> Fault | None:
    """A fault in the value that stands at column `start`."""
    end = start + len(value)
    first = value[0]
    if value.startswith("{{"):
        return unquoted_template(value, start)
    if first in "\"'":
        closed = _quoted_end(value)
        if closed is None:
            return Fault(f"the quote {first} is not closed", f"add {first} at its end", start, end, value=True, fix=value + first)
        rest = value[closed:].strip()
        if rest and rest[0] not in "#:,]}":
            message = f"`{rest[:30]}` stands behind the closing quote"
            return Fault(message, "put the whole value in one pair of quotes", start, end, value=True)
        return None
    if first in "[{":
        return _bracket_fault(value, start, end)
    if first in "@`%":
        return Fault(f"a value cannot begin with `{first}`", "put it in quotes", start, end, value=True, fix=f'"{value}"')
    if first not in "|>&*!#" and re.search(r":( |$)", value):
        hint = "put the value in quotes, or begin a new line"
        return Fault("a second `: ` stands in this value", hint, start, end, value=True, fix=_quoted(value))
    return None


def unquoted_template(value: str, start: int) -> Fault:
    """A template that YAML would read as a map."""
    text = re.sub(r"\s+#.*$", "", value).rstrip()
    return Fault(
        "a template needs quotes: YAML reads `{{` as the start of a map", f"write {_quoted(text)}", start, start + len(text),
        value=True, fix=_quoted(text), kind="unquoted-template",
    )  # fmt: skip


def _quoted(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _quoted_end(value: str) -> int | None:
    """Where a quoted scalar ends in its line, None where it does not."""
    if value[0] == "'":
        match = re.match(r"'(?:[^']|'')*'", value)
    else:
        match = re.match(r'"(?:[^"\\]|\\.)*"', value)
    return match.end() if match else None


_CLOSER = {"[": "]", "{": "}"}


def _bracket_fault(value: str, start: int, end: int) -> Fault | None:
    """Brackets that do not match in the line; those left open may close on a later one."""
    stack: list[str] = []
    at = 0
    while at < len(value):
        char = value[at]
        if char in "\"'" and (at == 0 or value[at - 1] in " [{,:"):
            closed = _quoted_end(value[at:])
            if closed is None:
                return Fault(f"the quote {char} is not closed", f"add {char} where the text ends", start, end, value=True)
            at += closed
            continue
        if char == "#" and value[at - 1] == " ":
            break
        if char in "[{":
            stack.append(_CLOSER[char])
        elif char in "]}":
            if not stack or stack.pop() != char:
                return Fault(f"`{char}` closes nothing", "remove it, or add its opening bracket", start, end, value=True)
        at += 1
    if not stack:
        return None
    missing = "".join(reversed(stack))
    return Fault(f"`{value[0]}` is not closed", f"add `{missing}`", start, end, value=True, fix=value + missing)


def unreadable(line: str, above: str | None) -> Fault:
    """The fault of a line that the parser stopped at, where nothing better can be told."""
    content = line.strip()
    start = len(line) - len(line.lstrip(" "))
    end = start + len(content)
    if re.fullmatch(r"[A-Za-z_][\w.-]*", content):
        return Fault(f"`{content}` is no entry: a `:` and a value are missing", f"write `{content}: …`", start, end, value=False)
    if content.startswith("-") and (above is None or content[1:2] in (" ", "")):
        return Fault("this `-` does not fit here: nothing above begins a list at this indentation",
                     "align it with the other items, or remove it", start, end, value=False)  # fmt: skip
    if _ENTRY.match(line) or _ITEM.match(line):
        return Fault("this line is indented differently from the ones it belongs to", "align it with its neighbours", start, end, value=False)
    return Fault("this is no YAML that can be read here", "write `key: value`, or put the text in quotes", start, end, value=False)


def unquoted_templates(text: str) -> list[tuple[int, int]]:
    """Ranges of values that begin with an unquoted `{{`, to the end of their line."""
    if "{{" not in text:
        return []
    return [(match.start(1), match.end(1)) for match in re.finditer(_LINE_TEMPLATE, text)]


_LINE_TEMPLATE = re.compile(
    r"""^[ ]*(?:-[ ]+)*(?:(?:"[^"\r\n]*"|'[^'\r\n]*'|[\w.$/-][^\r\n:#"']*)[ ]*:[ ]+)?(\{\{[^\r\n]*)""", re.MULTILINE
)
