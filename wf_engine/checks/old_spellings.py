"""WF901 to WF914: the old spellings of language §10, each with its own code and page.

Reading understands them and words what there is to say; here they get their codes.
"""

from collections.abc import Iterator

from wf_engine.checks.base import Check, Draft, check
from wf_engine.checks.reports import report_problem
from wf_engine.language import Problem
from wf_engine.text import Severity

_SUMMARIES = (
    ("WF901", "old-group", "`workflow.example.com/v1` or `workflows.example.com/v1`, today `workflow.io/v1`."),
    ("WF902", "old-request", "`request` of a task, today `http`."),
    ("WF903", "old-condition", "A `condition` that is an expression, today `condition: {if: …}`."),
    ("WF904", "old-max-parallel", "`maxParallel` of `forEach`, today `maxConcurrency`."),
    ("WF905", "old-collection", "`collection` of `forEach`, today `items`."),
    ("WF906", "old-input-schema", "`inputSchema` of a workflow, today `input`."),
    ("WF907", "old-query", "`query` of `transform`, today `jsonPath`."),
    ("WF908", "old-retry-policy", "`retryPolicy`, `maxRetries` and `backoff`, today `retry`."),
    ("WF909", "old-backoff", "`backoffMs` of `retry`, today `initialDelay`."),
    ("WF910", "old-retry-count", "`retryCount`, today `retry: {maxAttempts: …}` with one more."),
    ("WF911", "old-operation-name", "The operations `sortBy` and `unique`, today `sort` and `distinct`."),
    ("WF912", "old-operation-map", "`{operation: filter, …}` in a pipeline, today `filter: {…}`."),
    ("WF913", "old-loop-outputs", "`tasks.x.forEach.outputs`, today `tasks.x.output.results`."),
    ("WF914", "old-workflow-input", "`workflow.input`, today `input`."),
)


def _spelling(code: str, name: str, summary: str) -> Check:
    @check("problem", code, name, Severity.HINT, summary, tags=("deprecated",))
    def old_spelling(problem: Problem) -> Iterator[Draft]:
        """Offers today's spelling of exactly that."""
        yield report_problem(problem)

    return old_spelling


OLD_SPELLINGS: tuple[Check, ...] = tuple(_spelling(*row) for row in _SUMMARIES)
OLD_CODES = frozenset(each.code for each in OLD_SPELLINGS)
"""Codes of findings whose fixes say the same in today's spelling."""
