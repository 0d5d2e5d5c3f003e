"""Secrets: used as they are, shown nowhere (language §7)."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.execution.runs import Ran, answering, get, http, one, peer, run
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


async def test_a_header_that_a_service_repeats_in_latin_letters(service: str) -> None:
    text = one(f'method: GET, url: "{service}/echo", headers: {{X-Key: "{{{{secrets.TOKEN}}}}"}}')
    ran = await run(text, secrets={"TOKEN": "größe-123"})
    assert ran.output["headers"]["x-key"] == "***"


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
    ran = await run(get(service + "/users/{{secrets.TOKNE}}"), secrets={"TOKEN": SECRET})
    assert ran.error["code"] == "EXPRESSION_ERROR"
    assert "There is no secret `TOKNE`; there are: TOKEN. Did you mean `TOKEN`?" in ran.error["message"]
    assert "WF_SECRET_TOKNE" in ran.error["suggestion"]


async def test_a_short_secret_is_refused(service: str) -> None:
    with pytest.raises(WfError, match="`TOKEN`"):
        await run(get(service + "/users/1"), secrets={"TOKEN": "abc"})


async def test_half_a_secret_is_not_shown_where_a_text_is_cut() -> None:
    """Wherever in an answer it stands: in what an error shows of the body, and of what the service says of itself."""
    for before in (290, 296, 490, 496):
        body = json.dumps({"message": "x " * (before // 2) + SECRET + " y" * 400}).encode()
        async with peer(answering(http(body, 400))) as url:
            ran = await run(get(url), secrets={"TOKEN": SECRET})
        text = json.dumps([ran.events, ran.body], ensure_ascii=False)
        assert SECRET[:4] not in text


async def test_a_secret_that_is_a_number_is_masked_as_one(service: str) -> None:
    text = one(
        f'method: POST, url: "{service}/echo", body: {{pin: "{{{{toNumber(input.p)}}}}", n: 12}}',
        '{p: "{{secrets.PIN}}"}',
    )
    ran = await run(text, secrets={"PIN": "481516"})
    assert ran.output["body"] == {"pin": "***", "n": 12}
    assert "481516" not in json.dumps([ran.events, ran.body])


@pytest.mark.parametrize("before", ["", "u", "us", "user:"])
def test_a_secret_within_base64_is_masked(before: str) -> None:
    secret = "correct horse+battery/staple"
    encoded = base64.b64encode(f"{before}{secret}:more".encode()).decode()
    masked = Masker({"S": secret}).text(encoded)
    assert "***" in masked
    assert len(masked) < len(encoded) - len(secret)
    assert Masker({"S": secret}).text(quote(encoded, safe="")).count("***") == 1


@pytest.mark.parametrize("shown", ['"a<b&c\\/d\\u00E9"', '"a\\u003cb\\u0026c/d\\u00e9"', "a%3Cb%26c%2Fd%C3%A9"])
def test_a_secret_is_masked_however_others_escape_it(shown: str) -> None:
    assert Masker({"S": "a<b&c/dé"}).text(shown) in {"***", '"***"'}


async def test_secrets_are_those_of_the_start_of_an_execution(service: str) -> None:
    """A mounted secret may change while a workflow runs: what is sent must be what is masked."""

    class Rotating(dict[str, str]):
        def __getitem__(self, name: str) -> str:
            self[name] = "rotated-secret"
            return super().__getitem__(name)

    text = one(f'method: GET, url: "{service}/echo", query: {{t: "{{{{secrets.TOKEN}}}}"}}')
    ran = await run(text, secrets=Rotating(TOKEN="first-secret"))
    assert ran.output["query"] == {"t": "***"}


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


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("it is abcdefgh…", "it is ***…"),
        ("b'abcdef...'", "b'***...'"),
        ("abcdefghij… and abcdefg....", "***… and ***...."),
        ("abcde…", "abcde…"),
        ("abcdefgh", "abcdefgh"),
        ("bcdefgh…", "bcdefgh…"),
        ("abcdefgh, …", "abcdefgh, …"),
        ("YWJjZGVm…", "***…"),
        ("… ...", "… ..."),
    ],
)
def test_the_beginning_of_a_secret_before_a_cut(text: str, masked: str) -> None:
    assert Masker({"KEY": "abcdefghij"}).text(text) == masked


def test_a_long_text_is_data_and_not_a_message_that_was_cut() -> None:
    text = "abcdefgh…" * 10_000
    assert Masker({"KEY": "abcdefghij"}).text(text) == text
