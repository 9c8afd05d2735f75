"""Schemas as they were read → schemas in which each definition is there once, and complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from lxml import etree

from ..errors import LeftOut, Place, Repair
from ..sources import VERSIONING, Schema, is_conditional, is_included
from .absent import without_absent, without_invalid
from .copies import copied, remove, without
from .equal import same
from .imports import with_imports
from .redefinitions import with_originals
from .references import KINDS, InvalidError, Key, definitions_of, key_of, schema_elements, shown


@dataclass(frozen=True, slots=True)
class Assembled:
    """Schemas for xmlschema.

    Attributes:
        schemas: The schemas; those that had to be changed are copies.
        left_out: The definitions that are not among them because something is absent.
        repairs: What was mended.
    """

    schemas: Sequence[Schema]
    left_out: Mapping[Key, LeftOut]
    repairs: tuple[Repair, ...] = ()


def assemble(
    schemas: Sequence[Schema], known: Set[Key], invalid: Mapping[Key, InvalidError]
) -> Assembled:
    """Put ``schemas`` together.

    Args:
        schemas: The schemas of a source.
        known: The definitions that are there without a schema.
        invalid: The definitions that turned out not to be valid.

    Raises:
        SourceError: A name is none, or a redefinition does not fit what it redefines.
    """
    ours = [_ours(schema) for schema in schemas]
    once, repairs = _each_once(ours)
    whole, wrong, removed = without_invalid(with_originals(once), invalid)
    definitions = definitions_of(whole)
    complete, left_out, absent = without_absent(whole, definitions, known, invalid)
    kept = {key: item for key, item in definitions.items() if key not in left_out}
    imported, missing = with_imports(complete, kept, known)
    return Assembled(imported, wrong | left_out, (*repairs, *removed, *absent, *missing))


def _ours(schema: Schema) -> Schema:
    """``schema`` without what is there for other versions of XML Schema only."""
    if not is_conditional(schema.root):
        return schema
    ours = copied(schema)
    if not is_included(ours.root):
        remove(ours.root)
    else:
        remove(item for item in list(schema_elements(ours.root)) if not is_included(item))
    for element in ours.root.iter(etree.Element):
        for name in [name for name in element.attrib if str(name).startswith(VERSIONING)]:
            del element.attrib[name]
    return ours


def _each_once(schemas: Sequence[Schema]) -> tuple[list[Schema], list[Repair]]:
    """``schemas`` without definitions that say the same as one before, and what was taken out."""
    first: dict[Key, tuple[etree._Element, Schema]] = {}
    again: dict[int, dict[int, Key]] = {}
    for number, schema in enumerate(schemas):
        for position, element in enumerate(schema.root):
            if element.tag in KINDS:
                key = key_of(element, schema)
                known = first.setdefault(key, (element, schema))
                if known[0] is not element and same(*known, element, schema):
                    again.setdefault(number, {})[position] = key
    if not again:
        return list(schemas), []
    repairs = [_repeated(schemas[number], keys) for number, keys in again.items()]
    return without(schemas, {number: set(keys) for number, keys in again.items()}), repairs


def _repeated(schema: Schema, keys: Mapping[int, Key]) -> Repair:
    """The repair of a schema with definitions that are there already, by their positions."""
    (position, key), *others = keys.items()
    more = f" and {len(others):,} more are" if others else " is"
    what = f"{shown(key)}{more} defined again, in the same way; one of each is taken"
    return Repair("same-definition", what, Place.of(schema.root[position]))
