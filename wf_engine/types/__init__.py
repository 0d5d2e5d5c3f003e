"""JSON Schema as types (language §6): their values, their parts, and whether one may go where another is wanted.

Types are immutable values; nothing here reads a document, follows a reference out of its schema or keeps state.
"""

from wf_engine.types.assignability import assignable
from wf_engine.types.bundling import to_schema
from wf_engine.types.construction import (
    array_of,
    is_any,
    kinds,
    literal,
    may_be_null,
    nullable,
    object_of,
    stated_kinds,
    union,
)
from wf_engine.types.defaults import apply_defaults
from wf_engine.types.description import describe
from wf_engine.types.keywords import KEYWORDS, is_composed
from wf_engine.types.lookup import Lookup, Property, item_of, member_of, properties, property_of
from wf_engine.types.messages import Violation, gathered
from wf_engine.types.model import ANY, BOOLEAN, INTEGER, NEVER, NULL, NUMBER, STRING, Type
from wf_engine.types.nulls import without_null
from wf_engine.types.problems import schema_parts, schema_problems
from wf_engine.types.reading import of_schema
from wf_engine.types.relation import NO_WITNESS, Answer, Assignability
from wf_engine.types.sampling import sample
from wf_engine.types.validation import validate, validator

__all__ = [
    "ANY",
    "BOOLEAN",
    "INTEGER",
    "KEYWORDS",
    "NEVER",
    "NO_WITNESS",
    "NULL",
    "NUMBER",
    "STRING",
    "Answer",
    "Assignability",
    "Lookup",
    "Property",
    "Type",
    "Violation",
    "apply_defaults",
    "array_of",
    "assignable",
    "describe",
    "gathered",
    "is_any",
    "is_composed",
    "item_of",
    "kinds",
    "literal",
    "may_be_null",
    "member_of",
    "nullable",
    "object_of",
    "of_schema",
    "properties",
    "property_of",
    "sample",
    "schema_parts",
    "schema_problems",
    "stated_kinds",
    "to_schema",
    "union",
    "validate",
    "validator",
    "without_null",
]
