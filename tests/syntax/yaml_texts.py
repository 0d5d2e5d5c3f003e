"""Strategies for YAML texts: every style of scalar, flow and block collections, comments, anchors, markers.

What they make is mostly, not always, sound YAML.
"""

from collections.abc import Callable

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy], object]

WORDS = (
    "a",
    "b1",
    "foo",
    "x-y",
    "it's",
    'say "hi"',
    "é",
    "😀 z",
    "http://h:80/p?q#r",
    "a:b",
    "a#b",
    "-x",
    "?x",
    ":x",
    "1.2.3",
    "12:30",
    "f(x)",
    "a, b",
    "x]",
    "c}",
)
VALUES = (
    "1",
    "-7",
    "+3",
    "007",
    "0o17",
    "0x1F",
    "1.5",
    ".5",
    "5.",
    "1e3",
    "-2.5E-2",
    "true",
    "False",
    "NULL",
    "~",
    "null",
    "0o8",
    "0x",
    "1e",
    ".",
    "+",
    "nulls",
    "TrUe",
)
KEYS = ("k", "key", "a b", "x.y/z", "k1", "k2", "k3", "é", "q?", "h")
PIECES = (
    "a",
    "word",
    "two words",
    "é😀",
    "x: y",
    "# no",
    "- d",
    "'",
    '"',
    "\\",
    "{b}",
    "[c]",
    "*",
    "&",
    "!t",
    "|",
    "%",
)
ANCHORS = ("p", "q")


class Writer:
    """Draws a document piece by piece; `anchors` are those written so far, with whether each is a map."""

    def __init__(self, draw: Draw, *, breadth: int) -> None:
        self.draw = draw
        self.breadth = breadth
        self.anchors: dict[str, bool] = {}

    def one_of(self, *choices: object) -> object:
        return self.draw(st.sampled_from(choices))

    def chance(self, percent: int) -> bool:
        return self.draw(st.integers(0, 99)) < percent

    def many(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def comment(self) -> str:
        return self.one_of(" # c", '  # it\'s: "x" [', " #") if self.chance(12) else ""

    def between(self, indent: int) -> str:
        if not self.chance(15):
            return ""
        return self.one_of("\n", " " * indent + "# note: x\n", "# far\n", "   \n", "\n\n")

    # --- scalars, on one line or several; `indent` is the least indentation of lines after the first

    def plain(self, indent: int, *, flow: bool = False) -> str:
        if self.chance(40):
            return self.one_of(*VALUES)
        words = [word for word in WORDS if not flow or (not set(word) & set(",[]{}?") and word != ":x")]
        text = " ".join(self.one_of(*words) for _ in range(self.many(1, 3)))
        if self.chance(15):
            text += self.fold(indent) + "more" + (self.fold(indent) + "text" if self.chance(40) else "")
        return text

    def fold(self, indent: int) -> str:
        return self.one_of("\n", " \n", "\n\n", "\n  \n\n") + " " * (indent + self.many(0, 2))

    def single(self, indent: int) -> str:
        text = self.pieces(indent, escapes=False)
        return "'" + text.replace("'", "''") + "'"

    def double(self, indent: int) -> str:
        return '"' + self.pieces(indent, escapes=True) + '"'

    def pieces(self, indent: int, *, escapes: bool) -> str:
        out = []
        for _ in range(self.many(0, 3)):
            if escapes and self.chance(30):
                out.append(
                    self.one_of(
                        r"\n",
                        r"\t",
                        r"\\",
                        r"\"",
                        r"\x41",
                        r"\u00e9",
                        r"\U0001F600",
                        r"\/",
                        r"\ ",
                        r"\0",
                        "\\\n" + " " * indent,
                    )
                )
            elif self.chance(15):
                out.append(self.fold(indent))
            else:
                piece = self.one_of(*PIECES)
                out.append(piece.replace("\\", "\\\\").replace('"', '\\"') if escapes else piece)
        return "".join(out)

    def block_scalar(self, indent: int) -> str:
        """A literal or folded scalar; its lines are indented by at least `indent`."""
        style, chomp = self.one_of("|", ">"), self.one_of("", "", "-", "+")
        depth = indent + self.many(0, 2)
        lines = [
            " " * depth
            + self.one_of("text", "a: b", "# no comment", "- x", "'q", "[", "word word", "é", "{{x}}", "tab\tbed")
        ]
        for _ in range(self.many(0, 4)):
            line = self.one_of("more", "x: 'y", "  deeper", "   - z", "", "", " ", "# c")
            lines.append(" " * depth + line if line.strip() else line * self.many(0, 1))
        lines += [""] * self.many(0, 2)
        return style + chomp + self.one_of("", "", " # head") + "\n" + "\n".join(lines)

    # --- flow collections

    def flow(self, indent: int, depth: int) -> str:
        if depth > 2 or self.chance(50):
            return self.flow_scalar(indent)
        gap = self.one_of("", "", " ", "\n" + " " * indent)
        if self.chance(50):
            items = [self.flow_item(indent, depth) for _ in range(self.many(0, 3))]
            return "[" + gap + ("," + (gap or " ")).join(items) + (self.one_of("", ",") if items else "") + gap + "]"
        keys = self.keys()
        pairs = [
            key + ":" + self.one_of(" ", "  ") + self.flow(indent, depth + 1) if self.chance(85) else key
            for key in keys
        ]
        return "{" + gap + ("," + (gap or " ")).join(pairs) + (self.one_of("", ",") if pairs else "") + gap + "}"

    def flow_item(self, indent: int, depth: int) -> str:
        if self.chance(15):
            return self.one_of(*KEYS) + ": " + self.flow(indent, depth + 1)
        return self.flow(indent, depth + 1)

    def flow_scalar(self, indent: int) -> str:
        style = self.many(0, 3)
        if style < 2:
            return self.plain(indent, flow=True)
        return self.single(indent) if style == 2 else self.double(indent)

    def keys(self) -> list[str]:
        names = self.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=self.breadth, unique=True))
        return [self.one_of(name, name, name, f'"{name}"', f"'{name}'") for name in names]

    # --- block nodes: text from behind the indicator before it to the end of its last line

    def node(self, parent: int, depth: int, *, in_map: bool) -> str:
        """What stands behind `key:` or `-` of a block at column `parent`, with the line end."""
        kind = self.many(0, 11) if depth < 4 else self.many(0, 7)
        if kind == 0:
            return self.comment() + "\n"
        if kind == 1 and self.anchors:
            return " *" + self.one_of(*self.anchors) + self.comment() + "\n"
        name = self.one_of(*ANCHORS) if self.chance(8) else None
        head = f" &{name}" if name else ""
        if kind <= 4:
            text = head + self.one_of(" ", " ", " ", " ", " !!str ") + self.inline(parent + 1) + self.comment() + "\n"
        elif kind == 5:
            text = head + " " + self.block_scalar(parent + 1) + "\n"
        elif kind <= 7:
            text = head + " " + self.flow(parent + 1, 0) + self.comment() + "\n"
        elif kind <= 9:
            text = (
                head
                + self.comment()
                + "\n"
                + self.between(parent)
                + self.block_map(parent + 1 + self.many(0, 3), depth + 1)
            )
        else:
            column = parent if in_map and self.chance(40) and parent >= 0 else parent + 1 + self.many(0, 3)
            text = head + self.comment() + "\n" + self.between(parent) + self.block_seq(column, depth + 1)
        if name:
            self.anchors[name] = kind in (8, 9)
        return text

    def inline(self, indent: int) -> str:
        return self.one_of(self.plain, self.single, self.double)(indent)

    def block_map(self, column: int, depth: int, first: str | None = None) -> str:
        """The entries of a map; `first` stands in the place of the first line's indentation."""
        out = []
        for number, key in enumerate(self.keys()):
            lead = first if number == 0 and first is not None else self.between(column) + " " * column
            if self.chance(4):
                out.append(lead + "? " + key + "\n" + " " * column + ":" + self.node(column, depth, in_map=True))
            else:
                out.append(lead + key + self.one_of("", "", "", " ") + ":" + self.node(column, depth, in_map=True))
        maps = [name for name, is_map in self.anchors.items() if is_map]
        if maps and self.chance(25):
            out.append(" " * column + "<<: *" + self.one_of(*maps) + "\n")
        return "".join(out)

    def block_seq(self, column: int, depth: int, first: str | None = None) -> str:
        out = []
        for number in range(self.many(1, self.breadth)):
            lead = first if number == 0 and first is not None else self.between(column) + " " * column
            if depth < 4 and self.chance(35):
                gap = self.many(1, 3)
                inner = self.block_map if self.chance(75) else self.block_seq
                out.append(lead + "-" + inner(column + 1 + gap, depth + 1, " " * gap))
            else:
                out.append(lead + "-" + self.node(column, depth, in_map=False))
        return "".join(out)

    def document(self) -> str:
        self.anchors = {}
        body = self.many(0, 9)
        if body == 0:
            return self.inline(1) + "\n"
        if body == 1:
            return self.flow(1, 0) + "\n"
        return self.between(0) + (self.block_map(0, 0) if body < 7 else self.block_seq(0, 0))


@st.composite
def texts(draw: Draw, breadth: int = 4, documents: int = 3) -> str:
    """A YAML text of at most so many documents; `breadth` is the most entries of a block."""
    writer = Writer(draw, breadth=breadth)
    text = writer.one_of("", "", "# top\n", "---\n", "%YAML 1.2\n---\n", "--- # first\n") + writer.document()
    for _ in range(min(documents - 1, writer.one_of(0, 0, 0, 1, 2))):
        text += writer.one_of("---\n", "...\n---\n", "--- # next\n") + writer.document()
    text += writer.one_of("", "", "...\n", "# end\n")
    return text.replace("\n", "\r\n") if writer.chance(15) else text
