"""WF706 plain-secret."""

import re
from collections.abc import Iterable, Iterator

import re2

from wf_engine.analysis import StepAnalysis, TaskAnalysis, targets
from wf_engine.checks.base import Draft, DraftFix, check
from wf_engine.checks.fixes import replacement
from wf_engine.language.values import first_line
from wf_engine.syntax import Map, Node, Scalar, Seq
from wf_engine.text import Severity

_KNOWN = re2.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{22}|\bglpat-[A-Za-z0-9_-]{20}"
    r"|\b[sr]k_live_[A-Za-z0-9]{16}|\bsk-[A-Za-z0-9_-]{20}|\bxox[baprs]-[A-Za-z0-9-]{10}|\bAIza[0-9A-Za-z_-]{35}"
    r"|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
)
"""Keys of well-known services, private keys, and tokens that are signed JSON."""
_NAMES = frozenset(
    [
        "password",
        "passwd",
        "secret",
        "apikey",
        "xapikey",
        "accesstoken",
        "authtoken",
        "xauthtoken",
        "apitoken",
        "bearertoken",
        "refreshtoken",
        "token",
        "clientsecret",
        "secretkey",
        "privatekey",
        "authorization",
        "proxyauthorization",
    ]
)
"""Names of what nobody else should know, in lower case and without dashes."""
_SCHEMES = ("bearer", "basic", "token", "apikey", "digest")
_BEGINNING = re.compile("-----BEGIN |AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|[sr]k_live_|sk-|xox[baprs]-|AIza|eyJ")
"""What each of them begins with: next to no text has any of it."""
_SHORTEST = 4
"""Characters of a secret at least (language §7)."""


@check("task", "WF706", "plain-secret", Severity.WARNING, "A secret that is written out in a document.")
def plain_secret(task: TaskAnalysis) -> Iterator[Draft]:
    """What looks like one by itself, and what stands under a name that says so."""
    http = task.model.spec.http if task.model.spec else None
    for name in ("url", "query", "headers", "body"):
        node = http.node.get(name) if http and http.node else None
        if node is not None:
            yield from _drafts(_texts("", node))


def _in_step(step: StepAnalysis) -> Iterator[Draft]:
    for _, target in targets(step.step):
        node = target.node.get("input") if target.node else None
        if node is not None:
            yield from _drafts(_texts("", node))


plain_secret = plain_secret.also("step", _in_step)


def _texts(name: str, node: Node) -> Iterator[tuple[str, Scalar]]:
    """The texts in a value, each with the name that it stands under."""
    if isinstance(node, Map):
        for pair in node.pairs:
            yield from _texts(pair.name or "", pair.value)
    elif isinstance(node, Seq):
        for item in node.items:
            yield from _texts(name, item)
    elif isinstance(node, Scalar) and isinstance(node.value, str) and not node.broken:
        yield name, node


def _drafts(texts: Iterable[tuple[str, Scalar]]) -> Iterator[Draft]:
    for name, node in texts:
        if _BEGINNING.search(node.value) and _KNOWN.search(node.value):
            yield Draft(
                first_line(node), "this looks like a secret, and everybody who reads this file can see it", _HINT
            )
        elif _is_told(name, node.text):
            message = f"`{name}` is written out here, and everybody who reads this file can see it"
            yield Draft(first_line(node), message, _HINT, fixes=_fixes(name, node))


_HINT = "put it where the secrets of this workspace are, and write `{{secrets.NAME}}`"


def _is_told(name: str, text: str) -> bool:
    """Whether a text is a secret by the name that it stands under; one with a template, or of stars, is none."""
    plain = name.lower().replace("-", "").replace("_", "")
    if plain not in _NAMES or "{{" in text:
        return False
    words = text.split()
    if plain.endswith("authorization"):
        words = words[1:] if words and words[0].lower() in _SCHEMES else words
    return len(words) == 1 and len(words[0]) >= _SHORTEST and len(set(words[0])) > 1 and words[0][0] not in "<$%"


def _fixes(name: str, node: Scalar) -> tuple[DraftFix, ...]:
    if len(node.text.split()) > 1 or node.style not in ("plain", "single", "double"):
        return ()
    letters = "".join(f"_{c}" if c.isupper() and n and name[n - 1].islower() else c for n, c in enumerate(name))
    secret = letters.upper().replace("-", "_")
    read = f'"{{{{secrets.{secret}}}}}"'
    return (replacement(f"Read it from `secrets.{secret}`", node.place, read, safe=False),)
