"""Payments: charged at once, or authorized first and captured later."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.reading import invalid
from wf_engine.testapi.records import LIMIT, ORDER_ID, TOTAL
from wf_engine.testapi.schemas import choice, integer, listing, name, record, text

_CARD_LIMIT_CENTS = 1_000_000
_METHODS = ("card", "invoice")
_STATUSES = ("authorized", "captured", "partlyRefunded", "refunded", "voided")


def _list_payments(call: Call) -> Answer:
    order = call.given.get("orderId")
    found = [payment for payment in call.state.payments.values() if order in {None, payment["orderId"]}]
    return answer({"payments": found[: call.given["limit"]], "total": len(found)})


def _charge(call: Call) -> Answer:
    payment = _made(call, "captured")
    order = call.state.orders[payment["orderId"]]
    order.update(paymentId=payment["id"], status="paid" if order["status"] == "pending" else order["status"])
    return answer(payment, 201)


def _authorize(call: Call) -> Answer:
    return answer(_made(call, "authorized"), 201)


def _made(call: Call, status: str) -> JsonObject:
    given, state = call.given, call.state
    order = state.orders.get(given["orderId"])
    if order is None:
        raise invalid(f"There is no order {given['orderId']}.")
    cents, method = given["amountCents"], given["method"]
    if method == "card" and cents > _CARD_LIMIT_CENTS:
        raise ApiError(402, "card_declined", f"The card pays at most {_CARD_LIMIT_CENTS} cents.")
    key = f"pay-{2000 + state.count('payments made')}"
    state.payments[key] = {**data.payment(key, order["id"], cents, method), "status": status}
    return state.payments[key]


def _get_payment(call: Call) -> Answer:
    return answer(_payment(call))


def _capture(call: Call) -> Answer:
    payment = _payment(call, "authorized")
    payment["status"] = "captured"
    call.state.orders[payment["orderId"]].update(paymentId=payment["id"], status="paid")
    return answer(payment)


def _void(call: Call) -> Answer:
    payment = _payment(call, "authorized")
    payment["status"] = "voided"
    return answer(payment)


def _refund(call: Call) -> Answer:
    payment = _payment(call, "captured", "partlyRefunded", "refunded")
    left = payment["amountCents"] - payment["refundedCents"]
    cents = call.given.get("amountCents", left)
    if not 0 < cents <= left:
        raise ApiError(409, "refund_too_large", f"{left} cents are left to be refunded, not {cents}.")
    payment["refundedCents"] += cents
    payment["status"] = "refunded" if cents == left else "partlyRefunded"
    return answer(payment)


def _payment(call: Call, *wanted: str) -> JsonObject:
    key = call.given["id"]
    if key not in call.state.payments:
        raise not_found("payment", key)
    payment = call.state.payments[key]
    if wanted and payment["status"] not in wanted:
        raise ApiError(409, "wrong_status", f"Payment {key} is {payment['status']}, not {' or '.join(wanted)}.")
    return payment


PAYMENT = record(
    {
        "id": text("Id of the payment."),
        "orderId": text("The order it pays."),
        "amountCents": integer("What was charged.", 1),
        "currency": text("Currency of the amount (ISO 4217)."),
        "method": choice(_METHODS, "How it was paid."),
        "status": choice(_STATUSES, "What became of it."),
        "refundedCents": integer("What was paid back."),
    }
)
_CHARGE = {
    "orderId": ORDER_ID,
    "amountCents": integer(f"What to charge; a card pays up to {_CARD_LIMIT_CENTS}.", 1),
    "method": choice(_METHODS, "How to pay.", default="card"),
}
_ID = {"id": name("Id of the payment.")}
_CABLES = {"orderId": "ord-1003", "amountCents": 2970}
_AUTHORIZED = (("authorize-payment", _CABLES),)

ENDPOINTS = (
    Endpoint(
        "GET",
        "/payments",
        _list_payments,
        "Lists the payments, all of them or those of one order.",
        query={"orderId?": name("Only payments of this order; without it all."), "limit": LIMIT},
        output=record({"payments": listing(PAYMENT, "The payments, oldest first."), "total": TOTAL}),
        task=Task("list-payments", ("read",), (Example("Of one order", {"orderId": "ord-1001"}),)),
    ),
    Endpoint(
        "POST",
        "/payments",
        _charge,
        "Charges the price of an order.",
        body=_CHARGE,
        output=PAYMENT,
        status=201,
        task=Task(
            "charge-payment",
            ("write",),
            (
                Example("Three cables", _CABLES),
                Example("Too much for a card", {**_CABLES, "amountCents": 1_000_001}, fails="VALIDATION_ERROR"),
            ),
            input={
                "simulateFailures": integer(
                    "How often the test API fails (503) before it charges, in each execution anew.", default=0
                )
            },
            query={"failTimes": "{{input.simulateFailures}}", "failKey": "{{execution.id}}"},
            settings={"timeout": "5s", "retry": {"maxAttempts": 3, "causes": ["network", "timeout", "5xx"]}},
        ),
    ),
    Endpoint(
        "POST",
        "/payments/authorize",
        _authorize,
        "Sets the price of an order aside on a card, to be captured or voided later.",
        body=_CHARGE,
        output=PAYMENT,
        status=201,
        task=Task("authorize-payment", ("write",), (Example("Three cables", _CABLES),)),
    ),
    Endpoint(
        "GET",
        "/payments/{id}",
        _get_payment,
        "Reads one payment; that of ord-1001 is pay-1001.",
        parameters=_ID,
        output=PAYMENT,
        task=Task("get-payment", ("read",), (Example("A keyboard and a mouse", {"id": "pay-1001"}),)),
    ),
    Endpoint(
        "POST",
        "/payments/{id}/capture",
        _capture,
        "Takes what was set aside.",
        parameters=_ID,
        output=PAYMENT,
        task=Task(
            "capture-payment", ("write",), (Example("After authorize-payment", {"id": "pay-2001"}, after=_AUTHORIZED),)
        ),
    ),
    Endpoint(
        "POST",
        "/payments/{id}/void",
        _void,
        "Gives back what was set aside.",
        parameters=_ID,
        output=PAYMENT,
        task=Task(
            "void-payment",
            ("write",),
            (
                Example("After authorize-payment", {"id": "pay-2001"}, after=_AUTHORIZED),
                Example("One that was captured", {"id": "pay-1001"}, fails="CONFLICT"),
            ),
        ),
    ),
    Endpoint(
        "POST",
        "/payments/{id}/refund",
        _refund,
        "Pays a payment back, all of it or a part.",
        parameters=_ID,
        body={"amountCents?": integer("What to pay back; without it all that is left.", 1)},
        output=PAYMENT,
        task=Task(
            "refund-payment",
            ("write",),
            (Example("All of it", {"id": "pay-1001"}), Example("A part of it", {"id": "pay-1001", "amountCents": 480})),
        ),
    ),
)
