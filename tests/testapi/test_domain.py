"""Users, orders, stock, payments, parcels and messages over real HTTP."""

import httpx
import pytest

ADA = {"id": "1", "name": "Ada Lovelace", "email": "ada@example.com", "tier": "gold", "country": "GB"}


def code_of(response: httpx.Response) -> str:
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    code: str = body["error"]["code"]
    return code


def test_there_are_ten_users(api: httpx.Client) -> None:
    found = api.get("/users").json()
    assert [user["id"] for user in found["users"]] == [str(number) for number in range(1, 11)]
    assert found["total"] == 10
    assert len({user["email"] for user in found["users"]}) == 10
    assert found["users"][0] == ADA


def test_users_are_picked_by_tier_and_limited(api: httpx.Client) -> None:
    found = api.get("/users", params={"tier": "gold", "limit": 2}).json()
    assert [user["tier"] for user in found["users"]] == ["gold", "gold"]
    assert found["total"] == 3


def test_one_user(api: httpx.Client) -> None:
    assert api.get("/users/1").json() == ADA


def test_an_unknown_user_is_not_found(api: httpx.Client) -> None:
    response = api.get("/users/77")
    assert response.status_code == 404
    assert code_of(response) == "not_found"


def test_a_user_is_made_replaced_and_deleted(api: httpx.Client) -> None:
    made = api.post("/users", json={"name": "Kim Park", "email": "kim@example.com"})
    assert made.status_code == 201
    assert made.json() == {
        "id": "11",
        "name": "Kim Park",
        "email": "kim@example.com",
        "tier": "bronze",
        "country": "DE",
    }
    replaced = api.put("/users/11", json={"name": "Kim Lee", "email": "kim@example.com", "tier": "silver"})
    assert replaced.json() == {**made.json(), "name": "Kim Lee", "tier": "silver"}
    assert api.get("/users/11").json() == replaced.json()
    deleted = api.delete("/users/11")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert api.get("/users/11").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "invalid_json"),
        (b"[" * 100_000, 400, "invalid_json"),
        (b"\xff", 400, "invalid_json"),
        (b"[]", 400, "invalid_request"),
        (b"{}", 400, "invalid_request"),
        (b'{"name": "", "email": "x@example.com"}', 400, "invalid_request"),
        (b'{"name": 7, "email": "x@example.com"}', 400, "invalid_request"),
        (b'{"name": "X", "email": "x@example.com", "tier": "iron"}', 400, "invalid_request"),
        (b'{"name": "X", "email": "ada@example.com"}', 409, "email_taken"),
    ],
)
def test_a_bad_user_is_refused(api: httpx.Client, body: bytes, status: int, code: str) -> None:
    response = api.post("/users", content=body)
    assert (response.status_code, code_of(response)) == (status, code)
    assert api.get("/users").json()["total"] == 10


def test_orders_of_a_user_come_newest_first(api: httpx.Client) -> None:
    found = api.get("/users/1/orders").json()
    assert [order["id"] for order in found["orders"]] == ["ord-1012", "ord-1004", "ord-1001"]
    assert [order["id"] for order in api.get("/users/1/orders?limit=1").json()["orders"]] == ["ord-1012"]
    assert api.get("/users/10/orders").json() == {"userId": "10", "orders": [], "total": 0}
    assert api.get("/users/77/orders").status_code == 404


def test_signing_in(api: httpx.Client) -> None:
    answer = api.post("/auth/login", json={"email": "ada@example.com", "password": "correct-horse"}).json()
    assert answer["user"] == ADA
    assert api.get("/auth/me", headers={"Authorization": f"Bearer {answer['token']}"}).json() == ADA


def test_signing_in_with_a_wrong_password(api: httpx.Client) -> None:
    response = api.post("/auth/login", json={"email": "ada@example.com", "password": "guess"})
    assert (response.status_code, code_of(response)) == (401, "invalid_credentials")


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer nonsense", "Bearer wf-test-token-77", "Basic wf-test-token-1"]
)
def test_without_a_valid_token_nobody_is_signed_in(api: httpx.Client, authorization: str) -> None:
    response = api.get("/auth/me", headers={"Authorization": authorization})
    assert (response.status_code, code_of(response)) == (401, "unauthenticated")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_orders_are_picked_by_status(api: httpx.Client) -> None:
    assert api.get("/orders").json()["total"] == 12
    pending = api.get("/orders", params={"status": "pending", "limit": 2}).json()
    assert [order["id"] for order in pending["orders"]] == ["ord-1003", "ord-1007"]
    assert pending["total"] == 4
    refused = api.get("/orders?status=lost")
    assert (refused.status_code, code_of(refused)) == (400, "invalid_request")


def test_an_order_adds_up(api: httpx.Client) -> None:
    order = api.get("/orders/ord-1001").json()
    assert order["totalCents"] == sum(item["quantity"] * item["unitPriceCents"] for item in order["items"]) == 7480
    assert order["weightGrams"] == 900 + 150
    assert order["paymentId"] == "pay-1001"
    assert api.get("/orders/ord-1").status_code == 404


def test_an_order_is_made(api: httpx.Client) -> None:
    body = {"userId": "10", "items": [{"sku": "CAB-C2", "quantity": 2}]}
    made = api.post("/orders", json=body)
    assert made.status_code == 201
    assert made.json() == {
        "id": "ord-2001",
        "userId": "10",
        "status": "pending",
        "createdAt": "2026-01-14T09:00:00Z",
        "items": [{"sku": "CAB-C2", "quantity": 2, "unitPriceCents": 990}],
        "totalCents": 1980,
        "currency": "EUR",
        "weightGrams": 120,
        "paymentId": None,
    }
    assert api.get("/users/10/orders").json()["orders"] == [made.json()]


@pytest.mark.parametrize(
    "body",
    [
        {"userId": "77", "items": [{"sku": "CAB-C2", "quantity": 1}]},
        {"userId": "1", "items": []},
        {"userId": "1", "items": ["CAB-C2"]},
        {"userId": "1", "items": [{"sku": "NONE", "quantity": 1}]},
        {"userId": "1", "items": [{"sku": "CAB-C2", "quantity": 0}]},
        {"userId": "1", "items": [{"sku": "CAB-C2", "quantity": "1"}]},
        {"userId": "1", "items": [{"sku": "CAB-C2", "quantity": True}]},
        {"userId": "1", "items": [{"sku": "CAB-C2"}]},
    ],
)
def test_a_bad_order_is_refused(api: httpx.Client, body: object) -> None:
    response = api.post("/orders", json=body)
    assert (response.status_code, code_of(response)) == (400, "invalid_request")
    assert api.get("/orders").json()["total"] == 12


def test_an_order_is_cancelled_before_it_is_shipped(api: httpx.Client) -> None:
    assert api.post("/orders/ord-1003/cancel").json()["status"] == "cancelled"
    assert api.get("/orders/ord-1003").json()["status"] == "cancelled"
    late = api.post("/orders/ord-1002/cancel")
    assert (late.status_code, code_of(late)) == (409, "not_cancellable")


def test_the_stock(api: httpx.Client) -> None:
    assert api.get("/inventory").json()["total"] == 8
    rotterdam = api.get("/inventory?warehouse=rotterdam").json()
    assert {item["sku"] for item in rotterdam["items"]} == {"MON-27", "LAP-14", "DOC-10"}
    assert api.get("/inventory/KEY-01").json() == {
        "sku": "KEY-01",
        "name": "Keyboard",
        "priceCents": 4990,
        "weightGrams": 900,
        "warehouse": "berlin",
        "available": 40,
        "reserved": 0,
    }
    assert api.get("/inventory/NONE").status_code == 404


def test_stock_is_reserved_and_released(api: httpx.Client) -> None:
    reserved = api.post("/inventory/LAP-14/reserve", json={"quantity": 3}).json()
    assert (reserved["available"], reserved["reserved"]) == (5, 3)
    released = api.post("/inventory/LAP-14/release", json={"quantity": 1}).json()
    assert (released["available"], released["reserved"]) == (6, 2)
    too_many = api.post("/inventory/LAP-14/reserve", json={"quantity": 7})
    assert (too_many.status_code, code_of(too_many)) == (409, "insufficient_stock")
    not_held = api.post("/inventory/LAP-14/release", json={"quantity": 3})
    assert (not_held.status_code, code_of(not_held)) == (409, "not_reserved")
    assert api.get("/inventory/LAP-14").json() == released


def test_a_charge_pays_its_order(api: httpx.Client) -> None:
    made = api.post("/payments", json={"orderId": "ord-1003", "amountCents": 2970})
    assert made.status_code == 201
    assert made.json() == {
        "id": "pay-2001",
        "orderId": "ord-1003",
        "amountCents": 2970,
        "currency": "EUR",
        "method": "card",
        "status": "captured",
        "refundedCents": 0,
    }
    assert api.get("/payments/pay-2001").json() == made.json()
    order = api.get("/orders/ord-1003").json()
    assert (order["status"], order["paymentId"]) == ("paid", "pay-2001")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"orderId": "ord-1", "amountCents": 1}, 400, "invalid_request"),
        ({"orderId": "ord-1003", "amountCents": 0}, 400, "invalid_request"),
        ({"orderId": "ord-1003", "amountCents": 1_000_001}, 402, "card_declined"),
    ],
)
def test_a_bad_charge_is_refused(api: httpx.Client, body: object, status: int, code: str) -> None:
    response = api.post("/payments", json=body)
    assert (response.status_code, code_of(response)) == (status, code)
    assert api.get("/orders/ord-1003").json()["status"] == "pending"


def test_a_payment_is_refunded_in_parts(api: httpx.Client) -> None:
    part = api.post("/payments/pay-1001/refund", json={"amountCents": 480}).json()
    assert (part["status"], part["refundedCents"]) == ("partlyRefunded", 480)
    whole = api.post("/payments/pay-1001/refund").json()
    assert (whole["status"], whole["refundedCents"]) == ("refunded", 7480)
    again = api.post("/payments/pay-1001/refund")
    assert (again.status_code, code_of(again)) == (409, "refund_too_large")
    assert api.get("/payments/pay-1001").json() == whole
    assert api.get("/payments/pay-1").status_code == 404


def test_a_notification_is_queued(api: httpx.Client) -> None:
    body = {"to": "ada@example.com", "message": "Paid."}
    queued = api.post("/notifications", json=body)
    assert queued.status_code == 202
    assert queued.json() == {"id": "ntf-1", "status": "queued", "channel": "email", **body}
    assert api.post("/notifications", json={**body, "channel": "pigeon"}).status_code == 400


def test_a_shipping_quote(api: httpx.Client) -> None:
    near = api.get("/shipping/quote?country=DE&weightGrams=2500").json()
    assert near == {
        "country": "DE",
        "weightGrams": 2500,
        "service": "standard",
        "priceCents": 490 + 400,
        "currency": "EUR",
        "days": 4,
    }
    far = api.get("/shipping/quote?country=JP&weightGrams=0&service=express").json()
    assert (far["priceCents"], far["days"]) == (4470, 6)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("country=XX&weightGrams=1", 422, "not_delivered_to"),
        ("country=DE", 400, "invalid_request"),
        ("country=DE&weightGrams=heavy", 400, "invalid_request"),
        ("country=DE&weightGrams=-1", 400, "invalid_request"),
        ("country=DE&weightGrams=" + "9" * 5000, 400, "invalid_request"),
        ("country=DE&weightGrams=1&service=teleport", 400, "invalid_request"),
    ],
)
def test_a_bad_quote_is_refused(api: httpx.Client, query: str, status: int, code: str) -> None:
    response = api.get(f"/shipping/quote?{query}")
    assert (response.status_code, code_of(response)) == (status, code)


def test_a_post_with_a_known_idempotency_key_is_done_once(api: httpx.Client) -> None:
    headers = {"Idempotency-Key": "execution-1/charge"}
    body = {"orderId": "ord-1003", "amountCents": 2970}
    first = api.post("/payments", json=body, headers=headers)
    second = api.post("/payments", json=body, headers=headers)
    assert second.json() == first.json()
    assert second.status_code == 201
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert api.get("/payments/pay-2002").status_code == 404
    other = api.post("/payments", json={**body, "amountCents": 1}, headers=headers)
    assert (other.status_code, code_of(other)) == (422, "idempotency_key_reused")


def test_a_failed_post_may_be_repeated_under_its_key(api: httpx.Client) -> None:
    headers = {"Idempotency-Key": "execution-1/reserve"}
    url, wanted = "/inventory/LAP-14/reserve", {"quantity": 8}
    api.post(url, json={"quantity": 5})
    assert api.post(url, json=wanted, headers=headers).status_code == 409
    api.post("/inventory/LAP-14/release", json={"quantity": 5})
    assert api.post(url, json=wanted, headers=headers).json()["reserved"] == 8
    assert api.post("/inventory/KEY-01/reserve", json=wanted, headers=headers).json()["reserved"] == 8
