"""Scopes to type expressions in."""

from dataclasses import dataclass, field

from wf_engine.expressions import infer, parse_expression
from wf_engine.types import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Type,
    array_of,
    literal,
    nullable,
    object_of,
    of_schema,
    union,
)


@dataclass
class Names:
    """A scope of plain roots, and of roots that a name has to follow."""

    plain: dict[str, Type]
    named: dict[str, dict[str, Type]] = field(default_factory=dict)

    def roots(self):
        return [*self.plain, *self.named]

    def root(self, name):
        return self.plain.get(name)

    def keyed(self, name):
        return name in self.named

    def member(self, root, name):
        return self.named.get(root, {}).get(name)

    def members(self, root):
        return list(self.named.get(root, ()))


USER = of_schema(
    {
        "type": "object",
        "properties": {
            "id": {"type": "integer"},
            "email": {"type": "string"},
            "nick": {"type": "string"},
            "age": {"type": ["integer", "null"]},
            "address": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
        "required": ["id", "email", "age"],
    }
)
CLOSED = of_schema(
    {
        "type": "object",
        "properties": {"email": {"type": "string"}, "count": {"type": "integer"}},
        "additionalProperties": False,
    }
)
SPOKEN = of_schema(
    {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}
)
STATUS = of_schema({"enum": ["succeeded", "skipped"]})


def step(output):
    """What is read of a step; one whose output may be null can be skipped."""
    return object_of({"output": output, "status": STATUS, "response": ANY})


def skippable(output):
    """The same, told apart by the status."""
    return union(
        object_of({"status": literal("succeeded"), "output": output, "response": NULL}),
        object_of({"status": literal("skipped"), "output": NULL, "response": NULL}),
    )


SCOPE = Names(
    {
        "input": object_of(
            {
                "id": INTEGER,
                "price": NUMBER,
                "name": STRING,
                "flag": BOOLEAN,
                "maybe": STRING,
                "gone": nullable(STRING),
                "user": USER,
                "list": array_of(USER),
                "words": array_of(STRING),
                "numbers": array_of(NUMBER),
                "any": ANY,
                "mixed": union(STRING, INTEGER),
                "count": INTEGER,
                "spoken": SPOKEN,
                "closed": CLOSED,
                "free": of_schema({"type": "object"}),
                "shape": union(
                    object_of({"kind": literal("circle"), "radius": NUMBER}),
                    object_of({"kind": literal("square"), "side": NUMBER}),
                ),
            },
            required=[
                "id", "price", "name", "flag", "gone", "user", "list", "words", "numbers", "any", "mixed", "count",
                "spoken", "closed", "free", "shape",
            ],
        ),
        "execution": object_of({"id": STRING}),
    },
    {
        "tasks": {
            "fetch-user": step(USER),
            "maybe": step(nullable(USER)),
            "either": skippable(USER),
        },
        "env": {"HOST": STRING},
        "secrets": {"TOKEN": STRING},
        "forEach": {"item": USER, "$parent": object_of({"item": STRING})},
    },
)  # fmt: skip


def inferred(text, assuming=(), scope=SCOPE):
    """The inference of a text, under conditions."""
    return infer(parse_expression(text), scope, [parse_expression(condition).root for condition in assuming])
