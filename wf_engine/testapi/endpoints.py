"""The route table: every endpoint there is, and the page that lists them."""

from wf_engine.testapi import failures, money, people, sales, service
from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.behaviour import OPTIONS
from wf_engine.testapi.calls import Call, Endpoint


def _index(_call: Call) -> Answer:
    listed = [{"endpoint": endpoint.label, "about": endpoint.about} for endpoint in ENDPOINTS]
    options = [{"query": option.query, "header": option.header, "about": option.about} for option in OPTIONS]
    return answer({"service": "wf test-api", "endpoints": listed, "options": options})


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("GET", "/", _index, "This list."),
    *people.ENDPOINTS,
    *sales.ENDPOINTS,
    *money.ENDPOINTS,
    *failures.ENDPOINTS,
    *service.ENDPOINTS,
)
