"""Mock runs: everything happens for real except that services are not asked (language §7)."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from wf_engine.analysis import facts_of, site_reads
from wf_engine.execution.errors import Failure
from wf_engine.execution.failures import of_timeout
from wf_engine.execution.program import Call, StepRun
from wf_engine.execution.transport import Response
from wf_engine.language import Http, TaskSpec, WorkflowDocument, default
from wf_engine.types import apply_defaults, of_schema, sample, validate
from wf_engine.workspace import Workspace

_JSON = "application/json"


class MockAnswers:
    """Answers each request with an example of its task, or with a sample of what the task's `outputSchema` allows.

    Deterministic: the same seed, step and input give the same answer.
    """

    execution: Mapping[str, Any] = MappingProxyType({})
    """Nothing is another than in a live run."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self.guessed: list[str] = []
        """The paths of the steps for whose input no example was there."""

    async def answer(self, step: StepRun, call: Call) -> Response:
        """The answer to an attempt of a step."""
        return json_response(success_status(call.reader.spec), self._body(step, call.reader.spec))

    def _body(self, step: StepRun, spec: TaskSpec) -> Any:
        examples = [each for each in spec.examples or () if each.output is not None]
        for each in examples:
            if _completed(spec, each.input) == step.input and _is_valid(spec, each.output):
                return each.output
        self.guessed.append(step.path)
        general = [each.output for each in examples if each.input is None and _is_valid(spec, each.output)]
        if general:
            return general[0]
        return sample(of_schema(_schema(spec)), self._seed_of(step))

    def _seed_of(self, step: StepRun) -> int:
        """Steps differ from one another, and are what they were in the last run."""
        text = f"{self._seed}/{step.path}".encode()
        return int.from_bytes(hashlib.blake2b(text, digest_size=6).digest()) if self._seed else 0


def json_response(status: int, body: Any) -> Response:
    """An answer with a JSON body; without one for null."""
    return Response(status, {"content-type": _JSON}, b"" if body is None else msgspec.json.encode(body))


def _completed(spec: TaskSpec, given: Any) -> Any:
    """An example's input with the defaults that a step's input has got."""
    return given if spec.input_schema is None or given is None else apply_defaults(of_schema(spec.input_schema), given)


def _schema(spec: TaskSpec) -> Any:
    return True if spec.output_schema is None else spec.output_schema


def _is_valid(spec: TaskSpec, output: Any) -> bool:
    return not validate(of_schema(_schema(spec)), output)


def success_status(spec: TaskSpec) -> int:
    """A code that means success: the first that the task names."""
    written = (spec.http.success_status if spec.http else None) or default(Http, "successStatus")
    first = str(written[0])
    return int(f"{first[0]}00" if first.endswith("xx") else first)


def timed_out(call: Call) -> Failure:
    """The failure of a call as if no answer had come within its timeout."""
    return of_timeout(call.request, call.timeout_ms, call.reader.name)


def made_up_secrets(workspace: Workspace) -> Mapping[str, str]:
    """A value for each secret that the workspace reads, for runs that send nothing: they need no real ones."""
    names: set[str | None] = set()
    for model in (source.model for source in workspace.documents()):
        reads = [read for site in model.reading.sites for read in site_reads(site)] if model else []
        spec = model.spec if isinstance(model, WorkflowDocument) else None
        for step in spec.tasks or () if spec else ():
            reads += facts_of(step).reads
        names |= {name for root, name in reads if root == "secrets"}
    return {name: f"secret-{name}" for name in names if name}
