"""The official JSON-Schema-Test-Suite (draft 2020-12, required tests): the same verdicts through `validate`.

Schemas and instances are written as YAML and read through our syntax layer. The data is the suite of the source
distribution of `jsonschema` 4.26.0, its indentation taken out; the licence stands beside it.

Left out, by the name of the file and the case, or of the test for formats:

- what lies in another document: our registry is offline, so that a reference that leads out of a schema allows anything
  (architecture, invariant 13);
- that formats are not checked by default: the language checks them (§6).
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wf_engine.syntax import File, value_of
from wf_engine.types import validate

SUITE = json.loads(Path(__file__).with_name("json_schema_test_suite").joinpath("draft2020-12.json").read_text("utf-8"))

OTHER_DOCUMENTS = {
    ("defs.json", "validate definition against metaschema"),
    ("dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $defs first"),
    ("dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $ref first"),
    ("dynamicRef.json", "$ref to $dynamicRef finds detached $dynamicAnchor"),
    ("dynamicRef.json", "strict-tree schema, guards against misspelled properties"),
    ("dynamicRef.json", "tests for implementation dynamic anchor and reference link"),
    ("ref.json", "remote ref, containing refs itself"),
    ("vocabulary.json", "schema that uses custom metaschema with with no validation vocabulary"),
}
FORMATS = "string is only an annotation by default"


def reason_left_out(file: str, case: str, test: str) -> str | None:
    if file == "refRemote.json" or (file, case) in OTHER_DOCUMENTS:
        return "other document"
    return "formats are checked" if file == "format.json" and test.endswith(FORMATS) else None


def as_yaml(value: Any, indent: int = 0) -> str:
    """A value as block YAML, scalars in JSON's spelling."""
    margin = " " * indent
    if isinstance(value, dict) and value:
        return "".join(f"\n{margin}{json.dumps(key)}: {as_yaml(item, indent + 2)}" for key, item in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{margin}- {as_yaml(item, indent + 2)}" for item in value)
    return json.dumps(value, ensure_ascii=False)


def read(value: Any) -> Any:
    """The value after it was written as YAML and read as any document is."""
    (document,) = File.parse(f"value: {as_yaml(value, 2)}\n").documents
    assert not document.issues, document.issues
    return value_of(document.root)["value"]


@pytest.mark.parametrize("file", SUITE)
def test_verdicts(file: str) -> None:
    wrong = []
    for case in SUITE[file]:
        schema = read(case["schema"])
        for test in case["tests"]:
            if reason_left_out(file, case["description"], test["description"]):
                continue
            if (validate(schema, read(test["data"])) == []) is not test["valid"]:
                wrong.append((case["description"], test["description"]))
    assert wrong == []


def test_what_is_left_out_is_counted() -> None:
    reasons = Counter(
        reason_left_out(file, case["description"], test["description"])
        for file, cases in SUITE.items()
        for case in cases
        for test in case["tests"]
    )
    assert reasons == {None: 1187, "other document": 51, "formats are checked": 19}
