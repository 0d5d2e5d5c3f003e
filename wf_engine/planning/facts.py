"""What is known before a run."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from wf_engine.expressions import Expr, Index, Literal, Member, Name, walk


@dataclass
class Facts:
    """What is known before a run. `complete`: the input is the whole one. `skipped`: steps that will not run."""

    input: Mapping[str, Any]
    env: Mapping[str, Any]
    complete: bool
    skipped: set[str] = field(default_factory=set)
    outputs: dict[str, Any] = field(default_factory=dict)
    """Of transforms whose input is known."""

    @property
    def scope(self) -> dict[str, Any]:
        """The values, by root."""
        nothing = {"output": None, "status": "skipped", "response": None}
        done = {
            name: {"output": value, "status": "succeeded", "response": None} for name, value in self.outputs.items()
        }
        tasks = {**dict.fromkeys(self.skipped, nothing), **done}
        return {"input": self.input, "env": self.env, "tasks": tasks}

    def tell(self, expr: Expr, apart_from: Collection[str] = ()) -> bool:
        """Whether the expression reads nothing that only a run can tell, some roots aside."""
        keyed: dict[int, tuple[str, str]] = {}
        for node in walk(expr):
            match node:
                case Member(target=Name(name=root) as target, name=name):
                    keyed[id(target)] = (root, name)
                case Index(target=Name(name=root) as target, index=Literal(value=str() as name)):
                    keyed[id(target)] = (root, name)
        names = [node for node in walk(expr) if isinstance(node, Name) and node.name not in apart_from]
        return all(self._tells(*keyed.get(id(node), (node.name, None))) for node in names)

    def _tells(self, root: str, name: str | None) -> bool:
        if root == "input":
            return self.complete or name in self.input
        return root == "env" or (root == "tasks" and (name in self.skipped or name in self.outputs))
