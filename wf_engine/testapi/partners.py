"""Services of other companies: weather, exchange rates, countries, and a help desk."""

from wf_engine.testapi.answers import Answer, answer, not_found
from wf_engine.testapi.calls import Call, Endpoint, Example, Task
from wf_engine.testapi.schemas import choice, integer, name, number, record, text

_COUNTRIES = {
    "AT": ("Austria", "EUR"), "DE": ("Germany", "EUR"), "ES": ("Spain", "EUR"), "FR": ("France", "EUR"),
    "GB": ("United Kingdom", "GBP"), "IT": ("Italy", "EUR"), "JP": ("Japan", "JPY"), "NL": ("Netherlands", "EUR"),
    "PL": ("Poland", "PLN"), "US": ("United States", "USD"),
}  # fmt: skip
_RATES = {"EUR": 1.0, "GBP": 0.875, "JPY": 162.5, "PLN": 4.25, "USD": 1.125}
_WEATHER = {"berlin": (4, "rain"), "lisbon": (16, "sun"), "oslo": (-6, "snow"), "rotterdam": (7, "wind")}
_PRIORITIES = ("low", "normal", "urgent")


def _country(call: Call) -> Answer:
    code = call.given["code"].upper()
    if code not in _COUNTRIES:
        raise not_found("country", code)
    title, currency = _COUNTRIES[code]
    return answer({"code": code, "name": title, "currency": currency})


def _rate(call: Call) -> Answer:
    currency = call.given["currency"].upper()
    if currency not in _RATES:
        raise not_found("currency", currency)
    return answer({"base": "EUR", "currency": currency, "rate": _RATES[currency]})


def _weather(call: Call) -> Answer:
    city = call.given["city"].lower()
    if city not in _WEATHER:
        raise not_found("city", city)
    celsius, sky = _WEATHER[city]
    return answer({"city": city, "celsius": celsius, "sky": sky})


def _create_ticket(call: Call) -> Answer:
    key = f"tic-{len(call.state.tickets) + 1}"
    fields = {each: call.given[each] for each in ("subject", "requester", "priority")}
    call.state.tickets[key] = {"id": key, **fields, "status": "open"}
    return answer(call.state.tickets[key], 201)


def _get_ticket(call: Call) -> Answer:
    key = call.given["id"]
    if key not in call.state.tickets:
        raise not_found("ticket", key)
    return answer(call.state.tickets[key])


_TICKET = record(
    {
        "id": text("Id of the ticket."),
        "subject": text("What it is about."),
        "requester": text("Who asks."),
        "priority": choice(_PRIORITIES, "How much it matters."),
        "status": choice(("open", "closed"), "Whether it is settled."),
    }
)
_LATE = {"subject": "Where is ord-1002?", "requester": "bruno@example.com"}
_REMEMBERED = {"cache": {"ttl": "10m"}}

ENDPOINTS = (
    Endpoint(
        "GET",
        "/countries/{code}",
        _country,
        "Says what a country is called, and what is paid with there.",
        parameters={"code": name("The country as two letters (ISO 3166).")},
        output=record(
            {
                "code": text("The country."),
                "name": text("What it is called."),
                "currency": text("Its currency (ISO 4217)."),
            }
        ),
        task=Task("get-country", ("read",), (Example("Poland", {"code": "PL"}),), settings=_REMEMBERED),
    ),
    Endpoint(
        "GET",
        "/rates/{currency}",
        _rate,
        "Says what a euro costs in another currency: EUR, GBP, JPY, PLN or USD.",
        parameters={"currency": name("The currency (ISO 4217).")},
        output=record(
            {
                "base": text("What is exchanged."),
                "currency": text("For what."),
                "rate": number("How much of it for one."),
            }
        ),
        task=Task(
            "get-exchange-rate",
            ("read", "pricing"),
            (Example("Złoty", {"currency": "PLN"}), Example("Unknown money", {"currency": "XTS"}, fails="NOT_FOUND")),
            settings=_REMEMBERED,
        ),
    ),
    Endpoint(
        "GET",
        "/weather/{city}",
        _weather,
        "Says what the weather is like in Berlin, Lisbon, Oslo or Rotterdam.",
        parameters={"city": name("The city.")},
        output=record(
            {
                "city": text("The city."),
                "celsius": integer("How warm it is.", None),
                "sky": choice(("sun", "rain", "snow", "wind"), "What it does."),
            }
        ),
        task=Task("get-weather", ("read",), (Example("Oslo", {"city": "oslo"}),)),
    ),
    Endpoint(
        "POST",
        "/tickets",
        _create_ticket,
        "Opens a ticket at the help desk.",
        body={
            "subject": name("What it is about."),
            "requester": name("Who asks."),
            "priority": choice(_PRIORITIES, "How much it matters.", default="normal"),
        },
        output=_TICKET,
        status=201,
        task=Task("create-ticket", ("write",), (Example("A parcel that is late", _LATE),)),
    ),
    Endpoint(
        "GET",
        "/tickets/{id}",
        _get_ticket,
        "Reads a ticket of the help desk.",
        parameters={"id": name("Id of the ticket.")},
        output=_TICKET,
        task=Task("get-ticket", ("read",), (Example("The first", {"id": "tic-1"}, after=(("create-ticket", _LATE),)),)),
    ),
)
