"""Orders, and the stock they are taken from."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.reading import body_of, invalid, query_integer, query_text


def _list_orders(call: Call) -> Answer:
    status = query_text(call, "status")
    if status and status not in data.ORDER_STATUSES:
        raise invalid(f"`status` must be one of {', '.join(data.ORDER_STATUSES)}, not `{status}`.")
    found = [order for order in call.state.orders.values() if status in {"", order["status"]}]
    return answer({"orders": found[: query_integer(call, "limit", 100)], "total": len(found)})


def _get_order(call: Call) -> Answer:
    return answer(_order(call))


def _create_order(call: Call) -> Answer:
    body, state = body_of(call), call.state
    customer = body.text("userId")
    if customer not in state.users:
        raise invalid(f"There is no user {customer}.")
    items = body.objects("items")
    lines = [(item.choice("sku", state.products), item.integer("quantity", minimum=1)) for item in items]
    number = state.count("orders created")
    key = f"ord-{2000 + number}"
    state.orders[key] = data.order(key, len(data.orders()) + number, customer, lines, state.products)
    return answer(state.orders[key], 201)


def _cancel_order(call: Call) -> Answer:
    order = _order(call)
    if order["status"] in {"shipped", "delivered"}:
        raise ApiError(409, "not_cancellable", f"Order {order['id']} is {order['status']} already.")
    order["status"] = "cancelled"
    return answer(order)


def _list_stock(call: Call) -> Answer:
    warehouse = query_text(call, "warehouse")
    found = [product for product in call.state.products.values() if warehouse in {"", product["warehouse"]}]
    return answer({"items": found, "total": len(found)})


def _get_stock(call: Call) -> Answer:
    return answer(_product(call))


def _reserve_stock(call: Call) -> Answer:
    return _moved(call, "available", "reserved", "insufficient_stock")


def _release_stock(call: Call) -> Answer:
    return _moved(call, "reserved", "available", "not_reserved")


def _moved(call: Call, source: str, target: str, refusal: str) -> Answer:
    product, quantity = _product(call), body_of(call).integer("quantity", minimum=1)
    if product[source] < quantity:
        message = f"{quantity} of {product['sku']} are wanted, {product[source]} are {source}."
        raise ApiError(409, refusal, message)
    product[source] -= quantity
    product[target] += quantity
    return answer(product)


def _order(call: Call) -> JsonObject:
    key = call.parameters["id"]
    if key not in call.state.orders:
        raise not_found("order", key)
    return call.state.orders[key]


def _product(call: Call) -> JsonObject:
    sku = call.parameters["sku"]
    if sku not in call.state.products:
        raise not_found("product", sku)
    return call.state.products[sku]


ENDPOINTS = (
    Endpoint("GET", "/orders", _list_orders, "The orders, oldest first; `status` picks, `limit` takes a few."),
    Endpoint("POST", "/orders", _create_order, "Makes an order of {userId, items: [{sku, quantity}]}."),
    Endpoint("GET", "/orders/{id}", _get_order, "One order; ord-1001 to ord-1012 exist from the start."),
    Endpoint("POST", "/orders/{id}/cancel", _cancel_order, "Cancels an order that is not shipped yet."),
    Endpoint("GET", "/inventory", _list_stock, "The stock; `warehouse` picks one warehouse."),
    Endpoint("GET", "/inventory/{sku}", _get_stock, "The stock of one product."),
    Endpoint("POST", "/inventory/{sku}/reserve", _reserve_stock, "Reserves {quantity} of a product, or answers 409."),
    Endpoint("POST", "/inventory/{sku}/release", _release_stock, "Gives {quantity} of a reservation back."),
)
