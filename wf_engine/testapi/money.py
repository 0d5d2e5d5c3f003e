"""Payments, parcels and messages."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.reading import body_of, invalid, query_integer, query_text

_CARD_LIMIT_CENTS = 1_000_000
_CHANNELS = ("email", "sms", "push")
_SERVICES = {"standard": (490, 4), "express": (1490, 1)}
"""Price in cents of the first kilogram, and days on the way."""


def _charge(call: Call) -> Answer:
    body, state = body_of(call), call.state
    order = state.orders.get(body.text("orderId"))
    if order is None:
        raise invalid(f"There is no order {body.text('orderId')}.")
    cents = body.integer("amountCents", minimum=1)
    method = body.choice("method", ("card", "invoice"), "card")
    if method == "card" and cents > _CARD_LIMIT_CENTS:
        raise ApiError(402, "card_declined", f"The card pays at most {_CARD_LIMIT_CENTS} cents.")
    key = f"pay-{2000 + state.count('payments made')}"
    state.payments[key] = data.payment(key, order["id"], cents, method)
    order.update(paymentId=key, status="paid" if order["status"] == "pending" else order["status"])
    return answer(state.payments[key], 201)


def _get_payment(call: Call) -> Answer:
    return answer(_payment(call))


def _refund(call: Call) -> Answer:
    payment = _payment(call)
    left = payment["amountCents"] - payment["refundedCents"]
    cents = body_of(call).integer("amountCents", default=left)
    if not 0 < cents <= left:
        raise ApiError(409, "refund_too_large", f"{left} cents are left to be refunded, not {cents}.")
    payment["refundedCents"] += cents
    payment["status"] = "refunded" if cents == left else "partlyRefunded"
    return answer(payment)


def _send_notification(call: Call) -> Answer:
    body, state = body_of(call), call.state
    channel, to, message = body.choice("channel", _CHANNELS, "email"), body.text("to"), body.text("message")
    key = f"ntf-{1 + len(state.notifications)}"
    state.notifications.append({"id": key, "status": "queued", "channel": channel, "to": to, "message": message})
    return answer(state.notifications[-1], 202)


def _quote(call: Call) -> Answer:
    country, service = query_text(call, "country"), query_text(call, "service", "standard")
    if country not in data.COUNTRIES:
        raise ApiError(422, "not_delivered_to", f"`country` must be {', '.join(data.COUNTRIES)}, not `{country}`.")
    if service not in _SERVICES:
        raise invalid(f"`service` must be one of {', '.join(_SERVICES)}, not `{service}`.")
    grams = query_integer(call, "weightGrams")
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


def _payment(call: Call) -> JsonObject:
    key = call.parameters["id"]
    if key not in call.state.payments:
        raise not_found("payment", key)
    return call.state.payments[key]


ENDPOINTS = (
    Endpoint("POST", "/payments", _charge, "Charges {orderId, amountCents, method?}; a card pays up to 1000000 cents."),
    Endpoint("GET", "/payments/{id}", _get_payment, "One payment; that of ord-1001 is pay-1001."),
    Endpoint("POST", "/payments/{id}/refund", _refund, "Refunds {amountCents?} of a payment, else all that is left."),
    Endpoint("POST", "/notifications", _send_notification, "Queues {to, message, channel?}; answers 202."),
    Endpoint("GET", "/shipping/quote", _quote, "Price and days for `country`, `weightGrams` and `service`."),
)
