"""Every name of a document where it is written, with what it means."""

from collections.abc import Callable, Iterator
from functools import partial

from wf_engine.analysis import targets
from wf_engine.editing.names.model import Kind, Occurrence, Role, Subject
from wf_engine.editing.names.origins import Origins, Parameters, Schema, entries_of, items_of
from wf_engine.editing.names.reading import ExpressionNames, Link
from wf_engine.editing.names.scopes import PlacedStep, Scope, StepRoot, document_scope, inputs_of
from wf_engine.expressions import ObjectExpr, Template, parse_template
from wf_engine.language import Site, Step, Target, TaskSpec, WorkflowSpec
from wf_engine.syntax import Map, Node, Scalar, Seq, resolved
from wf_engine.text import Span
from wf_engine.workspace import SourceDocument, Workspace, reference

Chosen = Callable[[Step], bool]
_SCHEMAS = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("$defs", "definitions", "patternProperties", "dependentSchemas")
_VALUES = ("default", "const", "example")


def occurrences_in(workspace: Workspace, source: SourceDocument, chosen: Chosen = lambda _: True) -> list[Occurrence]:
    """The names of a document; of its own steps, those of the chosen ones. A text that is read twice is there twice."""
    collector = _Collector(document_scope(workspace, source))
    collector.document(chosen)
    return collector.found


class _Collector:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.found: list[Occurrence] = []

    def document(self, chosen: Chosen) -> None:
        """The names of the whole document."""
        model = self.scope.source.model
        if model is None:
            return
        self._defined()
        if isinstance(model.spec, WorkflowSpec):
            self._workflow(model.spec, chosen)
        elif model.spec is not None:
            self._task(model.spec)
        for site in model.reading.sites:
            self._site(site, self.scope)

    def _note(
        self,
        subjects: tuple[Subject, ...],
        node: Node | None,
        role: Role,
        span: Span | None = None,
        *,
        certain: bool = True,
        value: Origins = (),
    ) -> None:
        """A name that is a text of its own, or a part of one."""
        node = resolved(node) if node is not None else None
        if subjects and isinstance(node, Scalar) and not node.broken:
            span = span or Span(0, len(node.text))
            self.found.append(Occurrence(subjects, self.scope.source, node, span, role, "text", span, certain, value))

    def _defined(self) -> None:
        """The name and the version of what the document defines."""
        definition = self.scope.source.definition
        if definition is None:
            return
        key = definition.key
        subject = Subject("task" if key.kind == "WorkflowTask" else "workflow", key.name, (key.namespace,))
        metadata = definition.model.metadata
        nodes = list(scalars(metadata.node)) if metadata and metadata.node else []
        for place, named in (
            (definition.name_place, subject),
            (definition.version_place, Subject("version", key.version, (key.namespace, key.name))),
        ):
            node = next((node for node in nodes if node.place == place), None)
            if named.name:
                self._note((named,), node, "definition")

    def _workflow(self, spec: WorkflowSpec, chosen: Chosen) -> None:
        node, scope = spec.node, self.scope
        if node is None:
            return
        for origin in scope.input:
            self._declared(origin)
        for step in spec.tasks or ():
            if chosen(step):
                self._step(PlacedStep(step, scope))
        self._written(node.get("output"), scope)
        for example in spec.examples or ():
            if example.node is not None:
                self._given(example.node.get("input"), scope.input)
                self._given(example.node.get("expectedOutput"), scope.read(node.get("output")))
        for trigger in spec.triggers or ():
            if trigger.node is not None:
                self._given(trigger.node.get("input"), scope.input)
                self._given(trigger.node.get("inputMapping"), scope.input)
                if trigger.secret_ref:
                    self._note((Subject("secret", trigger.secret_ref),), trigger.node.get("secretRef"), "read")

    def _task(self, spec: TaskSpec) -> None:
        if spec.node is None:
            return
        scope = self.scope
        schema = spec.node.get("outputSchema")
        output: Origins = (Schema(scope.workspace, scope.source, schema, schema),) if schema is not None else ()
        for origin in (*scope.input, *output):
            self._declared(origin)
        for example in spec.examples or ():
            if example.node is not None:
                self._given(example.node.get("input"), scope.input)
                self._given(example.node.get("output"), output)

    def _declared(self, origin: object) -> None:
        if isinstance(origin, Parameters) and isinstance(origin.node, Map):
            for pair in origin.node.pairs:
                self._note(_subjects(origin.subject("input", pair.key)), pair.key, "definition")
                for entry in origin.entries(pair.name or ""):
                    for part in entry.value:
                        self._declared(part)
        elif isinstance(origin, Schema):
            self._schema(origin)

    def _schema(self, schema: Schema) -> None:
        """The properties that a schema declares, and the values in it."""
        node = resolved(schema.node)
        if not isinstance(node, Map):
            return
        part = partial(Schema, schema.workspace, schema.source, root=schema.root)
        properties = node.get("properties")
        for pair in properties.pairs if isinstance(properties, Map) else ():
            self._note(_subjects(schema.subject(schema.kind, pair.key)), pair.key, "definition")
            self._schema(part(pair.value))
        required = node.get("required")
        for item in required.items if isinstance(required, Seq) else ():
            self._key(item, (schema,))
        for key in _SCHEMAS:
            inner = node.get(key)
            if inner is not None:
                self._schema(part(inner))
        for key in _LISTS:
            parts = node.get(key)
            for item in parts.items if isinstance(parts, Seq) else ():
                self._schema(part(item))
        for key in _MAPS:
            named = node.get(key)
            for pair in named.pairs if isinstance(named, Map) else ():
                self._schema(part(pair.value))
        for key in _VALUES:
            self._given(node.get(key), (schema,))
        examples = node.get("examples")
        for item in examples.items if isinstance(examples, Seq) else ():
            self._given(item, (schema,))

    def _step(self, placed: PlacedStep) -> None:
        step, node = placed.step, placed.step.node
        if node is None:
            return
        self._note(_subjects(placed.subject), node.get("id"), "definition", value=(StepRoot(placed),))
        waits = node.get("dependsOn")
        for item in waits.items if isinstance(waits, Seq) else ():
            other = placed.scope.steps.get(item.text) if isinstance(item, Scalar) else None
            value = (StepRoot(other),) if other else ()
            self._note(_subjects(other.subject if other else None), item, "read", value=value)
        self._loop(placed)
        self._targets(placed)
        for site in step.reading.sites:
            self._site(site, placed.at(site.path))
        for inner in placed.held():
            self._step(inner)

    def _loop(self, placed: PlacedStep) -> None:
        loop = placed.step.for_each
        for names in placed.inner.loops[len(placed.scope.loops) :]:
            for name in ("itemVar", "indexVar"):
                subject = names.subject(name)
                if subject is not None and not subject.implied and loop is not None and loop.node is not None:
                    self._note((subject,), loop.node.get(name), "definition")

    def _targets(self, placed: PlacedStep) -> None:
        """What runs, and the keys under `input`: those of every target that has no input of its own."""
        wanted: Origins = ()
        for path, target in targets(placed.step):
            asked = self._reference(target, placed.scope)
            if target.node is None:
                continue
            if target.tasks is not None or (path == ("fallback",) and target.node.pair("output")):
                self._written(target.node.get("output"), placed.at((*path, "output")))
            if path and target.node.pair("input"):
                self._given(target.node.get("input"), asked)
            else:
                wanted += asked
        if placed.step.node is not None:
            self._given(placed.step.node.get("input"), wanted)

    def _reference(self, target: Step | Target, scope: Scope) -> Origins:
        """The names in a `taskRef` or `workflowRef`; the shape of the input that it takes."""
        workspace = scope.workspace
        asked: Origins = ()
        references: tuple[tuple[str, Kind, str | None], ...] = (
            ("taskRef", "task", target.task_ref),
            ("workflowRef", "workflow", target.workflow_ref),
        )
        for key, kind, ref in references:
            node = target.node.get(key) if ref and target.node else None
            if not ref or not isinstance(node, Scalar):
                continue
            wanted = reference(ref, scope.namespace)
            start = ref.find("/") + 1
            span = Span(start, start + len(wanted.name))
            self._note((Subject(kind, wanted.name, (wanted.namespace,)),), node, "read", span)
            if wanted.version and kind == "workflow":
                owner = (wanted.namespace, wanted.name)
                self._note((Subject("version", wanted.version, owner),), node, "read", Span(span.end + 1, len(ref)))
            found = workspace.task(ref, scope.namespace) if kind == "task" else workspace.workflow(ref, scope.namespace)
            asked += inputs_of(workspace, found.source) if found else ()
        return asked

    def _written(self, node: Node | None, scope: Scope) -> None:
        """The keys of an `output`: being written there declares them."""
        node = resolved(node) if node is not None else None
        if isinstance(node, Map):
            for pair in node.pairs:
                found = [entry.subject for origin in scope.read(node) for entry in origin.entries(pair.name or "")]
                self._note(_subjects(*found[:1]), pair.key, "definition")
                self._written(pair.value, scope)
        for item in node.items if isinstance(node, Seq) else ():
            self._written(item, scope)

    def _given(self, node: Node | None, wanted: Origins) -> None:
        """The keys of a value that is handed to something."""
        node = resolved(node) if node is not None else None
        if not wanted or node is None:
            return
        if isinstance(node, Map):
            for pair in node.pairs:
                self._given(pair.value, self._key(pair.key, wanted))
        elif isinstance(node, Seq):
            for item in node.items:
                self._given(item, items_of(wanted))
        elif isinstance(node, Scalar) and isinstance(node.value, str) and "{{" in node.value:
            expr = parse_template(node.value).single
            if isinstance(expr, ObjectExpr):
                self._given_object(node, expr, wanted)

    def _given_object(self, node: Scalar, expr: ObjectExpr, wanted: Origins) -> None:
        for entry in expr.entries:
            entries, certain = entries_of(wanted, entry.key)
            subjects = _subjects(*(each.subject for each in entries))
            quoted = node.text[entry.key_span.start : entry.key_span.start + 1] in ("'", '"')
            span = Span(entry.key_span.start + quoted, entry.key_span.end - quoted)
            if subjects:
                self.found.append(
                    Occurrence(
                        subjects, self.scope.source, node, span, "write", "entry", entry.key_span, certain=certain
                    )
                )
            if isinstance(entry.value, ObjectExpr):
                self._given_object(node, entry.value, tuple([o for each in entries for o in each.value]))

    def _key(self, node: Node, wanted: Origins) -> Origins:
        """A key, or an item of `required`, that means a property of what is wanted."""
        key = resolved(node)
        entries, certain = entries_of(wanted, key.text) if isinstance(key, Scalar) else ((), True)
        value = tuple([origin for entry in entries for origin in entry.value])
        self._note(_subjects(*(entry.subject for entry in entries)), key, "write", certain=certain, value=value)
        return value

    def _site(self, site: Site, scope: Scope) -> None:
        def report(link: Link) -> None:
            self.found.append(
                Occurrence(
                    link.subjects,
                    self.scope.source,
                    site.node,
                    link.span,
                    "read",
                    link.form,
                    link.outer,
                    link.certain,
                    link.value,
                )
            )

        names = ExpressionNames(scope, report)
        parsed = site.parsed
        roots = (
            [part.expr for part in parsed.parts if not isinstance(part, str)]
            if isinstance(parsed, Template)
            else [parsed.root]
        )
        for root in roots:
            names.read(root)


def _subjects(*found: Subject | None) -> tuple[Subject, ...]:
    return tuple(dict.fromkeys(each for each in found if each is not None))


def scalars(node: Node) -> Iterator[Scalar]:
    """The scalars that a node is made of, keys among them."""
    for part in node.parts():
        if isinstance(part, Scalar):
            yield part
        else:
            yield from scalars(part)
