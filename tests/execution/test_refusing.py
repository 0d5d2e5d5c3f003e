"""What cannot run is refused as a whole, before anything runs."""

import pytest

from tests.execution.runs import run, task, workflow
from wf_engine.text import WfError
from wf_engine.workspace.settings import Limits

IT = task('method: GET, url: "http://nothing.invalid/"')


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("{id: a, taskRef: nope}", "no task `nope`"),
        ("{id: a, transform: {}}", "needs `pipeline` or `jsonPath`"),
        ("{id: a, transform: {pipeline: [revers]}}", "Did you mean `reverse`?"),
        ("{id: a, transform: {pipeline: [{filter: {where: item.x >}}]}}", "cannot run"),
        ("{id: a}", "nothing is written that could run"),
        ("{id: a, taskRef: it, workflowRef: main}", "more than one"),
        ("{id: a, taskRef: it}\n{id: a, taskRef: it}", "twice"),
        ("{taskRef: it}", "no id"),
        ("{id: a, taskRef: it, dependsOn: [bb]}\n{id: b, taskRef: it}", "no such step"),
        ("{id: a, taskRef: it, dependsOn: [a]}", "waits for itself"),
        ("{id: a, workflowRef: nope}", "no workflow `nope`"),
        ("{id: a, workflowRef: main}", "runs itself: main → main"),
        ("{id: a, switch: {value: input.x}}", "no cases"),
        ("{id: a, switch: {value: 1, cases: [{match: 1}]}}", "nothing is written that could run"),
        ("{id: a, taskRef: it, fallback: {}}", "nothing is written that could run"),
        ("{id: a, taskRef: it, forEach: {}}", "no `items`"),
        ("{id: a, tasks: [{id: b, taskRef: it, dependsOn: [c]}]}", "waits for `c`"),
        ("{id: c, taskRef: it}\n{id: a, tasks: [{id: b, taskRef: it, dependsOn: [c]}]}", "waits for `c`"),
        ("{id: a, tasks: [{id: b, taskRef: it}, {id: b, taskRef: it}]}", "twice"),
        ("{id: a, tasks: [{id: b, taskRef: it, input: {x: '{{tasks.a.output}}'}}]}", "waits for itself"),
        (
            """{id: a, taskRef: it, dependsOn: [c]}
            {id: b, taskRef: it, dependsOn: [a]}
            {id: c, taskRef: it, input: {x: "{{tasks.b.output}}"}}""",
            "a → c → b → a",
        ),
    ],
)
async def test_a_workflow_that_cannot_run_is_refused(steps: str, said: str) -> None:
    events: list[object] = []
    with pytest.raises(WfError) as raised:
        await run(IT + workflow(steps, "description: x"), watch=events.append)
    assert said in raised.value.message
    assert events == []


async def test_more_steps_than_the_limit_are_refused() -> None:
    with pytest.raises(WfError, match=r"limits\.steps"):
        await run(IT + workflow("{id: a, taskRef: it}\n{id: b, taskRef: it}"), limits=Limits(steps=1))
