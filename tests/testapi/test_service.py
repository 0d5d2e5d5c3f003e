"""What the service says of itself, and how it starts and stops."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from wf_engine import testapi
from wf_engine.testapi import app, running
from wf_engine.text import WfError


def test_the_front_page_lists_every_endpoint_with_a_sentence(api: httpx.Client) -> None:
    page = api.get("/").json()
    labels = [entry["endpoint"] for entry in page["endpoints"]]
    assert len(labels) == len(set(labels))
    assert {"GET /", "GET /users/{id}", "POST /payments", "GET /delay/{ms}", "POST /reset"} <= set(labels)
    assert all(entry["about"].endswith(".") for entry in page["endpoints"])
    assert [option["query"] for option in page["options"]] == ["delay", "fail", "failTimes", "failKey"]


def test_what_is_not_served_says_so(api: httpx.Client) -> None:
    missing, wrong = api.get("/nowhere"), api.post("/users/1")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")
    assert set(wrong.headers["Allow"].split(", ")) == {"GET", "HEAD", "PUT", "PATCH", "DELETE"}


def test_head_is_get_without_a_body(api: httpx.Client) -> None:
    head = api.head("/users/1")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == api.get("/users/1").headers["Content-Length"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_echo_says_what_was_sent(api: httpx.Client, method: str) -> None:
    said = api.request(
        method, "/echo/a%2Fb/%C3%A9?x=1&x=2&y=%26", headers={"X-One": "1"}, json={"deep": [1, None]}
    ).json()
    assert said["method"] == method
    assert said["path"] == "/echo/a%2Fb/%C3%A9"
    assert said["query"] == {"x": ["1", "2"], "y": "&"}
    assert said["headers"]["x-one"] == "1"
    assert said["body"] == {"deep": [1, None]}


def test_echo_of_other_bodies(api: httpx.Client) -> None:
    assert api.post("/echo").json()["body"] is None
    assert api.post("/echo", content="plain").json()["body"] == "plain"
    assert api.post("/echo", data={"a": "1 2"}).json()["body"] == "a=1+2"
    broken = api.post("/echo", content="{", headers={"Content-Type": "application/json"})
    assert broken.json()["body"] == "{"


def test_counters_count_by_endpoint(api: httpx.Client) -> None:
    for path in ["/users/1", "/users/2", "/orders", "/users/1?fail=500"]:
        api.get(path)
    counted = api.get("/counters").json()
    assert counted == {"calls": {"GET /orders": 1, "GET /users/{id}": 3}, "total": 4, "inFlight": 0, "peak": 1}
    assert api.get("/counters").json() == counted


def test_requests_are_remembered(api: httpx.Client) -> None:
    api.get("/users/1")
    api.post("/notifications?fail=503", json={"to": "x"}, headers={"Idempotency-Key": "k"})
    first, second = api.get("/requests").json()["requests"]
    assert (first["endpoint"], first["path"], first["body"]) == ("GET /users/{id}", "/users/1", "")
    assert second["method"] == "POST"
    assert second["query"] == {"fail": ["503"]}
    assert second["headers"]["idempotency-key"] == "k"
    assert second["body"] == '{"to":"x"}'
    assert api.get("/requests?limit=1").json()["requests"] == [second]
    assert api.get("/requests?limit=0").json()["requests"] == []


def test_reset_brings_everything_back(api: httpx.Client) -> None:
    before = [api.get(path).json() for path in ("/users", "/orders", "/inventory", "/payments/pay-1001")]
    api.delete("/users/1")
    api.post("/orders/ord-1003/cancel")
    api.post("/inventory/KEY-01/reserve", json={"quantity": 1})
    api.post("/payments/pay-1001/refund")
    api.get("/flaky/a")
    assert api.post("/reset").status_code == 204
    assert api.get("/counters").json()["total"] == 0
    assert [api.get(path).json() for path in ("/users", "/orders", "/inventory", "/payments/pay-1001")] == before
    assert api.get("/flaky/a?failures=1").status_code == 503
    body = {"orderId": "ord-1003", "amountCents": 1}
    assert api.post("/payments", json=body).json()["id"] == "pay-2001"


def test_two_applications_share_nothing(api: httpx.Client) -> None:
    with running() as other:
        api.delete("/users/1")
        assert httpx.get(f"{other}/users/1").status_code == 200
        assert httpx.get(f"{other}/counters").json()["total"] == 1
    assert app() is not app()


def test_many_requests_at_once(api: httpx.Client) -> None:
    order = {"userId": "1", "items": [{"sku": "CAB-C2", "quantity": 1}]}
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: api.post("/orders", json=order).json()["id"], range(40)))
    assert len(set(ids)) == 40
    assert api.get("/counters").json()["calls"] == {"POST /orders": 40}


def test_leaving_cuts_what_hangs() -> None:
    with ThreadPoolExecutor(1) as pool:
        with running() as url:
            hanging = pool.submit(httpx.get, f"{url}/hang", timeout=30)
            while httpx.get(f"{url}/counters").json()["inFlight"] == 0:
                pass
        with pytest.raises(httpx.TransportError):
            hanging.result()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_taken_port_is_named() -> None:
    with running() as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(WfError, match=rf"127\.0\.0\.1:{port}.*in use[\s\S]*--port"), running(port):
            pass


def test_serving_in_the_foreground_says_where_and_stops_on_a_signal() -> None:
    program = "from wf_engine.testapi import serve; serve(port=0, ready=lambda url: print(url, flush=True))"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}
        process.terminate()
        process.wait(10)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_importing_it_loads_no_web_framework() -> None:
    program = "import sys, wf_engine.testapi; print({'starlette', 'uvicorn', 'asyncio', 'socket'} & set(sys.modules))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "set()"


def test_the_public_names() -> None:
    assert testapi.__all__ == sorted(testapi.__all__)
    assert all(hasattr(testapi, name) for name in testapi.__all__)


def test_counters_are_reset_alone(api: httpx.Client) -> None:
    api.delete("/users/10")
    assert api.post("/counters/reset").status_code == 204
    assert api.get("/counters").json()["total"] == 0
    assert api.get("/users/10").status_code == 404


def test_a_refusal_says_where_and_what_is_wanted(api: httpx.Client) -> None:
    response = api.post("/orders", json={"userId": "1", "items": [{"sku": "CAB-C2", "quantity": 0}]})
    assert response.json()["error"]["message"].startswith("`items.0.quantity` ")
    assert api.get("/users?limit=0").json()["error"]["message"].startswith("`limit` ")
    assert api.post("/payments", json={}).json()["error"]["code"] == "invalid_request"


def test_null_and_empty_parameters_count_as_absent(api: httpx.Client) -> None:
    assert api.get("/users?tier=&limit=").json()["total"] == 10
    assert api.post("/payments/pay-1001/refund", json={"amountCents": None}).json()["status"] == "refunded"
