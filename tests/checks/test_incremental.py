"""What is said after edits is what a fresh look at the same texts says (invariant 4)."""

import gc
import random
import re
from collections.abc import Iterator

import pytest

from tests.checks.long import STEP_TASK, long_workflow
from tests.checks.rich import FILES
from tests.support import workflow
from wf_engine.analysis import Signature
from wf_engine.checks import diagnostics, units
from wf_engine.text import Diagnostic, Edit, Span
from wf_engine.workspace import Change, Settings, SourceFile, Workspace

SNIPPETS = (
    "x", " ", "\n", ":", "- ", '"', "{", "}", "{{", "}}", "?.", "#", "&a ", "*a", "  ", "'", ",", "[", "tasks.", "user",
    '\n    - id: fresh\n      taskRef: get-user\n      input: {id: "1"}\n', "ä", "\t", "\r\n", "---\n", "null", "yes",
)  # fmt: skip
CONTRACTS = (
    ("required: [id, name, tags, address, manager]", "required: [id, tags, address, manager]"),
    ("name: {type: string}", "name: {type: integer}"),
    ("count: {type: integer}", "count: {type: string}"),
    ("metadata: {name: get-user}", "metadata: {name: get-usr}"),
    ("metadata: {name: send-mail}", "metadata: {name: send-mail, namespace: ops}"),
    ("required: [to, count]", "required: [to, count, body]"),
    ("type: http", "type: transform"),
    ("workflow.io/version: 1.10.0", "workflow.io/version: 1.11.0"),
    ("workflow.io/name: child", "workflow.io/name: chld"),
    ('name: "{{tasks.user.output.name}}"', 'nom: "{{tasks.user.output.name}}"'),
    ('name: "{{tasks.user.output.name}}"', 'name: "{{length(tasks.user.output.tags)}}"'),
    ("id: {type: string, required: true}", "id: {type: integer, required: true}"),
    ("id: {type: string, required: true}", "ident: {type: string, required: true}"),
)


def all_of(workspace: Workspace) -> dict[str, tuple[Diagnostic, ...]]:
    return {path: diagnostics(workspace, path) for path in sorted(workspace.files)}


def fresh(workspace: Workspace) -> Workspace:
    texts = {path: file.text.value for path, file in workspace.files.items()}
    return Workspace.of(texts, workspace.settings).completed(complete=workspace.complete)


def random_edit(rng: random.Random, text: str) -> Edit:
    """A keystroke, a token, a deleted or doubled line, a word in the place of another, or a moved line."""
    lines = text.splitlines(keepends=True) or [""]
    number = rng.randrange(len(lines))
    start = sum(map(len, lines[:number]))
    line = Span(start, start + len(lines[number]))
    at = rng.randrange(len(text) + 1)
    if rng.random() < 0.5:
        return renaming(rng, text)
    match rng.randrange(8):
        case 0:
            return Edit(Span(at, at), rng.choice(SNIPPETS))
        case 1:
            return Edit(Span(at, min(at + rng.randrange(1, 4), len(text))), "")
        case 2:
            return Edit(line, "")
        case 3:
            return Edit(Span(line.end, line.end), lines[number])
        case 4:
            return Edit(line, lines[number].replace(":", "", 1))
        case 5:
            return Edit(line, rng.choice(("  ", "")) + lines[number].removeprefix("  "))
        case 6:
            words = [word for word in text.split() if word.isidentifier()] or ["x"]
            return Edit(Span(at, min(at + rng.randrange(5), len(text))), rng.choice(words))
    return Edit(Span(line.start, line.start), rng.choice(lines))


def renaming(rng: random.Random, text: str) -> Edit:
    """A name in the place of another one, or one that lacks a letter: the text stays YAML."""
    found = list(re.finditer(r"[A-Za-z][\w-]*", text)) or list(re.finditer(r"", text))
    word = rng.choice(found)
    other = rng.choice(found)[0] if rng.random() < 0.6 else word[0][1:]
    return Edit(Span(*word.span()), other)


def contract_edit(rng: random.Random, workspace: Workspace) -> Workspace:
    """One of the changes that other files can see, or the way back."""
    one, other = rng.choice(CONTRACTS)
    if rng.random() < 0.5:
        one, other = other, one
    for path, file in workspace.files.items():
        at = file.text.value.find(one)
        if at >= 0:
            return workspace.edited(path, Edit(Span(at, at + len(one)), other))
    return workspace


def file_edit(rng: random.Random, workspace: Workspace) -> Workspace:
    """A file that goes, comes, comes again under another name, or settings and completeness that change."""
    path = rng.choice(sorted(FILES))
    match rng.randrange(5):
        case 0:
            return workspace.without(path) if len(workspace.files) > 1 else workspace
        case 1:
            return workspace.with_text(path, FILES[path])
        case 2:
            copy = f"copy-{path}"
            return workspace.without(copy) if copy in workspace.files else workspace.with_text(copy, FILES[path])
        case 3:
            return workspace.completed(complete=not workspace.complete)
    return workspace.with_settings(Settings(env={"A": rng.choice(["x", "y"])}))


def snapshots(seed: int, count: int) -> Iterator[Workspace]:
    """A workspace after each of some edits; now and then it goes back to where nothing is wrong."""
    rng = random.Random(seed)
    workspace = Workspace.of(FILES)
    for _ in range(count):
        chance = rng.random()
        if chance < 0.15:
            workspace = contract_edit(rng, workspace)
        elif chance < 0.25:
            workspace = file_edit(rng, workspace)
        elif chance < 0.4:
            workspace = workspace.apply([Change(path, SourceFile.parse(path, text)) for path, text in FILES.items()])
        else:
            path = rng.choice(sorted(workspace.files))
            path = "rich.workflow.yaml" if rng.random() < 0.6 and "rich.workflow.yaml" in workspace.files else path
            workspace = workspace.edited(path, random_edit(rng, workspace.files[path].text.value))
        yield workspace


@pytest.mark.parametrize("seed", range(8))
def test_random_edits(seed: int) -> None:
    rng = random.Random(seed)
    for number, workspace in enumerate(snapshots(seed, 50)):
        # what is not looked at in one snapshot must not be taken for known in the next
        if rng.random() < 0.2:
            continue
        assert all_of(workspace) == all_of(fresh(workspace)), f"seed {seed}, edit {number}"


@pytest.mark.parametrize("seed", range(4))
def test_an_edit_and_its_way_back(seed: int) -> None:
    rng = random.Random(seed)
    clean = Workspace.of(FILES)
    before = all_of(clean)
    assert before == dict.fromkeys(FILES, ())
    workspace = clean
    for _ in range(40):
        path = rng.choice(sorted(FILES))
        text = workspace.files[path].text.value
        (start, end), new = random_edit(rng, text)
        all_of(workspace.edited(path, Edit(Span(start, end), new)))
        workspace = workspace.edited(path, Edit(Span(start, end), new))
        workspace = workspace.edited(path, Edit(Span(start, start + len(new)), text[start:end]))
        assert workspace.files[path].text.value == text
        assert all_of(workspace) == before


def moved(rng: random.Random, text: str) -> Edit:
    """A whole step that goes, is doubled, or takes the place of another one."""
    starts = [match.start() for match in re.finditer(r"^    - id: ", text, re.MULTILINE)]
    ends = [*starts[1:], text.index("  output:")] if "  output:" in text else [*starts[1:], len(text)]
    if len(starts) < 3:
        return Edit(Span(len(text), len(text)), "")
    one, other = rng.randrange(len(starts)), rng.randrange(len(starts))
    block = text[starts[one] : ends[one]]
    match rng.randrange(3):
        case 0:
            return Edit(Span(starts[one], ends[one]), "")
        case 1:
            return Edit(Span(starts[other], starts[other]), block)
    return Edit(Span(starts[other], ends[other]), block)


@pytest.mark.parametrize("seed", range(4))
def test_steps_that_come_go_and_move(seed: int) -> None:
    rng = random.Random(seed)
    path = "long.workflow.yaml"
    files = {path: long_workflow(20), "get-user.task.yaml": STEP_TASK}
    workspace = Workspace.of(files)
    for number in range(40):
        text = workspace.files[path].text.value
        chance = rng.random()
        if chance < 0.1:
            workspace = workspace.with_text(path, files[path])
        else:
            workspace = workspace.edited(path, renaming(rng, text) if chance < 0.5 else moved(rng, text))
        if rng.random() < 0.8:
            assert all_of(workspace) == all_of(fresh(workspace)), f"seed {seed}, edit {number}"


def replaced(workspace: Workspace, path: str, old: str, new: str) -> Workspace:
    at = workspace.files[path].text.value.index(old)
    return workspace.edited(path, Edit(Span(at, at + len(old)), new))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # what is proposed for an unknown id depends on the ids there are
        (("{{tasks.user.output.name}}", "{{tasks.usre.output.name}}"), ("id: route", "id: usre-1")),
        (("dependsOn: [mails, route]", "dependsOn: [rout]"), ("id: route", "id: other")),
        (("tasks.address.output?.tags[0]", "tasks.adress.output?.tags[0]"), ("id: route", "id: adres")),
        # the output of a block rests on what it reads outside
        (("tags[0]", "tags.x"), ("taskRef: get-user", "taskRef: nothing")),
        # what is missing is filled from the inputs there are
        (("verbose: true", "x: 1"), ("userId:", "id:")),
        (('id: "{{input.userId}}"', "limit: 1"), ("userId:\n", "id:\n")),
        # a condition lets its readers know that the step ran
        (("if: input.full", "if: input.sizes == []"), ('city: "{{tasks.town', 'town: "{{tasks.town')),
        # a loop's items give its variable a type
        (('to: "{{forEach.tag}}"', 'to: "{{forEach.tag.x}}"'), ('items: "{{tasks.user.output.tags}}"', "items: [1]")),
    ],
)
def test_what_an_analysis_rests_on(first: tuple[str, str], second: tuple[str, str]) -> None:
    path = "rich.workflow.yaml"
    workspace = Workspace.of(FILES)
    all_of(workspace)
    for edit in (first, second, (second[1], second[0]), (first[1], first[0])):
        workspace = replaced(workspace, path, *edit)
        assert all_of(workspace) == all_of(fresh(workspace)), edit
    assert all_of(workspace) == dict.fromkeys(FILES, ())


def test_the_output_of_a_sub_workflow_that_nothing_outside_a_block_sees() -> None:
    hidden = workflow("""
        tasks:
          - id: hidden
            tasks:
              - {id: inner, workflowRef: child, input: {id: "1"}}
              - {id: reader, taskRef: get-user, input: {id: "{{tasks.inner.output.name}}"}}
            output: {done: "{{tasks.reader.output.name != ''}}"}
    """)
    files = {**FILES, "hidden.workflow.yaml": hidden}
    del files["rich.workflow.yaml"]
    workspace = Workspace.of(files)
    assert all_of(workspace) == dict.fromkeys(files, ())
    written = 'name: "{{tasks.user.output.name}}"'
    workspace = replaced(workspace, "child-2.workflow.yaml", written, "nom: 1")
    now = all_of(workspace)
    assert now == all_of(fresh(workspace))
    assert [each.code for each in now["hidden.workflow.yaml"]] == ["WF406"]
    workspace = replaced(workspace, "child-2.workflow.yaml", "nom: 1", written)
    assert all_of(workspace) == dict.fromkeys(files, ())


def test_units_of_an_old_snapshot_that_run_late() -> None:
    path = "rich.workflow.yaml"
    old = Workspace.of(FILES)
    waiting = [unit for source in old.files[path].documents for unit in units(old, source)[1]]
    at = old.files[path].text.value.index("id: user") + 4
    new = old.edited(path, Edit(Span(at, at + 4), "usr"))
    found = all_of(new)
    for unit in waiting:
        unit.run()
    assert all_of(new) == found == all_of(fresh(new))
    assert all_of(old) == dict.fromkeys(FILES, ())


def test_a_snapshot_does_not_keep_those_before_it_alive():
    workspace = Workspace.of({"task.yaml": STEP_TASK, "long.workflow.yaml": long_workflow(10)})
    path = "long.workflow.yaml"
    diagnostics(workspace, path)
    at = workspace.files[path].text.value.index("task-5")
    gc.collect()
    before = _signatures()
    for number in range(40):
        change = Edit(Span(at, at), "x") if number % 2 == 0 else Edit(Span(at, at + 1), "")
        workspace = workspace.edited(path, change)  # every step may now look different
        diagnostics(workspace, path)
    gc.collect()
    assert _signatures() - before < 10


def _signatures() -> int:
    """How many there are, those of other tests included."""
    return sum(isinstance(each, Signature) for each in gc.get_objects())
