"""What is in stock, and in which warehouse."""

from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.records import PRODUCT, QUANTITY, SKU, TOTAL, WANTED
from wf_engine.testapi.schemas import flag, integer, listing, name, record, text


def _list_stock(call: Call) -> Answer:
    warehouse = call.given.get("warehouse")
    found = [product for product in call.state.products.values() if warehouse in {None, product["warehouse"]}]
    return answer({"items": found, "total": len(found)})


def _list_low(call: Call) -> Answer:
    found = [product for product in call.state.products.values() if product["available"] <= call.given["threshold"]]
    return answer({"items": found, "total": len(found)})


def _check(call: Call) -> Answer:
    checked = [_checked(call, item["sku"], item["quantity"]) for item in call.given["items"]]
    return answer({"complete": all(each["enough"] for each in checked), "items": checked})


def _checked(call: Call, sku: str, quantity: int) -> JsonObject:
    product = call.state.products.get(sku)
    available = product["available"] if product else 0
    return {"sku": sku, "quantity": quantity, "available": available, "enough": available >= quantity}


def _get_stock(call: Call) -> Answer:
    return answer(_product(call))


def _reserve(call: Call) -> Answer:
    return _moved(call, "available", "reserved", "insufficient_stock")


def _release(call: Call) -> Answer:
    return _moved(call, "reserved", "available", "not_reserved")


def _moved(call: Call, source: str, target: str, refusal: str) -> Answer:
    product, quantity = _product(call), call.given["quantity"]
    if product[source] < quantity:
        message = f"{quantity} of {product['sku']} are wanted, {product[source]} are {source}."
        raise ApiError(409, refusal, message)
    product[source] -= quantity
    product[target] += quantity
    return answer(product)


def _restock(call: Call) -> Answer:
    product = _product(call)
    product["available"] += call.given["quantity"]
    return answer(product)


def _list_warehouses(call: Call) -> Answer:
    products = list(call.state.products.values())
    names = sorted({product["warehouse"] for product in products})
    return answer([_warehouse(name, [each for each in products if each["warehouse"] == name]) for name in names])


def _warehouse(place: str, products: list[JsonObject]) -> JsonObject:
    return {"name": place, "products": len(products), "available": sum(each["available"] for each in products)}


def _product(call: Call) -> JsonObject:
    sku = call.given["sku"]
    if sku not in call.state.products:
        raise not_found("product", sku)
    return call.state.products[sku]


_STOCK = record({"items": listing(PRODUCT, "The products."), "total": TOTAL})
_SKU = {"sku": SKU}
_ONE = {"quantity": QUANTITY}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/inventory",
        _list_stock,
        "Lists what is in stock, everywhere or in one warehouse.",
        query={"warehouse?": name("Only what is kept there; without it all.")},
        output=_STOCK,
        task=Task(
            "list-inventory", ("read",), (Example("Rotterdam", {"warehouse": "rotterdam"}), Example("Everywhere"))
        ),
    ),
    Endpoint(
        "GET",
        "/inventory/low",
        _list_low,
        "Lists the products of which few are left.",
        query={"threshold": integer("How many are few.", default=20)},
        output=_STOCK,
        task=Task("list-low-stock", ("read",), (Example("Ten or less", {"threshold": 10}),)),
    ),
    Endpoint(
        "POST",
        "/inventory/check",
        _check,
        "Says whether there is enough of several products; an unknown one is out of stock.",
        body={"items": WANTED},
        output=record(
            {
                "complete": flag("Whether there is enough of all."),
                "items": listing(
                    record(
                        {
                            "sku": text("Product."),
                            "quantity": integer("How many are wanted."),
                            "available": integer("How many can be ordered."),
                            "enough": flag("Whether that is enough."),
                        }
                    ),
                    "What is wanted, in the same order.",
                ),
            }
        ),
        task=Task(
            "check-stock",
            ("read",),
            (
                Example(
                    "Too many bags", {"items": [{"sku": "KEY-01", "quantity": 2}, {"sku": "BAG-14", "quantity": 1}]}
                ),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/inventory/{sku}",
        _get_stock,
        "Reads how many of a product there are.",
        parameters=_SKU,
        output=PRODUCT,
        task=Task(
            "get-inventory-item",
            ("read",),
            (Example("Keyboards", {"sku": "KEY-01"}), Example("Cables", {"sku": "CAB-C2"})),
        ),
    ),
    Endpoint(
        "POST",
        "/inventory/{sku}/reserve",
        _reserve,
        "Sets some of a product aside, or fails where there is not enough.",
        parameters=_SKU,
        body=_ONE,
        output=PRODUCT,
        task=Task(
            "reserve-stock",
            ("write",),
            (
                Example("Two keyboards", {"sku": "KEY-01", "quantity": 2}),
                Example("A bag, of which there are none", {"sku": "BAG-14", "quantity": 1}, fails="CONFLICT"),
            ),
        ),
    ),
    Endpoint(
        "POST",
        "/inventory/{sku}/release",
        _release,
        "Gives back what was set aside.",
        parameters=_SKU,
        body=_ONE,
        output=PRODUCT,
        task=Task(
            "release-stock",
            ("write",),
            (
                Example(
                    "One keyboard, of two that were set aside",
                    {"sku": "KEY-01", "quantity": 1},
                    after=(("reserve-stock", {"sku": "KEY-01", "quantity": 2}),),
                ),
            ),
        ),
    ),
    Endpoint(
        "POST",
        "/inventory/{sku}/restock",
        _restock,
        "Adds what was delivered to the stock.",
        parameters=_SKU,
        body=_ONE,
        output=PRODUCT,
        task=Task("restock", ("write",), (Example("Thirty bags", {"sku": "BAG-14", "quantity": 30}),)),
    ),
    Endpoint(
        "GET",
        "/warehouses",
        _list_warehouses,
        "Lists the warehouses, and how much there is in each.",
        output=listing(
            record(
                {
                    "name": text("Name of the warehouse."),
                    "products": integer("How many kinds of products it keeps."),
                    "available": integer("How many pieces can be ordered."),
                }
            ),
            "The warehouses by name.",
        ),
        task=Task("list-warehouses", ("read",), (Example("Both"),)),
    ),
)
