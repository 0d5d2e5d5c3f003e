"""What every endpoint accepts: delays and failures, by query parameter or header."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from wf_engine.testapi import serve
from wf_engine.testapi.application import build
from wf_engine.text import WfError


def test_two_delays_overlap(api: httpx.Client) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(api.get, ["/delay/300", "/users/1?delay=300"]))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == {"delayedMs": 300}
    assert api.get("/counters").json()["peak"] == 2


def test_requests_one_after_another_do_not_overlap(api: httpx.Client) -> None:
    for _ in range(3):
        api.get("/delay/1")
    assert api.get("/counters").json()["peak"] == 1


@pytest.mark.parametrize(("query", "headers"), [("?delay=60000", {}), ("", {"X-Test-Delay": "60000"})])
def test_a_delayed_answer_takes_its_time(api: httpx.Client, query: str, headers: dict[str, str]) -> None:
    with pytest.raises(httpx.ReadTimeout):
        api.get(f"/users/1{query}", timeout=0.05, headers=headers)


def test_a_client_that_left_a_delay_changed_nothing(api: httpx.Client) -> None:
    with pytest.raises(httpx.ReadTimeout):
        api.delete("/users/1?delay=60000", timeout=0.05)
    assert api.get("/users/1").status_code == 200


@pytest.mark.parametrize(("query", "headers"), [("?fail=503", {}), ("", {"X-Test-Fail": "503"})])
def test_an_endpoint_fails_as_it_is_asked(api: httpx.Client, query: str, headers: dict[str, str]) -> None:
    response = api.delete(f"/users/1{query}", headers=headers)
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "service_unavailable"
    assert api.get("/users/1").status_code == 200


def test_a_query_parameter_wins_over_its_header(api: httpx.Client) -> None:
    assert api.get("/users/1?fail=500", headers={"X-Test-Fail": "503"}).status_code == 500


def test_an_endpoint_fails_in_other_ways_than_by_status(api: httpx.Client) -> None:
    assert api.get("/users/1?fail=garbage").content == api.get("/garbage").content
    assert api.get("/users/1?fail=wrong-type").json() == api.get("/wrong-type").json()
    with pytest.raises(httpx.TransportError):
        api.get("/users/1?fail=reset")


def test_failing_a_few_times(api: httpx.Client) -> None:
    statuses = [api.get("/users/1?failTimes=2").status_code for _ in range(4)]
    assert statuses == [503, 503, 200, 200]
    assert api.get("/users/2?failTimes=1").status_code == 503


def test_failing_a_few_times_in_a_way_and_by_a_key(api: httpx.Client) -> None:
    def status(path: str, key: str) -> int:
        asked = {"X-Test-Fail": "429", "X-Test-Fail-Times": "1", "X-Test-Fail-Key": key}
        return api.get(path, headers=asked).status_code

    assert [status("/users/1", "run-1"), status("/users/2", "run-1"), status("/users/1", "run-2")] == [429, 200, 429]


@pytest.mark.parametrize(
    "query", ["delay=soon", "delay=-1", "delay=600001", "fail=sometimes", "fail=200", "fail=600", "failTimes=x"]
)
def test_a_behaviour_that_makes_no_sense_is_refused(api: httpx.Client, query: str) -> None:
    response = api.get(f"/users/1?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_request"


def test_every_endpoint_fails_as_it_is_asked(api: httpx.Client) -> None:
    endpoints = [entry["endpoint"].split(" ") for entry in api.get("/").json()["endpoints"]]
    assert len(endpoints) > 40
    for method, path in endpoints:
        response = api.request(method, path.replace("{", "").replace("}", ""), params={"fail": "507"})
        assert response.status_code == 507, (method, path)


def test_an_endpoint_is_configured_to_be_slow_or_to_fail(api: httpx.Client) -> None:
    assert api.put("/behaviour", json={"endpoint": "GET /users/{id}", "fail": "502", "failTimes": 1}).status_code == 200
    assert [api.get("/users/1").status_code for _ in range(2)] == [502, 200]
    assert api.get("/orders").status_code == 200
    api.put("/behaviour", json={"endpoint": "GET /orders", "delay": 60_000})
    with pytest.raises(httpx.ReadTimeout):
        api.get("/orders", timeout=0.05)
    assert [each["endpoint"] for each in api.get("/behaviour").json()] == ["GET /users/{id}", "GET /orders"]
    assert api.delete("/behaviour").status_code == 204
    assert api.get("/orders").status_code == 200


def test_the_more_particular_behaviour_wins(api: httpx.Client) -> None:
    api.put("/behaviour", json={"fail": "500"})
    assert api.get("/orders").status_code == 500
    api.put("/behaviour", json={"endpoint": "GET /orders", "fail": "501"})
    assert api.get("/orders").status_code == 501
    assert api.get("/orders", headers={"X-Test-Fail": "502"}).status_code == 502
    assert api.get("/orders?fail=503", headers={"X-Test-Fail": "502"}).status_code == 503


def test_what_looks_after_the_service_is_not_configured(api: httpx.Client) -> None:
    api.put("/behaviour", json={"fail": "500"})
    assert api.get("/counters").status_code == api.get("/behaviour").status_code == 200
    assert api.post("/reset").status_code == 204
    assert api.get("/orders").status_code == 200, "a reset clears what was configured"


async def test_how_it_behaves_from_the_start() -> None:
    transport = httpx.ASGITransport(build({"fail": "502", "failTimes": 1, "delay": 1}))
    async with httpx.AsyncClient(transport=transport, base_url="http://it") as started:
        for _ in range(2):
            assert [(await started.get("/users/1")).status_code for _ in range(2)] == [502, 200]
            assert (await started.get("/users/2?fail=418")).status_code == 418
            said = (await started.get("/behaviour")).json()
            assert said == [{"endpoint": "*", "fail": "502", "failTimes": 1, "delay": 1}]
            await started.delete("/behaviour")
            assert (await started.get("/users/3")).status_code == 200
            assert (await started.post("/reset")).status_code == 204


@pytest.mark.parametrize("kind", ["sometimes", "399", "600", "-1", "503.0"])
def test_a_start_that_makes_no_sense_is_refused(kind: str) -> None:
    with pytest.raises(WfError, match=f"`{kind}` is no way to fail") as caught:
        serve(port=0, behaviour={"fail": kind})
    assert "reset, hang" in str(caught.value.hint)


@pytest.mark.parametrize("behaviour", [{"fail": "sometimes"}, {"delay": -1}, {"delay": "1"}, {"endpoint": 7}])
def test_a_configuration_that_makes_no_sense_is_refused(api: httpx.Client, behaviour: object) -> None:
    response = api.put("/behaviour", json=behaviour)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "invalid_request")
    assert api.get("/behaviour").json() == []
