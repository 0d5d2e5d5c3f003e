"""Answers as outputs (language §2, "Answer")."""

import gzip
from typing import Any

import pytest

from tests.execution.runs import answering, get, http, one, peer, run
from wf_engine.workspace.settings import Limits


async def answered(answer: bytes, method: str = "GET", **options: Any) -> Any:
    async with peer(answering(answer)) as url:
        return await run(one(f'method: {method}, url: "{url}"'), **options)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        (b"[]", []),
        (b'"text"', "text"),
        (b"false", False),
        (b"null", None),
        (b"12345678901234567890123", 12345678901234567890123),
        (b"\xef\xbb\xbf1", 1),
    ],
)
async def test_json_of_any_type_is_the_output(body: bytes, value: Any) -> None:
    assert (await answered(http(body))).output == value


@pytest.mark.parametrize("kind", ["application/problem+json", "text/json", "Application/JSON ; charset=UTF-8"])
async def test_json_has_many_names(kind: str) -> None:
    assert (await answered(http(b"[1]", kind=kind))).output == [1]


async def test_json_in_another_encoding() -> None:
    assert (await answered(http('"ü"'.encode("utf-16"), kind="application/json; charset=utf-16"))).output == "ü"


async def test_text_is_a_string(service: str) -> None:
    assert (await run(get(service + "/text"))).output == "Grüße, 世界\n"
    assert (await answered(http("ü".encode("latin-1"), kind="text/plain; charset=iso-8859-1"))).output == "ü"


@pytest.mark.parametrize("charset", ["zip", "hex", "idna", "undefined", "unicode_escape", "nonsense", ""])
@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
async def test_what_is_no_charset_is_taken_for_utf_8(kind: str, charset: str) -> None:
    ran = await answered(http('"ü\\n"'.encode(), kind=f"{kind}; charset={charset}"))
    assert ran.output == ("ü\n" if kind == "application/json" else '"ü\\n"')


async def test_no_content_and_empty_bodies_are_null(service: str) -> None:
    assert (await run(get(service + "/empty"))).output is None
    assert (await answered(http(b""))).output is None


async def test_head_has_no_output(service: str) -> None:
    assert (await run(one(f'method: HEAD, url: "{service}/users/1"'))).output is None


@pytest.mark.parametrize(
    ("kind", "said"), [("application/octet-stream", "`application/octet-stream`"), (None, "without")]
)
async def test_other_content_is_an_error_that_names_its_type(kind: str | None, said: str) -> None:
    ran = await answered(http(b"\x00\x01", kind=kind))
    assert ran.error["code"] == "SERVICE_ERROR"
    assert said in ran.error["message"]


@pytest.mark.parametrize("body", [b"{", b"NaN", b'{"a": 1e999}', b"\xff", b'{"a"}'])
async def test_broken_json_is_a_service_error(body: bytes) -> None:
    ran = await answered(http(body))
    assert ran.error["code"] == "SERVICE_ERROR"
    assert "JSON" in ran.error["message"]
    assert ran.error["retryable"] is False
    assert ran.task()["attempts"] == 1


@pytest.mark.parametrize("levels", [101, 5000, 100_000])
async def test_json_nested_too_deep_is_refused(levels: int) -> None:
    ran = await answered(http(b"[" * levels + b"]" * levels))
    assert ran.error["code"] == "LIMIT_EXCEEDED"


async def test_json_nested_to_the_limit_is_taken() -> None:
    assert (await answered(http(b"[" * 100 + b"]" * 100))).body["status"] == "succeeded"


async def test_a_body_over_the_limit_is_refused(service: str) -> None:
    for query in ("bytes=11000000", "bytes=11000000&chunked=true"):
        ran = await run(get(f"{service}/large?{query}"))
        assert ran.error["code"] == "LIMIT_EXCEEDED"
        assert "response_bytes" in ran.error["suggestion"]


async def test_the_limit_is_a_setting(service: str) -> None:
    limits = Limits(response_bytes=1000)
    assert len((await run(get(f"{service}/large?bytes=1000&chunked=true"), limits=limits)).output) == 998
    assert (await run(get(f"{service}/large?bytes=1001&chunked=true"), limits=limits)).error["code"] == "LIMIT_EXCEEDED"


async def test_the_limit_counts_what_comes_out_of_a_packed_body() -> None:
    packed = gzip.compress(b'"' + b"x" * 50_000_000 + b'"')
    assert len(packed) < 100_000
    ran = await answered(http(packed, more="Content-Encoding: gzip\r\n"))
    assert ran.error["code"] == "LIMIT_EXCEEDED"


async def test_success_status_decides(service: str) -> None:
    good = one(f'method: GET, url: "{service}/status/404", successStatus: [200, 4xx]')
    assert (await run(good)).output["error"]["code"] == "not_found"
    bad = one(f'method: GET, url: "{service}/status/202", successStatus: [200]')
    ran = await run(bad)
    assert ran.error["code"] == "SERVICE_ERROR"
    assert "successStatus" in ran.error["suggestion"]


async def test_the_response_is_seen_by_other_steps(service: str) -> None:
    text = get(f"{service}/status/201").replace(
        "output: '{{tasks.a.output}}'",
        'output: ["{{tasks.a.response.status}}", "{{tasks.a.response.headers.content-type}}"]',
    )
    assert (await run(text)).output == [201, "application/json"]


SCHEMA = "outputSchema: {type: object, required: [id], properties: {id: {type: integer}}}"


async def test_an_answer_that_breaks_the_output_schema_fails_the_step(service: str) -> None:
    ran = await run(get(service + "/users/1", task_more=SCHEMA))
    assert ran.error["code"] == "SCHEMA_MISMATCH"
    assert "`id` is a string, but an integer is wanted" in ran.error["message"]
    assert ran.error["http"]["status"] == 200
    assert ran.task()["attempts"] == 1


async def test_response_validation_may_warn_or_be_off(service: str) -> None:
    warned = await run(get(service + "/users/1", task_more=SCHEMA + "\n  responseValidation: warn"))
    assert warned.output["id"] == "1"
    assert warned.of("attemptFinished")[0]["error"]["code"] == "SCHEMA_MISMATCH"
    silent = await run(get(service + "/users/1", task_more=SCHEMA + '\n  responseValidation: "off"'))
    assert silent.of("attemptFinished")[0]["error"] is None
