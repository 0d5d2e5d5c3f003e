# ruff: noqa: RUF009 - `written` makes a dataclass field
"""The kind Workflow (language §3) and its steps (§4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.language.defaults import default
from wf_engine.language.records import Record, written
from wf_engine.language.shapes import (
    Bool,
    Cron,
    Duration,
    Enum,
    Expr,
    Int,
    ListOf,
    MapOf,
    Obj,
    Parameters,
    Ref,
    SecretName,
    Shape,
    StepId,
    StepList,
    Str,
    Tree,
    Zone,
)
from wf_engine.language.sites import Reading
from wf_engine.language.task import METHODS, CircuitBreaker, Retry, Transform

STEP_ID = r"^[A-Za-z_][A-Za-z0-9_]*(-+[A-Za-z0-9_]+)*$"


@dataclass(frozen=True, eq=False, kw_only=True)
class Target(Record):
    """What runs: a task, a workflow or a block of steps."""

    task_ref: str | None = written(
        "taskRef", Ref("WorkflowTask"), "The WorkflowTask that runs, as `[ns/]name`.", example="get-user"
    )
    workflow_ref: str | None = written(
        "workflowRef",
        Ref("Workflow"),
        "The Workflow that runs as one step, as `[ns/]name[@version]`; no version means the highest.",
        example="checkout@1.2.0",
    )
    tasks: "tuple[Step, ...] | None" = written(
        "tasks", StepList(), "A block of steps; they see the steps around it, outside only the block is seen."
    )
    output: Any = written("output", Tree(), "The output of the block; without it a map of the outputs of its steps.")
    input: Mapping[str, Any] | None = written(
        "input", MapOf(Tree()), "Inputs by name, values or templates.", example='{id: "{{input.userId}}"}'
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Case(Target):
    """A branch of a `switch`."""

    match: Any = written(
        "match", Shape(), "The value, or a list of values, that takes this branch.", required=True, example='"gold"'
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Switch(Record):
    """Runs the first case whose `match` equals `value`."""

    value: Any = written("value", Expr(), "What is compared.", required=True, example="input.tier")
    cases: tuple[Case, ...] | None = written("cases", ListOf(Obj(Case), 1), "The branches, in order.", required=True)
    default: Target | None = written("default", Obj(Target), "What runs where no case matches.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Condition(Record):
    """Whether the step runs; where it does not, `else` runs in its place."""

    if_: Any = written(
        "if", Expr(), "An expression that gives true or false.", required=True, example="input.amount > 100"
    )
    else_: Target | None = written("else", Obj(Target), "What runs instead where `if` is false.")


@dataclass(frozen=True, eq=False, kw_only=True)
class ForEach(Record):
    """Runs the step once for each item of a list."""

    items: Any = written("items", Expr(), "The list.", required=True, example='"{{input.orderIds}}"')
    item_var: str | None = written(
        "itemVar", Str(r"^[A-Za-z_][A-Za-z0-9_]*$", "a name"), "Name of the item: `forEach.NAME`.", default="item"
    )
    index_var: str | None = written(
        "indexVar", Str(r"^[A-Za-z_][A-Za-z0-9_]*$", "a name"), "Name of the number, from 0.", default="index"
    )
    parallel: bool | None = written("parallel", Bool(), "False runs one item at a time.", default=True)
    max_concurrency: int | None = written(
        "maxConcurrency", Int(1), "Items in progress at once; without it as many as the workflow allows."
    )
    on_error: str | None = written(
        "onError",
        Enum((("fail", "The first failed item ends the loop."), ("continue", "Its result is null, the rest goes on."))),
        "What happens where an item fails.",
        default="fail",
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Fallback(Target):
    """What takes the step's place where it fails; it sees the failure as `error`."""

    causes: tuple[str, ...] | None = written(
        "causes",
        ListOf(Enum((("circuitOpen", "The circuit breaker refused the call."), ("failure", "The step failed.")))),
        "For which failures.",
        default=["circuitOpen", "failure"],
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Step(Record):
    """One step of a workflow. It runs as soon as all that it depends on has ended."""

    id: str | None = written(
        "id",
        Str(STEP_ID, "an id such as `fetch-user`", hint="letters, digits, `_`, and `-` between them; no digit first"),
        "Name of the step, unique in the workflow; others read it as `tasks.ID.output`.",
        required=True,
        example="fetch-user",
    )
    description: str | None = written("description", Str(), "What the step is for.")
    task_ref: str | None = written(
        "taskRef", Ref("WorkflowTask"), "The WorkflowTask that runs, as `[ns/]name`.", example="get-user"
    )
    workflow_ref: str | None = written(
        "workflowRef",
        Ref("Workflow"),
        "The Workflow that runs as one step, as `[ns/]name[@version]`; no version means the highest.",
        example="checkout@1.2.0",
    )
    transform: Transform | None = written(
        "transform", Obj(Transform), "A transformation written in place; it sees what the step sees."
    )
    switch: Switch | None = written("switch", Obj(Switch), "Chooses what runs by a value.")
    tasks: "tuple[Step, ...] | None" = written(
        "tasks", StepList(), "A block of steps; they see the steps around it, outside only the block is seen."
    )
    output: Any = written("output", Tree(), "The output of the block; without it a map of the outputs of its steps.")
    input: Mapping[str, Any] | None = written(
        "input", MapOf(Tree()), "Inputs by name, values or templates.", example='{id: "{{input.userId}}"}'
    )
    depends_on: tuple[str, ...] | None = written(
        "dependsOn",
        ListOf(StepId()),
        "Steps that must end first; those read in expressions need not be named.",
        example="[fetch-user]",
    )
    condition: Condition | None = written("condition", Obj(Condition), "Runs the step only where it holds.")
    for_each: ForEach | None = written("forEach", Obj(ForEach), "Runs the step once for each item of a list.")
    timeout: int | None = written(
        "timeout", Duration(minimum_ms=1), "Longest time of the whole step, with its attempts and waits.", example="30s"
    )
    retry: Retry | None = written("retry", Obj(Retry), "How failed attempts are repeated; overrides the task's.")
    circuit_breaker: CircuitBreaker | None = written(
        "circuitBreaker", Obj(CircuitBreaker), "Stops calling a service that keeps failing; overrides the task's."
    )
    fallback: Fallback | None = written("fallback", Obj(Fallback), "What takes the step's place where it fails.")
    reading: Reading = Reading()


TRIGGER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "schedule": ("cron", "timezone", "input", "catchUp"),
    "webhook": ("path", "secretRef", "methods", "filter", "inputMapping"),
}
"""By type of a trigger, the fields that are its own; the first of them is required."""
_ADDRESS = Str(r"^[^\s?#]*[^\s?#/][^\s?#]*$", "an address such as `orders/paid`", hint="without blanks, `?` and `#`")


@dataclass(frozen=True, eq=False, kw_only=True)
class Trigger(Record):
    """Starts the workflow by itself: on a schedule or on a webhook (language §9)."""

    type: str | None = written(
        "type",
        Enum((("schedule", "Starts at the times of `cron`."), ("webhook", "Starts when a request comes in."))),
        "What starts it.",
        required=True,
    )
    id: str | None = written("id", Str(STEP_ID, "an id such as `nightly`"), "Name of the trigger.", required=True)
    enabled: bool | None = written("enabled", Bool(), "False switches it off.", default=True)
    description: str | None = written("description", Str(), "What it is for.")
    cron: str | None = written(
        "cron", Cron(), "When it starts: minute, hour, day, month, weekday.", example='"0 6 * * 1"'
    )
    timezone: str | None = written("timezone", Zone(), "IANA time zone of `cron`.", default="UTC")
    input: Mapping[str, Any] | None = written("input", MapOf(Shape()), "The input of a scheduled run.")
    catch_up: bool | None = written("catchUp", Bool(), "Runs what was missed while nothing ran.", default=False)
    path: str | None = written("path", _ADDRESS, "The address under `/webhooks/`.")
    secret_ref: str | None = written("secretRef", SecretName(), "Secret with which requests are signed.")
    methods: tuple[str, ...] | None = written(
        "methods", ListOf(METHODS, 1), "Methods that are taken.", default=["POST"]
    )
    filter: Any = written("filter", Expr(), "Only where it is true; the request's body is `payload`.")
    input_mapping: Mapping[str, Any] | None = written(
        "inputMapping", MapOf(Expr()), "The input by name, from expressions over `payload`."
    )

    @property
    def requests(self) -> tuple[tuple[str, str], ...]:
        """The path, without slashes around it, and the method of every request that starts the workflow."""
        if self.type != "webhook" or not self.path or self.enabled is False:
            return ()
        methods = self.methods or default(Trigger, "methods")
        return tuple((self.path.strip("/"), method) for method in methods)


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkflowExample(Record):
    """An input with what comes out: shown to people, offered when running, and run as a test."""

    name: str | None = written("name", Str(), "What the example shows.")
    description: str | None = written("description", Str(), "More about it.")
    input: Any = written("input", Shape(), "The workflow's input.")
    expected_output: Any = written("expectedOutput", Shape(), "What it answers.")


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkflowSpec(Record):
    """What a workflow takes, runs and gives."""

    description: str | None = written("description", Str(), "What the workflow does, in a sentence.")
    categories: tuple[str, ...] | None = written("categories", ListOf(Str()), "The groups it is listed under.")
    tags: tuple[str, ...] | None = written("tags", ListOf(Str()), "Words it can be found by.")
    examples: tuple[WorkflowExample, ...] | None = written(
        "examples", ListOf(Obj(WorkflowExample)), "Inputs with what comes out."
    )
    input: Any = written(
        "input",
        Parameters(),
        "The inputs by name, each with `type`, `required`, `default`, `description`; or a JSON Schema.",
        example="{userId: {type: string, required: true}}",
    )
    tasks: tuple[Step, ...] | None = written("tasks", StepList(), "The steps, at least one.", required=True)
    output: Any = written("output", Tree(), "The answer, made of templates; without it `{}`.")
    timeout: int | None = written(
        "timeout", Duration(300_000, 1), "Longest time of the whole run, at most 5m.", default="30s"
    )
    max_concurrency: int | None = written("maxConcurrency", Int(1), "Calls in flight at once.", default=10)
    triggers: tuple[Trigger, ...] | None = written("triggers", ListOf(Obj(Trigger)), "What starts it by itself.")
