"""Users, and signing in as one."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.reading import Body, body_of, query_integer, query_text

_TOKEN = "wf-test-token-"  # noqa: S105 - a prefix; the user's id follows


def _list_users(call: Call) -> Answer:
    tier = query_text(call, "tier")
    found = [user for user in call.state.users.values() if tier in {"", user["tier"]}]
    return answer({"users": found[: query_integer(call, "limit", 100)], "total": len(found)})


def _get_user(call: Call) -> Answer:
    return answer(_user(call))


def _create_user(call: Call) -> Answer:
    key = str(10 + call.state.count("users created"))
    call.state.users[key] = _written(body_of(call), key, call)
    return answer(call.state.users[key], 201)


def _update_user(call: Call) -> Answer:
    key = _user(call)["id"]
    call.state.users[key] = _written(body_of(call), key, call)
    return answer(call.state.users[key])


def _delete_user(call: Call) -> Answer:
    del call.state.users[_user(call)["id"]]
    return Answer(204, content_type=None)


def _list_user_orders(call: Call) -> Answer:
    key = _user(call)["id"]
    newest_first = [order for order in reversed(call.state.orders.values()) if order["userId"] == key]
    few = newest_first[: query_integer(call, "limit", 100)]
    return answer({"userId": key, "orders": few, "total": len(newest_first)})


def _login(call: Call) -> Answer:
    body = body_of(call)
    email, password = body.text("email"), body.text("password")
    user = next((user for user in call.state.users.values() if user["email"] == email), None)
    if user is None or password != data.PASSWORD:
        raise ApiError(401, "invalid_credentials", "Email and password do not match.")
    return answer({"token": _TOKEN + user["id"], "expiresIn": 3600, "user": user})


def _me(call: Call) -> Answer:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    user = call.state.users.get(token.removeprefix(_TOKEN)) if token.startswith(_TOKEN) else None
    if scheme.lower() != "bearer" or user is None:
        challenge = {"WWW-Authenticate": "Bearer"}
        raise ApiError(401, "unauthenticated", "A valid bearer token is needed; /auth/login gives one.", challenge)
    return answer(user)


def _user(call: Call) -> JsonObject:
    key = call.parameters["id"]
    if key not in call.state.users:
        raise not_found("user", key)
    return call.state.users[key]


def _written(body: Body, key: str, call: Call) -> JsonObject:
    email = body.text("email")
    if any(user["email"] == email and user["id"] != key for user in call.state.users.values()):
        raise ApiError(409, "email_taken", f"Another user has the email {email}.")
    tier, country = body.choice("tier", data.TIERS, "bronze"), body.choice("country", data.COUNTRIES, "DE")
    return data.user(key, body.text("name"), tier, country, email)


ENDPOINTS = (
    Endpoint("GET", "/users", _list_users, "The users; `tier` picks one tier, `limit` takes the first few."),
    Endpoint("POST", "/users", _create_user, "Makes a user of {name, email, tier?, country?}."),
    Endpoint("GET", "/users/{id}", _get_user, "One user; ids 1 to 10 exist from the start."),
    Endpoint("PUT", "/users/{id}", _update_user, "Replaces a user by {name, email, tier?, country?}."),
    Endpoint("DELETE", "/users/{id}", _delete_user, "Deletes a user; answers 204."),
    Endpoint("GET", "/users/{id}/orders", _list_user_orders, "A user's orders, newest first; `limit` takes a few."),
    Endpoint("POST", "/auth/login", _login, f"A token for {{email, password}}; each password is {data.PASSWORD}."),
    Endpoint("GET", "/auth/me", _me, "The user whose token is sent as `Authorization: Bearer TOKEN`."),
)
