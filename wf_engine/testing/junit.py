"""Results as JUnit XML, which continuous integration everywhere reads."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from wf_engine.testing.matching import Mismatch
from wf_engine.testing.running import Result
from wf_engine.testing.words import in_words


def junit(results: Iterable[Result]) -> str:
    """A document with a suite for each test, workflow or task."""
    root = Element("testsuites", name="wf test")
    for group, found in groupby(results, key=lambda result: result.case.group):
        each = list(found)
        suite = SubElement(
            root,
            "testsuite",
            name=group,
            tests=str(len(each)),
            failures=str(sum(bool(result.mismatches) for result in each)),
            skipped=str(sum(result.note is not None for result in each)),
            errors=str(sum(result.error is not None for result in each)),
            time=f"{sum(result.duration_ms for result in each) / 1000:.3f}",
        )
        for result in each:
            _case(suite, result)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, result: Result) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=_printable(result.case.group),
        name=_printable(result.case.name),
        file=result.case.location.path,
        time=f"{result.duration_ms / 1000:.3f}",
    )
    if result.error is not None:
        SubElement(case, "error", message=_printable(result.error))
    elif result.mismatches:
        first: Mismatch = result.mismatches[0]
        failure = SubElement(case, "failure", message=_printable(in_words(first)))
        failure.text = _printable("\n".join(map(in_words, result.mismatches)))
    if result.note is not None:
        SubElement(case, "skipped", message=_printable(result.note))


def _printable(text: str) -> str:
    """A text without the characters that XML has no way to write."""
    return "".join(each if each in "\t\n" or each.isprintable() else "�" for each in text)
