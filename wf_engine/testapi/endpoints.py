"""The route table: every endpoint there is by its domain, and the page that lists them."""

from collections.abc import Mapping
from types import MappingProxyType

from wf_engine.testapi import (
    arrays,
    auth,
    chaos,
    delays,
    echo,
    errors,
    formats,
    inventory,
    large,
    live,
    notifications,
    orders,
    partners,
    payments,
    primitives,
    retries,
    service,
    shipping,
    users,
)
from wf_engine.testapi.answers import Answer, answer
from wf_engine.testapi.behaviour import OPTIONS
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import listing, record, text


def _index(_call: Call) -> Answer:
    listed = [
        {"endpoint": each.label, "about": each.about, "domain": domain, "task": each.task.name}
        for domain, endpoints in DOMAINS.items()
        for each in endpoints
    ]
    options = [{"query": option.query, "header": option.header, "about": option.about} for option in OPTIONS]
    return answer({"service": "wf test-api", "endpoints": listed, "options": options})


_LISTED = record(
    {
        "service": text("What this is."),
        "endpoints": listing(
            record(
                {
                    "endpoint": text("Method and path."),
                    "about": text("What it does."),
                    "domain": text("What it belongs to."),
                    "task": text("The task that calls it."),
                }
            ),
            "The endpoints.",
        ),
        "options": listing(
            record(
                {"query": text("Its query parameter."), "header": text("Its header."), "about": text("What it does.")}
            ),
            "What every endpoint takes.",
        ),
    }
)
_INDEX = Endpoint(
    "GET",
    "/",
    _index,
    "Lists the endpoints.",
    output=_LISTED,
    task=Task("list-endpoints", ("read",), (Example("All of them"),), varies=True),
)

DOMAINS: Mapping[str, tuple[Endpoint, ...]] = MappingProxyType(
    {
        "primitives": primitives.ENDPOINTS,
        "arrays": arrays.ENDPOINTS,
        "users": users.ENDPOINTS,
        "auth": auth.ENDPOINTS,
        "orders": orders.ENDPOINTS,
        "inventory": inventory.ENDPOINTS,
        "payments": payments.ENDPOINTS,
        "shipping": shipping.ENDPOINTS,
        "notifications": notifications.ENDPOINTS,
        "partners": partners.ENDPOINTS,
        "live": live.ENDPOINTS,
        "errors": errors.ENDPOINTS,
        "retry": retries.ENDPOINTS,
        "delays": delays.ENDPOINTS,
        "chaos": chaos.ENDPOINTS,
        "large": large.ENDPOINTS,
        "formats": formats.ENDPOINTS,
        "echo": echo.ENDPOINTS,
        "service": (_INDEX, *service.ENDPOINTS),
    }
)
"""The endpoints by what they belong to, which is also the folder and the category of their tasks."""

ENDPOINTS: tuple[Endpoint, ...] = tuple(endpoint for endpoints in DOMAINS.values() for endpoint in endpoints)
