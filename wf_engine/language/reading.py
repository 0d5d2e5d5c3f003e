"""Reading: from the positioned tree to records, keeping what could not be read as problems."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from wf_engine.expressions import parse_expression, parse_template
from wf_engine.language import shapes
from wf_engine.language.misplaced import brought_back
from wf_engine.language.parameters import input_schema, schema_faults
from wf_engine.language.pipelines import check_transform, read_operations, read_path
from wf_engine.language.records import FieldSpec, Record, fields_of, required_of
from wf_engine.language.sites import Owner, Problem, Reading, Site, place_of
from wf_engine.language.spellings import modernised
from wf_engine.language.spellings.expressions import old_forms
from wf_engine.language.values import (
    first_line,
    given,
    is_template_key,
    node_text,
    read_bool,
    read_duration,
    read_enum,
    read_number,
    read_status,
    read_string,
    short,
)
from wf_engine.language.workflow import Step
from wf_engine.syntax.nodes import Alias, Map, Node, Pair, Run, Scalar, Seq, resolved, value_of
from wf_engine.text import closest, did_you_mean

R = TypeVar("R", bound=Record)


class Reader:
    """Reads one unit and collects what it finds. `path` is where in the unit it is."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.sites: list[Site] = []
        self.path: tuple[str | int, ...] = ()

    @property
    def reading(self) -> Reading:
        """What was found so far."""
        return Reading(tuple(self.problems), tuple(self.sites))

    def record(self, record: type[R], node: Node, owner: Owner) -> R | None:
        """The record that a map holds. `owner` is what a missing field is reported at."""
        node = resolved(node)
        if not isinstance(node, Map):
            self.wrong_type(node, shapes.Obj(record).wanted)
            return None
        return record(**self.fields(record, node, owner))

    def fields(self, record: type[Record], node: Map, owner: Owner) -> dict[str, Any]:
        """What a record is made of, by attribute; what is unknown, missing or old becomes a problem."""
        node, old = modernised(record, node)
        self.problems.extend(old)
        node, misplaced = brought_back(record, node)
        self.problems.extend(misplaced)
        check_transform(self, record, node, owner)
        specs = fields_of(record)
        values: dict[str, Any] = {"node": node}
        free: tuple[str, ...] | None = None
        for pair in node.pairs:
            spec = specs.get(pair.name or "")
            if spec is None and node.names[pair.name] is pair:  # of a key that stands twice one thing is said
                free = _free(specs, node) if free is None else free
                self.unknown_field(pair, record, _fitting(specs, free, pair))
            elif spec is not None and spec.attribute not in values:
                values[spec.attribute] = self.field(spec, pair)
        missing = {spec.name: spec for spec in required_of(record) if spec.attribute not in values}
        if missing:
            for misspelt in (pair.name for pair in node.pairs if pair.name and pair.name not in specs):
                missing.pop(closest(misspelt, missing) or "", None)
            self.problems.extend(_missing(spec, record, node, owner) for spec in missing.values())
        return values

    def field(self, spec: FieldSpec, pair: Pair) -> Any:
        """The value of a field."""
        outer, self.path = self.path, (*self.path, spec.name)
        try:
            return self.value(spec.shape, pair.value, pair.key, spec.name)
        finally:
            self.path = outer

    def value(self, shape: shapes.Shape, node: Node, owner: Owner, name: str) -> Any:
        """A value of a shape; None, and a problem, where it is none. Inputs that cannot be read may be anything."""
        node = resolved(node)
        unreadable: Any = {} if isinstance(shape, shapes.Parameters) else None
        if isinstance(node, Alias) or (isinstance(node, Scalar) and node.broken):
            return unreadable
        if isinstance(node, Scalar) and node.style == "missing" and type(shape) not in (shapes.Shape, shapes.Tree):
            place = place_of(owner)
            self.problems.append(Problem("wrong-type", place, f"`{name}` has no value", f"write {shape.wanted}"))
            return unreadable
        value = _READERS[type(shape)](self, shape, node, owner)
        return unreadable if value is None else value

    def at(self, key: str | int, shape: shapes.Shape, node: Node, owner: Owner) -> Any:
        """A value one level deeper."""
        outer, self.path = self.path, (*self.path, key)
        try:
            return self.value(shape, node, owner, str(key))
        finally:
            self.path = outer

    def wrong_type(self, node: Node, wanted: str, hint: str | None = None, better: str | None = None) -> None:
        """Notes that something else is wanted where `node` stands."""
        message = f"{given(node)}, but {wanted} is wanted"
        self.problems.append(Problem("wrong-type", first_line(node), message, hint, node=node, better=better))

    def invalid(
        self,
        node: Node,
        message: str,
        hint: str | None = None,
        candidates: tuple[str, ...] = (),
        better: str | None = None,
    ) -> None:
        """Notes a value of the right type that is not allowed."""
        text = node.text if isinstance(node, Scalar) else ""
        self.problems.append(
            Problem("invalid-value", first_line(node), message, hint, text, candidates, node, better=better)
        )

    def key(self, pair: Pair) -> None:
        """Notes a key that is written as a template, which keys never are."""
        if pair.name is not None and not pair.merged and is_template_key(pair.name):
            message = f"keys are never templates: `{short(pair.name)}` stays as it is written"
            self.problems.append(Problem("template-key", pair.key.place, message, "write the key itself"))

    def unknown_field(self, pair: Pair, record: type[Record], free: tuple[str, ...]) -> None:
        """Notes a key that the record does not have; `free` are the fields that are not written."""
        name = pair.name
        if name is None or pair.merged or name == "<<" or (isinstance(pair.key, Scalar) and pair.key.broken):
            return
        message = f"`{name}` is not a field of {_spoken(record)}.{did_you_mean(name, free)}"
        fields = ", ".join(fields_of(record))
        self.problems.append(Problem("unknown-field", pair.key.place, message, f"its fields are {fields}", name, free))


def _free(specs: Mapping[str, FieldSpec], node: Map) -> tuple[str, ...]:
    present = {pair.name for pair in node.pairs}
    return tuple(name for name in specs if name not in present)


def _fitting(specs: Mapping[str, FieldSpec], free: tuple[str, ...], pair: Pair) -> tuple[str, ...]:
    """Some fields without those that hold steps where a text is written: `task: get-user` means no `tasks`."""
    node = resolved(pair.value)
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return free
    return tuple(name for name in free if not isinstance(specs[name].shape, shapes.StepList))


_SPOKEN = {
    "TaskSpec": "a task's `spec`",
    "WorkflowSpec": "a workflow's `spec`",
    "TaskDocument": "a task",
    "WorkflowDocument": "a workflow",
    "TaskExample": "an example",
    "WorkflowExample": "an example",
    "Step": "a step",
    "Case": "a case",
    "Trigger": "a trigger",
    "TestDocument": "a test",
    "TestSpec": "a test's `spec`",
    "TestCase": "a case",
    "Expectation": "`expect`",
    "StepExpectation": "what is expected of a step",
    "Mock": "a mock",
    "Target": "`else` and `default`",
}


def _spoken(record: type[Record]) -> str:
    name = record.__name__
    return _SPOKEN.get(name) or f"`{name[0].lower()}{name[1:]}`"


def _missing(spec: FieldSpec, record: type[Record], node: Map, owner: Owner) -> Problem:
    entry = f"{spec.name}: {spec.example}" if spec.example else None
    hint = f"add `{entry or spec.name + ': …'}`: {spec.doc[0].lower()}{spec.doc[1:].removesuffix('.')}"
    message = f"`{spec.name}` is missing: {_spoken(record)} needs it"
    return Problem("missing-field", place_of(owner), message, hint, spec.name, node=node, entry=entry)


def _schema(reader: Reader, _: shapes.Shape, node: Node, owner: Owner) -> Any:  # noqa: ARG001
    value = value_of(node)
    for fault in schema_faults(node, value):
        reader.problems.append(fault)
    return value


def _parameters(reader: Reader, shape: shapes.Shape, node: Node, _: Owner) -> Any:
    if not isinstance(node, Map):
        reader.wrong_type(node, shape.wanted)
        return None
    schema, faults = input_schema(node)
    reader.problems.extend(faults)
    return schema


def _tree(reader: Reader, shape: shapes.Tree, node: Node, owner: Owner) -> Any:
    if shape.only == "string" and not (isinstance(node, Scalar) and isinstance(node.value, str)):
        reader.wrong_type(node, shape.wanted)
        return None
    return reader_tree(reader, node, owner)


def reader_tree(reader: Reader, node: Node, owner: Owner) -> Any:
    """A value in which every string that holds templates has become a Template."""
    node = resolved(node)
    if isinstance(node, Scalar):
        return _template(reader, node)
    outer = reader.path
    try:
        if isinstance(node, Map):
            values = {}
            for pair in node.pairs:
                if pair.name is not None:
                    reader.key(pair)
                    reader.path = (*outer, pair.name)
                    values[pair.name] = reader_tree(reader, pair.value, owner)
            return values
        if isinstance(node, Seq):
            items = []
            for index, item in enumerate(node.items):
                reader.path = (*outer, index)
                items.append(reader_tree(reader, item, owner))
            return items
    finally:
        reader.path = outer
    return None


def _template(reader: Reader, node: Scalar) -> Any:
    if node.broken or not isinstance(node.value, str) or "{{" not in node.value:
        return node.value
    template = parse_template(node.value)
    reader.sites.append(Site(reader.path, node, template))
    reader.problems.extend(old_forms(node, template))
    return template


def _expression(reader: Reader, _: shapes.Shape, node: Node, owner: Owner) -> Any:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        expression = parse_expression(node.value)
        reader.sites.append(Site(reader.path, node, expression))
        reader.problems.extend(old_forms(node, expression))
        return expression
    return reader_tree(reader, node, owner)


def _list(reader: Reader, shape: shapes.ListOf, node: Node, owner: Owner) -> Any:
    if not isinstance(node, Seq):
        alone = isinstance(node, Scalar) and node.value is not None and node.style in ("plain", "single", "double")
        reader.wrong_type(node, shape.wanted, better=f"[{node_text(node)}]" if alone else None)
        return None
    if len(node.items) < shape.minimum:
        reader.invalid(node, "this list is empty; at least one item is wanted")
    values = [reader.at(index, shape.item, item, _first_key(item) or owner) for index, item in enumerate(node.items)]
    return tuple(value for value in values if value is not None or type(shape.item) is shapes.Shape)


def _one_or_many(reader: Reader, shape: shapes.OneOrMany, node: Node, owner: Owner) -> Any:
    if isinstance(node, Seq):
        return _list(reader, shapes.ListOf(shape.item, 1), node, owner)
    value = reader.value(shape.item, node, owner, "")
    return None if value is None else (value,)


def _map(reader: Reader, shape: shapes.MapOf, node: Node, _: Owner) -> Any:
    if not isinstance(node, Map):
        reader.wrong_type(node, shape.wanted)
        return None
    if isinstance(shape.value, shapes.Tree | shapes.Expr):
        for pair in node.pairs:
            reader.key(pair)
    values, outer = {}, reader.path
    try:
        for pair in node.pairs:
            if pair.name is not None:
                reader.path = (*outer, pair.name)
                values[pair.name] = reader.value(shape.shape_of(pair.name), pair.value, pair.key, pair.name)
    finally:
        reader.path = outer
    return values


def _object(reader: Reader, shape: shapes.Obj, node: Node, owner: Owner) -> Any:
    return reader.record(shape.record, node, owner)


def _word_or_object(reader: Reader, shape: shapes.WordOrObj, node: Node, owner: Owner) -> Any:
    if isinstance(node, Map):
        return reader.record(shape.record, node, owner)
    return read_enum(reader, shape, node, owner)


def _steps(reader: Reader, shape: shapes.Shape, node: Node, _: Owner) -> Any:
    if not isinstance(node, Seq):
        reader.wrong_type(node, shape.wanted)
        return None
    if not node.items:
        reader.invalid(node, "there are no steps; at least one is wanted")
    steps: list[Step] = []
    for run in node.runs:  # of a thousand steps all but those of one run are known
        steps += run.memo.get("steps") or _run_steps(reader, run)
    return tuple(steps)


def _run_steps(reader: Reader, run: Run) -> tuple[Step, ...]:
    steps = tuple([step for item in run.items if (step := _step_item(reader, item)) is not None])
    if len(steps) == len(run.items):  # else there is something to be said of it each time
        run.memo["steps"] = steps
    return steps


def _step_item(reader: Reader, item: Node) -> Step | None:
    item = resolved(item)
    if isinstance(item, Map):
        return read_step(item)
    if not (isinstance(item, Scalar) and item.broken):
        reader.wrong_type(item, "a step, which is a map with an `id`,")
    return None


def _first_key(node: Node) -> Node | None:
    node = resolved(node)
    return node.pairs[0].key if isinstance(node, Map) and node.pairs else None


def read_step(node: Map) -> Step:
    """The step that a map holds; read once in the life of the node."""
    known = node.memo.get("step") if node.memo else None
    return known if known is not None else node.remember("step", lambda: _read_step(node))


def _read_step(node: Map) -> Step:
    reader = Reader()
    values = reader.fields(Step, node, _first_key(node) or node)
    return Step(reading=reader.reading, **values)


_READERS: Mapping[type[shapes.Shape], Callable[[Reader, Any, Node, Owner], Any]] = {
    shapes.Shape: lambda _reader, _shape, node, _owner: value_of(node),
    shapes.Str: read_string,
    shapes.Ref: read_string,
    shapes.StepId: read_string,
    shapes.Enum: read_enum,
    shapes.WordOrObj: _word_or_object,
    shapes.Int: read_number,
    shapes.Number: read_number,
    shapes.Bool: read_bool,
    shapes.Duration: read_duration,
    shapes.StatusCode: read_status,
    shapes.JsonSchema: _schema,
    shapes.Parameters: _parameters,
    shapes.Tree: _tree,
    shapes.Expr: _expression,
    shapes.ListOf: _list,
    shapes.Operations: read_operations,
    shapes.Path: read_path,
    shapes.Cron: read_string,
    shapes.Zone: read_string,
    shapes.SecretName: read_string,
    shapes.OneOrMany: _one_or_many,
    shapes.MapOf: _map,
    shapes.Obj: _object,
    shapes.StepList: _steps,
}
