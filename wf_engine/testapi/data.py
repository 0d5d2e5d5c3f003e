"""The service's records as they are when it starts: ten users, eight products, twelve orders and their payments."""

from collections.abc import Iterable, Mapping
from typing import Any

JsonObject = dict[str, Any]

CURRENCY = "EUR"
PASSWORD = "correct-horse"  # noqa: S105 - of every user here; the service holds nothing worth a secret
TIERS = ("bronze", "silver", "gold")
ORDER_STATUSES = ("pending", "paid", "shipped", "delivered", "cancelled")
CHANNELS = ("email", "sms", "push")
COUNTRIES = ("AT", "DE", "ES", "FR", "GB", "IT", "JP", "NL", "PL", "US")

_USERS = (
    ("Ada Lovelace", "gold", "GB"),
    ("Bruno Rossi", "silver", "IT"),
    ("Chloé Martin", "bronze", "FR"),
    ("Daan de Vries", "gold", "NL"),
    ("Elena García", "silver", "ES"),
    ("Felix Gruber", "bronze", "AT"),
    ("Grace Hopper", "gold", "US"),
    ("Hanna Kowalska", "silver", "PL"),
    ("Ichirō Tanaka", "bronze", "JP"),
    ("Jonas Weiß", "bronze", "DE"),
)

_PRODUCTS = (
    ("KEY-01", "Keyboard", 4990, 900, "berlin", 40),
    ("MOU-01", "Mouse", 2490, 150, "berlin", 120),
    ("MON-27", "Monitor 27 inches", 21900, 5200, "rotterdam", 15),
    ("LAP-14", "Laptop 14 inches", 119900, 1400, "rotterdam", 8),
    ("CAB-C2", "USB-C cable, 2 m", 990, 60, "berlin", 500),
    ("DOC-10", "Docking station", 15900, 480, "rotterdam", 22),
    ("CHA-65", "Charger 65 W", 3990, 210, "berlin", 75),
    ("BAG-14", "Laptop bag", 5490, 700, "berlin", 0),
)

_ORDERS = (
    ("1", "delivered", (("KEY-01", 1), ("MOU-01", 1))),
    ("2", "shipped", (("MON-27", 2),)),
    ("3", "pending", (("CAB-C2", 3),)),
    ("1", "paid", (("LAP-14", 1), ("CHA-65", 1))),
    ("4", "delivered", (("DOC-10", 1),)),
    ("5", "cancelled", (("BAG-14", 1),)),
    ("6", "pending", (("MOU-01", 2), ("CAB-C2", 2))),
    ("7", "paid", (("MON-27", 1), ("DOC-10", 1))),
    ("8", "shipped", (("KEY-01", 3),)),
    ("9", "pending", (("CHA-65", 1),)),
    ("2", "delivered", (("CAB-C2", 1),)),
    ("1", "pending", (("MON-27", 1), ("CAB-C2", 2))),
)


def users() -> dict[str, JsonObject]:
    """Users by id, `1` to `10`; user 10 has no order."""
    return {str(number): user(str(number), *fields) for number, fields in enumerate(_USERS, 1)}


def user(key: str, name: str, tier: str, country: str, email: str | None = None) -> JsonObject:
    """A user; without an email it has one made of its first name."""
    address = email or f"{name.partition(' ')[0].lower().translate(_TO_ASCII)}@example.com"
    return {"id": key, "name": name, "email": address, "tier": tier, "country": country}


_TO_ASCII = str.maketrans({"é": "e", "ō": "o"})


def products() -> dict[str, JsonObject]:
    """Stock by sku; prices in cents, weights in grams."""
    names = ("sku", "name", "priceCents", "weightGrams", "warehouse", "available")
    return {fields[0]: {**dict(zip(names, fields, strict=True)), "reserved": 0} for fields in _PRODUCTS}


def orders() -> dict[str, JsonObject]:
    """Orders by id, `ord-1001` to `ord-1012`, oldest first."""
    catalogue = products()
    made = (
        order(f"ord-{1000 + number}", number, customer, lines, catalogue, status)
        for number, (customer, status, lines) in enumerate(_ORDERS, 1)
    )
    return {each["id"]: each for each in made}


def order(
    key: str,
    day: int,
    customer: str,
    lines: Iterable[tuple[str, int]],
    catalogue: Mapping[str, JsonObject],
    status: str = "pending",
) -> JsonObject:
    """An order for (sku, quantity) `lines`, made on the given day of the service's own calendar."""
    items = [{"sku": sku, "quantity": count, "unitPriceCents": catalogue[sku]["priceCents"]} for sku, count in lines]
    return {
        "id": key,
        "userId": customer,
        "status": status,
        "createdAt": moment(day),
        "items": items,
        "totalCents": sum(item["quantity"] * item["unitPriceCents"] for item in items),
        "currency": CURRENCY,
        "weightGrams": sum(item["quantity"] * catalogue[item["sku"]]["weightGrams"] for item in items),
        "paymentId": None if status in {"pending", "cancelled"} else key.replace("ord-", "pay-"),
    }


def payments() -> dict[str, JsonObject]:
    """Payments by id, one for each order that is paid."""
    paid = (each for each in orders().values() if each["paymentId"])
    made = (payment(each["paymentId"], each["id"], each["totalCents"]) for each in paid)
    return {each["id"]: each for each in made}


def payment(key: str, order_key: str, cents: int, method: str = "card") -> JsonObject:
    """A payment that went through."""
    return {
        "id": key,
        "orderId": order_key,
        "amountCents": cents,
        "currency": CURRENCY,
        "method": method,
        "status": "captured",
        "refundedCents": 0,
    }


def moment(day: int) -> str:
    """When something happened, in a calendar of the service's own; reading no clock keeps answers repeatable."""
    return f"2026-{1 + (day // 28) % 12:02}-{1 + day % 28:02}T09:00:00Z"
