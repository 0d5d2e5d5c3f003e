"""Messages to people."""

from wf_engine.testapi import data
from wf_engine.testapi.answers import Answer, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.records import LIMIT, TOTAL
from wf_engine.testapi.schemas import choice, integer, listing, name, record, text


def _send(call: Call) -> Answer:
    return answer(_queued(call, call.given["to"]), 202)


def _send_bulk(call: Call) -> Answer:
    sent = [_queued(call, to)["id"] for to in call.given["to"]]
    return answer({"accepted": len(sent), "ids": sent}, 202)


def _queued(call: Call, to: str) -> JsonObject:
    sent = call.state.notifications
    key = f"ntf-{1 + len(sent)}"
    fields = {each: call.given[each] for each in ("channel", "message")}
    sent[key] = {"id": key, "status": "queued", "channel": fields["channel"], "to": to, "message": fields["message"]}
    return sent[key]


def _list(call: Call) -> Answer:
    channel = call.given.get("channel")
    found = [each for each in call.state.notifications.values() if channel in {None, each["channel"]}]
    return answer({"notifications": found[: call.given["limit"]], "total": len(found)})


def _get(call: Call) -> Answer:
    return answer(_notification(call))


def _cancel(call: Call) -> Answer:
    found = _notification(call)
    found["status"] = "cancelled"
    return answer(found)


def _notification(call: Call) -> JsonObject:
    key = call.given["id"]
    if key not in call.state.notifications:
        raise not_found("notification", key)
    return call.state.notifications[key]


_CHANNEL = choice(data.CHANNELS, "How it is sent.", default="email")
_TO = name("Who gets it: an email address, a phone number or a device.")
_MESSAGE = name("What it says.")
_NOTIFICATION = record(
    {
        "id": text("Id of the message."),
        "status": choice(("queued", "cancelled"), "Whether it will be sent."),
        "channel": choice(data.CHANNELS, "How it is sent."),
        "to": text("Who gets it."),
        "message": text("What it says."),
    }
)
_ID = {"id": name("Id of the message.")}
_THANKS = {"to": "chloe@example.com", "message": "Thank you."}
_SENT = (("send-notification", _THANKS),)

ENDPOINTS = (
    Endpoint(
        "POST",
        "/notifications",
        _send,
        "Takes a message, to be sent later.",
        body={"to": _TO, "message": _MESSAGE, "channel": _CHANNEL},
        output=_NOTIFICATION,
        status=202,
        task=Task("send-notification", ("write",), (Example("A receipt", _THANKS),)),
    ),
    Endpoint(
        "POST",
        "/notifications/bulk",
        _send_bulk,
        "Takes one message for many, to be sent later.",
        body={
            "to": listing(_TO, "Who gets it, up to 100.", minItems=1, maxItems=100),
            "message": _MESSAGE,
            "channel": _CHANNEL,
        },
        output=record(
            {
                "accepted": integer("How many messages were taken."),
                "ids": listing(text("Id of a message."), "Their ids."),
            }
        ),
        status=202,
        task=Task(
            "send-notifications",
            ("write", "bulk"),
            (Example("Two at once", {"to": ["ada@example.com", "bruno@example.com"], "message": "We are back."}),),
        ),
    ),
    Endpoint(
        "GET",
        "/notifications",
        _list,
        "Lists the messages that were taken, all of them or those of one channel.",
        query={"channel?": choice(data.CHANNELS, "Only messages sent this way; without it all."), "limit": LIMIT},
        output=record({"notifications": listing(_NOTIFICATION, "The messages, oldest first."), "total": TOTAL}),
        task=Task("list-notifications", ("read",), (Example("After one was sent", after=_SENT),)),
    ),
    Endpoint(
        "GET",
        "/notifications/{id}",
        _get,
        "Reads one message.",
        parameters=_ID,
        output=_NOTIFICATION,
        task=Task(
            "get-notification",
            ("read",),
            (
                Example("The first that was sent", {"id": "ntf-1"}, after=_SENT),
                Example("One that was never sent", {"id": "ntf-9"}, fails="NOT_FOUND"),
            ),
        ),
    ),
    Endpoint(
        "DELETE",
        "/notifications/{id}",
        _cancel,
        "Keeps a message from being sent.",
        parameters=_ID,
        output=_NOTIFICATION,
        task=Task(
            "cancel-notification", ("write",), (Example("The first that was sent", {"id": "ntf-1"}, after=_SENT),)
        ),
    ),
)
