"""The schemas of what several endpoints take or give."""

from wf_engine.testapi import data
from wf_engine.testapi.schemas import Schema, choice, integer, listing, name, nullable, record, text

TOTAL = integer("How many there are, whatever the limit.")
LIMIT = integer("At most so many of them.", 1, maximum=100, default=100)

USER_ID = name("Id of the user.")
USER = record(
    {
        "id": text("Id of the user."),
        "name": text("Full name."),
        "email": text("Email address."),
        "tier": choice(data.TIERS, "How good a customer the user is."),
        "country": text("Country the user lives in, as two letters (ISO 3166)."),
    }
)

SKU = name("Product.")
QUANTITY = integer("How many of it.", 1)
WANTED = listing(record({"sku": SKU, "quantity": QUANTITY}), "What is wanted.", minItems=1)
PRODUCT = record(
    {
        "sku": text("Product."),
        "name": text("Name of the product."),
        "priceCents": integer("Price of one."),
        "weightGrams": integer("Weight of one."),
        "warehouse": text("Where it is kept."),
        "available": integer("How many can be ordered."),
        "reserved": integer("How many are set aside."),
    }
)

ORDER_ID = name("Id of the order.")
LINE = record(
    {
        "sku": text("Product."),
        "quantity": QUANTITY,
        "unitPriceCents": integer("Price of one."),
    }
)
ORDER = record(
    {
        "id": text("Id of the order."),
        "userId": text("Id of the user who ordered."),
        "status": choice(data.ORDER_STATUSES, "How far the order has come."),
        "createdAt": text("When it was made (RFC 3339)."),
        "items": listing(LINE, "What was ordered."),
        "totalCents": integer("Price of the whole order."),
        "currency": text("Currency of all prices (ISO 4217)."),
        "weightGrams": integer("Weight of the whole order."),
        "paymentId": nullable(text("The payment; null while it is not paid.")),
    }
)


def keyed(about: str = "Calls are counted by key.") -> dict[str, Schema]:
    """The path parameter of endpoints that remember how often they were called."""
    return {"key": name(about)}
