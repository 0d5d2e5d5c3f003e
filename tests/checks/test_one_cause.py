"""One cause, one diagnostic (language §12): single mistakes in files in which nothing else is wrong."""

import re
from pathlib import Path

import pytest

from tests import shop
from tests.checks.rich import FILES, RICH
from tests.support import TASKS
from wf_engine.checks import diagnostics
from wf_engine.text import Diagnostic
from wf_engine.workspace import Workspace

EXAMPLES = {Path(path).name: text for path, text in shop.FILES.items()}
RICH_PATH, TASK_PATH = "rich.workflow.yaml", "tasks.task.yaml"

_EXAMPLES = "  examples:\n    - name: One"


def _trigger(text: str) -> str:
    """What stands before the examples, with a trigger."""
    return f"  triggers:\n    - {text}\n{_EXAMPLES}"


IN_RICH = [
    # YAML
    ("description: Every form", "description Every form", "WF101"),
    ("name: rich", 'name: "rich', "WF101"),
    ("retry: {maxAttempts: 2, initialDelay: 50ms}", "retry: {maxAttempts: 2, initialDelay: 50ms", "WF101"),
    ("full:\n      type: boolean\n      default: true", "full:\n      type: boolean\n      default: yes", "WF102"),
    ("timeout: 1m", "timeout: 1m\n  timeout: 2m", "WF103"),
    ('to: "{{forEach.tag}}"', "to: {{forEach.tag}}", "WF104"),
    ("labels: {team: größe}", "labels: *none", "WF105"),
    # structure
    ("maxConcurrency: 3", "maxConcurency: 3", "WF201"),
    ("taskRef: get-user\n      input:\n        id:", "taskref: get-user\n      input:\n        id:", "WF201"),
    ("itemVar: tag", "itemvar: tag", "WF201"),
    ("forEach:\n", "foreach:\n", "WF201"),
    ('input:\n        id: "{{input.userId}}"', 'inputs:\n        id: "{{input.userId}}"', "WF201"),
    ("  input:\n    userId", "  inputs:\n    userId", "WF201"),
    ("  tasks:\n    - id: user", "  task:\n    - id: user", "WF201"),
    ("- id: user\n      description", "- description", "WF202"),
    ("value: tasks.user.output.name\n", "\n", "WF202"),
    ("parallel: false", "parallel: never", "WF203"),
    ("dependsOn: [again]", "dependsOn: again", "WF203"),
    ("maxConcurrency: 3", "maxConcurrency: three", "WF203"),
    ("maxConcurrency: 3", "maxConcurrency: 0", "WF204"),
    ("timeout: 5s", "timeout: 5", "WF204"),
    ("timeout: 1m", "timeout: 6m", "WF204"),
    ("id: sub", "id: sub workflow", "WF204"),
    ("name: rich", "name: Rich", "WF204"),
    ("maxAttempts: 2", "maxAttempts: 20", "WF204"),
    ("type: boolean", "type: bool", "WF205"),
    ("items: {type: integer}", "items: {type: int}", "WF205"),
    ("taskRef: send-mail\n      forEach", "taskRef: send-mail\n      workflowRef: child\n      forEach", "WF206"),
    ("workflowRef: child@1.10.0", "description: nothing", "WF206"),
    ("verbose: true\n", "verbose: true\n      output: {a: 1}\n", "WF209"),
    # names
    ("taskRef: get-user\n      input:\n        id:", "taskRef: get-usr\n      input:\n        id:", "WF301"),
    ("workflowRef: child@1.10.0", "workflowRef: chil", "WF302"),
    ("workflowRef: child@1.10.0", "workflowRef: child@3.0.0", "WF307"),
    ("dependsOn: [mails, route]", "dependsOn: [mail, route]", "WF303"),
    ("dependsOn: [again]", "dependsOn: [again, town]", "WF304"),
    ("id: hidden", "id: user", "WF305"),
    # expressions
    ("tasks.mails.output.successCount > 0", "tasks.mails.output.successCount > > 0", "WF401"),
    ('id: "{{input.userId}}"', 'id: "{{input.userId"', "WF402"),
    ('id: "{{input.userId}}"', 'id: "{{inputs.userId}}"', "WF403"),
    ("upper(tasks", "uper(tasks", "WF404"),
    ('id: "{{input.userId}}"', 'id: "{{input.userID}}"', "WF405"),
    ("tasks.user.output.manager", "tasks.user.output.manger", "WF406"),
    ("tasks.sub.output.name != ''", "tasks.sub.output.nom != ''", "WF406"),
    ('name: "{{tasks.user.output.name}}"', 'name: "{{tasks.usr.output.name}}"', "WF407"),
    ("length(input.sizes)", "length(input.sizes, 1)", "WF410"),
    ('route: "{{tasks.route.output}}"', 'route: "{{tasks.route}}"', "WF411"),
    ("forEach.index", "forEach.idnex", "WF412"),
    # types
    ("forEach.index + length", "forEach.tag - length", "WF501"),
    ("if: input.full", "if: input.userId", "WF502"),
    ('items: "{{tasks.user.output.tags}}"', 'items: "{{tasks.user.output.address}}"', "WF502"),
    ("to: nobody", "to: 5", "WF503"),
    ('count: "{{tasks.mails.output.itemCount}}"', 'count: "{{tasks.mails.output.results}}"', "WF503"),
    ("input: {to: nobody, count: 0}", "input: {to: nobody}", "WF504"),
    ('      input:\n        id: "{{tasks.user.output.manager ?? \'0\'}}"\n', "", "WF504"),
    ("to: nobody, count: 0", "to: nobody, count: 0, cc: x", "WF505"),
    ("tasks.address.output?.city ?? 'nowhere'", "tasks.address.output.city ?? 'nowhere'", None),
    ('body: "{{tasks.address.output?.city}}"', 'body: "{{tasks.address.output.city}}"', "WF506"),
    ("tasks.user.output.manager ?? '0'", "tasks.user.output.manager", "WF509"),
    ('name: "{{tasks.user.output.name}}"', 'name: "{{tasks.user.output.age}}"', "WF507"),
    ("verbose: true", "verbse: true", "WF508"),
    ("default: [1, 2]", "default: [1, two]", "WF510"),
    ("sizes: [3]", "sizes: 3", "WF511"),
    ('input: {userId: "1"}', "input: {}", "WF511"),
    # flow
    ("timeout: 5s", "timeout: 5s\n      dependsOn: [last]", "WF601"),
    ("if: input.full", "if: input.full == 'yes'", "WF602"),
    ("match: [Bob, Eve]", "match: [Ada, Eve]", "WF603"),
    ('        default:\n          taskRef: get-user\n          input: {id: "0"}\n', "", "WF604"),
    ("dependsOn: [mails, route]", "dependsOn: [mails, route, user]", "WF605"),
    ("tasks.sub.output.name != ''", "tasks.sub.output.name != null", "WF609"),
    ("workflowRef: child@1.10.0", "workflowRef: ops/child", "WF308"),
    ('id: "{{input.userId}}"', 'id: "{{forEach.item}}"', "WF413"),
    ('id: "{{input.userId}}"', 'id: "{{error.code}}"', "WF414"),
    # resilience, triggers, security, advice
    (_EXAMPLES, _trigger("{type: schedule, id: t, cron: '0 25 * * *', input: {userId: a}}"), "WF701"),
    (_EXAMPLES, _trigger("{type: schedule, id: t, cron: '0 5 * * *', timezone: UTCC, input: {userId: a}}"), "WF702"),
    (_EXAMPLES, _trigger("{type: schedule, id: t, cron: '0 5 * * *', input: {userId: a, x: 1}}"), "WF703"),
    (_EXAMPLES, _trigger("{type: webhook, id: t, path: t, secretRef: K, inputMapping: {userId: '1'}}"), "WF703"),
    (_EXAMPLES, _trigger("{type: webhook, id: t, path: t, inputMapping: {userId: payload.id}}"), "WF709"),
    (_EXAMPLES, _trigger("{type: webhook, id: t, path: t, secretRef: K, filter: length(payload), inputMapping: {userId: payload.id}}"), "WF502"),
    (_EXAMPLES, _trigger("{type: webhook, id: t, path: t, secretRef: K, inputMapping: {'{{payload.key}}': payload.id}}"), "WF415"),
    (_EXAMPLES, _trigger("{type: webhook, id: t, secretRef: K, inputMapping: {userId: payload.id}}"), "WF710"),
    ("timeout: 5s", "timeout: 2m", "WF705"),
    ('route: "{{tasks.route.output}}"', 'route: "{{secrets.TOKEN}}"', "WF707"),
    ("    sizes:\n      type: array", "    other:\n      type: string\n    sizes:\n      type: array", "WF803"),
]  # fmt: skip

IN_TASKS = [
    ("method: POST", "method: PSOT", "WF204"),
    ("type: http\n  inputSchema", "type: htpp\n  inputSchema", "WF204"),
    ('  http: {method: POST, url: "https://example.com/mails", body: "{{input}}"}\n', "", "WF207"),
    ("retry: {maxAttempts: 2}", "retry: {maxAttempts: two}", "WF203"),
    ("verbose: {type: boolean}", "verbose: {type: boolaen}", "WF205"),
    ("tags: {type: array, items: {type: string}}", "tags: {type: array, items: [string]}", "WF205"),
    ("name: {type: string}", 'name: {$ref: "#/$defs/name"}', "WF208"),
    ("{{input.id}}", "{{input.ident}}", "WF408"),
    ("{{input.id}}", "{{input.verbose}}", "WF507"),
    ("{{input.id}}", "{{tasks.user.output}}", "WF414"),
    ("method: GET, url:", "method: GET, uri:", "WF201"),
    ("metadata: {name: send-mail}", "metadata: {name: get-user}", "WF306"),
    ("  retry: {maxAttempts: 2}\n", "", "WF704"),
    ("https://example.com/users", "http://example.com/users", "WF708"),
    ("https://example.com/mails", "example.com/mails", "WF210"),
    ("https://example.com/mails", "https://{{input.to}}/mails", "WF210"),
    ('body: "{{input}}"', "headers: {Authorization: Bearer 9f2c41d07be3}", "WF706"),
    ('body: "{{input}}"', 'headers: {"X Id": a}', "WF211"),
    ("  retry: {maxAttempts: 2}", "  retry: {maxAttempts: 2}\n  cache: {ttl: 1m}", "WF213"),
]

IN_EXAMPLES = [
    ("user-profile.workflow.yaml", "taskRef: get-user", "taskRef: get-users", "WF301"),
    ("user-profile.workflow.yaml", "limit: 1", "limit: one", "WF503"),
    ("user-profile.workflow.yaml", "orders[0].weightGrams", "orders[0].weight", "WF408"),
    ("user-profile.workflow.yaml", 'userId: "1"', "userId: 1", "WF511"),
    ("order-dashboard.workflow.yaml", "taskRef: get-payment", "taskRef: get-payments", "WF301"),
    (
        "order-dashboard.workflow.yaml",
        'if: "tasks.order.output.paymentId != null"',
        'if: "tasks.order.output.paymentId"',
        "WF502",
    ),
    (
        "order-dashboard.workflow.yaml",
        "tasks.stock.output.available > 0",
        "tasks.stock.output.available > '0'",
        "WF501",
    ),
    ("pay-with-retry.workflow.yaml", "causes: [network, timeout, 5xx]", "causes: [network, timeout, 5x]", "WF204"),
    ("pay-with-retry.workflow.yaml", "tasks.receipt.status", "tasks.receit.status", "WF407"),
    ("pay-with-retry.workflow.yaml", "input.notify &&", "input.notify and", "WF401"),
]


def broken(files: dict[str, str], path: str, old: str, new: str) -> tuple[Workspace, tuple[Diagnostic, ...]]:
    """What is said of a file in which the first `old` is a mistake, beside what is said of the others."""
    assert files[path].count(old) >= 1, f"{old!r} is not in {path}"
    workspace = Workspace.of({**files, path: files[path].replace(old, new, 1)})
    return workspace, diagnostics(workspace, path)


def check_one(workspace: Workspace, path: str, found: tuple[Diagnostic, ...], code: str | None) -> None:
    """Exactly one, of that code, on one line, in words that say what to do."""
    assert [each.code for each in found] == ([code] if code else [each.code for each in found][:1]), [
        f"{each.code} {each.message}" for each in found
    ]
    for each in found:
        text = workspace.files[path].text
        start, end = text.position(each.location.span.start), text.position(each.location.span.end)
        assert start.line == end.line
        assert re.match(r"[A-Z`\"]", each.message), each.message
        assert (
            each.hint
            or each.fixes
            or re.search(r"wante?d?s?\b|there (is|are)|are: |has to be|missing|at most", each.message)
        ), each.message
        assert each.message.count("Did you mean") <= 1
        assert not re.search(r"\b(NoneType|dict|scalar|node|token)\b", each.message), each.message


@pytest.mark.parametrize(("old", "new", "code"), IN_RICH)
def test_in_a_workflow(old: str, new: str, code: str | None) -> None:
    workspace, found = broken(FILES, RICH_PATH, old, new)
    check_one(workspace, RICH_PATH, found, code)
    for other in ("child-1.workflow.yaml", "child-2.workflow.yaml", TASK_PATH):
        assert diagnostics(workspace, other) == ()


@pytest.mark.parametrize(("old", "new", "code"), IN_TASKS)
def test_in_a_task(old: str, new: str, code: str) -> None:
    workspace, found = broken({TASK_PATH: TASKS}, TASK_PATH, old, new)
    check_one(workspace, TASK_PATH, found[:1] if code == "WF306" else found, code)


@pytest.mark.parametrize(("path", "old", "new", "code"), IN_EXAMPLES)
def test_in_an_example(path: str, old: str, new: str, code: str) -> None:
    workspace, found = broken(EXAMPLES, path, old, new)
    check_one(workspace, path, found, code)


def test_the_battery_is_large_and_begins_clean() -> None:
    assert len(IN_RICH) + len(IN_TASKS) + len(IN_EXAMPLES) >= 60
    workspace = Workspace.of(FILES)
    assert {path: diagnostics(workspace, path) for path in FILES} == dict.fromkeys(FILES, ())
    assert RICH.count("\n") > 80
