"""Two hundred secrets planted wherever one can be: none is found in any form, anywhere (language §7)."""

import base64
import json
import logging
import random
import string
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.execution.runs import Ran, run, task, workflow
from wf_engine.history import History, progress, status, trace

COUNT = 200
ODD = "\"\\/+?&=%# '<>äß€\t"


def canaries() -> dict[str, str]:
    """Secrets by name: letters and digits, then ever odder characters."""
    source = random.Random(4)
    plain = string.ascii_letters + string.digits
    return {
        f"C{number}": "".join(source.choices(plain + ODD * (number % 3), k=12 + number % 20)) + f"canary{number}"
        for number in range(COUNT)
    }


def forms(secret: str) -> set[str]:
    data = secret.encode()
    return {
        secret,
        *(base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()),
        *(quote(secret), quote(secret, safe=""), quote_plus(secret)),
        *(json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]),
    }


def document(url: str, names: list[str]) -> str:
    """Steps that put each secret into a path, a query, a header, a body, an input, an error and an output."""
    echo = task(
        f'method: POST, url: "{url}/echo/{{{{input.s}}}}", query: {{q: "{{{{input.s}}}}", b: "{{{{base64Encode(input.s)}}}}"}}, '
        'headers: {X-Key: "{{urlEncode(input.s)}}", Authorization: "Basic {{base64Encode(input.s)}}"}, '
        'body: {s: "{{input.s}}", "j": "{{toJson(input.s)}}", deep: [{t: "a {{input.s}} b"}], u: "{{upper(input.s)}}"}',
        "retry: {maxAttempts: 1}",
        "echo",
    )
    lost = task(f'method: GET, url: "{url}/users/{{{{input.s}}}}"', "retry: {maxAttempts: 1}", "lost")
    steps = []
    for number, name in enumerate(names):
        given = f'input: {{s: "{{{{secrets.{name}}}}}"}}'
        steps += {
            0: [f"{{id: e{number}, taskRef: echo, {given}}}"],
            1: [f'{{id: e{number}, taskRef: lost, {given}, fallback: {{output: "{{{{toJson(error)}}}}"}}}}'],
            2: [f"{{id: e{number}, taskRef: echo, {given}, forEach: {{items: [1]}}}}"],
            3: [f"{{id: e{number}, tasks: [{{id: i{number}, taskRef: echo, {given}}}]}}"],
        }[number % 4]
    output = ", ".join(f'o{number}: "{{{{tasks.e{number}.output}}}}"' for number in range(len(names)))
    return echo + lost + workflow("\n".join(steps), f"maxConcurrency: 20\n  output: {{{output}}}")


def check(text: str, secrets: dict[str, str], where: str) -> None:
    found = [name for name, secret in secrets.items() if any(form in text for form in forms(secret))]
    assert found == [], f"{len(found)} of {len(secrets)} secrets are in {where}"


async def test_none_is_found_anywhere(service: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secrets = canaries()
    caplog.set_level(logging.DEBUG)
    ran = await run(document(service, list(secrets)), secrets=secrets)
    assert ran.body["status"] == "succeeded", ran.body["errors"][:1]
    await check_run(ran, secrets, tmp_path)
    own = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    check("\n".join(own), secrets, "the log")


async def test_none_is_found_where_the_execution_fails(service: str, tmp_path: Path) -> None:
    secrets = canaries()
    steps = "\n".join(
        f'{{id: e{n}, taskRef: lost, input: {{s: "{{{{secrets.{name}}}}}"}}}}' for n, name in enumerate(secrets)
    )
    lost = task(f'method: GET, url: "{service}/users/{{{{input.s}}}}"', "retry: {maxAttempts: 1}", "lost")
    ran = await run(lost + workflow(steps, "maxConcurrency: 300"), secrets=secrets)
    assert ran.body["status"] == "failed"
    assert len(ran.body["errors"]) > 100
    await check_run(ran, secrets, tmp_path)


def contents(folder: Path) -> list[bytes]:
    """What is in the files of the history; there is at least one."""
    files = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    assert files
    return files


async def check_run(ran: Ran, secrets: dict[str, str], folder: Path) -> None:
    views = {
        "the body": ran.body,
        "the events": ran.events,
        "the status": status(ran.events),
        "the trace": trace(ran.events),
        "the progress": progress(ran.events),
    }
    for where, value in views.items():
        check(json.dumps(value), secrets, where)
        check(json.dumps(value, ensure_ascii=False), secrets, where)
        check(str(value), secrets, where)
    with History.open(folder / "history.db") as history:
        async with history.record(ran.events[0]["executionId"]) as recorder:
            for event in ran.events:
                recorder.append(event)
            await recorder.flush()
    for data in contents(folder):
        check(data.decode("utf-8", "replace"), secrets, "the database")
