"""The edit that silences a finding where it stands."""

from wf_engine.checks import Suppressions
from wf_engine.text import Diagnostic, Edit, Span
from wf_engine.workspace import SourceFile


def suppression(file: SourceFile, comments: Suppressions, found: Diagnostic) -> Edit:
    """Adds the code of a finding to the comment that is about its line, or puts `# wf-ignore` on a line above it.

    `comments` are those of the file.
    """
    text = file.text
    lines = comments.lines(found)
    known = next((each for each in comments.all if each.line in lines and each.codes), None)
    if known is not None:
        at = known.codes[-1].span.end
        return Edit(Span(at, at), f", {found.code}")
    start = text.line_start(lines[-1])
    line = text.line(lines[-1])
    indent = line[: len(line) - len(line.lstrip(" "))]
    ending = text.slice(Span(text.line_span(0).end, text.line_start(1))) or "\n"
    mark = len(line) - len(line.removeprefix("\ufeff"))
    return Edit(Span(start + mark, start + mark), f"{indent}# wf-ignore: {found.code}{ending}")
