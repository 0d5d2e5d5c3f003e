"""Secrets: used as they are, shown nowhere (language §7)."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.execution.runs import Ran, get, one, run
from wf_engine.execution.masking import Masker
from wf_engine.text import WfError

SECRET = 'p@ss "wörd"/+?\\ 1'
FORMS = [
    SECRET,
    base64.b64encode(SECRET.encode()).decode(),
    quote(SECRET, safe=""),
    quote_plus(SECRET),
    json.dumps(SECRET)[1:-1],
    json.dumps(SECRET, ensure_ascii=False)[1:-1],
]


def check_nothing_leaks(ran: Ran) -> None:
    for text in (json.dumps([ran.events, ran.body]), json.dumps([ran.events, ran.body], ensure_ascii=False)):
        for form in FORMS:
            assert form not in text
            assert json.dumps(form)[1:-1] not in text


async def test_a_secret_is_sent_and_never_shown(service: str) -> None:
    text = one(
        f'method: POST, url: "{service}/echo/{{{{secrets.TOKEN}}}}", query: {{t: "{{{{secrets.TOKEN}}}}"}}, '
        'headers: {Authorization: "Bearer {{base64Encode(secrets.TOKEN)}}", X-Key: "{{urlEncode(secrets.TOKEN)}}"}, '
        'body: {"t": "{{secrets.TOKEN}}", json: "{{toJson(secrets.TOKEN)}}", in: "{{input.v}}"}',
        '{v: "{{secrets.TOKEN}}"}',
    )
    ran = await run(text, secrets={"TOKEN": SECRET})
    check_nothing_leaks(ran)
    assert ran.output["body"] == {"t": "***", "json": '"***"', "in": "***"}
    assert ran.output["query"] == {"t": "***"}
    assert ran.output["headers"]["x-key"] == "***"
    assert ran.task()["output"]["body"]["t"] == "***"
    assert ran.of("stepStarted")[0]["input"] == {"v": "***"}


async def test_values_between_steps_are_not_changed(service: str) -> None:
    text = one(f'method: POST, url: "{service}/echo", body: "{{{{input.v}}}}"', '{v: "{{length(secrets.TOKEN)}}"}')
    assert (await run(text, secrets={"TOKEN": SECRET})).output["body"] == len(SECRET)


async def test_errors_do_not_leak(service: str) -> None:
    ran = await run(get(service + "/users/{{secrets.TOKEN}}"), secrets={"TOKEN": SECRET})
    check_nothing_leaks(ran)
    assert ran.error["code"] == "NOT_FOUND"
    assert "***" in ran.error["message"]


async def test_an_input_that_is_a_secret_is_masked(service: str) -> None:
    ran = await run(get(service + "/users/1"), {"x": {SECRET: [SECRET]}}, secrets={"TOKEN": SECRET})
    check_nothing_leaks(ran)
    assert ran.of("executionStarted")[0]["input"] == {"x": {"***": ["***"]}}


async def test_a_secret_that_is_missing_fails_the_step(service: str) -> None:
    ran = await run(get(service + "/users/{{secrets.NOPE}}"), secrets={"TOKEN": SECRET})
    assert ran.error["code"] == "EXPRESSION_ERROR"


async def test_a_short_secret_is_refused(service: str) -> None:
    with pytest.raises(WfError, match="`TOKEN`"):
        await run(get(service + "/users/1"), secrets={"TOKEN": "abc"})


@given(st.text(min_size=4, max_size=20), st.text(max_size=10), st.text(max_size=10))
def test_every_form_of_any_secret_is_masked(secret: str, before: str, after: str) -> None:
    masker = Masker({"S": secret})
    shown = [
        secret,
        base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode(),
        quote(secret, safe="", errors="replace"),
        json.dumps(secret)[1:-1],
    ]
    for form in shown:
        masked = masker.mask({"k": [f"{before}{form}{after}"]})["k"][0]
        assert form not in masked or form in "***"


def test_without_secrets_values_are_handed_on_as_they_are() -> None:
    value = {"a": [1, "x"]}
    assert Masker({}).mask(value) is value
