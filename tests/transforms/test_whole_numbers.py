"""Arguments that are whole numbers, however they are written (language §8)."""

from typing import Any

import pytest

from wf_engine.transforms import TransformError, read_pipeline, run

LETTERS = ["a", "b", "c", "d"]
COUNTS: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("limit", {"count": 2.0}, LETTERS, ["a", "b"]),
    ("skip", {"count": 2.0}, LETTERS, ["c", "d"]),
    ("nth", {"index": 2.0}, LETTERS, "c"),
    ("chunk", {"size": 3.0}, LETTERS, [["a", "b", "c"], ["d"]]),
    ("flatten", {"depth": 2.0}, [[["a"]], "b"], ["a", "b"]),
    ("substring", {"start": 1.0, "length": 2.0}, ["héyo"], ["éy"]),
    ("round", {"decimals": 1.0}, [1.25], [1.3]),
    ("randomN", {"count": 0.0}, LETTERS, []),
]


@pytest.mark.parametrize(("name", "arguments", "value", "result"), COUNTS)
def test_a_whole_number_may_be_written_with_a_fraction(
    name: str, arguments: dict[str, Any], value: Any, result: Any
) -> None:
    written = {key: f"{{{{{number}}}}}" for key, number in arguments.items()}
    for given in (arguments, written):
        assert run(read_pipeline([{name: given}]), value, seed="s") == result


@pytest.mark.parametrize("number", [-1, 1.5, float("inf"), float("nan"), 10**10])
@pytest.mark.parametrize("name", [name for name, *_ in COUNTS])
def test_another_number_is_refused(name: str, number: float) -> None:
    ((_, arguments, value, _),) = [each for each in COUNTS if each[0] == name]
    wrong = {**arguments, next(iter(arguments)): number}
    with pytest.raises(TransformError, match="is not a whole number from"):
        run(read_pipeline([{name: wrong}]), value, seed="s")
