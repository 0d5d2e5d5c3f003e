"""Transforms: tasks of that type, and those written in a step (language §2, §4, §8)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from wf_engine.execution.contracts import InputContract, in_words
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import of_expression
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.program import Compute, Context, StepRun, Tick
from wf_engine.execution.scopes import check_output
from wf_engine.expressions import ExpressionError, Resolver, resolver
from wf_engine.language import Step, TaskSpec, Transform, default
from wf_engine.language import Target as Written
from wf_engine.transforms import TransformError, run, select
from wf_engine.types import is_any, of_schema, validator
from wf_engine.workspace import Definition
from wf_engine.workspace.settings import Limits

Roots = Mapping[str, Any]


def compile_in_place(written: Step | Written, given: Mapping[str, Any], scoping: Scoping) -> "InPlaceTarget":
    """The transform that is written in the step. Raises WfError where it cannot run."""
    transform = written.transform if isinstance(written, Step) else None
    if transform is None:
        raise scoping.error("there is no transform.")
    return InPlaceTarget(_Transformer(transform, "the step", scoping), dict(given))


def compile_transform_task(
    definition: Definition, spec: TaskSpec, ref: str, given: Mapping[str, Any], scoping: Scoping
) -> "TransformTarget":
    """A task of type transform. Raises WfError where it cannot run."""
    if spec.transform is None:
        raise scoping.error(f"the task `{ref}` has no `transform` part.", "Write its `pipeline` or `jsonPath`.")
    return TransformTarget(
        definition, spec, ref, dict(given), _Transformer(spec.transform, f"the task `{ref}`", scoping)
    )


class _Transformer:
    """What is done to a value: the expression of the input, and the pipeline or path."""

    def __init__(self, transform: Transform, owner: str, scoping: Scoping) -> None:
        node = transform.node
        self._input = resolver(transform.input) if node is not None and node.pair("input") is not None else None
        self._path = transform.json_path
        self._pipeline = transform.pipeline
        if (self._path is None) == (self._pipeline is None):
            raise scoping.error(f"{owner} needs `pipeline` or `jsonPath`.", "Write one of them under `transform`.")
        if self._pipeline is not None and self._pipeline.faulty:
            problems = self._pipeline.problems
            what = problems[0].message if problems else "an expression in it cannot be read."
            raise scoping.error(f"the pipeline of {owner} cannot run: {what}", problems[0].hint if problems else None)

    def work(self, given: Any, roots: Roots, step: StepRun, context: Context) -> Compute:
        """The work that is to be done. Raises StepError where the input cannot be evaluated."""
        value = given if self._input is None else _evaluated(self._input, roots, context.note(step.path))
        made: Callable[[Tick], Any]
        if self._pipeline is None:
            assert self._path is not None
            made = partial(_select, self._path, value)
        else:
            seed = f"{context.recorder.execution_id}/{step.path}"
            made = partial(_run, self._pipeline, value, seed, roots)
        return Compute(partial(_limited, made, step.program.id, context.limits), _is_large(value))


def _limited(made: Callable[[Tick], Any], step: str, limits: Limits, tick: Tick) -> Any:
    output = made(tick)
    check_output(output, f"the step `{step}`", limits)
    return output


_LARGE = 2_000


def _is_large(value: Any) -> bool:
    """Whether a value has so many parts that work on it may take long."""
    left, count = [value], 0
    while left and count < _LARGE:
        part = left.pop()
        count += 1
        if isinstance(part, dict):
            left += part.values()
        elif isinstance(part, list | tuple):
            left += part
    return count >= _LARGE


def _evaluated(written: Resolver, roots: Roots, note: Callable[[str, Any], None]) -> Any:
    try:
        return written(roots, note)
    except ExpressionError as error:
        raise StepError(of_expression(error, "`transform.input`")) from None


def _select(path: Any, value: Any, tick: Tick) -> Any:
    tick()
    try:
        return select(path, value)
    except TransformError as error:
        raise StepError(_failure(error, "`jsonPath`")) from None


def _run(pipeline: Any, value: Any, seed: str, roots: Roots, tick: Tick) -> Any:
    try:
        return run(pipeline, value, seed=seed, scope=roots, tick=tick)
    except TransformError as error:
        raise StepError(_failure(error, "the pipeline")) from None


def _failure(error: TransformError, what: str) -> Failure:
    suggestion = error.hint or "Correct the operation, or filter out the items that it cannot take."
    if error.limit:
        return Failure(code="LIMIT_EXCEEDED", message=f"In {what}: {error.message}", suggestion=error.hint or _LESS)
    return Failure(code="EXPRESSION_ERROR", message=f"In {what}: {error.message}", suggestion=suggestion)


_LESS = "Take less: filter, or limit, before the operation."


class InPlaceTarget:
    """A transform in a step: it sees what the step sees, and takes the step's input where it has none of its own."""

    task_ref = None

    def __init__(self, transformer: _Transformer, given: dict[str, Any]) -> None:
        self._transformer = transformer
        self._given = resolver(given)

    def open(self, step: StepRun, context: Context) -> Compute:
        """Resolves the input. Raises StepError."""
        step.task_ref = None
        step.input = _given(self._given, step, context)
        return self._transformer.work(step.input, step.frame.roots, step, context)


class TransformTarget:
    """A task of type transform with the input that the step gives it, which is all that it sees."""

    def __init__(
        self, definition: Definition, spec: TaskSpec, ref: str, given: dict[str, Any], transformer: _Transformer
    ) -> None:
        self.task_ref: str | None = ref
        self._ref = ref
        self._given = resolver(given)
        self._transformer = transformer
        self._input = InputContract(definition.contract.input_schema, f"the task `{ref}`", "`inputSchema`")
        schema = of_schema(True if spec.output_schema is None else spec.output_schema)
        strict = (spec.response_validation or default(TaskSpec, "responseValidation")) == "strict"
        self._violations = validator(schema) if strict and not is_any(schema) else None
        self._timeout_ms: int = spec.timeout if spec.timeout is not None else default(TaskSpec, "timeout")

    def open(self, step: StepRun, context: Context) -> Compute:
        """Resolves and checks the input. Raises StepError."""
        step.task_ref = self._ref
        step.input = self._input.completed(_given(self._given, step, context))
        self._input.check(step.input)
        roots = {
            "input": step.input,
            "env": context.env,
            "secrets": context.secrets,
            "execution": step.frame.roots["execution"],
        }
        work = self._transformer.work(step.input, roots, step, context)
        return Compute(partial(self._checked, work.work), work.large, self._timeout_ms, self._ref)

    def _checked(self, work: Callable[[Tick], Any], tick: Tick) -> Any:
        output = work(tick)
        violations = self._violations(output) if self._violations is not None else []
        if violations:
            message = (
                f"The task `{self._ref}` made something else than it promises: {in_words(violations, 'the output')}."
            )
            suggestion = f"Correct `outputSchema` of `{self._ref}` or its `transform`."
            raise StepError(Failure(code="SCHEMA_MISMATCH", message=message, suggestion=suggestion))
        return output


def _given(written: Resolver, step: StepRun, context: Context) -> dict[str, Any]:
    try:
        given: dict[str, Any] = written(step.frame.roots, context.note(step.path))
    except ExpressionError as error:
        raise StepError(of_expression(error, "the input")) from None
    return given
