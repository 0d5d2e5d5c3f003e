"""What changes while one looks: sensors, jobs that take a few looks to finish, and a feed of events."""

from wf_engine.testapi.answers import Answer, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.data import JsonObject
from wf_engine.testapi.schemas import choice, flag, integer, listing, name, nullable, number, record, text

_SENSORS = {
    "hall-1": ("Hall 1", "celsius", 21.0),
    "hall-2": ("Hall 2", "celsius", 19.5),
    "cold-store": ("Cold store", "celsius", -18.0),
}
_SWING = (0.0, 0.5, 1.0, 0.5, 0.0, -0.5, -1.0, -0.5)
_SPIKE_EVERY, _SPIKE = 10, 8.0
"""Each tenth reading is far off, so that there is something to notice."""


def _list_sensors(_call: Call) -> Answer:
    return answer([{"id": key, "name": name, "unit": unit} for key, (name, unit, _) in _SENSORS.items()])


def _readings(call: Call) -> Answer:
    key = call.given["id"]
    if key not in _SENSORS:
        raise not_found("sensor", key)
    usual = _SENSORS[key][2]
    first = call.given["first"]
    return answer(
        [{"number": each, "value": _value(usual, each)} for each in range(first, first + call.given["count"])]
    )


def _value(usual: float, number: int) -> float:
    return usual + _SWING[number % len(_SWING)] + (_SPIKE if number % _SPIKE_EVERY == 0 else 0)


def _start_job(call: Call) -> Answer:
    key = f"job-{call.state.count('jobs')}"
    call.state.jobs[key] = {"id": key, "kind": call.given["kind"], "looks": 0, "needs": call.given["looks"]}
    return answer(_shown(call.state.jobs[key]), 202)


def _get_job(call: Call) -> Answer:
    key = call.given["id"]
    if key not in call.state.jobs:
        raise not_found("job", key)
    job = call.state.jobs[key]
    job["looks"] = min(job["looks"] + 1, job["needs"])
    return answer(_shown(job))


def _shown(job: JsonObject) -> JsonObject:
    done = job["looks"] >= job["needs"]
    percent = 100 * job["looks"] // job["needs"] if job["needs"] else 100
    result = f"{job['kind']} of {job['id']}" if done else None
    return {
        "id": job["id"],
        "kind": job["kind"],
        "status": "done" if done else "running",
        "percent": percent,
        "result": result,
    }


def _publish(call: Call) -> Answer:
    event = {"number": len(call.state.events) + 1, "kind": call.given["kind"], "subject": call.given["subject"]}
    call.state.events.append(event)
    return answer(event, 201)


def _list_events(call: Call) -> Answer:
    after, limit = call.given["after"], call.given["limit"]
    found = call.state.events[after : after + limit]
    last = after + len(found)
    return answer({"events": found, "last": last, "more": last < len(call.state.events)})


_JOB = record(
    {
        "id": text("Id of the job."),
        "kind": text("What it does."),
        "status": choice(("running", "done"), "Whether it has ended."),
        "percent": integer("How far it is.", maximum=100),
        "result": nullable(text("What came of it; null while it runs.")),
    }
)
_EVENT = record(
    {
        "number": integer("Its place in the feed.", 1),
        "kind": text("What happened."),
        "subject": text("To whom or what."),
    }
)
_PAID = {"kind": "order.paid", "subject": "ord-1004"}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/sensors",
        _list_sensors,
        "Lists the sensors.",
        output=listing(
            record(
                {"id": text("Id of the sensor."), "name": text("Where it is."), "unit": text("What it measures in.")}
            ),
            "The sensors.",
        ),
        task=Task("list-sensors", ("read",), (Example("All three"),)),
    ),
    Endpoint(
        "GET",
        "/sensors/{id}/readings",
        _readings,
        "Reads what a sensor measured; each tenth value is far off.",
        parameters={"id": name("Id of the sensor.")},
        query={
            "first": integer("The number of the first reading.", 1, default=1),
            "count": integer("How many readings.", 1, maximum=1000, default=10),
        },
        output=listing(
            record({"number": integer("Which reading.", 1), "value": number("What was measured.")}),
            "The readings in order.",
        ),
        task=Task(
            "get-readings",
            ("read",),
            (
                Example("Two readings", {"id": "hall-1", "first": 9, "count": 2}),
                Example("No such sensor", {"id": "attic"}, fails="NOT_FOUND"),
            ),
        ),
    ),
    Endpoint(
        "POST",
        "/jobs",
        _start_job,
        "Starts a job that has ended once it was looked at a few times.",
        body={
            "kind": name("What it does, such as `export`."),
            "looks": integer("At which look it has ended.", maximum=100, default=3),
        },
        output=_JOB,
        status=202,
        task=Task(
            "start-job",
            ("write",),
            (
                Example("An export", {"kind": "export"}),
                Example("One that is done at once", {"kind": "import", "looks": 0}),
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/jobs/{id}",
        _get_job,
        "Looks at a job.",
        parameters={"id": name("Id of the job.")},
        output=_JOB,
        task=Task(
            "get-job",
            ("read",),
            (Example("The first look", {"id": "job-1"}, after=(("start-job", {"kind": "export"}),)),),
        ),
    ),
    Endpoint(
        "POST",
        "/events",
        _publish,
        "Adds an event to the feed.",
        body={"kind": name("What happened, such as `order.paid`."), "subject": name("To whom or what.")},
        output=_EVENT,
        status=201,
        task=Task("publish-event", ("write",), (Example("An order was paid", _PAID),)),
    ),
    Endpoint(
        "GET",
        "/events",
        _list_events,
        "Reads the feed from a place on.",
        query={
            "after": integer("The number of the last event that is known already.", default=0),
            "limit": integer("At most so many.", 1, maximum=100, default=20),
        },
        output=record(
            {
                "events": listing(_EVENT, "The events, oldest first."),
                "last": integer("What to give as `after` next time."),
                "more": flag("Whether there are more already."),
            }
        ),
        task=Task(
            "list-events",
            ("read",),
            (
                Example("After one was published", after=(("publish-event", _PAID),)),
                Example("Nothing yet", {"limit": 5}),
            ),
        ),
    ),
)
