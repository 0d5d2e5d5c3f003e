"""Users, and what they like."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.records import LIMIT, ORDER, TOTAL, USER, USER_ID
from wf_engine.testapi.schemas import choice, flag, listing, name, record


def _list_users(call: Call) -> Answer:
    tier = call.given.get("tier")
    found = [user for user in call.state.users.values() if tier in {None, user["tier"]}]
    return answer({"users": found[: call.given["limit"]], "total": len(found)})


def _find_users(call: Call) -> Answer:
    wanted = call.given["q"].casefold()
    found = [user for user in call.state.users.values() if wanted in f"{user['name']} {user['email']}".casefold()]
    return answer({"users": found, "total": len(found)})


def _get_user(call: Call) -> Answer:
    return answer(_user(call))


def _create_user(call: Call) -> Answer:
    key = str(10 + call.state.count("users created"))
    return answer(_written(call, key), 201)


def _update_user(call: Call) -> Answer:
    return answer(_written(call, _user(call)["id"]))


def _change_user(call: Call) -> Answer:
    user = _user(call)
    _refuse_taken(call, call.given.get("email"), user["id"])
    user.update(call.given)
    return answer(user)


def _delete_user(call: Call) -> Answer:
    del call.state.users[_user(call)["id"]]
    return Answer(204, content_type=None)


def _list_user_orders(call: Call) -> Answer:
    key = _user(call)["id"]
    newest_first = [order for order in reversed(call.state.orders.values()) if order["userId"] == key]
    return answer({"userId": key, "orders": newest_first[: call.given["limit"]], "total": len(newest_first)})


def _get_preferences(call: Call) -> Answer:
    key = _user(call)["id"]
    return answer(call.state.preferences.get(key, {"userId": key, "channel": "email", "newsletter": False}))


def _set_preferences(call: Call) -> Answer:
    key = _user(call)["id"]
    call.state.preferences[key] = {"userId": key, **{each: call.given[each] for each in _PREFERENCES}}
    return answer(call.state.preferences[key])


def _user(call: Call) -> JsonObject:
    key = call.given.get("id") or call.given["userId"]
    if key not in call.state.users:
        raise not_found("user", key)
    return call.state.users[key]


def _written(call: Call, key: str) -> JsonObject:
    given = call.given
    _refuse_taken(call, given["email"], key)
    call.state.users[key] = data.user(key, given["name"], given["tier"], given["country"], given["email"])
    return call.state.users[key]


def _refuse_taken(call: Call, email: str | None, key: str) -> None:
    if any(user["email"] == email and user["id"] != key for user in call.state.users.values()):
        raise ApiError(409, "email_taken", f"Another user has the email {email}.")


_WRITTEN = {
    "name": name("Full name."),
    "email": name("Email address; no two users share one."),
    "tier": choice(data.TIERS, "How good a customer the user is.", default="bronze"),
    "country": choice(data.COUNTRIES, "Country the user lives in, as two letters (ISO 3166).", default="DE"),
}
_USERS = record({"users": listing(USER, "The users, in the order of their ids."), "total": TOTAL})
_PREFERENCES = {
    "channel": choice(data.CHANNELS, "How to reach the user."),
    "newsletter": flag("Whether the user wants news."),
}
_PREFERRED = record({"userId": USER_ID, **_PREFERENCES})

ENDPOINTS = (
    Endpoint(
        "GET",
        "/users",
        _list_users,
        "Lists the users, all of them or those of one tier.",
        query={"tier?": choice(data.TIERS, "Only users of this tier; without it all."), "limit": LIMIT},
        output=_USERS,
        task=Task("list-users", ("read",), (Example("The best customer", {"tier": "gold", "limit": 1}),)),
    ),
    Endpoint(
        "GET",
        "/users/search",
        _find_users,
        "Finds users by a part of their name or email address.",
        query={"q": name("What the name or the address has in it.")},
        output=_USERS,
        task=Task("find-users", ("read", "search"), (Example("Everybody called Grace", {"q": "grace"}),)),
    ),
    Endpoint(
        "POST",
        "/users",
        _create_user,
        "Makes a user.",
        body=_WRITTEN,
        output=USER,
        status=201,
        task=Task(
            "create-user",
            ("write",),
            (
                Example("A customer in France", {"name": "Kim Park", "email": "kim@example.com", "country": "FR"}),
                Example("An address that is taken", {"name": "Kim", "email": "ada@example.com"}, fails="CONFLICT"),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/users/{id}",
        _get_user,
        "Reads one user; 1 to 10 exist from the start.",
        parameters={"id": USER_ID},
        output=USER,
        task=Task(
            "get-user",
            ("read",),
            (
                Example("Ada", {"id": "1"}),
                Example("Chloé", {"id": "3"}),
                Example("Jonas", {"id": "10"}),
                Example("Nobody", {"id": "77"}, fails="NOT_FOUND"),
            ),
        ),
    ),
    Endpoint(
        "PUT",
        "/users/{id}",
        _update_user,
        "Replaces what is known of a user.",
        parameters={"id": USER_ID},
        body=_WRITTEN,
        output=USER,
        task=Task(
            "update-user",
            ("write",),
            (
                Example(
                    "Bruno moves to Spain",
                    {"id": "2", "name": "Bruno Rossi", "email": "bruno@example.com", "tier": "silver", "country": "ES"},
                ),
            ),
        ),
    ),
    Endpoint(
        "PATCH",
        "/users/{id}",
        _change_user,
        "Changes a part of what is known of a user, and leaves the rest.",
        parameters={"id": USER_ID},
        body={
            f"{key}?": {word: each for word, each in schema.items() if word != "default"}
            for key, schema in _WRITTEN.items()
        },
        output=USER,
        task=Task(
            "change-user", ("write",), (Example("Chloé becomes a better customer", {"id": "3", "tier": "silver"}),)
        ),
    ),
    Endpoint(
        "DELETE",
        "/users/{id}",
        _delete_user,
        "Deletes a user.",
        parameters={"id": USER_ID},
        output={"type": "null"},
        status=204,
        task=Task("delete-user", ("write",), (Example("Jonas leaves", {"id": "10"}),)),
    ),
    Endpoint(
        "GET",
        "/users/{userId}/orders",
        _list_user_orders,
        "Lists the orders of a user, the newest first.",
        parameters={"userId": USER_ID},
        query={"limit": LIMIT},
        output=record({"userId": USER_ID, "orders": listing(ORDER, "The orders, newest first."), "total": TOTAL}),
        task=Task(
            "list-user-orders",
            ("read", "orders"),
            (
                Example("The latest order", {"userId": "1", "limit": 1}),
                Example("Every order", {"userId": "1", "limit": 5}),
                Example("No orders", {"userId": "10", "limit": 1}),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/users/{userId}/preferences",
        _get_preferences,
        "Reads how a user wants to be reached.",
        parameters={"userId": USER_ID},
        output=_PREFERRED,
        task=Task("get-preferences", ("read",), (Example("As they are at first", {"userId": "1"}),)),
    ),
    Endpoint(
        "PUT",
        "/users/{userId}/preferences",
        _set_preferences,
        "Sets how a user wants to be reached.",
        parameters={"userId": USER_ID},
        body=_PREFERENCES,
        output=_PREFERRED,
        task=Task(
            "set-preferences",
            ("write",),
            (Example("News by text message", {"userId": "1", "channel": "sms", "newsletter": True}),),
        ),
    ),
)
