"""The official JSON-Schema-Test-Suite (draft 2020-12, required tests): the same verdicts through `validate`.

Schemas and instances are written as YAML and read through our syntax layer. The data is the suite of the source
distribution of `jsonschema` 4.26.0, its indentation taken out; the licence stands beside it.

References that lead into another document are followed where the document is there: nothing is fetched, so the suite's
`remotes/` and the meta-schemas of the draft, under documents.json, are put beside the schema as JSON Schema bundles
documents (core, section 9.3): under `$defs`, each with the address it comes from as its `$id`.

Left out, by the name of the file and the case, or of the test for formats:

- that formats are not checked by default: the language has them checked at run time (§6), which the draft leaves to whoever
  uses it (validation, section 7.2.2);
- that a meta-schema may take keywords away: the keywords are those of 2020-12, whatever `$schema` says.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wf_engine.syntax import File, value_of
from wf_engine.types import validate

SUITE = json.loads(Path(__file__).with_name("json_schema_test_suite").joinpath("draft2020-12.json").read_text("utf-8"))

DOCUMENTS = json.loads(Path(__file__).with_name("json_schema_test_suite").joinpath("documents.json").read_text("utf-8"))
WITH_DOCUMENTS = {
    ("defs.json", "validate definition against metaschema"),
    ("dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $defs first"),
    ("dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $ref first"),
    ("dynamicRef.json", "$ref to $dynamicRef finds detached $dynamicAnchor"),
    ("dynamicRef.json", "strict-tree schema, guards against misspelled properties"),
    ("dynamicRef.json", "tests for implementation dynamic anchor and reference link"),
    ("ref.json", "remote ref, containing refs itself"),
}
OWN_KEYWORDS = ("vocabulary.json", "schema that uses custom metaschema with with no validation vocabulary")
FORMATS = "string is only an annotation by default"


def reason_left_out(file: str, case: str, test: str) -> str | None:
    if (file, case) == OWN_KEYWORDS and test == "no validation: invalid number, but it still validates":
        return "keywords are taken away"
    return "formats are checked" if file == "format.json" and test.endswith(FORMATS) else None


def bundled(schema: Any) -> Any:
    """The schema with all documents that it may lead to."""
    named = {
        address: {**document, "$id": address}
        if document.get("$id", address) == address
        else {"$id": address, "$ref": document["$id"], "$defs": {"document": document}}
        for address, document in DOCUMENTS.items()
    }
    return {**schema, "$defs": {**schema.get("$defs", {}), **named}}


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
        lead_out = file == "refRemote.json" or (file, case["description"]) in WITH_DOCUMENTS
        schema = read(bundled(case["schema"]) if lead_out else case["schema"])
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
    assert reasons == {None: 1237, "formats are checked": 19, "keywords are taken away": 1}
