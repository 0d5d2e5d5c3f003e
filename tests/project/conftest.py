"""Fixtures of this folder's tests."""

from tests.project.permissions import unprivileged

__all__ = ["unprivileged"]
