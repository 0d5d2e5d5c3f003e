"""Orders."""

from collections import Counter
from typing import Any

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.reading import invalid
from wf_engine.testapi.records import LIMIT, LINE, ORDER, ORDER_ID, TOTAL, USER_ID, WANTED
from wf_engine.testapi.schemas import choice, integer, listing, record, text


def _list_orders(call: Call) -> Answer:
    status = call.given.get("status")
    found = [order for order in call.state.orders.values() if status in {None, order["status"]}]
    return answer({"orders": found[: call.given["limit"]], "total": len(found)})


def _statistics(call: Call) -> Answer:
    orders = call.state.orders.values()
    counted = Counter(order["status"] for order in orders)
    revenue = sum(order["totalCents"] for order in orders if order["paymentId"])
    return answer(
        {
            "orders": len(orders),
            "byStatus": {status: counted[status] for status in data.ORDER_STATUSES},
            "revenueCents": revenue,
            "currency": data.CURRENCY,
        }
    )


def _quote(call: Call) -> Answer:
    order = data.order("", 0, "", _lines(call), call.state.products)
    return answer({key: order[key] for key in ("items", "totalCents", "currency", "weightGrams")})


def _get_order(call: Call) -> Answer:
    return answer(_order(call))


def _create_order(call: Call) -> Answer:
    customer, state = call.given["userId"], call.state
    if customer not in state.users:
        raise invalid(f"There is no user {customer}.")
    lines = _lines(call)
    number = state.count("orders created")
    key = f"ord-{2000 + number}"
    state.orders[key] = data.order(key, len(data.orders()) + number, customer, lines, state.products)
    return answer(state.orders[key], 201)


def _list_items(call: Call) -> Answer:
    products = call.state.products
    return answer([{**item, "name": products[item["sku"]]["name"]} for item in _order(call)["items"]])


def _cancel_order(call: Call) -> Answer:
    order = _order(call)
    if order["status"] in {"shipped", "delivered"}:
        raise ApiError(409, "not_cancellable", f"Order {order['id']} is {order['status']} already.")
    order["status"] = "cancelled"
    return answer(order)


def _ship_order(call: Call) -> Answer:
    order = _order(call)
    if order["status"] != "paid":
        raise ApiError(409, "not_shippable", f"Order {order['id']} is {order['status']}; only what is paid is shipped.")
    order["status"] = "shipped"
    return answer(order)


def _order(call: Call) -> JsonObject:
    key = call.given["id"]
    if key not in call.state.orders:
        raise not_found("order", key)
    return call.state.orders[key]


def _lines(call: Call) -> list[tuple[str, int]]:
    unknown = [item["sku"] for item in call.given["items"] if item["sku"] not in call.state.products]
    if unknown:
        raise invalid(f"There is no product {unknown[0]}.")
    return [(item["sku"], item["quantity"]) for item in call.given["items"]]


_CABLES: list[dict[str, Any]] = [{"sku": "CAB-C2", "quantity": 2}]
_ID = {"id": ORDER_ID}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/orders",
        _list_orders,
        "Lists the orders, the oldest first, all of them or those of one status.",
        query={"status?": choice(data.ORDER_STATUSES, "Only orders of this status; without it all."), "limit": LIMIT},
        output=record({"orders": listing(ORDER, "The orders, oldest first."), "total": TOTAL}),
        task=Task(
            "list-orders",
            ("read",),
            (
                Example("Two that are not paid", {"status": "pending", "limit": 2}),
                Example("Two that are paid", {"status": "paid", "limit": 2}),
                Example("All of them"),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/orders/statistics",
        _statistics,
        "Counts the orders by status, and adds up what was paid.",
        output=record(
            {
                "orders": integer("How many there are."),
                "byStatus": record(
                    {status: integer(f"How many are {status}.") for status in data.ORDER_STATUSES},
                    "How many of each status.",
                ),
                "revenueCents": integer("What was paid in all."),
                "currency": text("Currency of the amount (ISO 4217)."),
            }
        ),
        task=Task("get-order-statistics", ("read", "reporting"), (Example("At the start"),)),
    ),
    Endpoint(
        "POST",
        "/orders/quote",
        _quote,
        "Says what an order would cost, and makes none.",
        body={"items": WANTED},
        output=record(
            {
                "items": listing(LINE, "What is wanted, with prices."),
                "totalCents": integer("Price of all."),
                "currency": text("Currency of all prices (ISO 4217)."),
                "weightGrams": integer("Weight of all."),
            }
        ),
        task=Task("quote-order", ("read", "pricing"), (Example("Two cables", {"items": _CABLES}),)),
    ),
    Endpoint(
        "POST",
        "/orders",
        _create_order,
        "Makes an order.",
        body={"userId": USER_ID, "items": WANTED},
        output=ORDER,
        status=201,
        task=Task(
            "create-order",
            ("write",),
            (
                Example("Two cables", {"userId": "10", "items": _CABLES}),
                Example("For nobody", {"userId": "77", "items": _CABLES}, fails="VALIDATION_ERROR"),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/orders/{id}",
        _get_order,
        "Reads one order; ord-1001 to ord-1012 exist from the start.",
        parameters=_ID,
        output=ORDER,
        task=Task(
            "get-order",
            ("read",),
            (
                Example("One that was delivered", {"id": "ord-1001"}),
                Example("One that is not paid", {"id": "ord-1003"}),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/orders/{id}/items",
        _list_items,
        "Lists what an order is made of, with the names of the products.",
        parameters=_ID,
        output=listing(record({**LINE["properties"], "name": text("Name of the product.")}), "What was ordered."),
        task=Task("list-order-items", ("read",), (Example("A keyboard and a mouse", {"id": "ord-1001"}),)),
    ),
    Endpoint(
        "POST",
        "/orders/{id}/cancel",
        _cancel_order,
        "Cancels an order that is not shipped yet.",
        parameters=_ID,
        output=ORDER,
        task=Task(
            "cancel-order",
            ("write",),
            (
                Example("One that is not paid", {"id": "ord-1003"}),
                Example("One that is on its way", {"id": "ord-1002"}, fails="CONFLICT"),
            ),
        ),
    ),
    Endpoint(
        "POST",
        "/orders/{id}/ship",
        _ship_order,
        "Sends an order that is paid on its way.",
        parameters=_ID,
        output=ORDER,
        task=Task(
            "ship-order",
            ("write", "shipping"),
            (
                Example("One that is paid", {"id": "ord-1004"}),
                Example("One that is not paid", {"id": "ord-1003"}, fails="CONFLICT"),
            ),
        ),
    ),
)
