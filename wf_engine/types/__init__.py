"""JSON Schema as types: what a value of a type is, what its parts are, and whether one type may go where another is wanted.

Types are immutable values; nothing here reads a document, follows a reference out of its schema or keeps state.
"""

from wf_engine.types.construction import array_of, is_any, kinds, literal, may_be_null, nullable, object_of, union
from wf_engine.types.description import describe
from wf_engine.types.lookup import Lookup, Property, item_of, properties, property_of
from wf_engine.types.model import ANY, BOOLEAN, INTEGER, NEVER, NULL, NUMBER, STRING, Type
from wf_engine.types.nulls import without_null
from wf_engine.types.reading import of_schema

__all__ = [
    "ANY",
    "BOOLEAN",
    "INTEGER",
    "NEVER",
    "NULL",
    "NUMBER",
    "STRING",
    "Lookup",
    "Property",
    "Type",
    "array_of",
    "describe",
    "is_any",
    "item_of",
    "kinds",
    "literal",
    "may_be_null",
    "nullable",
    "object_of",
    "of_schema",
    "properties",
    "property_of",
    "union",
    "without_null",
]
