"""What references to tasks and workflows mean in a snapshot: the contract of each, a workflow's output included."""

from collections.abc import Callable
from dataclasses import replace

from wf_engine.analysis.steps import facts_of
from wf_engine.language import WorkflowDocument
from wf_engine.types import ANY, Type, to_schema
from wf_engine.workspace import Contract, Definition, Reference, Workspace, reference

OutputOf = Callable[[Definition], Type]
DEEPEST = 5
"""How deep sub-workflows may stand inside one another (language §4)."""


class Callees:
    """The definitions of a snapshot as those see them that refer to them. Each is worked out when it is asked for."""

    def __init__(self, workspace: Workspace, output_of: OutputOf) -> None:
        self.workspace = workspace
        self.declared = workspace.contracts
        """The same object as in the snapshot before, unless a contract changed, outputs of workflows aside."""
        self._output_of = output_of
        self._linked: dict[int, Contract] = {}
        self._depths: dict[tuple[int, int], bool] = {}

    def find(self, kind: str, wanted: Reference) -> Contract | None:
        """The contract of what a reference means, None where there is none."""
        contract = self.workspace.contract(kind, wanted)
        return self._with_output(contract) if contract is not None and kind == "Workflow" else contract

    def names(self, kind: str, namespace: str) -> tuple[str, ...]:
        """Names that could have been meant, as a document of `namespace` writes them."""
        return self.workspace.names_of(kind, namespace)

    def versions(self, kind: str, wanted: Reference) -> tuple[str, ...]:
        """The versions that there are of what a reference names, the highest first."""
        return tuple(each.key.version for each in self.declared.get((kind, wanted.namespace, wanted.name), ()))

    def _with_output(self, contract: Contract) -> Contract:
        known = self._linked.get(id(contract))
        if known is None:
            key, output = ("linked", contract.key), self._output(contract)
            before: tuple[Contract, Type, Contract] | None = self.workspace.memo.get(key)
            if before is None or before[0] is not contract or before[1] != output:
                before = (contract, output, replace(contract, output_schema=to_schema(output)))
                self.workspace.memo[key] = before
            known = self._linked[id(contract)] = before[2]
        return known

    def _output(self, contract: Contract) -> Type:
        """The type of a workflow's output; any where workflows stand too deep in one another, or in themselves."""
        key = contract.key
        found = self.workspace.names.get((key.kind, key.namespace, key.name), ())
        definition = next((each for each in found if each.key == key), None)
        return ANY if definition is None or self._reaches(definition, DEEPEST) else self._output_of(definition)

    def _reaches(self, definition: Definition, levels: int) -> bool:
        """Whether a chain of sub-workflows goes down that many levels from here; one that is a circle goes for ever."""
        key = (id(definition), levels)
        if levels and key not in self._depths:
            self._depths[key] = any(self._reaches(each, levels - 1) for each in self._run_by(definition))
        return not levels or self._depths[key]

    def _run_by(self, definition: Definition) -> list[Definition]:
        """The workflows that a workflow runs as steps."""
        model, namespace = definition.model, definition.key.namespace
        steps = model.spec.tasks if isinstance(model, WorkflowDocument) and model.spec else None
        refs = dict.fromkeys(ref for step in steps or () for kind, ref in facts_of(step).refs if kind == "Workflow")
        found = []
        for ref in refs:
            wanted = reference(ref, namespace)
            known = self.workspace.names.get(("Workflow", wanted.namespace, wanted.name), ())
            found += [each for each in known if wanted.version in (None, each.key.version)][:1]
        return found
