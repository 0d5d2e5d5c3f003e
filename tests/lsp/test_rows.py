"""Every row of what the server answers, at a `$0`, in three documents: a typical one, a broken one, one full of surrogate pairs.

The answers are the same in all three: a break is felt where it is, and a place is a place in any script. Ranges are shown
as the text that they cover. What needs a disk, a child process or a waiting client is tested over the wire (`ELSEWHERE`).
"""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.lsp.asking import (
    Document,
    calls,
    changed_tokens,
    chosen,
    details,
    extracted,
    findings,
    folds,
    formatted,
    found_symbols,
    hints,
    ignored,
    inline,
    labels,
    lenses,
    linked,
    links,
    mended,
    outline,
    places,
    refused,
    renamed,
    says,
    selections,
    signature,
    titles,
    tokens,
)
from wf_lsp.server import FEATURES, WAITING_FEATURES

TYPICAL = """\
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main}
spec:
  input:
    size: {type: string, required: true}
    idle: {type: string}
  output: {sent: "{{tasks.mail.output.sent}}", first: "{{tasks.user.output.name}}", where: "{{env.API}}"}
  triggers:
    - {type: schedule, id: daily, cron: "0 6 * * *", timezone: UTC}
  tasks:
    - id: user
      taskRef: get-user
      timeout: 3s
      input: {id: "{{input.size}}", limit:  5}
    - id: mail
      taskRef: send-mail
      condition: {if: tasks.user.output.age > 18}
      input: {to: "{{tasks.user.output.name | upper}}", count: 1, body: "{{replace(input.size, 'a', 'b')}}"}
    - id: every
      taskRef: get-user
      forEach: {items: tasks.user.output.tags, itemVar: tag}
      input: {id: "{{forEach.tag}}"}
    - {id: lost, taskRef: get-usr, input: {id: "1"}}
    - {id: quiet, taskRef: get-us, input: {id: "1"}} # wf-ignore: WF301
    - {id: late, taskRef: }
    - id: picked
      transform: {input: "{{tasks.user.output}}", jsonPath: "$.address"}
"""
BROKEN = TYPICAL + '    - id: torn\n      taskRef: [get-user\n      input: {id: "{{tasks.\n'
MULTI_BYTE = """\
# 🙂 größe 日本語
apiVersion: workflow.io/v1
kind: Workflow
metadata: {name: main, annotations: {note: "🙂"}}
spec:
  description: "größer 🙂🙂"
  input:
    size: {description: "🙂 größe", type: string, required: true}
    idle: {description: "🙂", type: string}
  output: {"🙂 ö": 1, sent: "{{tasks.mail.output.sent}}", first: "{{tasks.user.output.name}}", where: "{{env.API}}"}
  triggers:
    - {description: "🙂", type: schedule, id: daily, cron: "0 6 * * *", timezone: UTC}
  tasks:
    - {description: "größe 🙂", id: user, taskRef: get-user, timeout: 3s, input: {id: "{{input.size}}", limit:  5}}
    - {description: "日本 🙂", id: mail, taskRef: send-mail, condition: {if: tasks.user.output.age > 18}, input: {to: "{{tasks.user.output.name | upper}}", count: 1, body: "{{replace(input.size, 'a', 'b')}}"}}
    - {description: "🙂🙂", id: every, taskRef: get-user, forEach: {items: tasks.user.output.tags, itemVar: tag}, input: {id: "{{forEach.tag}}"}}
    - {description: "🙂", id: lost, taskRef: get-usr, input: {id: "1"}}
    - {description: "🙂", id: quiet, taskRef: get-us, input: {id: "1"}} # wf-ignore: WF301 (🙂)
    - {description: "🙂", id: late, taskRef: }
    - {description: "🙂", id: picked, transform: {input: "{{tasks.user.output}}", jsonPath: "$.address"}}
"""
DOCUMENTS = {"typical": TYPICAL, "broken": BROKEN, "multi-byte": MULTI_BYTE}


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Document:
    return Document(DOCUMENTS[request.param])


class Case(NamedTuple):
    """A promise of a row: what is asked, how the answer is read, and what it must be."""

    row: str
    promise: str
    method: str
    read: Callable[[Document], Any]
    expected: Any


HOVER, DEFINITION = "textDocument/hover", "textDocument/definition"
COMPLETION = "textDocument/completion"
CASES = (
    Case("diagnostics", "documentation and fixes", "textDocument/publishDiagnostics", details, ["WF301.md", "Change it to `get-user`"]),
    Case("diagnostics", "at its place, and not where it is ignored", "textDocument/publishDiagnostics", findings, ["WF301 get-usr"]),
    Case("completion", "keys", COMPLETION, labels("time$0out: 3s", "retry", "dependsOn"), ["timeout", "retry", "dependsOn"]),
    Case("completion", "enum members", COMPLETION, labels("type: sch$0edule", "webhook"), ["schedule", "webhook"]),
    Case("completion", "task names", COMPLETION, labels("taskRef: send-$0mail", "get-user"), ["send-mail", "get-user"]),
    Case("completion", "steps that make no cycle", COMPLETION, labels("tasks.$0user.output.age", "mail", "lost"), ["user", "lost"]),
    Case("completion", "roots", COMPLETION, labels("{{$0input.size}}", "tasks", "env", "secrets"), ["input", "tasks", "env", "secrets"]),
    Case("completion", "paths", COMPLETION, labels("tasks.user.output.na$0me | upper", "age", "tags"), ["name", "age", "tags"]),
    Case("completion", "functions", COMPLETION, labels("| up$0per", "lower"), ["upper", "lower"]),
    Case("completion", "loop variables", COMPLETION, labels("forEach.ta$0g", "index"), ["tag", "index"]),
    Case("completion", "durations", COMPLETION, labels("timeout: 3$0s", "3m"), ["3s", "3m"]),
    Case("completion", "cron", COMPLETION, labels('cron: "0 6 * * $0*', "0 6 * * MON-FRI"), ["0 6 * * *", "0 6 * * MON-FRI"]),
    Case("completion", "time zones", COMPLETION, labels("timezone: U$0TC", "Europe/Berlin"), ["UTC", "Europe/Berlin"]),
    Case("completion", "a task with its inputs", COMPLETION, chosen("taskRef: $0}", "send-mail"), 'send-mail, input: {to: "${1:}", count: ${2:0}}$0'),
    Case("completion", "variables", COMPLETION, labels("{{env.$0API"), ["API"]),
    Case("completion", "JSONPath", COMPLETION, labels('jsonPath: "$.ad$0dress', "$.tags[*]"), ["$.address", "$.tags[*]"]),
    Case("hover", "fields", HOVER, says(HOVER, "task$0Ref: send-mail", "Default", "taskRef: get-user"), ["taskRef", "taskRef: get-user"]),
    Case("hover", "types", HOVER, says(HOVER, "tasks.user.output.na$0me | upper", "string"), ["tasks.user.output.name", "string"]),
    Case("hover", "contracts", HOVER, says(HOVER, "taskRef: send-$0mail", "POST", "example.com/mails"), ["send-mail", "POST", "example.com/mails"]),
    Case("hover", "cron", HOVER, says(HOVER, 'cron: "0 $06', "06:00"), ['"0 6 * * *"', "06:00"]),
    Case("signature help", "functions", "textDocument/signatureHelp", signature, ["replace", 1]),
    Case("definition", "steps", DEFINITION, places(DEFINITION, "tasks.us$0er.output.age"), ["user"]),
    Case("definition", "tasks", DEFINITION, places(DEFINITION, "taskRef: send-$0mail"), ["tasks: send-mail"]),
    Case("definition", "inputs", DEFINITION, places(DEFINITION, "input.si$0ze}}"), ["size"]),
    Case("definition", "output properties", DEFINITION, places(DEFINITION, "tasks.user.output.na$0me | upper"), ["tasks: name"]),
    Case("definition", "loop variables", DEFINITION, places(DEFINITION, "forEach.ta$0g"), ["tag"]),
    Case("definition", "types", "textDocument/typeDefinition", places("textDocument/typeDefinition", "tasks.user.output.ta$0gs"),
         ["tasks: {type: array, items: {type: string}}"]),
    Case("definition", "references", "textDocument/references",
         places("textDocument/references", "id: us$0er", context={"includeDeclaration": True}), ["user"] * 6),
    Case("definition", "highlight", "textDocument/documentHighlight", places("textDocument/documentHighlight", "id: us$0er"), ["user"] * 6),
    Case("rename", "prepare", "textDocument/prepareRename", lambda document: document.covered(
        document.ask("textDocument/prepareRename", "id: us$0er")["range"]), "user"),
    Case("rename", "everywhere", "textDocument/rename", renamed, True),
    Case("rename", "refused with a reason", "textDocument/rename", refused, "There is a step `mail` in this workflow already."),
    Case("symbols", "of the document", "textDocument/documentSymbol", outline, ["size: size", "idle: idle", "user: user", "mail: mail"]),
    Case("symbols", "of the workspace", "workspace/symbol", found_symbols, ["every: every"]),
    Case("code actions", "fixes", "textDocument/codeAction", mended, [True, "get-usr"]),
    Case("code actions", "a literal becomes an input", "textDocument/codeAction", extracted, [True, True]),
    Case("code actions", "all fixes", "textDocument/codeAction", titles(None, "source.fixAll"), ["Apply all fixes"]),
    Case("code actions", "refactorings", "textDocument/codeAction", titles("taskRef: get-us$0r,", "refactor"),
         ["Extract `lost` to a workflow of its own", "Put `lost` into a block", "Run `lost` for each item of a list", "Run `lost` under a condition"]),
    Case("code actions", "the missing task", "textDocument/codeAction", titles("taskRef: get-us$0r,", "quickfix"),
         ["Change it to `get-user`", "Create the task `get-usr`"]),
    Case("code actions", "missing inputs", "textDocument/codeAction", titles("limit:  $05", "refactor.rewrite"),
         ["Add all inputs of `get-user`", "Put `user` into a block"]),
    Case("code actions", "advice is ignored", "textDocument/codeAction", ignored, {"typical": [], "multi-byte": [], "broken": ["errors come first"]}),
    Case("code lens", "run, dry run, references", "textDocument/codeLens", lenses, ["main: ▶ Run", "main: Dry run", "main: 0 references"]),
    Case("inlay hints", "types and levels", "textDocument/inlayHint", hints, ["userlevel 1 of 2", '"{{input.size}}": string']),
    Case("semantic tokens", "expressions", "textDocument/semanticTokens/full", tokens, ["tasks", "user", "output", "age", ">", "18"]),
    Case("semantic tokens", "of a range and what changed", "textDocument/semanticTokens/full/delta", changed_tokens, [True, []]),
    Case("structure", "folding", "textDocument/foldingRange", folds, ["spec:", "input:", "tasks:"]),
    Case("structure", "selection", "textDocument/selectionRange", selections,
         ["name", "tasks.user.output.name", "tasks.user.output.name | upper"]),
    Case("structure", "linked editing", "textDocument/linkedEditingRange", linked, ["user"] * 6),
    Case("structure", "links", "textDocument/documentLink", links, ["WF301 → file", "get-user → untitled", "send-mail → untitled"]),
    Case("formatting", "a document", "textDocument/formatting", formatted("textDocument/formatting"), {"broken": "left alone", "typical": True, "multi-byte": True}),
    Case("formatting", "a range", "textDocument/rangeFormatting", formatted("textDocument/rangeFormatting"), {"broken": "left alone", "typical": True, "multi-byte": True}),
    Case("formatting", "on type", "textDocument/onTypeFormatting", formatted("textDocument/onTypeFormatting", ch="\n"),
         {"broken": "left alone", "typical": True, "multi-byte": True}),
    Case("inline values", "while debugging", "textDocument/inlineValue", inline, ["input.size: input.size"]),
    Case("call hierarchy", "both ways", "textDocument/prepareCallHierarchy", calls, ["main", "get-user", "get-user", "get-user", "send-mail"]),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.row}: {case.promise}" for case in CASES])
def test_a_row(document, case):
    name = next(name for name, text in DOCUMENTS.items() if text == document.text)
    expected = case.expected[name] if isinstance(case.expected, dict) else case.expected
    assert case.read(document) == expected


ELSEWHERE: dict[str, dict[str, str]] = {
    "text sync, encodings": {
        "incremental, in any encoding": "lsp/test_documents.py::test_positions_count_in_what_was_agreed",
        "whatever is typed": "lsp/test_monkey.py::test_a_monkey",
        "utf-8, utf-16 and utf-32": "lsp/test_clients.py::test_places_count_in_the_units_of_the_client",
        "several roots": "lsp/test_workspace.py::test_several_folders_know_nothing_of_each_other",
        "files watched": "lsp/test_workspace.py::test_a_file_that_comes_changes_and_goes",
        "configuration pulled and pushed": "lsp/test_methods.py::test_did_change_configuration",
    },
    "diagnostics": {
        "the edited document first": "lsp/test_order.py::test_between_two_messages_at_most_one_unit_is_done",
        "then those that depend on it": "lsp/test_workspace.py::test_what_the_editor_holds_counts_until_it_is_closed",
        "pulled": "lsp/test_pull_diagnostics.py::test_a_document_is_pulled_and_said_to_be_unchanged",
        "of the workspace": "lsp/test_pull_diagnostics.py::test_the_workspace_is_pulled_with_what_is_not_open_and_in_parts",
        "related information, tags": "lsp/test_clients.py::test_a_client_that_lacks_one_thing_gets_none_of_it",
    },
    "completion": {
        "required keys first": "editing/test_completion_keys.py::test_what_has_to_be_there_comes_first",
        "behind wide characters": "editing/test_completion_keys.py::test_behind_wide_characters",
        "where the document is broken": "editing/test_completion_broken.py::test_at_the_break_itself",
        "never a step that cannot have run": "editing/test_completion_values.py::test_a_step_waits_for_none_that_waits_for_it",
        "versions": "editing/test_completion_names.py::test_a_workflow_is_offered_without_and_with_each_version",
        "secrets": "editing/test_completion_names.py::test_secrets_that_are_there_come_before_those_that_are_only_named",
        "whole documents": "editing/test_completion_documents.py::test_an_empty_document_of_ours_may_become_a_workflow_or_a_task",
        "steps": "editing/test_completion_keys.py::test_a_new_step",
        "resolve": "lsp/test_code_actions.py::test_the_documentation_of_an_item_is_there_when_it_is_looked_at",
    },
    "hover": {
        "the value in the last run": "editing/test_hover.py::test_an_expression_shows_the_value_of_the_last_run",
        "the next three firings": "editing/test_hover.py::test_a_cron_line_is_said_in_words_with_its_next_three_firings",
    },
    "signature help": {
        "operations": "editing/test_signature.py::test_the_operation_around_the_cursor",
    },
    "definition": {
        "workflows and versions": "editing/test_references.py::test_a_workflow_and_its_version_are_two_names",
        "across files": "editing/test_references.py::test_a_task_is_named_across_files_with_its_namespace",
    },
    "rename": {
        "every kind of name": "editing/test_rename.py::test_there_and_back_with_every_kind_of_name",
        "captures": "editing/test_rename.py::test_what_would_be_captured_is_refused",
        "with change annotations": "lsp/test_clients.py::test_every_method_answers_every_client_with_nothing_that_it_did_not_announce",
    },
    "symbols": {"resolved lazily": "lsp/test_names.py::test_workspace_symbol"},
    "code actions": {
        "steps into a workflow": "editing/test_refactoring.py::test_steps_into_a_workflow_of_their_own",
        "and back": "editing/test_refactoring.py::test_extracted_and_inlined_again_nothing_is_wrong",
        "serial steps become parallel": "editing/test_refactoring.py::test_serial_steps_become_parallel",
        "old spellings": "checks/test_old_spellings.py::test_the_fix_makes_the_right_example_of_the_wrong_one",
    },
    "code lens": {"the last run": "lsp/test_running.py::test_a_run_from_the_lens_to_the_values_in_the_text"},
    "inlay hints": {
        "values of a dry run": "editing/test_inlay_hints.py::test_a_dry_run_tells_what_rests_on_the_input_alone",
        "durations": "editing/test_inlay_hints.py::test_steps_say_how_long_they_took_the_last_time",
        "switched off": "lsp/test_methods.py::test_did_change_configuration",
    },
    "semantic tokens": {"roots, functions": "editing/test_tokens.py::test_an_expression_in_a_string_is_taken_apart"},
    "structure": {"expressions included": "editing/test_folding.py::test_comments_and_templates_over_several_lines"},
    "formatting": {
        "idempotent, changes no value": "editing/test_formatting.py::test_nothing_changes_but_the_layout",
        "keeps comments": "editing/test_formatting.py::test_comments_go_with_what_they_stand_at",
        "keeps anchors": "editing/test_formatting.py::test_anchors_aliases_and_tags",
        "keeps block scalars": "editing/test_formatting.py::test_texts_of_several_lines",
    },
    "call hierarchy": {"broken": "editing/test_call_hierarchy.py::test_in_a_broken_document_with_references_to_nothing"},
    "inline values": {"of a run": "lsp/test_running.py::test_where_an_editor_stands_still_it_shows_the_values_of_the_last_run"},
    "progress, partial results, cancellation": {
        "indexing": "lsp/test_workspace.py::test_many_files_are_read_behind_a_progress_bar_while_the_open_one_is_answered",
        "runs": "lsp/test_running.py::test_a_run_is_cancelled_and_says_so",
        "partial results": "lsp/test_pull_diagnostics.py::test_the_workspace_is_pulled_with_what_is_not_open_and_in_parts",
        "a cancelled request": "lsp/test_order.py::test_after_twenty_cancelled_requests_only_the_hover_is_worked_on",
    },
    "commands": {"each": "lsp/test_every_method.py::test_each_command_is_carried_out"},
}  # fmt: skip
"""Promises that are kept elsewhere, each by a test; together with `CASES` every row of the table."""


def test_each_row_has_its_cases_and_what_is_said_to_be_elsewhere_is_there():
    assert {case.row for case in CASES} <= set(ELSEWHERE)
    for name in {name for row in ELSEWHERE.values() for name in row.values()}:
        file, _, function = name.partition("::")
        tree = ast.parse((Path(__file__).parents[1] / file).read_text("utf-8"))
        assert function in {getattr(node, "name", None) for node in tree.body}, name


NOT_AT_A_PLACE = {
    "initialize", "initialized", "textDocument/didOpen", "textDocument/didChange", "textDocument/didSave",
    "textDocument/didClose", "workspace/didChangeWatchedFiles", "workspace/didChangeWorkspaceFolders",
    "workspace/didChangeConfiguration", "completionItem/resolve", "workspaceSymbol/resolve", "codeAction/resolve",
    "textDocument/diagnostic", "workspace/diagnostic",
}  # fmt: skip
"""Methods that speak of no place in a document, or go on from the answer of another one."""


def test_each_method_that_is_asked_about_a_document_has_a_case():
    sources = [(Path(__file__).parent / name).read_text("utf-8") for name in ("asking.py", "test_rows.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    asked = {node.value for node in nodes if isinstance(node, ast.Constant)}
    methods = {method for method, *_ in (*FEATURES, *WAITING_FEATURES)}
    assert methods - NOT_AT_A_PLACE <= asked
    assert methods >= NOT_AT_A_PLACE
