"""The argument `aggregations`: a map from names to `{function, field}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wf_engine.expressions.values import kind, noun
from wf_engine.transforms.arguments import Argument, Choice, Path, PathTo, PipelineProblem, Reading, unknown_names
from wf_engine.transforms.paths import JsonPath


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One value made of many: the name of the function, and the path to what it takes from each item."""

    function: str
    field: JsonPath | None


@dataclass(frozen=True, slots=True)
class Aggregations(Argument):
    """A map from names to `{function, field}`; `reserved` are names that cannot be used."""

    functions: tuple[str, ...]
    reserved: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        """What is wanted, with an article."""
        return "a map such as `{total: {function: sum, field: $.price}}`"

    def read(self, value: Any, path: Path, reading: Reading) -> dict[str, Aggregate] | None:
        """The aggregations by name; those that cannot be read are left out."""
        if not isinstance(value, Mapping) or not value:
            empty = "There are no aggregations" if isinstance(value, Mapping) else f"This is {noun(kind(value))}"
            reading.wrong(path, f"{empty}, but {self.wanted} is wanted.")
            return None
        for name in self.reserved:
            if name in value:
                reading.wrong((*path, name), f"`{name}` is the name of the group's own key; use another.", on_key=True)
        found = {name: self._one(item, (*path, name), reading) for name, item in value.items()}
        return {name: each for name, each in found.items() if each is not None}

    def _one(self, value: Any, path: Path, reading: Reading) -> Aggregate | None:
        if not isinstance(value, Mapping):
            reading.wrong(path, f"This is {noun(kind(value))}, but `{{function, field}}` is wanted.")
            return None
        unknown_names(value, ("function", "field"), path, reading, "an aggregation")
        if "function" not in value:
            words = ", ".join(self.functions)
            missing = PipelineProblem("missing-argument", path, "`function` is missing.", f"It is one of {words}.",
                                      name="function", on_key=True)  # fmt: skip
            reading.problems.append(missing)
            return None
        function = Choice(self.functions).read(value["function"], (*path, "function"), reading)
        field_path = PathTo().read(value["field"], (*path, "field"), reading) if "field" in value else None
        if function is None or ("field" in value and field_path is None):
            return None
        return Aggregate(function, field_path)
