"""What the examples do not show of the further domains: what is remembered, and what is refused."""

import httpx
import pytest


def test_a_user_is_changed_in_part(api: httpx.Client) -> None:
    changed = api.patch("/users/3", json={"tier": "silver"}).json()
    assert (changed["tier"], changed["name"]) == ("silver", "Chloé Martin")
    assert api.patch("/users/3", json={"email": "ada@example.com"}).status_code == 409
    assert api.patch("/users/3", json={"email": "chloe@example.com"}).status_code == 200


def test_preferences_are_remembered(api: httpx.Client) -> None:
    wanted = {"channel": "push", "newsletter": True}
    assert api.put("/users/2/preferences", json=wanted).json() == {"userId": "2", **wanted}
    assert api.get("/users/2/preferences").json() == {"userId": "2", **wanted}
    assert api.get("/users/3/preferences").json()["newsletter"] is False
    assert api.get("/users/77/preferences").status_code == 404


def test_a_token_is_worth_nothing_after_it_was_refreshed_or_signed_out(api: httpx.Client) -> None:
    def me(token: str) -> int:
        return api.get("/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code

    signed_in = {"email": "ada@example.com", "password": "correct-horse"}
    first = api.post("/auth/login", json=signed_in).json()["token"]
    second = api.post("/auth/refresh", headers={"Authorization": f"Bearer {first}"}).json()["token"]
    assert (me(first), me(second)) == (401, 200)
    assert api.post("/auth/logout", headers={"Authorization": f"Bearer {second}"}).status_code == 204
    assert me(second) == 401
    assert me(api.post("/auth/login", json=signed_in).json()["token"]) == 200


def test_an_order_goes_its_way(api: httpx.Client) -> None:
    assert api.post("/orders/ord-1003/ship").status_code == 409
    api.post("/payments", json={"orderId": "ord-1003", "amountCents": 2970})
    assert api.get("/parcels/par-1003").status_code == 404
    assert api.post("/orders/ord-1003/ship").json()["status"] == "shipped"
    assert api.get("/parcels/par-1003").json()["status"] == "inTransit"
    assert api.get("/orders/statistics").json()["byStatus"]["shipped"] == 3


def test_an_authorized_payment_is_captured_or_voided_once(api: httpx.Client) -> None:
    made = api.post("/payments/authorize", json={"orderId": "ord-1003", "amountCents": 10}).json()
    assert (made["status"], api.get("/orders/ord-1003").json()["status"]) == ("authorized", "pending")
    assert api.post(f"/payments/{made['id']}/refund").status_code == 409
    assert api.post(f"/payments/{made['id']}/capture").json()["status"] == "captured"
    assert api.get("/orders/ord-1003").json()["status"] == "paid"
    assert api.post(f"/payments/{made['id']}/void").status_code == 409


def test_messages_are_listed_and_cancelled(api: httpx.Client) -> None:
    sent = api.post("/notifications/bulk", json={"to": ["a", "b"], "message": "Hello.", "channel": "sms"}).json()
    assert sent == {"accepted": 2, "ids": ["ntf-1", "ntf-2"]}
    assert api.delete("/notifications/ntf-2").json()["status"] == "cancelled"
    assert [each["status"] for each in api.get("/notifications?channel=sms").json()["notifications"]] == [
        "queued",
        "cancelled",
    ]
    assert api.get("/notifications?channel=email").json()["total"] == 0
    assert api.post("/notifications/bulk", json={"to": [], "message": "Hello."}).status_code == 400


def test_a_job_ends_at_the_look_that_was_asked(api: httpx.Client) -> None:
    job = api.post("/jobs", json={"kind": "export", "looks": 2}).json()
    looks = [api.get(f"/jobs/{job['id']}").json()["percent"] for _ in range(3)]
    assert (job["percent"], looks) == (0, [50, 100, 100])


def test_the_feed_is_read_in_parts(api: httpx.Client) -> None:
    for number in range(3):
        api.post("/events", json={"kind": "tick", "subject": str(number)})
    first = api.get("/events?limit=2").json()
    assert ([each["subject"] for each in first["events"]], first["more"]) == (["0", "1"], True)
    rest = api.get(f"/events?after={first['last']}").json()
    assert ([each["subject"] for each in rest["events"]], rest["more"]) == (["2"], False)


def test_a_patch_is_done_once_by_its_key(api: httpx.Client) -> None:
    headers = {"Idempotency-Key": "k"}
    first = api.patch("/users/3", json={"tier": "silver"}, headers=headers)
    again = api.patch("/users/3", json={"tier": "silver"}, headers=headers)
    assert (again.json(), again.headers.get("Idempotent-Replayed")) == (first.json(), "true")


def test_a_sequence_stays_with_its_last_status(api: httpx.Client) -> None:
    path = "/sequence/a?statuses=502&statuses=200&statuses=404"
    assert [api.get(path).status_code for _ in range(4)] == [502, 200, 404, 404]
    assert api.get("/sequence/b?statuses=100").status_code == 400


@pytest.mark.parametrize(("path", "size"), [("list?count=2000", 2000), ("wide?keys=3000", 3000), ("list?count=0", 0)])
def test_large_answers_have_as_many_parts_as_were_asked(api: httpx.Client, path: str, size: int) -> None:
    assert len(api.get(f"/large/{path}").json()) == size


def test_deep_answers_are_as_deep_as_was_asked(api: httpx.Client) -> None:
    assert api.get("/large/deep?depth=90000").text.count("{") == 90_000


def test_shapes_and_orders_differ_and_repeat(api: httpx.Client) -> None:
    def seen() -> list[str]:
        return [api.get(f"/chaos/{what}?seed=x").text for what in ("shape", "shuffled") for _ in range(5)]

    first = seen()
    assert len(set(first)) > 5
    api.post("/reset")
    assert seen() == first
