"""Signing in, and the keys of programs."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, ApiError, answer
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.records import USER
from wf_engine.testapi.schemas import integer, listing, name, record, text

_TOKEN = "wf-test-token-"  # noqa: S105 - a prefix; the user's id follows
_KEY = "wf-test-key"
_SECONDS = 3600
_ADA = {"email": "ada@example.com", "password": data.PASSWORD}


def _login(call: Call) -> Answer:
    email, password = call.given["email"], call.given["password"]
    user = next((user for user in call.state.users.values() if user["email"] == email), None)
    if user is None or password != data.PASSWORD:
        raise ApiError(401, "invalid_credentials", "Email and password do not match.")
    call.state.signed_out.discard(_TOKEN + user["id"])
    return answer({"token": _TOKEN + user["id"], "expiresIn": _SECONDS, "user": user})


def _me(call: Call) -> Answer:
    return answer(_signed_in(call))


def _refresh(call: Call) -> Answer:
    user = _signed_in(call)
    call.state.signed_out.add(_token(call))
    number = call.state.count(f"tokens of {user['id']}")
    return answer({"token": f"{_TOKEN}{user['id']}-{number}", "expiresIn": _SECONDS, "user": user})


def _logout(call: Call) -> Answer:
    _signed_in(call)
    call.state.signed_out.add(_token(call))
    return Answer(204, content_type=None)


def _key(call: Call) -> Answer:
    if call.headers.get("x-api-key") != _KEY:
        raise ApiError(403, "forbidden", f"The header X-Api-Key must be {_KEY}.")
    return answer({"client": "demo", "scopes": ["orders:read", "orders:write"]})


def _token(call: Call) -> str:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _signed_in(call: Call) -> JsonObject:
    token = _token(call)
    key = token.removeprefix(_TOKEN).partition("-")[0] if token.startswith(_TOKEN) else ""
    if key not in call.state.users or token in call.state.signed_out:
        challenge = {"WWW-Authenticate": "Bearer"}
        raise ApiError(401, "unauthenticated", "A valid bearer token is needed; /auth/login gives one.", challenge)
    return call.state.users[key]


_SIGNED_IN = record(
    {
        "token": text("What is sent as `Authorization: Bearer TOKEN` from now on."),
        "expiresIn": integer("For how many seconds it holds."),
        "user": USER,
    }
)
_TOKEN_INPUT = {"token": name("What sign-in gave.")}
_BEARER = {"Authorization": "Bearer {{input.token}}"}
_AFTER = (("sign-in", _ADA),)

ENDPOINTS = (
    Endpoint(
        "POST",
        "/auth/login",
        _login,
        f"Signs a user in; everybody's password is {data.PASSWORD}.",
        body={"email": name("Email address of the user."), "password": name("The password.")},
        output=_SIGNED_IN,
        task=Task(
            "sign-in",
            ("login",),
            (
                Example("Ada signs in", _ADA),
                Example("A wrong password", {**_ADA, "password": "guess"}, fails="AUTHENTICATION_ERROR"),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/auth/me",
        _me,
        "Says who is signed in.",
        output=USER,
        task=Task(
            "get-signed-in-user",
            ("read",),
            (
                Example("Ada", {"token": "wf-test-token-1"}, after=_AFTER),
                Example("A made-up token", {"token": "open-sesame"}, fails="AUTHENTICATION_ERROR"),
            ),
            input=_TOKEN_INPUT,
            headers=_BEARER,
        ),
    ),
    Endpoint(
        "POST",
        "/auth/refresh",
        _refresh,
        "Gives a new token for one that still holds, which is then worth nothing.",
        output=_SIGNED_IN,
        task=Task(
            "refresh-token",
            ("login",),
            (Example("A new token for Ada", {"token": "wf-test-token-1"}, after=_AFTER),),
            input=_TOKEN_INPUT,
            headers=_BEARER,
        ),
    ),
    Endpoint(
        "POST",
        "/auth/logout",
        _logout,
        "Signs a user out.",
        output={"type": "null"},
        status=204,
        task=Task(
            "sign-out",
            ("login",),
            (Example("Ada signs out", {"token": "wf-test-token-1"}, after=_AFTER),),
            input=_TOKEN_INPUT,
            headers=_BEARER,
        ),
    ),
    Endpoint(
        "GET",
        "/auth/key",
        _key,
        f"Says what a program may do with its key, {_KEY}.",
        output=record({"client": text("Whose key it is."), "scopes": listing(text("A right."), "What it may do.")}),
        task=Task(
            "check-api-key",
            ("read",),
            (
                Example("The key of the test API", {"key": _KEY}),
                Example("Another key", {"key": "other"}, fails="AUTHORIZATION_ERROR"),
            ),
            input={"key": name("The key.")},
            headers={"X-Api-Key": "{{input.key}}"},
        ),
    ),
)
