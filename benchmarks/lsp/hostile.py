"""Documents that are made to hurt: each is answered within a second, and the server lives and stays small."""

import time
from collections.abc import Iterator

from benchmarks.language.documents import workflow
from benchmarks.lsp.servers import editing
from benchmarks.report import Promise

HEAD = "apiVersion: workflow.io/v1\nkind: Workflow\nmetadata: {name: hostile}\nspec:\n  tasks:\n    - id: a\n      taskRef: get-user\n"
_BOMB = "".join(f"      x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
DOCUMENTS = {
    "flow nesting of 10,000": HEAD + "      input: " + "[" * 10_000,
    "flow nesting of 10,000, closed": HEAD + "      input: " + "[" * 10_000 + "]" * 10_000,
    "maps in maps, 10,000": HEAD + "      input: " + "{a: " * 10_000,
    "block nesting of 3,000": HEAD + "      input:\n" + "".join(" " * (8 + n) + "a:\n" for n in range(3_000)),
    "dashes in dashes, 3,000": HEAD + "      input:\n        " + "- " * 3_000 + "a\n",
    "a cyclic alias": HEAD + "      input: &a {id: *a}\n",
    "an alias bomb": HEAD + "      x0: &a0 [a, a, a, a, a, a, a, a, a]\n" + _BOMB + "      input: *a9\n",
    "a line of 1 MB": HEAD + "      description: " + "x" * 1_000_000 + "\n",
    "a quoted line of 1 MB": HEAD + '      description: "' + 'x\\" ' * 250_000 + "\n",
    "NULs": HEAD + "      description: \0\0\0\n" + "\0" * 10_000,
    "40,000 lines": workflow(40_000),
    "20,000 steps": HEAD + "".join(f"    - id: s{n}\n      taskRef: get-user\n" for n in range(20_000)),
    "40,000 lines of nothing": HEAD + "\n" * 40_000,
    "a mapping of 40,000 keys": HEAD + "      input:\n" + "".join(f"        k{n}: {n}\n" for n in range(40_000)),
    "a binary": "".join(chr(n * 7919 % 256) for n in range(200_000)),
    "lone surrogates": HEAD + "      description: \ud800\udfff\ud800\n" * 50,
    "mixed line ends": HEAD.replace("\n", "\r\n") + "      description: a\r      timeout: 1s\n\r\n\r" * 500,
    "templates that are not closed": HEAD + '      description: "' + "{{" * 20_000 + '"\n',
    "parentheses in parentheses": HEAD + '      description: "{{' + "(" * 10_000 + '}}"\n',
    "10,000 documents": "---\na\n" * 10_000,
    "10,000 equal keys": HEAD + "      a: 1\n" * 10_000,
    "a block scalar of 1 MB": HEAD + "      description: |\n" + "        {{input.x}} and so on\n" * 36_000,
}
"""By what they are."""
_METHODS = ("hover", "completion", "documentSymbol")
_WARM = HEAD.replace("hostile", "harmless")


def promises() -> Iterator[Promise]:
    """The slowest answer, diagnostics included, the largest server, and how many died; each document has a server of its own."""
    slowest, largest, dead = 0.0, 0.0, 0
    for name, text in DOCUMENTS.items():
        seconds, megabytes, alive = _measured(text)
        if seconds > 1 or not alive:
            print(f"{name}: {seconds:.2f} s, {megabytes:.0f} MB, {'alive' if alive else 'dead'}", flush=True)
        slowest, largest, dead = max(slowest, seconds), max(largest, megabytes), dead + (not alive)
    yield Promise(
        f"the slowest answer about {len(DOCUMENTS)} hostile documents, opening and diagnostics included, s", slowest, 1
    )
    yield Promise("memory of the largest server then, MB", largest, 300)
    yield Promise("servers that died", dead, 0)


def _measured(text: str) -> tuple[float, float, bool]:
    """Seconds to the slowest answer, memory after all, and whether it lives.

    The first answer waits for the opening; the last is the diagnostics, which nobody asks for.
    """
    with editing() as editor:
        warm = editor.open("warm.workflow.yaml", _WARM)
        for method in _METHODS:
            editor.ask(method, warm, 5, 8)
        editor.published(warm, 1)
        slowest = 0.0
        try:
            start = time.perf_counter()
            uri = editor.open("hostile.workflow.yaml", text)
            for method in _METHODS:
                editor.ask(method, uri, 5, 8)
                slowest = max(slowest, time.perf_counter() - start)
                start = time.perf_counter()
            editor.published(uri, 1)
            slowest = max(slowest, time.perf_counter() - start)
        except Exception as error:  # noqa: BLE001 - whatever it is, it never answered
            print(f"no answer: {error!r}")
            slowest = float("inf")
        return slowest, editor.client.rss_mb(), editor.alive
