"""Telling Slack or Teams that a stage failed or is complete. What cannot be told changes no verdict."""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_SECONDS = 10
_TEXTS = {
    "failed": "Stage {stage} {name}: gates failed: {gates}",
    "completed": "Stage {stage} {name} is complete",
}


def tell(targets: Sequence[Mapping[str, Any]], event: str, state: Mapping[str, Any]) -> None:
    """Tells every target that wants the event, and the reader what could not be told."""
    for problem in notify(targets, event, state):
        sys.stderr.write(f"not told: {problem}\n")


def notify(targets: Sequence[Mapping[str, Any]], event: str, state: Mapping[str, Any]) -> list[str]:
    """Tells every target that wants the event (`failed`, `completed`). Gives what went wrong; never an address."""
    return [
        problem for target in targets if event in target.get("on", _TEXTS) for problem in _tell(target, event, state)
    ]


def _tell(target: Mapping[str, Any], event: str, state: Mapping[str, Any]) -> Iterator[str]:
    # Imported where somebody is told: it would be a sixth of every start-up.
    import urllib.error
    import urllib.request

    # The address of a webhook is a secret: stages.yaml names the variable that holds it.
    name = target["url_from"]
    url = os.environ.get(name, "")
    if not url.startswith(("https://", "http://")):
        yield f"{target['to']}: the variable {name} holds no address"
        return
    body = json.dumps(message(target, event, state)).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310 - checked above
            pass
    except urllib.error.HTTPError as error:
        yield f"{target['to']}: the address in {name} answers {error.code}"
    except (OSError, ValueError):
        yield f"{target['to']}: the address in {name} cannot be reached"


def message(target: Mapping[str, Any], event: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """The body that the target understands."""
    text = _filled(target.get("text", {}).get(event, _TEXTS[event]), state)
    if target["to"] == "slack":
        # Slack reads these three as markup.
        return {"text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}
    block = {"type": "TextBlock", "text": text, "wrap": True}
    card = {"type": "AdaptiveCard", "version": "1.4", "body": [block]}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [attachment]}


def _filled(text: str, state: Mapping[str, Any]) -> str:
    failed = [
        f"{number} {each['name']}" for number, each in sorted(state["gates"].items()) if each["verdict"] == "failed"
    ]
    values = {"stage": state["stage"], "name": state["name"], "gates": ", ".join(failed)}
    # In one go: what a stage is called may have braces in it.
    return re.sub(r"\{(stage|name|gates)\}", lambda found: values[found[1]], text)
