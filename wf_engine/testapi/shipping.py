"""Parcels: what they cost, and where they are."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import choice, integer, listing, name, record, text

_SERVICES = {"standard": (490, 4), "express": (1490, 1)}
"""Price in cents of the first kilogram, and days on the way."""
_ON_ITS_WAY = {"shipped": "inTransit", "delivered": "delivered"}


def _quote(call: Call) -> Answer:
    country, grams, service = (call.given[key] for key in ("country", "weightGrams", "service"))
    if country not in data.COUNTRIES:
        raise ApiError(422, "not_delivered_to", f"`country` must be {', '.join(data.COUNTRIES)}, not `{country}`.")
    base, days = _SERVICES[service]
    overseas = country in {"JP", "US"}
    return answer(
        {
            "country": country,
            "weightGrams": grams,
            "service": service,
            "priceCents": base * (3 if overseas else 1) + grams // 1000 * 200,
            "currency": data.CURRENCY,
            "days": days + (5 if overseas else 0),
        }
    )


def _get_parcel(call: Call) -> Answer:
    key = call.given["id"]
    order = call.state.orders.get(key.replace("par-", "ord-", 1))
    if order is None or order["status"] not in _ON_ITS_WAY:
        raise not_found("parcel", key)
    status = _ON_ITS_WAY[order["status"]]
    places = ["accepted", "inTransit", *([status] if status == "delivered" else [])]
    events = [{"status": each, "at": data.moment(20 + day)} for day, each in enumerate(places)]
    return answer({"id": key, "orderId": order["id"], "status": status, "events": events})


ENDPOINTS = (
    Endpoint(
        "GET",
        "/shipping/quote",
        _quote,
        "Says what a parcel costs and how long it takes.",
        query={
            "country": text("Where it goes, as two letters (ISO 3166).", minLength=2, maxLength=2),
            "weightGrams": integer("Weight of the parcel."),
            "service": choice(_SERVICES, "How fast it goes.", default="standard"),
        },
        output=record(
            {
                "country": text("Where it goes."),
                "weightGrams": integer("Weight of the parcel."),
                "service": choice(_SERVICES, "How fast it goes."),
                "priceCents": integer("What it costs."),
                "currency": text("Currency of the price (ISO 4217)."),
                "days": integer("Days on the way."),
            }
        ),
        task=Task(
            "get-shipping-quote",
            ("read", "pricing"),
            (
                Example("A monitor to Britain", {"country": "GB", "weightGrams": 5320, "service": "express"}),
                Example("A keyboard to Britain", {"country": "GB", "weightGrams": 1050, "service": "express"}),
                Example("Nowhere", {"country": "XX", "weightGrams": 1}, fails="VALIDATION_ERROR"),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/parcels/{id}",
        _get_parcel,
        "Says where a parcel is; that of ord-1001 is par-1001, once the order was shipped.",
        parameters={"id": name("Id of the parcel.")},
        output=record(
            {
                "id": text("Id of the parcel."),
                "orderId": text("The order in it."),
                "status": choice(tuple(_ON_ITS_WAY.values()), "Where it is."),
                "events": listing(
                    record({"status": text("What happened."), "at": text("When (RFC 3339).")}),
                    "What happened to it, in order.",
                ),
            }
        ),
        task=Task(
            "track-parcel",
            ("read",),
            (
                Example("One that has arrived", {"id": "par-1001"}),
                Example("One that was not sent", {"id": "par-1003"}, fails="NOT_FOUND"),
            ),
        ),
    ),
)
