"""Hostile input, each in a process of its own: a tree, an issue where one is due, no crash, bounded time and memory."""

import json
import subprocess
import sys

import pytest

BUILD = {
    "empty": "''",
    "binary": "''.join(chr(n) for n in range(256)) * 40",
    "a line of 1 MB": "'a: ' + 'x' * 1_000_000",
    "flow nesting of 10,000": "'a: ' + '[' * 10_000",
    "balanced flow nesting": "'a: ' + '[' * 10_000 + ']' * 10_000",
    "block nesting of 3,000": "'\\n'.join(' ' * n + 'a:' for n in range(3_000))",
    "dashes": "'- ' * 5_000 + 'a'",
    "alias bomb": "'a0: &a0 [x, x]\\n' + ''.join(f'a{n}: &a{n} [' + ', '.join([f'*a{n - 1}'] * 9) + ']\\n' for n in range(1, 12))",
    "cyclic alias": "'a: &a [*a]\\n'",
    "1,000 anchors": "''.join(f'k{n}: &n{n} {{a: {n}}}\\n' for n in range(1000)) + ''.join(f'm{n}: *n{n}\\n' for n in range(1000))",
    "NUL": "'a: b\\x00c\\n'",
    "CRLF": "'a: 1\\r\\nb:\\r\\n  - x\\r\\n'",
    "lone CR": "'a: 1\\rb: 2\\r'",
    "U+2028": "'a: x\\u2028y\\n'",
    "byte order mark": "'\\ufeffa: 1\\n'",
    "lone surrogate": "'a: \\ud800\\n'",
    "50,000 lines": "'a:\\n' + '  - id: x\\n    b: 1\\n' * 25_000",
    "a giant block scalar": "'a: |\\n' + '  text\\n' * 40_000",
    "only dashes": "'---\\n' * 2_000",
    "unclosed quote over many lines": "'a: \"x\\n' + 'b: 1\\n' * 5_000",
    "explicit values": "': - ' * 300",
    "explicit keys": "'- ? : ' * 300",
    "dashes behind tabs": "'-\\t' * 300",
    "columns that go up and down": "''.join(' ' * (n % 300) + '- a:\\n' for n in range(3_000))",
    "nesting through aliases": "'a0: &a0 [x]\\n' + ''.join(f'a{n}: &a{n} [*a{n - 1}]\\n' for n in range(1, 3_000))",
    "merges of merges": "'a0: &a0 {x: 1}\\n' + ''.join(f'a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}\\n' for n in range(1, 2_000))",
    "a line of quotes": "'a: ' + '\\\\\"' * 300_000",
    "a line of spaces": "'a: x' + ' ' * 1_000_000 + 'y'",
    "a line of spaces in quotes": "'a: \"x' + ' ' * 1_000_000 + 'y\"'",
    "a line of colons": "'a: ' * 200_000",
    "a line of digits": "'a: ' + '1_' * 300_000 + 'x'",
    "a line of templates": "'a: [' + '{{x}}, ' * 20_000 + ']'",
    "a line of maps": "'a: [' + '{b: 1}, ' * 20_000 + ']'",
    "words without end": "'word\\n' * 20_000",
    "conflicts": "'a: 1\\n<<<<<<< a\\n=======\\n' * 5_000",
    "decreasing indentation": "'\\n'.join(' ' * n + 'a: x' for n in range(200, 0, -1)) * 20",
    "comments": "'# c\\n' * 30_000 + 'a: 1'",
}
CLEAN = {
    "empty",
    "CRLF",
    "lone CR",
    "U+2028",
    "byte order mark",
    "1,000 anchors",
    "50,000 lines",
    "a line of 1 MB",
    "only dashes",
    "a line of quotes",
    "a line of spaces",
    "a line of spaces in quotes",
    "a line of digits",
    "a line of maps",
    "words without end",
    "comments",
}
MANY = {"conflicts", "decreasing indentation"}
"""Where many lines are each wrong."""
MOST_MB = 300
MOST_SECONDS = 10
"""A guard against what would not end; on a quiet machine each takes less than one."""

PROGRAM = """
import json, pathlib, sys
from wf_engine.syntax import File, value_of
from wf_engine.text import Edit, Span
text = {build}
file = File.parse(text)
values = [value_of(d.root) if d.root is not None and d.root.size < 100_000 else None for d in file.documents]
edited = file.edited(Edit(Span(len(text) // 2, len(text) // 2), "x"))
issues = [[issue.kind, issue.message, file.span(n, issue.place)] for n, d in enumerate(file.documents) for issue in d.issues]
# The peak of this program alone: getrusage would also count the process that started it.
status = pathlib.Path("/proc/self/status").read_text()
mb = int(status.split("VmHWM:")[1].split()[0]) / 1024
print(json.dumps({{"issues": issues, "length": len(text), "first": repr(values[0])[:80],
                  "mb": mb}}))
"""


@pytest.mark.parametrize("kind", BUILD)
def test_hostile_input(kind: str) -> None:
    program = PROGRAM.format(build=BUILD[kind])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=MOST_SECONDS * 3
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    assert answer["mb"] < MOST_MB
    assert all(0 <= start <= end <= answer["length"] for _, _, (start, end) in answer["issues"])
    if kind in CLEAN:
        assert answer["issues"] == []
    else:
        assert 1 <= len(answer["issues"]) <= (60 if kind not in MANY else answer["length"])


@pytest.mark.parametrize(
    ("kind", "value"),
    [("CRLF", "{'a': 1, 'b': ['x']}"), ("lone CR", "{'a': 1, 'b': 2}"), ("byte order mark", "{'a': 1}")],
)
def test_line_ends_and_marks_change_no_value(kind: str, value: str) -> None:
    program = PROGRAM.format(build=BUILD[kind])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout)["first"] == value
