"""Every operation of pipelines, one file a family."""

from collections.abc import Mapping
from types import MappingProxyType

from wf_engine.transforms.model import Operation
from wf_engine.transforms.operations import (
    chance,
    choosing,
    filtering,
    grouping,
    joining,
    nesting,
    numbers,
    ordering,
    shaping,
    text,
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for family in (shaping, filtering, nesting, grouping, joining, ordering, choosing, chance, text, numbers)
        for operation in family.OPERATIONS
    }
)
"""The operations by name, in the order of the documentation."""

__all__ = ["OPERATIONS"]
