"""What a project says in stages.yaml, over what the framework brings along."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from wf_stages.documents import check, parse_yaml, read_yaml
from wf_stages.errors import StageError
from wf_stages.model import Gate, Tier, gate_of, inconsistencies, step_of

TECHNOLOGIES = ("python", "typescript", "dotnet")
_SIGNS = {
    "python": ("pyproject.toml", "setup.py"),
    "typescript": ("package.json",),
    "dotnet": ("*.sln", "*.slnx", "**/*.csproj"),
}
_PAGE = "http://localhost:3000/"
_TIERS = list(Tier)


@dataclass(frozen=True, slots=True)
class Settings:
    """Gates and profiles of a project, its own merged over those of the framework."""

    data: Mapping[str, Any]

    @property
    def profile(self) -> str | None:
        """The profile of stages that name none."""
        return self.data.get("profile")

    def profile_gates(self, name: str) -> list[int]:
        """The gates of a profile, in the order they run."""
        return self._ordered(self._profile(name, ()))

    def technology(self, profile: str, root: Path) -> str:
        """The project's technology: as written, as the profile has it, or by the files at its root."""
        written = self.data.get("technology") or self._profiles().get(profile, {}).get("technology")
        if written:
            return str(written)
        for technology in TECHNOLOGIES:
            if any(next(root.glob(sign), None) for sign in _SIGNS[technology]):
                return technology
        raise StageError("the project's technology is not plain", "say `technology: python` in stages.yaml")

    def gate(self, number: int, technology: str) -> Gate:
        """The gate for a technology; without steps where it has no command for it."""
        data = self.data["gates"].get(number)
        if data is None:
            raise StageError(
                f"there is no gate {number}", f"gates are {', '.join(map(str, sorted(self.data['gates'])))}"
            )
        plain = {name: value for name, value in data.items() if name != "steps"}
        steps = data.get("steps", {})
        return gate_of(number, {**plain, "steps": deepcopy(steps.get(technology, steps.get("any", [])))})

    def numbers(self) -> list[int]:
        """Every gate, in the order they run."""
        return self._ordered(self.data["gates"])

    def profiles(self) -> list[str]:
        """The profiles by name."""
        return sorted(self._profiles())

    def values(self, technology: str, stage: str) -> dict[str, list[str]]:
        """What `{sources}`, `{tests}` and the project's own names stand for in the commands of a stage."""
        own = {"sources": self.data.get("sources", ["."]), "tests": [], "page": [_PAGE], **self.data.get("values", {})}
        return {**own, **self.data.get("stages", {}).get(stage, {}), "technology": [technology]}

    def skips(self) -> list[dict[str, str]]:
        """Tests that may be skipped: `test`, as `classname::name` with `*`, and `reason`."""
        return list(self.data.get("skips", []))

    def _ordered(self, numbers: Any) -> list[int]:
        return sorted(numbers, key=lambda number: (_TIERS.index(Tier(self.data["gates"][number]["tier"])), number))

    def _profiles(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.data["profiles"]
        return found

    def _profile(self, name: str, seen: tuple[str, ...]) -> set[int]:
        data = self._profiles().get(name)
        if data is None:
            raise StageError(f"there is no profile {name}", f"profiles are {', '.join(self.profiles())}")
        if name in seen:
            raise StageError(f"profile {name} extends itself")
        base = self._profile(data["extends"], (*seen, name)) if "extends" in data else set()
        numbers = (base | set(data.get("gates", []))) - set(data.get("without", []))
        unknown = numbers - set(self.data["gates"])
        if unknown:
            raise StageError(f"profile {name} names gates that are not there: {sorted(unknown)}")
        return numbers


@cache
def _catalogue() -> Mapping[str, Any]:
    text = resources.files("wf_stages").joinpath("catalogue.yaml").read_text("utf-8")
    found: Mapping[str, Any] = parse_yaml(text, "the framework's own gates")
    return found


def load_settings(root: Path) -> Settings:
    """The settings of the project at `root`; a StageError that names the place where stages.yaml is wrong."""
    path = root / "stages.yaml"
    own = (read_yaml(path) if path.exists() else None) or {}
    check("stages", own, "stages.yaml")
    data = _merged(_catalogue(), own)
    for number, gate in data["gates"].items():
        missing = [name for name in ("name", "tier", "timeout") if name not in gate]
        if missing:
            raise StageError(f"stages.yaml: gates/{number}: a new gate needs {', '.join(missing)}")
        for technology, steps in gate.get("steps", {}).items():
            for problem in inconsistencies([step_of(each) for each in steps]):
                raise StageError(f"stages.yaml: gates/{number}/steps/{technology}: {problem}")
    settings = Settings(data)
    for name in [*settings.profiles(), *([settings.profile] if settings.profile else [])]:
        _ = settings.profile_gates(name)  # says which profile is none, or names a gate that there is not
    return settings


def _merged(base: Any, over: Any) -> Any:
    """Mappings are merged key by key; anything else is replaced."""
    if not (isinstance(base, Mapping) and isinstance(over, Mapping)):
        return deepcopy(over)
    return {
        **{key: deepcopy(value) for key, value in base.items() if key not in over},
        **{key: _merged(base[key], value) if key in base else deepcopy(value) for key, value in over.items()},
    }
