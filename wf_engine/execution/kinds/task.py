"""Steps and other targets that run a WorkflowTask by `taskRef`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from wf_engine.execution.answers import body_as_it_is, output_of
from wf_engine.execution.cache_keys import cache_policy
from wf_engine.execution.circuits import circuit_policy
from wf_engine.execution.contracts import InputContract, OutputContract
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.failures import of_expression, of_status
from wf_engine.execution.kinds.scoping import Scoping
from wf_engine.execution.kinds.transform import compile_transform_task
from wf_engine.execution.program import Answer, Call, CircuitUse, Context, StepRun, Target
from wf_engine.execution.requests import RequestTemplate, success_statuses
from wf_engine.execution.retrying import retry_after, retry_policy
from wf_engine.execution.transport import Request, Response
from wf_engine.expressions import ExpressionError, resolver
from wf_engine.language import CircuitBreaker, Http, Retry, Step, TaskSpec, default
from wf_engine.language import Target as Written
from wf_engine.workspace import Definition, Settings


def compile_task(written: Step | Written, given: Mapping[str, Any], scoping: Scoping) -> Target:
    """The task that `taskRef` names. Raises WfError where there is none, or it cannot run."""
    ref = written.task_ref or ""
    definition = scoping.workspace.task(ref, scoping.definition.key.namespace)
    spec = definition.model.spec if definition is not None else None
    if definition is None or not isinstance(spec, TaskSpec):
        raise scoping.error(f"there is no task `{ref}`.", "Correct the name, or add the WorkflowTask.")
    use = Use(ref, given, scoping.step.retry, scoping.step.circuit_breaker)
    return TYPES[spec.type or "http"](definition, spec, use, scoping)


def _transform(definition: Definition, spec: TaskSpec, use: "Use", scoping: Scoping) -> Target:
    return compile_transform_task(definition, spec, use.ref, use.given, scoping)


def _http(definition: Definition, spec: TaskSpec, use: "Use", scoping: Scoping) -> "HttpTarget":
    ref = use.ref
    if spec.http is None or spec.http.method is None or spec.http.url is None:
        raise scoping.error(f"the task `{ref}` has no complete `http` part.", "Write its `method` and `url`.")
    return HttpTarget(definition, spec, spec.http, use, scoping.workspace.settings)


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """How a step uses a task: the name that it writes, the input, the retries and the circuit that it asks for."""

    ref: str
    given: Mapping[str, Any]
    retry: Retry | None
    circuit_breaker: CircuitBreaker | None


TYPES: Mapping[str, Callable[[Definition, TaskSpec, Use, Scoping], Target]] = MappingProxyType(
    {"http": _http, "transform": _transform}
)
"""What makes a target of a task, by the task's `type`."""


class HttpTarget:
    """An http task with the input that the step gives it; it also reads the answers."""

    def __init__(self, definition: Definition, spec: TaskSpec, http: Http, use: Use, settings: Settings) -> None:
        self.task_ref: str | None = use.ref
        self._ref = use.ref
        self._spec = spec
        self._given = resolver(dict(use.given))
        self._input = InputContract(definition.contract.input_schema, f"the task `{use.ref}`", "`inputSchema`")
        self._output = OutputContract(definition.contract.output_schema)
        self._validation = spec.response_validation or default(TaskSpec, "responseValidation")
        self._name = f"{definition.key.namespace}/{definition.key.name}"
        self._retry = retry_policy(http.method or "", use.retry, spec.retry)
        self._circuit = circuit_policy(use.circuit_breaker, spec.circuit_breaker)
        self._cache = cache_policy(spec.cache, http.method or "", self._name)
        self._timeout_ms: int = spec.timeout if spec.timeout is not None else default(TaskSpec, "timeout")
        self._good = success_statuses(http)
        self._nesting = settings.limits.nesting
        self._template = _request_template(http, settings.env, use.ref)

    def open(self, step: StepRun, context: Context) -> Call:
        """Resolves and checks the input, then makes the request. Raises StepError."""
        step.task_ref = self._ref
        try:
            given = self._given(step.frame.roots, context.note(step.path))
        except ExpressionError as error:
            raise StepError(of_expression(error, "the input")) from None
        step.input = self._input.completed(given)
        self._input.check(step.input)
        if isinstance(self._template, Failure):
            raise StepError(self._template)
        scope = {
            "input": step.input,
            "env": context.env,
            "secrets": context.secrets,
            "execution": step.frame.roots["execution"],
        }
        key = f"{context.recorder.execution_id}/{step.path}" if self._retry.keyed else None
        try:
            built = self._template.build(scope, context.masker, key)
            cache = None if self._cache is None else self._cache.use(built.request, scope)
        except ExpressionError as error:
            raise StepError(of_expression(error, f"the request of the task `{self._ref}`")) from None
        circuit = None
        if self._circuit is not None:
            origin = built.request.origin
            circuit = CircuitUse(self._name, f"{origin.host}:{origin.port}", self._circuit)
        return Call(built.request, built.shown, self._retry, self._timeout_ms, self, circuit, cache)

    @property
    def name(self) -> str:
        """The task's name as the step writes it."""
        return self._ref

    @property
    def full_name(self) -> str:
        """The task's namespace and name, as `ns/name`."""
        return self._name

    @property
    def spec(self) -> TaskSpec:
        """What the task says."""
        return self._spec

    def read(self, request: Request, response: Response, now: float, mask: Callable[[str], str]) -> Answer:
        """The output; see `Reader`."""
        if response.status not in self._good:
            after = retry_after(response.headers.get("retry-after"), now)
            raise StepError(of_status(request, response, body_as_it_is(response), after, mask))
        output = output_of(request, response, self._nesting)
        if self._validation == "off":
            return Answer(output, None)
        mismatch = self._output.mismatch(output, request, response, self._ref)
        if mismatch is not None and self._validation == "strict":
            raise StepError(mismatch)
        return Answer(output, mismatch)


def _request_template(http: Http, env: Mapping[str, Any], ref: str) -> RequestTemplate | Failure:
    """The template, or why no request can ever be made of it: that fails the step, not the other ones."""
    try:
        return RequestTemplate(http, env)
    except StepError as fault:
        return fault.failure
    except ExpressionError as error:
        return of_expression(error, f"the `url` of the task `{ref}`")
