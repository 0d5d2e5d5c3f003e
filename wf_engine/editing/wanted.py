"""What type is wanted where a value stands: the input of what is called, the values of an example."""

from wf_engine.analysis import analyse_workflow
from wf_engine.analysis.tested import call_contract, tested_workflow
from wf_engine.editing.called import called_contract
from wf_engine.editing.cursor import Cursor, Path
from wf_engine.language import TaskDocument, TestDocument
from wf_engine.types import ANY, BOOLEAN, Type, array_of, item_of, property_of, without_null

_ENTRY = 4
"""Keys in front of what is inside `spec.examples[0].input`."""


def wanted_type(cursor: Cursor, path: Path) -> Type | None:
    """The type that is wanted at a path, None where nothing is known to be."""
    if path[-2:] == ("condition", "if") or ("pipeline" in path and path[-2:] == ("filter", "where")):
        return BOOLEAN
    if path[-2:] == ("forEach", "items"):
        return array_of(ANY)
    found = _described(cursor, path)
    if found is None:
        return None
    type_, inside = found
    for key in inside:
        if type_ is None:
            return None
        plain = without_null(type_)
        type_ = property_of(plain, key).type if isinstance(key, str) else item_of(plain)
    return type_


def _described(cursor: Cursor, path: Path) -> tuple[Type, Path] | None:
    """A type that is known around a path, and the rest of the way."""
    if path[:1] == ("spec",) and path[1:2] in (("examples",), ("triggers",)) and len(path) >= _ENTRY:
        field = path[3]
        definition = cursor.tree.definition or cursor.source.definition
        if field in ("input", "inputMapping") and definition:
            return definition.contract.input_type, path[_ENTRY:]
        if field == "output" and definition and isinstance(definition.model, TaskDocument):
            return definition.contract.output_type, path[_ENTRY:]
        if field == "expectedOutput" and cursor.workflow:
            return cursor.workflow.output_type, path[_ENTRY:]
        return None
    test = cursor.tree.test or cursor.source.test
    if test is not None and path[:2] == ("spec", "cases"):
        return _tested(cursor, test, path)
    if cursor.step is None or "input" not in path:
        return None
    contract = called_contract(cursor)
    inside = path[len(path) - path[::-1].index("input") :]
    return (contract.input_type, inside) if contract else None


def _tested(cursor: Cursor, test: TestDocument, path: Path) -> tuple[Type, Path] | None:
    """The types in a case of a test: of its input, of what its mocks answer, of what is expected."""
    tested = tested_workflow(cursor.workspace, test)
    if tested is None:
        return None
    match path[3:]:
        case ("input", *inside):
            return tested.contract.input_type, tuple(inside)
        case ("expect", "output", *inside):
            analysis = analyse_workflow(cursor.workspace, tested.source)
            return (analysis.output_type, tuple(inside)) if analysis else None
        case ("mocks", str() as name, "body", *inside) | ("mocks", str() as name, int(), "body", *inside):
            contract = call_contract(cursor.workspace, tested, name)
            return (contract.output_type, tuple(inside)) if contract else None
    return None
